"""The environment variables that libraries read by themselves, collected from their source code.

The data is large, so it is loaded only for a name that nothing else explains. It is JSON, because that loads
much faster than TOML; tools/library_names.py creates it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase, translate
from functools import cache
from typing import Any

from msgspec import Struct

from configvars.catalog.data import text

_FAMILY = 3


class LibraryRead(Struct, frozen=True):
    """A variable that a package reads by itself.

    `source` is a place in the package of that `version` (`botocore/session.py:12`), or a URL of its
    documentation. `called` is the usual name: boto3 for botocore.
    """

    name: str
    package: str
    version: str
    source: str
    called: str


def readers_of(name: str) -> tuple[LibraryRead, ...]:
    """The packages that read a variable by themselves; first those with most names of the same prefix."""
    patterns = _patterns() if _any_pattern().match(name) else ()
    found = {each.package: each for each in patterns if fnmatchcase(name, each.name)}
    found.update({each.package: each for each in _exact().get(name, ())})
    return tuple(sorted(found.values(), key=lambda read: (-_kin(name, read), read.package)))


def is_of_library(name: str, read: LibraryRead) -> bool:
    """Whether the name of a variable shows that it belongs to a library.

    It contains the library's name, or the library reads many names with the same first word. `API_KEY` shows
    nothing: several libraries read it, and many other programs.
    """
    known = re.sub(r"[^A-Z0-9]", "", f"{read.package} {read.called}".upper())
    is_named = any(len(word) > 2 and word.upper() in known for word in name.split("_"))
    return is_named or _kin(name, read) >= _FAMILY


def _kin(name: str, read: LibraryRead) -> int:
    """The number of the library's names that start with the same word."""
    first_word = name.partition("_")[0] + "_"
    return sum(each.startswith(first_word) for each in _data()[read.package]["names"])


def uses(package: str, asked: Callable[[str, tuple[str, ...]], bool]) -> bool:
    """Whether a project uses a package, or one that depends on it.

    `asked` answers for one package, by its name and its import names.
    """
    return any(asked(each, tuple(_data()[each]["imports"])) for each in (package, *_users()[package]))


@cache
def _users() -> Mapping[str, tuple[str, ...]]:
    """For each package, all packages that depend on it."""
    needs = {package: frozenset(table["needs"]) for package, table in _data().items()}

    def all_needs(package: str, seen: frozenset[str]) -> frozenset[str]:
        found = needs[package] - seen
        return found.union(*(all_needs(each, seen | found) for each in found)) if found else found

    every = {package: all_needs(package, frozenset()) for package in needs}
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


@cache
def _any_pattern() -> re.Pattern[str]:
    """Matches what one of the patterns matches."""
    return re.compile("|".join(translate(name) for name in sorted({each.name for each in _patterns()})))


def _entries() -> Iterator[LibraryRead]:
    for package, table in _data().items():
        for name, source in table["names"].items():
            yield LibraryRead(name, package, table["version"], source, table.get("called", package))


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(text("libraries.json"))
    return data
