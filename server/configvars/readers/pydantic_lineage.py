"""What a settings class reads by itself, and what it takes from the settings classes from which it derives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.model import Need
from configvars.names.values import Class
from configvars.pydantic_model import ReadOfSettings, SettingsLineage
from configvars.readers.base import Field, PatternRead, Site, Use
from configvars.readers.keys import keys_of
from configvars.readers.pydantic_fields import need_of
from configvars.readers.pydantic_paths import BASES, derives
from configvars.text import Mark, Span


def lineage(
    site: Site, cls: Class, uses: Iterable[Use], inherited: Iterable[tuple[Mark, str]], held: frozenset[Mark]
) -> SettingsLineage:
    """What is known of a class that reports some reads; see `SettingsLineage` for the other arguments."""
    reads = frozenset(
        ReadOfSettings(text, span, use.need is Need.REQUIRED, use.needed_with is not None)
        for use in uses
        for text, span in names_in([use])
    )
    bases = frozenset(base.home for base in site.lineage() if base != cls)
    return SettingsLineage(cls.name, cls.home, bases, frozenset(inherited), held, reads, site.is_used(cls))


def names_in(uses: Iterable[Use | PatternRead]) -> Iterator[tuple[str, Span]]:
    """The names of variables that are read, each with its place."""
    for use in uses:
        if isinstance(use, Use):
            yield from ((name.text, name.span) for name in keys_of(use.key).names)


def held_in(site: Site, cls: Class, fields: Iterable[Field]) -> frozenset[Mark]:
    """The other settings classes that are types of these fields, except of those with a default.

    A default such as `{}` creates an object, which then reads its own variables.
    """
    return frozenset(
        each.home
        for field in fields
        for each in field.shape.models
        if isinstance(each, Class) and each.home != cls.home and derives(site, each, BASES)
        if need_of(site, field) is not Need.DEFAULTED
    )
