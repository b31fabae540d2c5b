from __future__ import annotations

from configvars.lsp.configuration import over
from configvars.model import Severity
from configvars.settings import Settings


def test_default_settings_of_the_client_give_way_to_the_repository() -> None:
    repository = Settings(given=("A",), exclude=("x/",), checks={"one": Severity.HINT, "two": None})
    client = Settings(given=("B",), heroku_path="/h", checks={"two": Severity.ERROR})
    assert over(client, repository) == Settings(
        given=("B",),
        exclude=("x/",),
        heroku_path="/h",
        checks={"one": Severity.HINT, "two": Severity.ERROR},
    )


def test_without_settings_the_defaults_apply() -> None:
    assert over(Settings(), Settings()) == Settings()
