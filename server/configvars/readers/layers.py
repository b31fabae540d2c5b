"""Copies of mappings merged with others: `{"A": "1", **os.environ}`, `os.environ | {"B": "2"}`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import Access, Need
from configvars.names.displays import UNDER
from configvars.names.values import External, Mapping, Str, Value
from configvars.readers.base import CopyWrite, Fact, Handler, Site, Use

_FILES = "dotenv.dotenv_values()"
_FROM_FILES = "dotenv_values"
_COPY = ".copy()"
_ENVIRONMENT = "os.environ"


class _Layer(Struct, frozen=True):
    """Mappings that are merged over or under a copy.

    `names`: their known names; `is_open`: they may have others; `has_files`: some are read from env files.
    """

    names: frozenset[str] = frozenset()
    is_open: bool = False
    has_files: bool = False

    def __or__(self, other: _Layer) -> _Layer:
        return _Layer(
            self.names | other.names, self.is_open or other.is_open, self.has_files or other.has_files
        )


def layered(handler: Handler) -> Handler:
    """A handler for a copy: names merged over it are not read, names merged under it are defaults.

    What the code writes to the copy is set only there.
    """

    def handle(site: Site) -> Iterator[Fact]:
        over, under = _layers(site.value_of)
        for fact in handler(site):
            if not isinstance(fact, Use):
                yield fact
            elif fact.sets:
                yield CopyWrite(fact.key)
            elif fact.access is not Access.WRITE and _text(fact) not in over.names:
                yield replace(_softened(fact, over, under), of_copy=True)

    return handle


def in_layers(value: Value, use: Use) -> Iterator[Use]:
    """A read from the environment, or from a copy of it with other mappings; nothing for other values."""
    if not isinstance(value, External):
        return
    if value.path == _ENVIRONMENT:
        yield use
    elif value.path == f"{_ENVIRONMENT}{_COPY}":
        over, under = _layers(value)
        if _text(use) not in over.names:
            yield replace(_softened(use, over, under), of_copy=True)


def merged(handler: Handler) -> Handler:
    """A handler for a mapping that is merged into a copy, perhaps with computed names."""

    def handle(site: Site) -> Iterator[Fact]:
        yield from layered(handler)(site)
        if site.call.rest or any(_layer(argument.value).is_open for argument in site.call.positional):
            yield CopyWrite(None)

    return handle


def _layers(copy: External | None) -> tuple[_Layer, _Layer]:
    over, under = _Layer(), _Layer()
    if copy is not None and copy.path.endswith(_COPY) and copy.arguments is not None:
        for above in copy.arguments.positional:
            over |= _layer(above)
        for word, beneath in copy.arguments.keywords:
            under |= _layer(beneath) if word == UNDER else _Layer()
    return over, under


def _layer(value: Value) -> _Layer:
    if isinstance(value, Mapping):
        names = frozenset(key.text for key, _ in value.items if isinstance(key, Str))
        return _Layer(names, is_open=any(not isinstance(key, Str) for key, _ in value.items))
    if isinstance(value, External):
        over, under = _layers(value)
        return over | under | _Layer(has_files=value.path.startswith(_FILES))
    return _Layer(is_open=True)


def _softened(use: Use, over: _Layer, under: _Layer) -> Use:
    """A read of a copy, with the other mappings that may set the name."""
    if under.has_files:
        use = replace(use, idiom=f"{_FROM_FILES}{use.idiom.removeprefix('os.environ')}")
    if _text(use) in under.names:
        return replace(use, need=Need.DEFAULTED, raises=False)
    is_open = over.is_open or under.is_open
    return replace(use, need=Need.OPTIONAL, raises=False) if is_open and use.raises else use


def _text(use: Use) -> str | None:
    value = use.key.value
    return value.text if isinstance(value, Str) else None
