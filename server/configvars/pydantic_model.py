"""What is known of settings classes of pydantic-settings besides the variables they read."""

from __future__ import annotations

from msgspec import Struct

from configvars.text import Mark, Span


class IgnoredName(Struct, frozen=True):
    """A name in `Field(env="NAME")`, an option of pydantic 1 that pydantic-settings 2 ignores.

    `field` is its field, and `read` are the variables that are read for that field; `span` is the option's
    value.
    """

    name: str
    field: str
    read: tuple[str, ...]
    span: Span


class SettingsClass(Struct, frozen=True):
    """A settings class of pydantic-settings 2, as its objects are created: what it accepts from env files.

    `span` is its name. `names` are all variables that it reads, `families` are prefixes of names that set
    parts of a field; `fields` are the names of its fields. `files` are the env files that it loads, as
    written; `loads_none`: it certainly loads none; `forbids`: other names in them raise an exception.
    `certain`: all names are known. `is_made`: its file creates objects of it. `ignored` are names
    in options of its own fields that have no effect.
    """

    name: str
    span: Span
    names: frozenset[str]
    families: frozenset[str]
    fields: frozenset[str]
    files: tuple[str, ...]
    forbids: bool
    case_sensitive: bool
    certain: bool
    is_made: bool
    loads_none: bool
    ignored: tuple[IgnoredName, ...] = ()


class ReadOfSettings(Struct, frozen=True):
    """A variable that the statement of a settings class reports, and where.

    Objects of the class cannot be created without it (`is_required`), or not if some other variables are set
    (`is_part`).
    """

    name: str
    span: Span
    is_required: bool
    is_part: bool


class Filled(Struct, frozen=True):
    """A variable of the settings class `of`, and variables of another class with such an object in a field.

    The object does not need its own variable if one of those in `by` is set, or one with a prefix in `parts`.
    """

    of: Mark
    name: str
    by: frozenset[str]
    parts: frozenset[str] = frozenset()


class SettingsLineage(Struct, frozen=True):
    """A settings class and the classes of the workspace from which it derives (`bases`).

    `reads` are the variables that its statement reports, `names` their names; `inherited` are its other
    variables, each with the base whose statement reports it. `holds` are the other settings classes that are
    types of its fields. `is_used`: its file creates objects of it that read variables, or passes the class
    on. `fills` are the variables of other settings classes that it can give.
    """

    name: str
    home: Mark
    bases: frozenset[Mark]
    inherited: frozenset[tuple[Mark, str]]
    holds: frozenset[Mark]
    reads: frozenset[ReadOfSettings]
    is_used: bool
    names: frozenset[str]
    fills: frozenset[Filled]


class SettingsMade(Struct, frozen=True):
    """A file creates objects of a settings class of another file."""

    home: Mark
