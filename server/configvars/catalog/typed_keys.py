"""Flask configuration keys for which a value of the wrong type raises an exception: data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from configvars.catalog.data import toml


class RaisingKey(Struct, frozen=True):
    """A key that does not accept strings. `takes` is what it accepts, `happens` what a string causes.

    `words`: only these strings cause it, in lower case. `convert` is a function that converts a string.
    """

    name: str
    takes: str
    happens: str
    convert: str = ""
    words: tuple[str, ...] = ()


@cache
def raising_keys() -> Mapping[str, RaisingKey]:
    """The keys that do not accept strings, by name."""
    entries = _data()["text"].items()
    keys = (RaisingKey(name, **{**entry, "words": tuple(entry.get("words", ()))}) for name, entry in entries)
    return MappingProxyType({key.name: key for key in keys})


@cache
def text_keys() -> Mapping[str, str]:
    """The keys that accept only strings, by name, with what a number causes."""
    return MappingProxyType(_data()["number"])


def _data() -> dict[str, Any]:
    return toml("typed_keys.toml")
