"""What Flask extensions do with an app, and what features need: data with its sources."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from configvars.catalog.data import toml


class Extension(Struct, frozen=True):
    """A package whose object gets an app. flask_extensions.toml describes the fields."""

    package: str
    source: str = ""
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    takes_since: str = ""

    @property
    def name(self) -> str:
        """The usual name of the extension: `Flask-SQLAlchemy`."""
        return self.source.partition(",")[0].rpartition(" ")[0] or self.package

    def may_give(self, key: str) -> bool:
        """Whether this extension may set a key."""
        return any(fnmatchcase(key, pattern) for pattern in self.gives)


class Requirement(Struct, frozen=True):
    """What a feature needs. flask_extensions.toml describes the fields."""

    feature: str
    needs: tuple[str, ...]
    fails: str
    source: str
    unless: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    package: str = ""
    since: str = ""
    at_once: bool = False


HARMLESS = Extension("")


def understood(callee: str, what: str = "app", word: str = "") -> Extension | None:
    """What `callee` does with an app or configuration that it gets; None if that is not known.

    `callee` is the import path of what is called, empty if it is not known; `word` is its last name.
    """
    data = _data()["harmless"]
    package = callee.partition(".")[0]
    if callee in data["changing"]:
        return None
    if package in extensions():
        return extensions()[package]
    if package and (
        package in data["packages"] or package == "builtins" or package in sys.stdlib_module_names
    ):
        return HARMLESS
    return HARMLESS if what == "config" and not package and word in data["reading"] else None


@cache
def extensions() -> Mapping[str, Extension]:
    """The extensions by the name of their import package."""
    return MappingProxyType(
        {name: Extension(name, **_tuples(entry)) for name, entry in _data()["extensions"].items()}
    )


@cache
def requirements() -> Mapping[str, Requirement]:
    """The requirements of features, by the import path of the feature."""
    return MappingProxyType(
        {name: Requirement(name, **_tuples(entry)) for name, entry in _data()["requires"].items()}
    )


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


@cache
def _data() -> dict[str, Any]:
    return toml("flask_extensions.toml")
