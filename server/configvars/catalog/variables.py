"""Well-known environment variables, and what sets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from configvars.catalog.data import toml

Kind = Literal[
    "platform", "dyno-metadata", "build", "review-app", "ci", "buildpack", "addon", "os", "tool", "option"
]

# Add-ons set their variables only on Heroku, and users set options: both can be missing.
_CAN_BE_MISSING: frozenset[Kind] = frozenset({"addon", "option"})


class KnownVariable(Struct, frozen=True):
    """A variable, or (with a `*` in its name) all variables whose names match.

    `owner` is who sets or reads it: a part of Heroku, an add-on, a tool. `description` is Markdown. `local`
    is a value for a local env file in place of an add-on's, with ``{app}`` for the app's name; empty if there
    is none.
    """

    name: str
    kind: Kind
    owner: str
    description: str
    source: str
    local: str = ""


def lookup(name: str) -> KnownVariable | None:
    """The entry for a variable, with the name that was asked for, not the pattern."""
    exact = _exact().get(name)
    if exact is not None:
        return exact
    return next((replace(entry, name=name) for entry in _patterns() if fnmatchcase(name, entry.name)), None)


def known_names() -> tuple[str, ...]:
    """The names in the catalogue, without patterns, sorted."""
    return tuple(sorted(_exact()))


def variables_of_addon(service: str) -> tuple[str, ...]:
    """The names and patterns of the variables that an add-on sets, as far as they are known."""
    return tuple(entry.name for entry in entries() if entry.kind == "addon" and entry.owner == service)


def never_missing(name: str) -> bool:
    """Whether Heroku, the operating system or a tool sets the variable, so that no env file has to.

    A CI service or a container image sets its variables wherever it runs the code.
    """
    known = lookup(name)
    return known is not None and known.kind not in _CAN_BE_MISSING


@cache
def _exact() -> Mapping[str, KnownVariable]:
    return MappingProxyType({entry.name: entry for entry in entries() if "*" not in entry.name})


@cache
def _patterns() -> tuple[KnownVariable, ...]:
    return tuple(entry for entry in entries() if "*" in entry.name)


@cache
def entries() -> tuple[KnownVariable, ...]:
    """Every entry of the catalogue, patterns included."""
    return (
        *_table("options.toml", "option"),
        *_table("system.toml", None),
        *_table("addons.toml", "addon"),
        *_table("heroku.toml", None),
    )


def _table(file: str, kind: Kind | None) -> Iterator[KnownVariable]:
    """Read one file; if neither it nor a table has a `kind`, the kind is the table's name."""
    for owner, table in _read(file).items():
        for name, description in table["variables"].items():
            yield KnownVariable(
                name=name,
                kind=kind or table.get("kind", owner),
                owner=owner,
                description=description,
                source=table["source"],
                local=table.get("local", ""),
            )


def _read(file: str) -> dict[str, Any]:
    return toml(file)
