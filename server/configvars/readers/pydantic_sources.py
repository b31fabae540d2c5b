"""The sources of a settings class, if it overrides `settings_customise_sources`."""

from __future__ import annotations

from msgspec import Struct

from configvars.limits import LINEAGE, beyond
from configvars.names.values import (
    UNKNOWN,
    Class,
    External,
    Function,
    Instance,
    Parameter,
    Sequence,
    Value,
    alternatives,
)
from configvars.readers.base import Site
from configvars.readers.pydantic_paths import OTHER_SOURCES, path_of
from configvars.text import Mark

_METHOD = "settings_customise_sources"
_OWN = frozenset({"init_settings", "file_secret_settings"})
_ENVIRONMENT = frozenset({"env_settings", "dotenv_settings"})
_PLAIN = "pydantic_settings.EnvSettingsSource"
_VARIABLES, _OTHER = "variables", "other"
# Methods with which a source class defines itself what it reads.
_CHANGING = (
    "__init__",
    "__call__",
    "get_field_value",
    "_extract_field_info",
    "_load_env_vars",
    "explode_env_vars",
)


class Sources(Struct, frozen=True):
    """`reads`: whether the environment is a source (None: not known).

    `others`: whether there are other sources. `arguments`: whether the arguments of the constructor may be one.
    """

    reads: bool | None = True
    others: bool = False
    files: bool = True
    arguments: bool = True


def sources_of(site: Site, cls: Class) -> Sources:
    """The sources of a settings class."""
    method = site.member(_METHOD, of=cls)
    if not isinstance(method, Function):
        return Sources()
    choices = [_sources(site, value) for value in alternatives(site.returned(method))]
    if len(choices) == 1:
        return choices[0]
    return Sources(None, others=True, files=any(choice.files for choice in choices))


def _sources(site: Site, value: Value) -> Sources:
    if not isinstance(value, Sequence):
        return Sources(None, others=True)
    names = {item.name for item in value.items if isinstance(item, Parameter)}
    rest = [
        choice for item in value.items if not isinstance(item, Parameter) for choice in alternatives(item)
    ]
    kinds = {_kind(site, item) for item in rest}
    reads: bool | None = bool(names & _ENVIRONMENT or _VARIABLES in kinds)
    if not reads and None in kinds:
        reads = None
    others = bool(kinds - {_VARIABLES}) or bool(names - _OWN - _ENVIRONMENT)
    arguments = "init_settings" in names or bool(rest)
    return Sources(reads, others, "dotenv_settings" in names or reads is None, arguments)


def _kind(site: Site, item: Value) -> str | None:
    """Whether a source reads variables in the usual way, or gets fields from elsewhere; None: not known."""
    match item:
        case External():
            path = item.path.removesuffix("()")
            given = item.arguments
            is_plain = (
                given is not None and not given.rest and not given.keywords and len(given.positional) == 1
            )
            if path == _PLAIN:
                return _VARIABLES if is_plain else None
            return _OTHER if path in OTHER_SOURCES else None
        case Instance():
            return _kind_of_class(site, item.cls)
        case Function():
            return _OTHER
        case _:
            return None


def _kind_of_class(site: Site, cls: Class, known: dict[Mark, str | None] | None = None) -> str | None:
    """The same for a class of the workspace, by its base classes and the methods it overrides."""
    known = {} if known is None else known
    if cls.home not in known:
        if len(known) > LINEAGE.most:
            beyond(LINEAGE)
            return None
        known[cls.home] = None
        known[cls.home] = _kind_by_bases(site, cls, known)
    return known[cls.home]


def _kind_by_bases(site: Site, cls: Class, known: dict[Mark, str | None]) -> str | None:
    kinds: set[str | None] = set()
    for base in [choice for given in site.bases_of(cls) for choice in alternatives(given)]:
        if isinstance(base, Class):
            kinds.add(_kind_of_class(site, base, known))
        elif path_of(base) == _PLAIN:
            is_changed = any(site.member(name, of=cls) != UNKNOWN for name in _CHANGING)
            kinds.add(None if is_changed else _VARIABLES)
        else:
            is_other = path_of(base) in (*OTHER_SOURCES, "pydantic_settings.PydanticBaseSettingsSource")
            kinds.add(_OTHER if is_other else None)
    return kinds.pop() if len(kinds) == 1 else None
