"""Which comments of env files and templates may be shown."""

from __future__ import annotations

import pytest

from configvars.syntax.dotenv import parse_env
from configvars.syntax.env_comments import about, is_fit_to_show, is_heading


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


@pytest.mark.parametrize(
    ("comments", "described"),
    [
        ("# The host\n# and more\n", 2),
        ("# HOST=x\n# The host\n", 2),
        ("# OTHER=x\n# The host\n", 1),
        ("# Settings for mail below\n# The host\n", 1),
        ("# See below: values of the host\n# The host\n", 2),
        ("# " + "keys " * 20_000 + "\n# The host\n", 2),
    ],
    ids=("both", "its own", "another", "several", "another order", "in linear time"),
)
def test_comments_that_describe_a_variable(comments: str, described: int) -> None:
    text = f"A=1\n\n{comments}HOST=1\n"
    *above, _ = parse_env(text)[1:]
    above = [each for each in above if each.comment_span]
    assert len(about(above, "HOST", text)) == described
