"""`create_model("Settings", __base__=BaseSettings, host=(str, "x"))`: a settings class made by a call."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Need
from configvars.names.values import UNKNOWN, Class, Known, Nothing, Sequence, Str, Value
from configvars.readers.base import Argument, Fact, Site, Use
from configvars.readers.pydantic_options import Config, Options, config_from, config_of, options_from
from configvars.readers.pydantic_paths import FIELDS, IDIOM, SECOND_VERSION, derives, path_of


def created(site: Site) -> Iterator[Fact]:
    """The reads of the fields in the call, if it creates a settings class."""
    options = _options(site)
    if options is None:
        return
    for name, given in site.call.keywords:
        place = site.keyword(name)
        if name.startswith("__") or place is None:
            continue
        key = Argument(Str(name), place).prefixed(options.prefix)
        if not options.certain or options.generator is not None or path_of(_default(given.value)) in FIELDS:
            key = Argument(UNKNOWN, place)
        yield Use(key if options.case_sensitive else key.changed("upper"), IDIOM, need=_need(given.value))


def _options(site: Site) -> Options | None:
    """The options of the class; None if it is not a settings class."""
    base = site.argument(None, "__base__")
    config = Config()
    for one in _bases(base.value if base is not None else UNKNOWN):
        if isinstance(one, Class) and derives(site, one, SECOND_VERSION):
            config.add(config_of(site, one))
        elif path_of(one) not in SECOND_VERSION:
            continue
        said = site.argument(None, "__config__")
        if said is not None:
            config.add(config_from(said.value))
        return options_from(config, is_first_version=False)
    return None


def _bases(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Sequence) else (value,)


def _default(value: Value) -> Value:
    """The default in `(type, default)`."""
    return value.items[1] if isinstance(value, Sequence) and len(value.items) == 2 else UNKNOWN


def _need(value: Value) -> Need:
    match _default(value):
        case Known("..."):
            return Need.REQUIRED
        case Nothing():
            return Need.OPTIONAL
        case _:
            return Need.DEFAULTED
