"""What a settings class reads by itself, and what it takes from the settings classes from which it derives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from configvars.limits import NESTED_FIELDS, NESTED_MODELS
from configvars.model import Need
from configvars.names.values import Class
from configvars.pydantic_model import Filled, ReadOfSettings, SettingsLineage
from configvars.readers.base import Argument, Field, PatternRead, Site, Use
from configvars.readers.keys import keys_of
from configvars.readers.pydantic_aliases import names_of, prefixed
from configvars.readers.pydantic_fields import fields_of, need_of
from configvars.readers.pydantic_nested import Way
from configvars.readers.pydantic_options import Options, config_of, options_from
from configvars.readers.pydantic_paths import BASES, derives
from configvars.text import Mark, Span


def lineage(
    site: Site,
    cls: Class,
    uses: Iterable[Use],
    inherited: Iterable[tuple[Mark, str]],
    fields: Sequence[Field],
) -> SettingsLineage:
    """What is known of a class that reports some reads; see `SettingsLineage`.

    `fields` are those that no call of the class passes.
    """
    reads = frozenset(
        ReadOfSettings(text, span, use.need is Need.REQUIRED, use.needed_with is not None)
        for use in uses
        for text, span in names_in([use])
    )
    return SettingsLineage(
        cls.name,
        cls.home,
        frozenset(base.home for base in site.lineage() if base != cls),
        frozenset(inherited),
        frozenset(_held_in(site, cls, fields, set())),
        reads,
        site.is_used(cls),
        frozenset(read.name for read in reads),
        frozenset(_filled(site, cls, fields)),
    )


def names_in(uses: Iterable[Use | PatternRead]) -> Iterator[tuple[str, Span]]:
    """The names of variables that are read, each with its place."""
    for use in uses:
        if isinstance(use, Use):
            yield from _texts(use.key)


def _held_in(site: Site, cls: Class, fields: Iterable[Field], seen: set[Mark]) -> Iterator[Mark]:
    """The other settings classes that are types of these fields, or of fields of models, without a default.

    A default such as `{}` creates an object, which then reads its own variables.
    """
    for field in fields:
        for each in field.shape.models if need_of(site, field) is not Need.DEFAULTED else ():
            if not isinstance(each, Class) or each.home == cls.home or each.home in seen:
                continue
            seen.add(each.home)
            if derives(site, each, BASES):
                yield each.home
            else:
                inside = (found.field for found in fields_of(site, each, field.span).values())
                yield from _held_in(site, cls, inside, seen)


def _filled(site: Site, cls: Class, fields: Iterable[Field]) -> Iterator[Filled]:
    """The variables of the settings classes in fields, each with those that set the same part of this class.

    A settings class between both has variables for that part, too.
    """
    options = _options(site, cls)
    waiting = [
        (field, [(Way(prefixed(each, options)), options) for each in names_of(site, field, options)])
        for field in fields
        if field.shape.models
    ]
    budget = iter(range(NESTED_FIELDS.most))
    while waiting:
        field, ways = waiting.pop()
        is_deep = any(len(way.keys) > NESTED_MODELS.most for way, _ in ways)
        models = [each for each in field.shape.models if isinstance(each, Class) and each.home != cls.home]
        for model in models if not is_deep else ():
            own, is_settings = _options(site, model), derives(site, model, BASES)
            for found in fields_of(site, model, field.span).values():
                if next(budget, None) is None:
                    return
                names = names_of(site, found.field, own)
                further = [(way.to(name, by), by) for way, by in ways for name, _ in names]
                keys = [prefixed(name, own) for name in names] if is_settings else []
                if found.field.shape.models:
                    waiting.append((found.field, [*further, *((Way(key), own) for key in keys)]))
                by, parts = _setting(further), _parts(further) if found.field.shape.models else frozenset()
                yield from (Filled(model.home, text, by, parts) for key in keys for text, _ in _texts(key))


def _setting(ways: Iterable[tuple[Way, Options]]) -> frozenset[str]:
    """The variables that set the field at the end of these paths, or something around it."""
    keys = (key for way, by in ways for key in ((way.name, *way.around) if by.delimiter else way.around))
    return frozenset(text for key in keys for text, _ in _texts(key))


def _parts(ways: Iterable[tuple[Way, Options]]) -> frozenset[str]:
    """The prefixes of the variables that set a part of the field at the end of these paths."""
    return frozenset(
        f"{text}{by.delimiter}" for way, by in ways if by.delimiter for text, _ in _texts(way.name)
    )


def _texts(key: Argument) -> Iterator[tuple[str, Span]]:
    return ((name.text, name.span) for name in keys_of(key).names)


def _options(site: Site, cls: Class) -> Options:
    return options_from(config_of(site, cls), is_first_version=False)
