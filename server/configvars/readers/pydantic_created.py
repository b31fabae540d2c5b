"""`create_model("Settings", __base__=BaseSettings, host=(str, "x"))`: a settings class made by a call."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Need
from configvars.names.values import UNKNOWN, Class, Sequence, Value
from configvars.readers.base import Argument, Fact, Field, Site, Use
from configvars.readers.pydantic_aliases import names_of, prefixed
from configvars.readers.pydantic_fields import need_of
from configvars.readers.pydantic_options import Config, Options, config_from, config_of, options_from
from configvars.readers.pydantic_paths import IDIOM, SECOND_VERSION, derives, path_of
from configvars.text import Span


def created(site: Site) -> Iterator[Fact]:
    """The reads of the fields in the call, if it creates a settings class."""
    options = _options(site)
    if options is None:
        return
    for name, given in site.call.keywords:
        place = site.keyword(name)
        if name.startswith("__") or place is None:
            continue
        field = _field(site, name, place, given)
        if field is None:
            yield Use(Argument(UNKNOWN, place), IDIOM, need=Need.OPTIONAL)
            continue
        need, keys = (
            need_of(site, field),
            [prefixed(each, options) for each in names_of(site, field, options)],
        )
        for key in keys:
            others = tuple(other for other in keys if other != key)
            mine = need if key == keys[0] or need is not Need.REQUIRED else Need.OPTIONAL  # one is enough
            yield Use(key, IDIOM, need=mine, instead=others, exact=options.case_sensitive)


def _field(site: Site, name: str, place: Span, given: Argument) -> Field | None:
    """The field in `name=(type, default)`; None for `name=type` and everything that is not written out."""
    items = site.items(given)
    if len(items) != 2 or path_of(items[0].value).rpartition(".")[2].startswith("Annotated"):
        return None
    call = site.parts_of(items[1])
    calls = () if call is None else (call,)
    return Field(name, place, "in a tuple", value=items[1], calls=calls, is_called=bool(calls))


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
