"""From the key of a use to names with places: known, passed by a caller, or dynamic."""

from __future__ import annotations

from msgspec import Struct

from configvars.names.calls import parameters_of
from configvars.names.values import Parameter, Str, Value, alternatives
from configvars.readers.base import Argument
from configvars.text import Mark, Place, Span


class Name(Struct, frozen=True):
    """A variable's name, its span in the code, and where it is written if that is elsewhere."""

    text: str
    span: Span
    written_at: Place | Mark | None = None


class Keys(Struct, frozen=True):
    """The names that a key may be; `open` depend on parameters; `dynamic`: some part is not known.

    `own` are known strings that derived classes may override.
    """

    names: tuple[Name, ...]
    open: tuple[Value, ...]
    dynamic: bool
    own: tuple[Value, ...] = ()


def keys_of(key: Argument) -> Keys:
    """The names that a key may be."""
    names: dict[Name, None] = {}
    waiting: list[Value] = []
    own: list[Value] = []
    dynamic = False
    for value in alternatives(key.value):
        if isinstance(value, Parameter) and value.default is not None:
            for default in alternatives(value.default):
                if isinstance(default, Str):
                    names[_name(key.span, default)] = None
        if isinstance(value, Str):
            names[_name(key.span, value)] = None
            own += [value] if value.of is not None else []
        elif parameters_of(value):
            waiting.append(value)
        else:
            dynamic = True
    return Keys(tuple(name for name in names if name.text), tuple(waiting), dynamic, tuple(own))


def _name(span: Span, value: Str) -> Name:
    """The span of the part of the name that is written in the key.

    Otherwise the span of the key and the place where the name is written.
    """
    inside = [
        place.span
        for place in value.written
        if isinstance(place, Place) and span.start <= place.span.start and place.span.end <= span.end
    ]
    if inside:
        shown = [part for part in inside if part.start < part.end] or inside
        return Name(value.text, Span(min(part.start for part in shown), max(part.end for part in shown)))
    whole = [place for place in value.written if not _is_empty(place)]
    return Name(value.text, span, whole[-1] if whole else None)


def _is_empty(place: Place | Mark) -> bool:
    return place.span.start == place.span.end if isinstance(place, Place) else place.start == place.end
