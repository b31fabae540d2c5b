from __future__ import annotations

from configvars.lsp.configuration import over
from configvars.model import Severity
from configvars.settings import Settings


def test_what_the_client_leaves_at_its_default_is_the_repositorys() -> None:
    repository = Settings(given=("A",), exclude=("x/",), checks={"one": Severity.HINT, "two": None})
    client = Settings(given=("B",), heroku_path="/h", checks={"two": Severity.ERROR})
    assert over(client, repository) == Settings(
        given=("B",),
        exclude=("x/",),
        heroku_path="/h",
        checks={"one": Severity.HINT, "two": Severity.ERROR},
    )


def test_two_that_say_nothing_are_the_defaults() -> None:
    assert over(Settings(), Settings()) == Settings()
