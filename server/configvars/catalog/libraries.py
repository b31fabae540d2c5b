"""The environment variables that libraries read by themselves, collected from the libraries' own source.

It is much to load, so it is loaded only when somebody asks: for a name that nothing else explains. It is
JSON, which loads in a fraction of the time that TOML takes; tools/library_names.py makes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from configvars.catalog.data import text

_FAMILY = 3


@dataclass(frozen=True, slots=True)
class LibraryRead:
    """A variable that a package reads by itself.

    `source` is a place in the package of that `version` (`botocore/session.py:12`), or an address of its
    documentation. `called` is what people know it by: boto3 for botocore.
    """

    name: str
    package: str
    version: str
    source: str
    called: str


def readers_of(name: str) -> tuple[LibraryRead, ...]:
    """The packages that read a variable by themselves; first the one with most names that begin like it."""
    found = {each.package: each for each in _patterns() if fnmatchcase(name, each.name)}
    found.update({each.package: each for each in _exact().get(name, ())})
    return tuple(sorted(found.values(), key=lambda read: (-_kin(name, read), read.package)))


def is_of_library(name: str, read: LibraryRead) -> bool:
    """Whether a name leaves little doubt whose it is: it names the library, or many of its names begin so.

    `API_KEY` is read by several libraries, and by every other program.
    """
    known = re.sub(r"[^A-Z0-9]", "", f"{read.package} {read.called}".upper())
    is_named = any(len(word) > 2 and word.upper() in known for word in name.split("_"))
    return is_named or _kin(name, read) >= _FAMILY


def _kin(name: str, read: LibraryRead) -> int:
    """How many names of the library begin with the same word."""
    first_word = name.partition("_")[0] + "_"
    return sum(each.startswith(first_word) for each in _data()[read.package]["names"])


def uses(package: str, asked: Callable[[str, tuple[str, ...]], bool]) -> bool:
    """Whether a project uses a package, or one that needs it; `asked` tells of each by name and imports."""
    return any(asked(each, tuple(_data()[each]["imports"])) for each in (package, *_users()[package]))


@cache
def _users() -> Mapping[str, tuple[str, ...]]:
    """By package, all packages that cannot do without it."""
    needs = {package: frozenset(table["needs"]) for package, table in _data().items()}

    def all_needs(package: str, seen: frozenset[str]) -> frozenset[str]:
        found = needs[package] - seen
        return found.union(*(all_needs(each, seen | found) for each in found)) if found else found

    every = {package: all_needs(package, frozenset({package})) for package in needs}
    return {package: tuple(user for user in needs if package in every[user]) for package in needs}


@cache
def _exact() -> Mapping[str, tuple[LibraryRead, ...]]:
    found: dict[str, list[LibraryRead]] = {}
    for each in _entries():
        if "*" not in each.name:
            found.setdefault(each.name, []).append(each)
    return {name: tuple(each) for name, each in found.items()}


@cache
def _patterns() -> tuple[LibraryRead, ...]:
    return tuple(each for each in _entries() if "*" in each.name)


def _entries() -> Iterator[LibraryRead]:
    for package, table in _data().items():
        for name, source in table["names"].items():
            yield LibraryRead(name, package, table["version"], source, table.get("called", package))


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(text("libraries.json"))
    return data
