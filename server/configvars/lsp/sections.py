"""Our section of the settings that a client sends, however it writes the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.settings_file import SETTINGS

SECTION = "configvars"
_NAMES = frozenset(setting.name for setting in SETTINGS)
_MOST_PARTS = 4


def section_of(settings: object) -> Mapping[str, object] | None:
    """The settings under `configvars`, by their dotted names; None if there are none.

    `{"configvars": {"heroku": {"apps": []}}}`, `{"configvars.heroku.apps": []}` and mixtures mean the same.
    """
    found: dict[str, object] = {}
    for name, value in _flat((), settings):
        known = found.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            value = {**known, **value}
        found[name] = value
    is_empty = isinstance(settings, Mapping) and isinstance(settings.get(SECTION), Mapping)
    return found if found or is_empty else None


def _flat(path: tuple[str, ...], value: object) -> Iterator[tuple[str, object]]:
    """The settings in a value at a path, each by its name without `configvars.`."""
    name = ".".join(path[1:])
    whole = next((each for each in _NAMES if name.startswith(f"{each}.")), "")
    if whole:  # one entry of a setting with several: `configvars.checks.bare-name`
        yield whole, {name.removeprefix(f"{whole}."): value}
    elif isinstance(value, Mapping) and name not in _NAMES and len(path) < _MOST_PARTS:
        for key, each in value.items():
            parts = (*path, *str(key).split("."))
            if parts[0] == SECTION:
                yield from _flat(parts, each)
    elif name:
        yield name, value
