"""Which comments of env files and templates may be shown."""

from __future__ import annotations

import pytest

from configvars.syntax.env_comments import is_fit_to_show, is_heading


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("# The address of the mail server", True),
        (f"# {'many words ' * 27}", True),
        (f"# {'many words ' * 28}", False),
        ("# see xKq/PzRtWmBvN3cLdJ/hGfYaSu for details", False),
        ("# OLD_KEY=x", False),
        ("# was x", False),
        ("# ---", False),
    ],
)
def test_comments_that_are_shown(line: str, shown: bool) -> None:
    assert is_fit_to_show(line) == shown


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("Mail & storage", True), ("horse battery staple", False), ("Mail 4711", False), ("", False)],
)
def test_headings(words: str, is_one: bool) -> None:
    assert is_heading(words) == is_one
