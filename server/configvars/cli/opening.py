"""A folder opened for a command: its settings, and its files read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from configvars.cli.errors import CannotRun
from configvars.platforms.base import AppSnapshot
from configvars.settings import Settings
from configvars.settings_file import settings_from_pyproject
from configvars.workspace import Workspace
from configvars.workspace.reading import Unread, read_text

_PYPROJECT_SIZE = 4 * 1024 * 1024


def settings_of(root: str) -> tuple[Settings, tuple[str, ...]]:
    """The settings in the pyproject.toml of a folder, and what is wrong with them."""
    file = read_text(os.path.join(root, "pyproject.toml"), root, _PYPROJECT_SIZE, python=False)
    if isinstance(file, Unread):
        problem = () if file.missing else (f"pyproject.toml {file.why}; its settings are not used.",)
        return Settings(), problem
    return settings_from_pyproject(file.text, Settings())


def open_folder(root: str, apps: Sequence[AppSnapshot] = ()) -> Workspace:
    """A workspace with all of its files read; what is wrong with its settings is said on stderr."""
    try:
        os.scandir(root).close()
    except OSError:
        raise CannotRun(f"{root} cannot be read.") from None
    settings, problems = settings_of(root)
    say(problems)
    workspace = Workspace(root, settings)
    workspace.apps = tuple(apps)
    for _ in workspace.load():
        pass
    return workspace


def say(sentences: Iterable[str]) -> None:
    """Tell the user something that is no result."""
    for sentence in sentences:
        print(f"configvars: {sentence}", file=sys.stderr)
