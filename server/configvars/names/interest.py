"""The external paths and names that lead to variables, so that only code that uses them is examined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from configvars.names.values import External, Value


class Inside(Struct, frozen=True):
    """Names in strings, in files that import one of `modules`: groups `name` and perhaps `default`.

    `word` is contained in every such string.
    """

    word: str
    pattern: re.Pattern[str]
    idiom: str
    modules: frozenset[str]


class Interest(Struct, frozen=True, dict=True):
    """What the readers are interested in.

    `paths` contains every prefix of the external paths they know; `aliases` maps other paths of the same
    object to the first one; `fixtures` are parameters that are recognised by name. `conventions` are
    attributes (`app.config`) that are recognised by their last two names if nothing is known about the
    object; of `fake_app` the part after the underscore counts. They do not apply in files that import one of
    `other_frameworks`, unless the file also imports a module of the convention's own path. `inert` are paths
    whose values are needed where they are used, but which are not followed. `objects` are objects that read
    and that code passes to functions, `entered` are methods that return their own object in a `with`
    statement, `set_later` are attributes that work like arguments of the constructor. `decorators` are
    decorators whose result readers know, `constants` are names with known values. `distinct` are calls whose
    results are different objects although their arguments are the same.
    """

    paths: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    fixtures: Mapping[str, str] = field(default_factory=dict)
    conventions: Mapping[str, str] = field(default_factory=dict)
    other_frameworks: frozenset[str] = frozenset()
    inert: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    set_later: frozenset[str] = frozenset()
    decorators: frozenset[str] = frozenset()
    constants: Mapping[str, Value] = field(default_factory=dict)
    inside: tuple[Inside, ...] = ()
    distinct: frozenset[str] = frozenset()

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(re.split(r"[.(\[]", path, maxsplit=1)[0] for path in self.paths)

    def may_lead(self, module: str) -> bool:
        """Whether anything in a module can lead to a path that the readers know, by its first part."""
        return module.partition(".")[0] in self._roots

    def is_conventional(self, attribute: str) -> bool:
        """Whether `conventions` contain an attribute of this name."""
        return any(words.endswith(f".{attribute}") for words in self.conventions)

    def canonical(self, path: str) -> str:
        """The first of the paths of the same object."""
        head, rest = path, ""
        while head:
            if head in self.aliases:
                return self.aliases[head] + rest
            head, dot, last = head.rpartition(".")
            rest = dot + last + rest
        return path

    @property
    def attributes(self) -> frozenset[str]:
        """The names of the attributes in `set_later`."""
        return frozenset(path.rpartition(".")[2] for path in self.set_later)

    def outside(self, path: str) -> Value:
        """What is known of an external path."""
        first = self.canonical(path)
        return self.constants.get(first) or External(first)

    def covers(self, path: str) -> bool:
        """Whether an external path is, or leads to, something that a reader knows."""
        if path in self.paths or path.removesuffix(".__dict__") in self.paths:
            return True
        return not path.endswith("()") and f"{path.rpartition('.')[0]}.*" in self.paths

    def leads(self, path: str) -> bool:
        """Whether following an external path can lead to reads."""
        return path not in self.inert and self.covers(path)
