"""The names that a settings class accepts from its env files, as one fact for the checks of those files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from configvars.names.values import Sequence as Items
from configvars.names.values import Str, Value
from configvars.pydantic_model import IgnoredName, SettingsClass
from configvars.readers.base import PatternRead, Site, Use
from configvars.readers.pydantic_aliases import field_calls
from configvars.readers.pydantic_fields import Found
from configvars.readers.pydantic_makes import Make
from configvars.readers.pydantic_options import Options


def taken(
    site: Site,
    make: Make,
    fields: Mapping[str, Found],
    uses: Mapping[str, Sequence[Use | PatternRead]],
    options: Options,
    files: Sequence[str | None],
) -> SettingsClass:
    """The names that objects of the class accept if they are created with these options."""
    keys = {name: [use.key.value for use in found if isinstance(use, Use)] for name, found in uses.items()}
    every = [key for found in keys.values() for key in found]
    names = frozenset(key.text for key in every if isinstance(key, Str))
    parts = (
        key.text + options.delimiter
        for name, found in keys.items()
        for key in found
        if isinstance(key, Str) and options.delimiter and _has_parts(fields[name])
    )
    return SettingsClass(
        site.cls.name if site.cls is not None else "",
        site.name_span,
        names=names,
        families=frozenset(parts),
        fields=frozenset(fields),
        files=tuple(file for file in files if file is not None),
        forbids=options.extra == "forbid" and options.filtering == "",
        case_sensitive=options.case_sensitive,
        certain=all(isinstance(key, Str) for key in every) and options.delimiter is not None,
        is_made=make.is_call,
        loads_none=not files,
        ignored=tuple(_ignored(site, fields, keys)),
    )


def _ignored(
    site: Site, fields: Mapping[str, Found], keys: Mapping[str, Sequence[Value]]
) -> Iterator[IgnoredName]:
    """`Field(env=…)` in the class's own fields that pydantic 1 ignores."""
    for name, found in fields.items():
        for call in field_calls(found.field) if found.of == site.cls else ():
            given = call.argument(None, "env")
            value = given.value if given else None
            read = tuple(key.text for key in keys[name] if isinstance(key, Str))
            for each in value.items if isinstance(value, Items) else (value,):
                if given and isinstance(each, Str):
                    yield IgnoredName(each.text, name, read, given.span)


def _has_parts(found: Found) -> bool:
    """Whether any name after a delimiter is part of a field."""
    shape = found.field.shape
    return bool(shape.models or shape.maps or shape.lists or shape.unknown)
