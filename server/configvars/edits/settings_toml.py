"""Adding settings to pyproject.toml or configvars.toml without changing any other byte."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping

from configvars.edits.apply import apply_edits
from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.patterns import lazy_pattern
from configvars.syntax.toml import parsed
from configvars.text import Span

_HEADER = lazy_pattern(
    r"^[ \t]*\[(?P<path>[^\[\]\r\n]+)\][ \t]*(?:\#[^\r\n]*)?(?P<end>\r\n|\r|\n|$)", re.MULTILINE
)
_BARE = lazy_pattern(r"[A-Za-z0-9_-]+")


def turn_off(text: str, table: tuple[str, ...], check: str) -> TextEdit | None:
    """Set a check to `off` in the settings below `table`; None if that cannot be written."""
    return _put(text, (*table, "checks"), check, "off")


def ignore_in_file(text: str, table: tuple[str, ...], pattern: str, check: str) -> TextEdit | None:
    """Ignore a check in the files of a pattern; None if that cannot be written."""
    path = (*table, "per-file-ignores")
    before = _at(_parsed(text), path).get(pattern)
    checks = [*before, check] if isinstance(before, list) else [check]
    return _put(text, path, pattern, checks)


def _put(text: str, path: tuple[str, ...], key: str, value: object) -> TextEdit | None:
    """The first edit that sets a key in a table and leaves everything else as it is parsed now."""
    before = _parsed(text)
    if before is None:
        return None
    wanted = _with(before, path, key, value)
    if wanted is None:
        return None
    for edit in (
        *_replaced(text, key, value),
        *_in_table(text, path, key, value),
        _appended(text, path, key, value),
    ):
        if _parsed(apply_edits(text, [edit])) == wanted:
            return edit
    return None


def _replaced(text: str, key: str, value: object) -> list[TextEdit]:
    """Replace the value of the key, if it is on one line."""
    line = re.compile(
        rf"^([ \t]*{re.escape(_key(key))}[ \t]*=[ \t]*)(\"[^\"\r\n]*\"|\[[^\]\r\n]*\])", re.MULTILINE
    )
    return [TextEdit(Span(*found.span(2)), json.dumps(value)) for found in line.finditer(text)]


def _in_table(text: str, path: tuple[str, ...], key: str, value: object) -> list[TextEdit]:
    """Insert a line after the header of the table, or an entry into an inline table."""
    entry = f"{_key(key)} = {json.dumps(value)}"
    edits: list[TextEdit] = []
    for header in _HEADER.finditer(text):
        if tuple(part.strip().strip("\"'") for part in header["path"].split(".")) == path:
            ending = "" if header["end"] else line_ending(text)
            edits.append(TextEdit(Span(header.end(), header.end()), f"{ending}{entry}{line_ending(text)}"))
    for inline in re.finditer(
        rf"^[ \t]*{re.escape(path[-1])}[ \t]*=[ \t]*\{{(?P<rest>[ \t]*\}}?)", text, re.MULTILINE
    ):
        at = inline.start("rest")
        comma = " " if inline["rest"].endswith("}") else ","
        edits.append(TextEdit(Span(at, at), f" {entry}{comma}"))
    return edits


def _appended(text: str, path: tuple[str, ...], key: str, value: object) -> TextEdit:
    """Append a new table at the end."""
    ending = line_ending(text)
    gap = "" if not text else ending if text.endswith(("\n", "\r")) else ending * 2
    block = f"{gap}[{'.'.join(map(_key, path))}]{ending}{_key(key)} = {json.dumps(value)}{ending}"
    return TextEdit(Span(len(text), len(text)), block)


def _key(part: str) -> str:
    return part if _BARE.fullmatch(part) else json.dumps(part)


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return parsed(text)
    except (ValueError, RecursionError):
        return None


def _at(data: Mapping[str, object] | None, path: tuple[str, ...]) -> Mapping[str, object]:
    found: object = data
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _with(
    data: dict[str, object], path: tuple[str, ...], key: str, value: object
) -> dict[str, object] | None:
    after = copy.deepcopy(data)
    table: object = after
    for part in path:
        table = table.setdefault(part, {}) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return None
    table[key] = value
    return after
