"""Renaming a variable in an env file."""

from __future__ import annotations

from collections.abc import Sequence

from configvars.edits.write import is_writable_name
from configvars.model import TextEdit
from configvars.syntax.dotenv import Binding, parse_env


def rename(text: str, old: str, new: str, bindings: Sequence[Binding] | None = None) -> tuple[TextEdit, ...]:
    """The edits that rename `old` where it is defined and where `${old}` refers to it.

    Raises `ValueError` if `new` is not a valid name, or if the file already has it.
    """
    if not is_writable_name(new):
        raise ValueError("not a name for an environment variable")
    bindings = parse_env(text) if bindings is None else bindings
    if new != old and any(b.key == new for b in bindings) and any(b.key == old for b in bindings):
        raise ValueError("the file already has a variable of that name")
    keys = [b.key_span for b in bindings if b.key == old]
    uses = [i.span for b in bindings for i in b.interpolations if i.name == old]
    return tuple(TextEdit(span, new) for span in sorted(filter(None, [*keys, *uses])))
