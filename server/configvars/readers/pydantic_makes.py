"""How objects of a settings class are created: the options and fields that each call passes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from configvars.names.values import Class, Value
from configvars.readers.base import CallParts, Site
from configvars.readers.pydantic_options import Config, Options


class Make(Struct, frozen=True):
    """One way of creating objects: the options and the fields that the call passes.

    `open`: it may pass any other field, too. `is_call`: this comes from a call in the code.
    """

    options: tuple[tuple[str, Value], ...] = ()
    given: frozenset[str] = frozenset()
    open: bool = False
    is_call: bool = True

    def without_fields(self) -> Make:
        """The same for a class that ignores the fields that the call passes."""
        return Make(self.options, is_call=self.is_call)

    def config(self) -> Config:
        """The options of the call, in the form of a class configuration."""
        return Config(dict(self.options))

    def gives(self, names: Iterable[str], options: Options) -> bool:
        """Whether the call passes one of these names, in any case if the names of variables ignore it."""
        if options.case_sensitive or options.is_first_version:
            return not self.given.isdisjoint(names)
        return not {name.lower() for name in self.given}.isdisjoint(map(str.lower, names))


def makes_of(site: Site, cls: Class) -> list[Make]:
    """The different ways in which the file creates objects of the class.

    Without calls, one that passes nothing.
    """
    above = [make_of(call) for call in site.base_calls_of(cls)]
    found = [make_of(call) for call in site.calls_of(cls)] or [Make(is_call=False)]
    if above:
        found = [_together(make, base) for make in found for base in above]
    return list(dict.fromkeys(found))


def make_of(call: CallParts) -> Make:
    """The options and fields that one call passes."""
    options = tuple((name[1:], given.value) for name, given in call.keywords if name.startswith("_"))
    given = frozenset(name for name, _ in call.keywords if not name.startswith("_"))
    return Make(options, given, call.rest)


def _together(make: Make, above: Make) -> Make:
    """A call of a class whose constructor itself calls the constructor of its base class."""
    is_passed = above.open
    options = {**(dict(make.options) if is_passed else {}), **dict(above.options)}
    given = (make.given if is_passed else frozenset()) | above.given
    return Make(tuple(options.items()), given, make.open if is_passed else False, make.is_call)
