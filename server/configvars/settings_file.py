"""What a user has set: the editor's section, configvars.toml, `[tool.configvars]` in pyproject.toml.

Bad settings are said, and their defaults used: nothing here raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from configvars.model import Severity
from configvars.settings import Settings

_MIN_FILE_SIZE = 1024
_MAX_SECONDS = 600
OWN_FILE = "configvars.toml"
"""The settings file that holds nothing else: there the settings stand at the top."""
PYPROJECT = "pyproject.toml"
SETTINGS_FILES = (OWN_FILE, PYPROJECT)
"""The settings files of a folder; the first that is there counts, alone."""


class _UnfitError(Exception):
    """A value that is not what a setting takes; its text says what would be."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _UnfitError("a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _UnfitError("a list of texts")
    return tuple(value)


def _refresh(value: object) -> str:
    if value not in ("onOpen", "manual"):
        raise _UnfitError('"onOpen" or "manual"')
    return str(value)


def _size(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < _MIN_FILE_SIZE:
        raise _UnfitError(f"a number of bytes, {_MIN_FILE_SIZE} or more")
    return value


def _seconds(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MAX_SECONDS:
        raise _UnfitError(f"a number of seconds from 1 to {_MAX_SECONDS}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _UnfitError("true or false")
    return value


def _severities(value: object) -> Mapping[str, Severity | None]:
    words = [*Severity, "off"]
    if not isinstance(value, Mapping) or not all(severity in words for severity in value.values()):
        raise _UnfitError(f"check names, each with one of {', '.join(words)}")
    return MappingProxyType(
        {str(name): None if word == "off" else Severity(word) for name, word in value.items()}
    )


def _names_by_pattern(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise _UnfitError("patterns of files, each with a list of check names")
    return MappingProxyType({str(pattern): _texts(names) for pattern, names in value.items()})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the editor's name for it, the field it fills, and whether a repository may set it.

    What names a program to run or an app to ask is the user's alone.
    """

    name: str
    field: str
    read: Callable[[object], object]
    in_repository: bool = True

    @property
    def kebab(self) -> str:
        """Its name under `[tool.configvars]`."""
        return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", self.name)


SETTINGS = (
    Setting("heroku.apps", "heroku_apps", _texts, in_repository=False),
    Setting("heroku.path", "heroku_path", _text, in_repository=False),
    Setting("heroku.refresh", "heroku_refresh", _refresh, in_repository=False),
    Setting("heroku.timeout", "heroku_timeout", _seconds),
    Setting("envFiles", "env_files", _texts),
    Setting("exclude", "exclude", _texts),
    Setting("given", "given", _texts),
    Setting("select", "select", _texts),
    Setting("ignore", "ignore", _texts),
    Setting("checks", "checks", _severities),
    Setting("interpreter", "interpreter", _text, in_repository=False),
    Setting("path", "path", _text, in_repository=False),
    Setting("maxFileSize", "max_file_size", _size),
    Setting("inlayHints", "inlay_hints", _flag),
    Setting("perFileIgnores", "per_file_ignores", _names_by_pattern),
)


def settings_from(section: Mapping[str, object], defaults: Settings) -> tuple[Settings, tuple[str, ...]]:
    """Settings of the editor's section `configvars` (camelCase, nested or dotted) over `defaults`.

    Gives a sentence for each setting that is not what it should be. A key that is absent or null, or that
    is none of ours, changes and says nothing.
    """
    settings, problems = defaults, []
    for setting in SETTINGS:
        value = _at(section, setting.name)
        if value is None:
            continue
        try:
            settings = _with(settings, setting, value)
        except _UnfitError as expected:
            problems.append(f"The setting configvars.{setting.name} is not {expected}; its default is used.")
    return settings, tuple(problems)


def settings_from_pyproject(text: str, defaults: Settings) -> tuple[Settings, tuple[str, ...]]:
    """Settings of `[tool.configvars]` (kebab-case) in the text of a pyproject.toml over `defaults`.

    A repository may not choose programs or apps: such a setting is said and not used, but for
    `heroku.apps`, which is a suggestion (`suggested_apps`).
    """
    section, problems = _section(text)
    return _of_repository(section, problems, PYPROJECT, defaults)


def settings_from_own_file(text: str, defaults: Settings) -> tuple[Settings, tuple[str, ...]]:
    """Settings in the text of a configvars.toml over `defaults`, as in `[tool.configvars]`."""
    try:
        section, problems = tomllib.loads(text), list[str]()
    except (ValueError, RecursionError):
        section, problems = {}, [f"{OWN_FILE} is not valid TOML; its settings are not used."]
    return _of_repository(section, problems, OWN_FILE, defaults)


def settings_of_repository(
    text_of: Callable[[str], str | None], defaults: Settings
) -> tuple[Settings, tuple[str, ...]]:
    """Settings of a folder's configvars.toml, else of its pyproject.toml; `text_of` reads a file there."""
    own = text_of(OWN_FILE)
    if own is not None:
        return settings_from_own_file(own, defaults)
    return settings_from_pyproject(text_of(PYPROJECT) or "", defaults)


def _of_repository(
    section: Mapping[str, object], problems: list[str], file: str, defaults: Settings
) -> tuple[Settings, tuple[str, ...]]:
    known = {setting.kebab: setting for setting in SETTINGS}
    settings = defaults
    for name, value in _flat(section):
        setting = known.get(name)
        if setting is None:
            table = ": [tool.configvars]" if file == PYPROJECT else ""
            problems.append(f"{file}{table} has no setting {_shown(name)}.")
        elif setting.in_repository:
            try:
                settings = _with(settings, setting, value)
            except _UnfitError as expected:
                problems.append(f"{file}: {name} is not {expected}; its default is used.")
        elif name != "heroku.apps":
            problems.append(f"{file}: {name} is for users to set, not for a repository; it is not used.")
    return settings, tuple(problems)


def suggested_apps(text_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """The Heroku apps that a folder's settings file suggests: to be offered, never to be asked."""
    own = text_of(OWN_FILE)
    try:
        section = tomllib.loads(own) if own is not None else _section(text_of(PYPROJECT) or "")[0]
        return _texts(_at(section, "heroku.apps"))
    except (_UnfitError, ValueError, RecursionError):
        return ()


def _with(settings: Settings, setting: Setting, value: object) -> Settings:
    fields: dict[str, object] = {setting.field: setting.read(value)}
    return replace(settings, **fields)  # type: ignore[arg-type]  # each `read` gives its field's type


def _section(text: str) -> tuple[Mapping[str, object], list[str]]:
    if "configvars" not in text:
        return {}, []
    try:
        section = tomllib.loads(text).get("tool", {}).get("configvars", {})
    except (ValueError, RecursionError, AttributeError):
        return {}, ["pyproject.toml is not valid TOML; its [tool.configvars] is not used."]
    if not isinstance(section, Mapping):
        return {}, ["pyproject.toml: tool.configvars is not a table; it is not used."]
    return section, []


def _at(section: Mapping[str, object], name: str) -> object:
    if name in section:
        return section[name]
    value: object = section
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _flat(section: Mapping[str, object]) -> list[tuple[str, object]]:
    """The settings of a table by dotted name: `[tool.configvars.heroku]` is the one that nests."""
    heroku = section.get("heroku")
    nested = heroku.items() if isinstance(heroku, Mapping) else ()
    return [item for item in section.items() if item[0] != "heroku"] + [
        (f"heroku.{name}", value) for name, value in nested
    ]


def _shown(name: str) -> str:
    return name if re.fullmatch(r"[\w.-]{1,60}", name) else "of that name"
