"""What is known of the settings classes of pydantic-settings beside the variables they read."""

from __future__ import annotations

from dataclasses import dataclass

from configvars.text import Span


@dataclass(frozen=True, slots=True)
class SettingsClass:
    """A settings class of pydantic-settings 2 as its objects are made: what it takes from env files, and how.

    `span` is its name. `names` are all variables that it reads, `families` how those begin that are parts of
    a field; `fields` are the names of its fields. `files` are the env files that it loads, as written;
    `forbids`: other names in them make it fail. `certain`: all names are known. `is_made`: its file makes
    objects of it.
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
