"""`os.getenv` and similar functions that are passed to functions such as `partial`, `map`, `itemgetter`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Need
from configvars.readers.base import Argument, Fact, Site, Use

_RAISING = frozenset({"os.environ.__getitem__"})
_GETTERS = _RAISING | {"os.getenv", "os.environ.get", "os.environ.pop"}


def is_environ(argument: Argument) -> bool:
    """Whether an argument is `os.environ` or the string "os.environ"."""
    value = argument.value
    return getattr(value, "path", "") == "os.environ" or getattr(value, "text", "") == "os.environ"


def taken_out(site: Site) -> Iterator[Fact]:
    """The reads of `operator.itemgetter("X", "Y")(os.environ)`."""
    of, getters = site.argument(0), site.of
    if of is not None and is_environ(of) and getters is not None and getters.arguments is not None:
        for value in getters.arguments.positional:
            yield Use(Argument(value, site.span), "os.environ[]", raises=True)


def mapped(site: Site) -> Iterator[Fact]:
    """The reads of `map(os.getenv, ("X", "Y"))` and `filter(os.getenv, ("X", "Y"))`."""
    function, names = site.argument(0), site.argument(1)
    if function is not None and names is not None and _path(function) in _GETTERS:
        for key in site.items(names):
            need = None if _path(function) in _RAISING else Need.OPTIONAL
            yield Use(key, _path(function), raises=_path(function) in _RAISING, need=need)


def _path(argument: Argument) -> str:
    return str(getattr(argument.value, "path", ""))
