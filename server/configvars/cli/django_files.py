"""Django: which settings modules and management commands of a project are loaded.

Django imports the settings module that `DJANGO_SETTINGS_MODULE` names, and a management command that is run.
https://docs.djangoproject.com/en/stable/topics/settings/#designating-the-settings
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from msgspec import Struct

from configvars.patterns import lazy_pattern

SETTINGS = "DJANGO_SETTINGS_MODULE"
_LITERAL = r"\s*[\"']([\w.]+)[\"']"
_DEFAULT = lazy_pattern(rf"setdefault\(\s*[\"']{SETTINGS}[\"']\s*,{_LITERAL}\s*,?\s*\)")
_FORCED = lazy_pattern(rf"[\"']{SETTINGS}[\"']\s*\]\s*={_LITERAL}[ \t]*(?:#.*)?$", re.MULTILINE)
_WRITES = lazy_pattern(
    rf"setdefault\(\s*[\"']{SETTINGS}[\"']|[\"']{SETTINGS}[\"']\s*(?:\]\s*=(?!=)|:)|\bputenv\(\s*[\"']{SETTINGS}"
    rf"|\b{SETTINGS}\s*=(?!=)|\bENVIRONMENT_VARIABLE\b"
)
# How a command line names the settings module.
_GIVEN = lazy_pattern(rf"(?:\b{SETTINGS}=|--settings[= ])[\"']?([\w.]+)[\"']?(?=[\s;]|$)")
_SEVERAL = lazy_pattern(r"&&|[;|\n]")
_COMMAND = lazy_pattern(r"/management/commands/(\w+)\.py$")
_RUNS_COMMANDS = lazy_pattern(
    r"\b(?:call_command|execute_from_command_line|ManagementUtility|load_command_class|django-admin|manage\.py)\b"
    r"|-m[\"',\s]+django\b"
)
_UNKNOWN_COMMAND = lazy_pattern(r"\bcall_command\((?!\s*(?:[\"']|\)))")
# Heroku's buildpack runs it in each build.
_OF_BUILDPACK = frozenset({"collectstatic"})
_IS_SETTINGS = lazy_pattern(
    r"^(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|DATABASES|SECRET_KEY)\b", re.MULTILINE
)
_EXTENDS = lazy_pattern(
    r"^from\s+[\w.]*(?:base|common|default|settings|production|prod|shared)\w*\s+import\s+[(*]"
    r"|^from\s+\.\s+import\s+\*",
    re.MULTILINE,
)
_NAMED_SETTINGS = lazy_pattern(r"(?:^|[/_])settings?(?:[_/][^/]*)?\.py$|/settings/[^/]+\.py$")


class NamedSettings(Struct, frozen=True):
    """The settings modules that a file names.

    `defaults` apply if the environment names none, `forced` always. `is_computed`: it also sets the variable
    to something that exists only at run time.
    """

    defaults: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    is_computed: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """All of their dotted names."""
        return (*self.defaults, *self.forced)


def named_settings(text: str) -> NamedSettings:
    """The settings modules that the text of a Python file names."""
    if SETTINGS not in text:
        return NamedSettings()
    defaults, forced = tuple(_DEFAULT.findall(text)), tuple(_FORCED.findall(text))
    return NamedSettings(defaults, forced, len(_WRITES.findall(text)) > len(defaults) + len(forced))


def given_settings(command: str) -> str:
    """The settings module that a command of one program certainly names; empty if there is none."""
    found = set(_GIVEN.findall(command))
    return found.pop() if len(found) == 1 and not _SEVERAL.search(command) else ""


def is_settings(path: str, text: str) -> bool:
    """Whether a file is a settings module, or a part of one, and nothing but its name leads to it."""
    content = _IS_SETTINGS.search(text) or _EXTENDS.search(text)
    return bool(content and (_NAMED_SETTINGS.search(path.replace(os.sep, "/")) or _IS_SETTINGS.search(text)))


def is_left_to_django(path: str, text: str) -> bool:
    """Whether Django loads a file only because of a setting or a command, and not with its package."""
    return bool(command_name(path)) or is_settings(path, text)


def is_complete(texts: Iterable[str]) -> bool:
    """Whether some files together are settings with which Django starts."""
    return any("INSTALLED_APPS" in text for text in texts)


def command_name(path: str) -> str:
    """The name of the management command that a file defines; empty for other files."""
    found = _COMMAND.search(path.replace(os.sep, "/"))
    return found[1] if found else ""


def may_run_commands(text: str) -> bool:
    """Whether code or shell commands run management commands."""
    return _RUNS_COMMANDS.search(text) is not None


def runs_command(name: str, texts: Iterable[str]) -> bool:
    """Whether code or shell commands, all of which run management commands, may run this one."""
    word = re.compile(rf"\b{name}\b")
    return name in _OF_BUILDPACK or any(_UNKNOWN_COMMAND.search(text) or word.search(text) for text in texts)
