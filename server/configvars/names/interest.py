"""What of the outside world leads to variables, so that only names that touch it are looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from configvars.names.values import External, Value


@dataclass(frozen=True, slots=True)
class Inside:
    """Names inside texts, in files that import one of `modules`: groups `name` and perhaps `default`.

    `word` is what every such text holds.
    """

    word: str
    pattern: re.Pattern[str]
    idiom: str
    modules: frozenset[str]


@dataclass(frozen=True)
class Interest:
    """What the readers care for.

    `paths` holds every step of the external paths they know; `aliases` gives a second path of the same
    thing its first; `fixtures` are parameters whose name alone tells what they are. `conventions` are
    attributes (`app.config`) that their last two words tell where the code does not; of `fake_app` the part
    after the underscore counts. They do not hold in files that import one of `strangers`, unless what they
    lead to is imported, too. `inert` are paths whose value matters where it is used, and leads no further.
    `objects` are things that read and that code hands to functions, `entered` calls that give a `with` block
    what they are a method of, `set_later` attributes that count as given to the constructor. `decorators`
    are those that make of a function something that readers know, `constants` things whose value is known.
    """

    paths: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    fixtures: Mapping[str, str] = field(default_factory=dict)
    conventions: Mapping[str, str] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()
    inert: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    set_later: frozenset[str] = frozenset()
    decorators: frozenset[str] = frozenset()
    constants: Mapping[str, Value] = field(default_factory=dict)
    inside: tuple[Inside, ...] = ()

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(re.split(r"[.(\[]", path, maxsplit=1)[0] for path in self.paths)

    def may_lead(self, module: str) -> bool:
        """Whether anything in a module can lead to what the readers know, by its first part."""
        return module.partition(".")[0] in self._roots

    def is_conventional(self, attribute: str) -> bool:
        """Whether `conventions` speak of an attribute of this name."""
        return any(words.endswith(f".{attribute}") for words in self.conventions)

    def canonical(self, path: str) -> str:
        """The first of the paths that lead to the same thing."""
        head, rest = path, ""
        while head:
            if head in self.aliases:
                return self.aliases[head] + rest
            head, dot, last = head.rpartition(".")
            rest = dot + last + rest
        return path

    @property
    def attributes(self) -> frozenset[str]:
        """The words in `set_later`."""
        return frozenset(path.rpartition(".")[2] for path in self.set_later)

    def outside(self, path: str) -> Value:
        """What is known of something of the outside world."""
        first = self.canonical(path)
        return self.constants.get(first) or External(first)

    def covers(self, path: str) -> bool:
        """Whether an external path is, or leads to, something that a reader knows."""
        if path in self.paths:
            return True
        return not path.endswith("()") and f"{path.rpartition('.')[0]}.*" in self.paths

    def leads(self, path: str) -> bool:
        """Whether following an external path leads to reads."""
        return path not in self.inert and self.covers(path)
