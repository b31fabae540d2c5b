"""How an app.json is changed: one entry of `env` more, and every other byte as it was."""

from __future__ import annotations

import json
import re

from configvars.model import TextEdit
from configvars.syntax.json import JsonObject, parse_json
from configvars.text import Span

_INDENT = re.compile(r"(\r\n|\n|\r)([ \t]*)$")


def declare(text: str, name: str, description: str = "") -> TextEdit | None:
    """Declare a variable in `env`, as its last entry and laid out like the others; never a value.

    None where there is no telling where: the text is no complete JSON object, has an `env` of another
    kind, or declares the name already.
    """
    document = parse_json(text)
    if document.error is not None or not isinstance(document.root, JsonObject):
        return None
    entry = f"{json.dumps(name)}: {json.dumps({'description': description}, ensure_ascii=False)}"
    env = document.root.get("env")
    if env is None:
        return _append(text, document.root, f'"env": {{{entry}}}')
    if not isinstance(env, JsonObject) or env.get(name) is not None:
        return None
    return _append(text, env, entry)


def _append(text: str, holder: JsonObject, member: str) -> TextEdit:
    """Put a member last: on a line of its own where the one before it has one, or the holder has none yet."""
    if not holder.members:
        return TextEdit(Span(holder.span.start + 1, holder.span.start + 1), member)
    last = holder.members[-1].span
    before = _INDENT.search(text[: last.start])
    separator = before[0] if before else " "
    return TextEdit(Span(last.end, last.end), f",{separator}{member}")
