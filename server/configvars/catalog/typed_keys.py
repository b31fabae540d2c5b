"""Keys of Flask's configuration with which a value of another kind makes something raise: data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from configvars.catalog.data import toml


@dataclass(frozen=True, slots=True)
class RaisingKey:
    """A key that takes no text. `takes` is what it takes, `happens` what a text does.

    `words`: only these do it, in lower case. `convert` is a function that makes of a text what it takes.
    """

    name: str
    takes: str
    happens: str
    convert: str = ""
    words: tuple[str, ...] = ()


@cache
def raising_keys() -> Mapping[str, RaisingKey]:
    """The keys that take no text, by name."""
    entries = _data()["text"].items()
    keys = (RaisingKey(name, **{**entry, "words": tuple(entry.get("words", ()))}) for name, entry in entries)
    return MappingProxyType({key.name: key for key in keys})


@cache
def text_keys() -> Mapping[str, str]:
    """The keys that take a text alone, by name, and what a number does."""
    return MappingProxyType(_data()["number"])


def _data() -> dict[str, Any]:
    return toml("typed_keys.toml")
