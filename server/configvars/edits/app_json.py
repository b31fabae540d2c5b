"""Edits of app.json: adding an entry to `env` without changing any other byte."""

from __future__ import annotations

import json

from configvars.model import TextEdit
from configvars.patterns import lazy_pattern
from configvars.syntax.json import JsonObject, parse_json
from configvars.text import Span

_LINE_END = lazy_pattern(r"(?:\r\n|\n|\r)\Z")


def declare(text: str, name: str, description: str = "") -> TextEdit | None:
    """Add a variable to `env`, as the last entry and formatted like the others, without a value.

    None if the place is not clear: the text is not a complete JSON object, has an `env` of another kind, or
    already lists the name.
    """
    return Manifest(text).declare(name, description)


def written(name: str, description: str) -> str:
    """The entry of a variable, on one line."""
    return f"{json.dumps(name)}: {json.dumps({'description': description}, ensure_ascii=False)}"


class Manifest:
    """One app.json, parsed once for all entries that are added to it."""

    def __init__(self, text: str) -> None:
        document = parse_json(text)
        root = document.root if document.error is None else None
        env = root.get("env") if isinstance(root, JsonObject) else None
        self._root = root if isinstance(root, JsonObject) else None
        self._env = env if isinstance(env, JsonObject) else None
        self._has_other_env = env is not None and self._env is None
        self._names = {member.key.value for member in self._env.members} if self._env else frozenset()
        self._place, self._before = _layout(text, self._env or self._root)

    def declare(self, name: str, description: str = "") -> TextEdit | None:
        """See `declare`."""
        if self._root is None or self._has_other_env or name in self._names:
            return None
        entry = written(name, description)
        member = entry if self._env is not None else f'"env": {{{entry}}}'
        return TextEdit(Span(self._place, self._place), self._before + member)


def _layout(text: str, holder: JsonObject | None) -> tuple[int, str]:
    """The offset for a new last member, and the blanks before it, like those of the member before."""
    if holder is None or not holder.members:
        return (0 if holder is None else holder.span.start + 1), ""
    last = holder.members[-1].span
    indent = last.start - len(text[: last.start].rstrip(" \t"))
    before = _LINE_END.search(text, max(last.start - indent - 2, 0), last.start - indent)
    return last.end, "," + (before[0] + text[last.start - indent : last.start] if before else " ")
