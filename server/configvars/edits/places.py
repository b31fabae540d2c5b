"""The place for a new line in an env file, and the style of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from configvars.syntax.dotenv import Binding
from configvars.syntax.env_comments import is_attached

_MOST_WORDS = 20  # words of a name: related names share the beginning


class Slot(Struct, frozen=True):
    """A place for a new line: an offset at the start of a line or at the end of the text.

    `export`: the lines around it start with ``export``.
    """

    offset: int
    export: bool


class Slots:
    """The places for new names in an env file, which is analysed once for all names."""

    def __init__(self, text: str, bindings: Sequence[Binding], order: Sequence[str]) -> None:
        """`order` contains the names of a template in their order."""
        self._bindings = bindings
        self._order = order
        self._end = len(text)
        self._named = [b for b in bindings if b.key is not None]
        self._last = {str(b.key): b for b in self._named}
        self._first = {str(b.key): b for b in reversed(self._named)}
        self._at = {name: at for at, name in reversed(list(enumerate(order)))}
        self._index = {id(b): index for index, b in enumerate(bindings)}
        self._users = {i.name: b for b in reversed(bindings) for i in b.interpolations}
        self._kin = {start: b for b in self._named for start in _starts(str(b.key))}

    def find(self, name: str) -> Slot:
        """The slot for a new line that sets or lists `name`."""
        if name in self._users:
            return self._before(self._users[name])
        if name in self._at:
            at = self._at[name]
            if (before := self._defined_before[at]) is not None:
                return _behind(before)
            if (after := self._defined_after[at]) is not None:
                return self._before(after)
        kin = next((self._kin[start] for start in _starts(name) if start in self._kin), None)
        if kin is not None:
            return _behind(kin)
        return Slot(self._end, bool(self._named) and self._named[-1].export_span is not None)

    @cached_property
    def _defined_before(self) -> list[Binding | None]:
        """For each name of the template, the line of the nearest name before it that the file sets."""
        return _so_far(self._last.get(name) for name in self._order)

    @cached_property
    def _defined_after(self) -> list[Binding | None]:
        return _so_far(self._first.get(name) for name in reversed(self._order))[::-1]

    def _before(self, binding: Binding) -> Slot:
        """The slot above a statement and the comment lines directly above it."""
        at = self._index[id(binding)]
        while at > 0 and is_attached(self._bindings[at - 1], self._bindings[at]):
            at -= 1
        return Slot(self._bindings[at].statement.start, binding.export_span is not None)


def _so_far(found: Iterable[Binding | None]) -> list[Binding | None]:
    """For each item, the last item before it that is not None."""
    known: Binding | None = None
    before: list[Binding | None] = []
    for binding in found:
        before.append(known)
        known = binding or known
    return before


def line_ending(text: str) -> str:
    """The text's first line ending; LF if it has none."""
    at = min((i for i in (text.find("\n"), text.find("\r")) if i != -1), default=-1)
    if at == -1:
        return "\n"
    return "\r\n" if text.startswith("\r\n", at) else text[at]


def _behind(binding: Binding) -> Slot:
    return Slot(binding.statement.end, binding.export_span is not None)


def _starts(name: str) -> Iterator[str]:
    """The prefixes of a name that related names may share, the longest first."""
    words = name.split("_")[:_MOST_WORDS]
    return ("_".join(words[:count]) for count in range(len(words), 0, -1))
