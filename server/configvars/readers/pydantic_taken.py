"""What a settings class takes from its env files, as one fact: for the checks of those files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from configvars.names.values import Str
from configvars.pydantic_model import SettingsClass
from configvars.readers.base import Taken, Use
from configvars.readers.pydantic_fields import Found
from configvars.readers.pydantic_options import Options
from configvars.text import Span


def taken(
    span: Span,
    fields: Mapping[str, Found],
    uses: Mapping[str, Sequence[Use | Taken]],
    options: Options,
    files: Sequence[str | None],
) -> SettingsClass:
    """What objects that are made with these options take."""
    every = [use for found in uses.values() for use in found]
    keys = [use.key.value for use in every if isinstance(use, Use)]
    structured = (
        use.key.value
        for name, found in fields.items()
        for use in uses[name]
        if _is_structured(found) and isinstance(use, Use) and use.key.span == found.field.span
    )
    return SettingsClass(
        span,
        names=frozenset(key.text for key in keys if isinstance(key, Str)),
        families=frozenset(
            use.prefix.text for use in every if isinstance(use, Taken) and isinstance(use.prefix, Str)
        ),
        structured=frozenset(value.text for value in structured if isinstance(value, Str)),
        fields=frozenset(fields),
        files=tuple(file for file in files if file is not None),
        all_files=None not in files,
        forbids=options.extra == "forbid" and options.filtering == "",
        case_sensitive=options.case_sensitive,
        certain=all(isinstance(key, Str) for key in keys) and options.delimiter is not None,
    )


def _is_structured(found: Found) -> bool:
    """Whether pydantic-settings takes nothing but JSON for a field."""
    shape = found.field.shape
    is_certain = not shape.plain and not shape.unknown and not shape.models
    return is_certain and (shape.lists or shape.maps) and "NoDecode" not in found.field.annotation
