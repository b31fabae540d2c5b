"""The result of reading an env file, in types that all dialects share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.limits import RESTS, beyond
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.text import Span

# The line endings in a Python text file, and further ones of `str.splitlines`.
UNIVERSAL = lazy_pattern(r"[^\r\n]+")
SPLITLINES = lazy_pattern("[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_QUOTES = ("''", '""')


class Given(Struct, frozen=True):
    """What a file sets a name to; `span` is the name as written.

    `value` is None for a bare name that the library keeps, and if reading the name raises: then `fails` is
    the reason, in words. `rests_on` are names that would change the value if something other than the file
    set them. `refers`: the library returns the value of this other name (`$NAME` in django-environ). It may
    be a part of a password, so it is wrapped.
    """

    span: Span
    value: Secret | None = None
    rests_on: frozenset[str] = frozenset()
    refers: Secret | None = None
    fails: str = ""


class Reading(Struct, frozen=True, dict=True):
    """The result of reading an env file with one library, with nothing set outside the file.

    `stops` is the reason, in words, why the library raises an error: then the file sets nothing. `folded`:
    names are compared in lower case. A key may be a part of a value: keys are looked up with `of`, and never
    shown.
    """

    given: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    stops: str = ""
    folded: bool = False

    @cached_property
    def _names(self) -> dict[Secret, Given]:
        return {Secret(name): given for name, given in self.given.items()}

    @cached_property
    def _ends(self) -> dict[Secret, Given | None]:
        """The results of `handed_on` so far, by the name that is referred to."""
        return {}

    def of(self, name: str) -> Given | None:
        """What the file sets a name to; None if it does not set it."""
        return self.given.get(name.lower() if self.folded else name)

    def handed_on(self, given: Given) -> Given | None:
        """The final entry for a name.

        If it refers to another name, that one's entry; None if there is none.
        """
        if given.refers is None:
            return given
        last, passed = given, set[Secret]()
        while last.refers is not None and last.refers not in self._ends:
            if last.refers in passed or last.refers not in self._names:
                self._ends.update(dict.fromkeys((*passed, last.refers)))
                return None
            passed.add(last.refers)
            last = self._names[last.refers]
        end = last if last.refers is None else self._ends[last.refers]
        self._ends.update(dict.fromkeys(passed, end))
        return end


def resting_on(names: Iterable[str], others: Iterable[Given]) -> frozenset[str]:
    """The `rests_on` of a value that contains `names` and the values of `others`; not all of many."""
    found = set(names)
    for each in others:
        if found.issuperset(each.rests_on):
            continue
        if len(found) >= RESTS.most:
            beyond(RESTS)
            break
        found.update(sorted(each.rests_on - found)[: RESTS.most - len(found)])
    return frozenset(found)


class Dialect(Struct, frozen=True):
    """How one library reads an env file; `name` is its usual name."""

    name: str
    read: Callable[[str], Reading]


def lines(text: str, line: re.Pattern[str] = UNIVERSAL) -> Iterator[tuple[str, int]]:
    """The lines of a text that are not empty, each with its start offset."""
    return ((found[0], found.start()) for found in line.finditer(text))


def key_of(line: str, start: int, key: str) -> Span:
    """The span of a key at the start of a line, after blanks."""
    at = start + line.index(key)
    return Span(at, at + len(key))


def unquoted(value: str) -> str:
    """A value without the quotes around it, if both are the same."""
    return value[1:-1] if len(value) > 1 and value[0] + value[-1] in _QUOTES else value


def renamed(reading: Reading, old: str, new: str) -> Reading:
    """A reading in which a name is replaced by another one."""
    given = {new if name == old else name: found for name, found in reading.given.items()}
    return replace(reading, given=given)
