"""Keys of Flask's configuration of which a text makes something raise: data, with what happens."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


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
    """The keys by name."""
    data = tomllib.loads((files("configvars.catalog") / "typed_keys.toml").read_text("utf-8"))
    keys = (
        RaisingKey(name, **{**entry, "words": tuple(entry.get("words", ()))}) for name, entry in data.items()
    )
    return MappingProxyType({key.name: key for key in keys})
