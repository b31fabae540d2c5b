"""What a reading of an env file is: the words that all dialects share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from configvars.secret import Secret
from configvars.text import Span

# Where a Python text file has its line ends, and where `str.splitlines` sees some more.
UNIVERSAL = re.compile(r"[^\r\n]+")
SPLITLINES = re.compile("[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_QUOTES = ("''", '""')


@dataclass(frozen=True, slots=True)
class Given:
    """What a file gives a name; `span` is the name as it is written.

    `value` is None for a name that stands alone and is kept all the same, and where reading the name raises:
    `fails` says why, in words. `rests_on` are the names with which the value would be another one, if
    something beside the file gave them. `refers`: the reader hands on what this other name has (`$NAME`
    under django-environ). It may be a piece of a password, so it is wrapped.
    """

    span: Span
    value: Secret | None = None
    rests_on: frozenset[str] = frozenset()
    refers: Secret | None = None
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one library makes of an env file, with nothing given beside it.

    `stops` says in words at what it breaks off with an error: then the file gives nothing. `folded`: names
    count in lower case. A key may be a piece of a value: keys are looked up with `of`, and never shown.
    """

    given: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    stops: str = ""
    folded: bool = False

    def of(self, name: str) -> Given | None:
        """What the file gives a name; None where it does not give it."""
        return self.given.get(name.lower() if self.folded else name)

    def handed_on(self, given: Given) -> Given | None:
        """What a name gets in the end: of one that refers to another, what that has; None for nothing."""
        seen: set[Secret] = set()
        names: dict[Secret, Given] = {}
        if given.refers is not None:
            names = {Secret(name): found for name, found in self.given.items()}
        while given.refers is not None:
            if given.refers in seen or given.refers not in names:
                return None
            seen.add(given.refers)
            given = names[given.refers]
        return given


@dataclass(frozen=True, slots=True)
class Dialect:
    """One library's way of reading an env file: `name` is as people know it."""

    name: str
    read: Callable[[str], Reading]


def lines(text: str, line: re.Pattern[str] = UNIVERSAL) -> Iterator[tuple[str, int]]:
    """The lines of a text that are not empty, each with the offset where it begins."""
    return ((found[0], found.start()) for found in line.finditer(text))


def key_of(line: str, start: int, key: str) -> Span:
    """Where a key stands that begins a line behind its blanks."""
    at = start + line.index(key)
    return Span(at, at + len(key))


def unquoted(value: str) -> str:
    """A value without the quotes around it, if there are two alike."""
    return value[1:-1] if len(value) > 1 and value[0] + value[-1] in _QUOTES else value


def renamed(reading: Reading, old: str, new: str) -> Reading:
    """A reading in which a name is another one."""
    given = {new if name == old else name: found for name, found in reading.given.items()}
    return replace(reading, given=given)
