"""Functions of libraries that raise an exception if an argument is `None`, or an empty string.

tools/refused_arguments.py collects them by calling the libraries. A path such as `discord.Client().run` is a
method of an object, and `pymongo.MongoClient()[]` is a subscript.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pkgutil import get_data
from typing import Any, Final

import msgspec
from msgspec import Struct


class RefusedArgument(Struct, frozen=True):
    """An argument of a function. `position` is None if it can only be passed by name.

    `none` and `empty` are the exceptions (other than `Exception`) that None and an empty string raise; None
    if they are accepted. If the argument is None, the library reads one of the variables `instead`. Nothing
    is known if one of the arguments `unless` is passed.
    """

    name: str
    position: int | None
    none: frozenset[str] | None
    empty: frozenset[str] | None
    instead: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()


def refused_arguments(path: str) -> tuple[RefusedArgument, ...]:
    """The arguments that a function refuses if they are None or empty."""
    return _tables().get(path, ())


@cache
def methods() -> frozenset[str]:
    """The names of methods that refuse an argument."""
    return frozenset(path.rpartition(").")[2] for path in _tables() if ")." in path)


@cache
def _tables() -> Mapping[str, tuple[RefusedArgument, ...]]:
    data: dict[str, Any] = msgspec.json.decode(get_data(__package__, "refused_arguments.json") or b"{}")
    return {
        path: found
        for package in data.values()
        for path, arguments in package["calls"].items()
        if (found := tuple(_refused(arguments)))
    }


def _refused(arguments: Mapping[str, Mapping[str, Any]]) -> Iterator[RefusedArgument]:
    for name, each in arguments.items():
        none, empty = (None if each[kind] is None else frozenset(each[kind]) for kind in ("none", "empty"))
        if none is not None or empty is not None:
            instead, unless = tuple(each.get("instead", ())), frozenset(each.get("unless", ()))
            yield RefusedArgument(name, each["position"], none, empty, instead, unless)


REFUSES_NONE: Final = {
    path: found[0].name
    for path, found in _tables().items()
    if len(found) == 1 and found[0].none is not None and not found[0].instead and not found[0].unless
}
"""The functions with one such argument, without exceptions to the rule."""
