"""Which changes count as typing, and where the cursor is after them."""

from __future__ import annotations

import pytest

from configvars.lsp.keystrokes import typed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A=1\n", "A=1\n"),
        ("A=1\n", "A=1\n\n"),
        ("A=1\nB", "A=1B"),
        ("A=1\n", ""),
        ("", "import os\n"),
        ("A=1\n", "A=123\nB"),
        ("A=1\n", "TOKEN=1\n"),
        ("ab", "xy"),
    ],
)
def test_changes_that_are_not_typing(before: str, after: str) -> None:
    assert typed(before, after) is None


@pytest.mark.parametrize(
    "after",
    ["A|", "AB|=1\n", "x = 1\nos.environ[|]\n", 'os.environ["|"]', 'get("T|")', "A=|\n", "aaa|a"],
)
@pytest.mark.parametrize("removed", [False, True])
def test_the_cursor_is_after_the_typed_text(after: str, removed: bool) -> None:
    at = after.index("|")
    text = after.replace("|", "")
    pair = text[at - 1 : at + 1] in ("[]", '""')
    before = text[:at] + "x" + text[at:] if removed else text[: at - 1] + text[at + pair :]
    found = typed(before, text)
    assert found is not None
    assert text[:found].rstrip(text[at - 1]) == text[:at].rstrip(text[at - 1])
