"""Settings are added to TOML files.

Existing content stays, and files that cannot be edited are not changed.
"""

from __future__ import annotations

import pytest

from configvars.edits import apply_edits
from configvars.edits.settings_toml import ignore_in_file, turn_off

TOOL = ("tool", "configvars")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[tool.configvars.checks]\nbare-name = "off"\n'),
        ("[project]\nx = 1", '[project]\nx = 1\n\n[tool.configvars.checks]\nbare-name = "off"\n'),
        (
            '[tool.configvars.checks] # ours\nother = "off"\n[z]\n',
            '[tool.configvars.checks] # ours\nbare-name = "off"\nother = "off"\n[z]\n',
        ),
        (
            '[tool.configvars]\nchecks = {other = "off"}\r\n',
            '[tool.configvars]\nchecks = { bare-name = "off",other = "off"}\r\n',
        ),
        (
            "[tool.other]\nchecks = {}\n[tool.configvars]\nchecks = {}\n",
            '[tool.other]\nchecks = {}\n[tool.configvars]\nchecks = { bare-name = "off" }\n',
        ),
        ("[tool.configvars]\nchecks = {}\n", '[tool.configvars]\nchecks = { bare-name = "off" }\n'),
        (
            '[tool.configvars.checks]\nbare-name = "warning" # for now\n',
            '[tool.configvars.checks]\nbare-name = "off" # for now\n',
        ),
    ],
)
def test_a_check_is_turned_off(before: str, after: str) -> None:
    edit = turn_off(before, TOOL, "bare-name")
    assert edit is not None
    assert apply_edits(before, [edit]) == after


@pytest.mark.parametrize("text", ["[broken", "tool = 1\n", "[tool.configvars]\nchecks = 3\n"])
def test_files_that_cannot_be_edited_are_not_changed(text: str) -> None:
    assert turn_off(text, TOOL, "bare-name") is None
    assert ignore_in_file(text.replace("checks", "per-file-ignores"), TOOL, "/a.py", "bare-name") is None


def test_a_check_is_ignored_in_a_file() -> None:
    text = ""
    for check in ("bare-name", "syntax-error"):
        edit = ignore_in_file(text, (), "/a b.env", check)
        assert edit is not None
        text = apply_edits(text, [edit])
    assert text == '[per-file-ignores]\n"/a b.env" = ["bare-name", "syntax-error"]\n'
