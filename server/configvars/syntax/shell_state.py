"""What is known about the variables of a shell at one point of a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, field

from configvars.patterns import lazy_pattern

Needs = frozenset[frozenset[str]]
"""Without which variables a value is empty: at least one of each set must not be."""
_ALWAYS: Needs = frozenset()
_NAME = lazy_pattern(r"[A-Za-z_]\w*", re.ASCII)
_EXPANSION = lazy_pattern(
    r"\$\{!?(?P<braced>\w+)(?:\[[^]]*\])?(?::?(?P<operator>[-+=?]))?(?P<rest>(?:[^{}]|\{[^{}]*\})*)\}|\$(?P<plain>[A-Za-z_]\w*|[?#$0-9*@!])",
    re.ASCII,
)


class Known(Struct, frozen=True):
    """That a variable is set to something, or (`is_set` is False) that it is not."""

    name: str
    is_set: bool

    def otherwise(self) -> Known:
        """The opposite."""
        return Known(self.name, not self.is_set)


class State(Struct):
    """The values that a script has assigned, and the names that it has exported."""

    values: dict[str, Needs] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    exports_all: bool = False

    def copy(self) -> State:
        """An independent copy."""
        return State(dict(self.values), set(self.exported), self.exports_all)

    def is_set(self, name: str, has: Callable[[str], bool]) -> bool:
        """Whether a variable is not empty in an environment."""
        needs = self.values.get(name, frozenset({frozenset({name})}))
        return all(any(map(has, one)) for one in needs)

    def assign(self, name: str, value: str) -> None:
        """Assign a word of the shell."""
        self.values[name] = self._needs(value)
        if self.exports_all:
            self.exported.add(name)

    def remove(self, words: Iterable[str]) -> None:
        """Unset variables; if a name is computed, every variable may be unset."""
        for name in (word for word in words if not word.startswith("-")):
            if not _NAME.fullmatch(name):
                self.values, self.exported = {}, set()
            self.values.pop(name, None)
            self.exported.discard(name)

    def learn(self, known: Known) -> None:
        """Add that a test has shown a variable to be set."""
        if not known.is_set:
            return
        if known.name not in self.values:
            self.values[known.name] = _ALWAYS
            self.exported.add(known.name)
        for name, needs in self.values.items():
            self.values[name] = frozenset(each for each in needs if known.name not in each)

    def _needs(self, value: str) -> Needs:
        """What a value needs so that it is not empty."""
        if value.startswith("'"):
            return _ALWAYS if value != "''" else frozenset({frozenset[str]()})
        parts = [self._of(found) for found in _EXPANSION.finditer(value)]
        if re.sub(r"[\"']", "", _EXPANSION.sub("", value)) or _ALWAYS in parts:
            return _ALWAYS
        single = [each for each in parts if len(each) == 1]
        return frozenset({frozenset(name for each in single for one in each for name in one)})

    def _of(self, found: re.Match[str]) -> Needs:
        name, operator = found["plain"] or found["braced"], found["operator"]
        own = self.values.get(name, frozenset({frozenset({name})}))
        if name.isdigit() or (not name[0].isalpha() and name[0] != "_"):
            return frozenset({frozenset[str]()}) if name in "*@" or name.isdigit() else _ALWAYS
        if operator in ("-", "=") and own != _ALWAYS:
            other = self._needs(found["rest"].strip("\"'") or "''")
            return _ALWAYS if other == _ALWAYS else _either(own, other)
        if operator == "+":
            return _both(own, self._needs(found["rest"] or "''"))
        return own


def _either(one: Needs, other: Needs) -> Needs:
    return frozenset(first | second for first in one for second in other)


def _both(one: Needs, other: Needs) -> Needs:
    return one | other


def merged(states: Sequence[State]) -> State:
    """What holds in all of some states."""
    names = set.intersection(*(set(each.values) for each in states))
    return State(
        {name: frozenset().union(*(each.values[name] for each in states)) for name in names},
        set.intersection(*(each.exported for each in states)),
        all(each.exports_all for each in states),
    )
