"""Reads settings: from the editor's section, configvars.toml, `[tool.configvars]` in pyproject.toml.

Mistakes are returned, and the remaining settings are used: nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from configvars.limits import SETTINGS_SIZE
from configvars.settings import Settings
from configvars.settings_values import (
    ANY,
    MOST_MISTAKES,
    Mistake,
    Names,
    Reading,
    Setting,
    UnfitError,
    flag,
    glob_lists,
    globs,
    near,
    one_of,
    seconds,
    selection,
    severities,
    size,
    text_,
    texts,
)
from configvars.syntax.toml import error_span, key_span, parsed
from configvars.text import Span

OWN_FILE = "configvars.toml"
"""The settings file that contains nothing else: its settings are at the top level."""
PYPROJECT = "pyproject.toml"
SETTINGS_FILES = (OWN_FILE, PYPROJECT)
"""The settings files of a folder; only the first that exists is used."""
_TOOL = ("tool", "configvars")
_MOST_SHOWN = 5
"""The maximum number of mistakes in the editor's settings that are shown: each is a message in a window."""

SETTINGS = (
    Setting("heroku.apps", "heroku_apps", texts, in_repository=False),
    Setting("heroku.path", "heroku_path", text_, in_repository=False),
    Setting("heroku.refresh", "heroku_refresh", one_of("onOpen", "manual"), in_repository=False),
    Setting("heroku.timeout", "heroku_timeout", seconds),
    Setting("envFiles", "env_files", texts),
    Setting("exclude", "exclude", globs),
    Setting("given", "given", texts),
    Setting("select", "select", selection),
    Setting("ignore", "ignore", selection),
    Setting("checks", "checks", severities),
    Setting("interpreter", "interpreter", text_, in_repository=False),
    Setting("path", "path", text_, in_repository=False),
    Setting("maxFileSize", "max_file_size", size),
    Setting("inlayHints", "inlay_hints", flag),
    Setting("cloak", "cloak", flag, in_repository=False),
    Setting("codeLens", "code_lens", one_of("actions", "all", "off")),
    Setting("perFileIgnores", "per_file_ignores", glob_lists),
)


def settings_from(
    section: Mapping[str, object], defaults: Settings, names: Names = ANY
) -> tuple[Settings, tuple[Mistake, ...]]:
    """Settings from the editor's section `configvars` (camelCase, nested or dotted) over `defaults`.

    Returns a mistake for each setting with a wrong value. A key that is absent, null or unknown changes
    nothing and is not reported: editors send the settings of their own extensions along.
    """
    settings, mistakes = defaults, list[Mistake]()
    for setting in SETTINGS:
        value = _at(section, setting.name)
        if value is not None:
            called = f"The setting configvars.{setting.name}"
            settings = _with(settings, setting, value, Reading(called, (setting.name,), names, mistakes))
    return settings, _first(mistakes, _MOST_SHOWN, "The settings have")


def settings_from_pyproject(
    text: str, defaults: Settings, names: Names = ANY
) -> tuple[Settings, tuple[Mistake, ...]]:
    """Settings from `[tool.configvars]` (kebab-case) in the text of a pyproject.toml over `defaults`.

    A repository may not choose programs or apps: such a setting is reported as a mistake and not used, except
    for `heroku.apps`, which is a suggestion (`suggested_apps`).
    """
    section, mistakes = _section(text)
    return _of_repository(section, mistakes, PYPROJECT, defaults, names)


def settings_from_own_file(
    text: str, defaults: Settings, names: Names = ANY
) -> tuple[Settings, tuple[Mistake, ...]]:
    """Settings from the text of a configvars.toml over `defaults`, with the keys of `[tool.configvars]`."""
    mistakes: list[Mistake] = []
    section = _parsed(text, f"{OWN_FILE} is not valid TOML; its settings are not used.", mistakes)
    return _of_repository(section, mistakes, OWN_FILE, defaults, names)


def settings_of_repository(
    text_of: Callable[[str], str | None], defaults: Settings, names: Names = ANY
) -> tuple[Settings, tuple[Mistake, ...]]:
    """Settings from a folder's configvars.toml, otherwise from its pyproject.toml.

    `text_of` returns the text of a file in that folder.
    """
    own = text_of(OWN_FILE)
    if own is not None:
        return settings_from_own_file(own, defaults, names)
    return settings_from_pyproject(text_of(PYPROJECT) or "", defaults, names)


def mistake_span(file: str, text: str, mistake: Mistake) -> Span:
    """The span of a mistake in the text of a settings file of this name."""
    if mistake.at is not None:
        return error_span(text, mistake.at)
    return key_span(text, (*(_TOOL if file == PYPROJECT else ()), *mistake.keys))


def suggested_apps(text_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """The Heroku apps that a folder's settings file suggests; they are only offered to the user."""
    own = text_of(OWN_FILE)
    section = _parsed(own, "", []) if own is not None else _section(text_of(PYPROJECT) or "")[0]
    try:
        return texts(_at(section, "heroku.apps"), Reading("", (), ANY, []))
    except UnfitError:
        return ()


def _of_repository(
    section: Mapping[str, object], mistakes: list[Mistake], file: str, defaults: Settings, names: Names
) -> tuple[Settings, tuple[Mistake, ...]]:
    known = {setting.kebab: setting for setting in SETTINGS}
    settings, unknown = defaults, list[str]()
    for name, value in _flat(section):
        setting = known.get(name)
        if setting is None:
            unknown.append(name)
            continue
        reading = Reading(f"{file}: {name}", tuple(name.split(".")), names, mistakes)
        if setting.in_repository:
            settings = _with(settings, setting, value, reading)
        elif name != "heroku.apps":
            reading.add_mistake("can be set by the user only, not by a repository; it is ignored.")
    found = [*mistakes, *(_unknown(name, known, file) for name in unknown[:MOST_MISTAKES])]
    left_out = len(unknown[MOST_MISTAKES:])
    return settings, _first(found, MOST_MISTAKES, f"{file} has", left_out)


def _first(found: list[Mistake], most: int, where: str, left_out: int = 0) -> tuple[Mistake, ...]:
    """The first mistakes, and one about how many more there are, of which `left_out` were not collected."""
    if (left := len(found) + left_out - most) > 0:
        return (*found[:most], Mistake((), f"{where} {left} more mistake{'s' if left > 1 else ''}."))
    return tuple(found)


def _unknown(name: str, known: Collection[str], file: str) -> Mistake:
    kebab = re.sub(r"(?<=[a-z])[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
    meant = kebab if kebab in known else near(name, known)
    shown = name if re.fullmatch(r"[\w.-]{1,60}", name) else "with other characters"
    hint = f" Did you mean {meant}?" if meant else ""
    table = ": [tool.configvars]" if file == PYPROJECT else ""
    keys = tuple(name.split(".")) if name.startswith("heroku.") else (name,)
    word = meant.rpartition(".")[2] if meant and len(keys) > 1 else meant
    return Mistake(keys, f"{file}{table} has an unknown setting {shown}.{hint}", word)


def _with(settings: Settings, setting: Setting, value: object, reading: Reading) -> Settings:
    try:
        fields: dict[str, object] = {setting.field: setting.read(value, reading)}
    except UnfitError as expected:
        reading.add_mistake(f"must be {expected}; the default is used.")
        return settings
    return replace(settings, **fields)


def _section(text: str) -> tuple[Mapping[str, object], list[Mistake]]:
    mistakes: list[Mistake] = []
    if "configvars" not in text:
        return {}, mistakes
    whole = _parsed(text, f"{PYPROJECT} is not valid TOML; its [tool.configvars] is not used.", mistakes)
    tool = whole.get("tool", {})
    section = tool.get("configvars", {}) if isinstance(tool, Mapping) else None
    if not isinstance(section, Mapping):
        return {}, [Mistake((), f"{PYPROJECT}: tool.configvars is not a table; it is not used.")]
    return section, mistakes


def _parsed(text: str, otherwise: str, mistakes: list[Mistake]) -> Mapping[str, object]:
    if len(text) > SETTINGS_SIZE.most:
        what = f"A settings file is longer than {SETTINGS_SIZE.most // 1024} KiB; its settings are not used."
        mistakes.append(Mistake((), what, at=""))
        return {}
    try:
        return parsed(text)
    except (ValueError, RecursionError, MemoryError) as error:
        at = str(error) if isinstance(error, ValueError) else ""
        mistakes.append(Mistake((), otherwise, at=at))
        return {}


def _at(section: Mapping[str, object], name: str) -> object:
    if name in section:
        return section[name]
    value: object = section
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _flat(section: Mapping[str, object]) -> list[tuple[str, object]]:
    """The settings of a table by dotted name: only `[tool.configvars.heroku]` is nested."""
    heroku = section.get("heroku")
    nested = heroku.items() if isinstance(heroku, Mapping) else ()
    return [item for item in section.items() if item[0] != "heroku"] + [
        (f"heroku.{name}", value) for name, value in nested
    ]
