"""How objects that read variables were created, and options that several libraries share."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Need
from configvars.names.values import ANY_KEYWORD, UNKNOWN, Arguments, External, Nothing, Str, Value
from configvars.readers.base import Argument, CallParts, Site, Use


def made_with(site: Site, path: str) -> Arguments:
    """The arguments of the constructor of the object at `path` that a site is about; empty if not known."""
    value: External | None = site.of
    if value is None and isinstance(site.call.callee, External):
        value = site.call.callee
    while value is not None and value.path != path:
        value = value.of
    return (value.arguments if value is not None else None) or Arguments()


def option(given: Arguments, position: int | None, *names: str) -> Value | None:
    """The argument at a position or with one of the names; None if it was not passed.

    If a `**` of unknown content may pass it, it is unknown. A name with a dot is an attribute that was set
    later; `**` cannot pass that.
    """
    if position is not None and position < len(given.positional):
        return given.positional[position]
    named = dict(reversed(given.keywords))
    found = next((named[name] for name in names if name in named), None)
    may_be = ANY_KEYWORD in named and not any(name.startswith(".") for name in names)
    return UNKNOWN if found is None and may_be else found


def keys_set(site: Site) -> Iterator[Argument]:
    """The keys that a method such as `dict.update` sets; an unknown one if it may set others."""
    pairs = [site.pairs(given) for given in site.call.positional]
    yield from (key for found in pairs for key, _ in found)
    yield from (Argument(Str(name), given.span) for name, given in site.call.keywords)
    if site.call.rest or not all(pairs):
        yield Argument(UNKNOWN, site.span)


def given_to(call: CallParts) -> Arguments:
    """The arguments of a call, such as that of a constructor."""
    keywords = tuple((name, argument.value) for name, argument in call.keywords)
    unknown = ((ANY_KEYWORD, UNKNOWN),) if call.rest else ()
    return Arguments(tuple(one.value for one in call.positional), keywords + unknown, call.rest)


def text_option(given: Arguments, position: int | None, *names: str, default: str = "") -> Value:
    """The same for an option that is a string, where `None` means its default."""
    value = option(given, position, *names)
    return Str(default) if value is None or isinstance(value, Nothing) else value


def either(read: Use, *others: Argument) -> Iterator[Use]:
    """A read of a variable, or of others instead: one of them is enough."""
    yield replace(read, instead=others)
    for other in others:
        yield replace(read, key=other, default=None, raises=False, need=Need.DEFAULTED)


def file_aware(read: Use, suffix: Value | str = "_FILE") -> Iterator[Use]:
    """A read of NAME, or of the variable that names a file with the value."""
    return either(read, read.key.suffixed(suffix))
