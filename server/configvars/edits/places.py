"""Where a new line belongs in an env file, and how its neighbours look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from configvars.syntax.dotenv import Binding
from configvars.syntax.env_comments import is_attached


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a new line: an offset at the start of a line or at the end of the text.

    `export`: the lines around begin with ``export``.
    """

    offset: int
    export: bool


def find_slot(text: str, bindings: Sequence[Binding], name: str, order: Sequence[str]) -> Slot:
    """Where `name`, which the file does not define, goes.

    Before the first line that interpolates it; else where `order` (the names of a template) has it; else
    behind the last of its kin, which share its longest prefix; else at the end.
    """
    user = next((b for b in bindings if any(i.name == name for i in b.interpolations)), None)
    if user is not None:
        return _before(bindings, user)
    named = [b for b in bindings if b.key is not None]
    last = {b.key: b for b in named}
    first = {b.key: b for b in reversed(named)}
    if name in order:
        at = order.index(name)
        before = next((last[other] for other in reversed(order[:at]) if other in last), None)
        if before is not None:
            return _behind(before)
        after = next((first[other] for other in order[at + 1 :] if other in first), None)
        if after is not None:
            return _before(bindings, after)
    kin = _nearest_kin(named, name)
    if kin is not None:
        return _behind(kin)
    return Slot(len(text), bool(named) and named[-1].export_span is not None)


def line_ending(text: str) -> str:
    """The text's first line ending; LF where it has none."""
    at = min((i for i in (text.find("\n"), text.find("\r")) if i != -1), default=-1)
    if at == -1:
        return "\n"
    return "\r\n" if text.startswith("\r\n", at) else text[at]


def _behind(binding: Binding) -> Slot:
    return Slot(binding.statement.end, binding.export_span is not None)


def _before(bindings: Sequence[Binding], binding: Binding) -> Slot:
    """Above a statement and the comment lines that stand right above it."""
    at = bindings.index(binding)
    while at > 0 and is_attached(bindings[at - 1], bindings[at]):
        at -= 1
    return Slot(bindings[at].statement.start, binding.export_span is not None)


def _nearest_kin(named: Sequence[Binding], name: str) -> Binding | None:
    words = name.split("_")
    shared = [_shared_start(words, str(binding.key).split("_")) for binding in named]
    best = max(shared, default=0)
    return named[len(shared) - 1 - shared[::-1].index(best)] if best else None


def _shared_start(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
