"""The program's own small state: which apps the user chose for which folder, what was asked once.

It contains only names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.workspace.staging import NEW, PRIVATE, staged, sweep

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1
_FILE = "apps.json"
_ASKED = "asked.json"
_MOST_ASKED = 1000


def state_folder() -> Path:
    """The folder of the state; it may not exist yet."""
    from platformdirs import user_state_path  # slow to import, and most commands need no state

    return user_state_path("configvars", appauthor=False)


def chosen_apps(state: Path, folder: str) -> tuple[str, ...] | None:
    """The apps chosen for a workspace folder (its absolute path), in the user's order.

    None: never asked, or forgotten. Empty: the user wants none. A state file that cannot be read counts as no
    state.
    """
    return _read(state).get(folder)


def remember_apps(state: Path, folder: str, apps: tuple[str, ...]) -> None:
    """Store the apps chosen for a workspace folder. Raises OSError if that is not possible."""
    _write(state, {**_read(state), folder: apps})


def forget_apps(state: Path, folder: str) -> None:
    """Forget the chosen apps, so that the user is asked again. Raises OSError if that is not possible."""
    choices = _read(state)
    if choices.pop(folder, None) is not None:
        _write(state, choices)


def was_asked(state: Path, folder: str) -> bool:
    """Whether the user was already asked about the first env file of a workspace folder."""
    return folder in _asked(state)


def remember_asked(state: Path, folder: str) -> None:
    """Store that the user was asked about the first env file of a folder. Raises OSError."""
    asked = [each for each in _asked(state) if each != folder]
    replace_file(state, _ASKED, {"version": _VERSION, "folders": [*asked[1 - _MOST_ASKED :], folder]})


def _asked(state: Path) -> list[str]:
    try:
        data = json.loads((state / _ASKED).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    folders = data.get("folders") if isinstance(data, dict) else None
    return [each for each in folders if isinstance(each, str)] if isinstance(folders, list) else []


def _read(state: Path) -> dict[str, tuple[str, ...]]:
    try:
        data = json.loads((state / _FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    folders = data.get("folders") if isinstance(data, dict) else None
    if not isinstance(folders, dict):
        return {}
    return {
        folder: tuple(apps)
        for folder, apps in folders.items()
        if isinstance(apps, list) and all(isinstance(app, str) for app in apps)
    }


def _write(state: Path, choices: Mapping[str, tuple[str, ...]]) -> None:
    content = {"version": _VERSION, "folders": {key: list(apps) for key, apps in choices.items()}}
    replace_file(state, _FILE, content)


def replace_file(state: Path, name: str, content: Mapping[str, object]) -> None:
    """Replace a file of the state atomically, readable only by its owner. Raises OSError.

    What processes left behind that were killed while they wrote is removed.
    """
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(str(state))
    with staged(str(state / name)) as partial:
        with os.fdopen(os.open(partial, NEW, PRIVATE), "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(partial, state / name)
