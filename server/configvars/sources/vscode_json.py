"""The common parts of VS Code's `launch.json` and `tasks.json`: comments, and paths."""

from __future__ import annotations

from configvars.syntax.json import JsonArray, JsonObject, JsonValue, parse_json

_ROOTS = ("${workspaceFolder}/", "${workspaceRoot}/")


def items_of(root: JsonValue | None, key: str) -> tuple[JsonObject, ...]:
    """The objects in the list under a key."""
    listed = get(root, key)
    items = listed.items if isinstance(listed, JsonArray) else ()
    return tuple(item for item in items if isinstance(item, JsonObject))


def parse(text: str) -> JsonValue | None:
    """The content of a file whose lines may be comments."""
    return parse_json(_without_comments(text)).root


def get(value: JsonValue | None, key: str) -> JsonValue | None:
    """The value of a key, if `value` is an object that has it."""
    return value.get(key) if isinstance(value, JsonObject) else None


def from_folder(written: str) -> str:
    """A path relative to the workspace folder, without the variable for that folder."""
    for root in _ROOTS:
        written = written.replace(root, "")
    return written


def _without_comments(text: str) -> str:
    """The text with comment lines replaced by blanks, so that offsets do not change."""
    lines = text.splitlines(keepends=True)
    return "".join(
        " " * (len(line) - 1) + line[-1:] if line.lstrip().startswith("//") else line for line in lines
    )
