"""The arguments that functions of Python and of libraries refuse: None, or an empty string."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from configvars.catalog.data import toml


class Refusal(Struct, frozen=True):
    """An argument, which refusals.toml describes. `position` is None if it is only passed by name."""

    name: str
    position: int | None = None
    none: bool = True
    empty: bool = False
    items: bool = False


def refusals(path: str) -> tuple[Refusal, ...]:
    """The arguments that a function with a dotted path refuses."""
    return all_refusals().get(path, ())


@cache
def all_refusals() -> Mapping[str, tuple[Refusal, ...]]:
    """The arguments that functions refuse, by the path of the function."""
    data = toml("refusals.toml")
    entries = {**data["standard"], **data["libraries"]}
    return MappingProxyType({path: tuple(map(_refusal, each)) for path, each in entries.items()})


def _refusal(source: str) -> Refusal:
    position, name, *flags = source.split()
    return Refusal(
        name,
        None if position == "-" else int(position),
        "only_empty" not in flags,
        not {"empty", "only_empty"}.isdisjoint(flags),
        "items" in flags,
    )
