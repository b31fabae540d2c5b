"""Words that count only if a file of the folder imports certain modules."""

from __future__ import annotations

import pytest

from configvars.readers.base import ConditionalTriggers
from configvars.resolve.active_triggers import ActiveTriggers

TRIGGERS = (ConditionalTriggers((b".config",), ("flask",)), ConditionalTriggers((b".settings",), ("other",)))


@pytest.mark.parametrize(
    ("text", "may"),
    [("x = 1", False), ("app.config", True), ("a.settings", True), ("a.settings.config", True)],
)
def test_a_file_may_matter_if_it_contains_one_of_the_words(text: str, may: bool) -> None:
    assert ActiveTriggers(TRIGGERS).may_matter(text) is may


def test_every_file_may_matter_if_one_of_the_modules_is_imported() -> None:
    active = ActiveTriggers(TRIGGERS)
    active.note("/ws/a.py", b"import other")
    assert active.may_matter("x = 1")
    active.forget("/ws/a.py")
    assert not active.may_matter("x = 1")
