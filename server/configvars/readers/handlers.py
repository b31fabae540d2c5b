"""Handlers for the usual cases, made from data: a call with a key, an item, a membership test."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Need
from configvars.names.values import UNKNOWN, UNSET, Nothing, Parameter, Str, Value, alternatives
from configvars.readers.base import NO_ERRORS, Argument, Fact, Handler, Site, Use


def is_default(value: Value) -> bool:
    """Whether the value is a default for a variable that is not set: any value except `None`."""
    return not all(isinstance(choice, Nothing) for choice in alternatives(value))


def is_unset(default: Argument | None) -> bool:
    """Whether a read has no default, or `None` as default."""
    value = None if default is None else default.value
    return value is None or value == UNSET or (isinstance(value, Parameter) and value.default == UNSET)


def implied(site: Site, name: str) -> Argument:
    """A name that the library uses without it being in the call; unknown if a `**` may pass another name."""
    return Argument(UNKNOWN if site.call.rest else Str(name), site.span)


def getter(
    idiom: str,
    *,
    key: tuple[int | None, str] = (0, "key"),
    default: tuple[int | None, str] | None = (1, "default"),
    raises: bool = False,
    errors: frozenset[str] = NO_ERRORS,
    access: Access = Access.READ,
    sets: bool = False,
    implies: str | None = None,
    absent: Need | None = None,
) -> Handler:
    """A handler for a call with a key and perhaps a default, each at a position or with a name.

    `implies` is the name that a call without a key reads; `absent` is the need of a read without a default,
    in place of the need that follows from the code around.
    """

    def handle(site: Site) -> Iterator[Fact]:
        named = site.argument(key[0], key[1])
        if named is None and implies is not None:
            named = implied(site, implies)
        if named is not None:
            given = None if default is None else site.argument(default[0], default[1])
            stands_in = given is not None and is_default(given.value)
            need = None if absent is None else Need.DEFAULTED if stands_in else absent
            yield Use(named, idiom, access, given, raises and is_unset(given), errors, need, sets)

    return handle


def item(idiom: str, *, raises: bool = True) -> Handler:
    """A handler for `path[key]`: read, assigned or deleted."""

    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0)
        if key is not None:
            written = site.access is Access.WRITE
            yield Use(key, idiom, site.access, raises=raises, sets=written and not site.deletes)

    return handle


def contained(idiom: str) -> Handler:
    """A handler for `key in path`."""

    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0)
        if key is not None:
            yield Use(key, idiom, Access.TEST)

    return handle


def written(idiom: str, *, sets: bool = True) -> Handler:
    """A handler for a call that writes the variable named by its first argument.

    With `sets` false, the call deletes the variable.
    """
    return getter(idiom, default=None, access=Access.WRITE, sets=sets)
