"""Adding variables to an app.json."""

from __future__ import annotations

import json

import pytest

from configvars.edits.app_json import declare


def added(text: str) -> str | None:
    edit = declare(text, "A", "für x")
    return None if edit is None else text[: edit.span.start] + edit.text + text[edit.span.end :]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"env": {"A": "x"}}', '{"env": {"A": {"required": false}}}', '{"env": []}']
)
def test_files_that_are_not_changed(text: str) -> None:
    assert added(text) is None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("{}", '{"env": {"A": {"description": "für x"}}}'),
        ('{"env": {}}', '{"env": {"A": {"description": "für x"}}}'),
        ("  {\n}\n", '  {"env": {"A": {"description": "für x"}}\n}\n'),
        ('{"name": "x"}', '{"name": "x", "env": {"A": {"description": "für x"}}}'),
        (
            '{\n  "env": {\n    "B": "x"\n  }\n}\n',
            '{\n  "env": {\n    "B": "x",\n    "A": {"description": "für x"}\n  }\n}\n',
        ),
        (
            '{\r\n\t"env": {"B": "x"}\r\n}\r\n',
            '{\r\n\t"env": {"B": "x", "A": {"description": "für x"}}\r\n}\r\n',
        ),
    ],
)
def test_the_place_and_the_layout(text: str, after: str) -> None:
    assert added(text) == after
    assert json.loads(after)["env"]["A"] == {"description": "für x"}
