"""The configuration keys that Flask and its extensions read, and those that Flask no longer reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from configvars.catalog.data import toml


class FlaskKey(Struct, frozen=True):
    """A key of `app.config` that Flask or an extension reads.

    `owner` is "Flask" or the name of the extension, `version` the version whose source was read. `default` is
    a Python expression, None if there is no fixed default. `since` is the first version of Flask that reads
    the key, if that matters; `changed` says what later versions changed.
    """

    name: str
    owner: str
    version: str
    type: str
    default: str | None
    meaning: str
    since: str = ""
    changed: str = ""


class RemovedKey(Struct, frozen=True):
    """A key that Flask ignores since `version`.

    `replacement` is an expression or empty; `note` is a sentence. `now` is the value that Flask behaves as if
    the key had today; empty if there is none.
    """

    name: str
    version: str
    replacement: str
    note: str
    now: str = ""


class FormerKey(Struct, frozen=True):
    """A key that an extension no longer reads since `version`, which requires Flask in version `flask`."""

    name: str
    owner: str
    version: str
    flask: str


@cache
def known_keys() -> Mapping[str, FlaskKey]:
    """All keys of Flask and its extensions by name; Flask's own have precedence."""
    return MappingProxyType(
        {key.name: key for key in (*_extension_keys(_data("extension_keys.toml")), *_flask_keys())}
    )


@cache
def removed_keys() -> Mapping[str, RemovedKey]:
    """The keys Flask no longer reads, by name."""
    removed = _data("flask_keys.toml")["removed"]
    return MappingProxyType({name: RemovedKey(name, **entry) for name, entry in removed.items()})


@cache
def former_keys() -> Mapping[str, FormerKey]:
    """The keys that only older versions of extensions read, by name."""
    extensions = _data("extension_keys.toml").items()
    return MappingProxyType(
        {
            name: FormerKey(name, owner, **entry)
            for owner, extension in extensions
            for name, entry in extension.get("former", {}).items()
        }
    )


def flask_key(name: str) -> FlaskKey | None:
    """What is known about a key; None if nothing is."""
    return known_keys().get(name)


def _flask_keys() -> list[FlaskKey]:
    data = _data("flask_keys.toml")
    return [
        FlaskKey(name=name, owner="Flask", version=data["flask"], **entry)
        for name, entry in data["keys"].items()
    ]


def _extension_keys(data: Mapping[str, Any]) -> list[FlaskKey]:
    return [
        FlaskKey(name, owner, extension["version"], kind, default or None, meaning)
        for owner, extension in data.items()
        for name, (kind, default, meaning) in extension["keys"].items()
    ]


@cache
def _data(name: str) -> dict[str, Any]:
    return toml(name)
