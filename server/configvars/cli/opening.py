"""Opening a folder for a command: its settings and files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from configvars.checks.groups import NAMES
from configvars.cli.errors import CannotRun
from configvars.cli.viewpoint import viewpoint
from configvars.platforms.base import AppSnapshot
from configvars.printable import printable
from configvars.project import Project
from configvars.resolve.open_files import ROOM_OF_A_COMMAND
from configvars.settings import Settings
from configvars.settings_file import (
    OWN_FILE,
    PYPROJECT,
    SETTINGS_FILES,
    settings_from_own_file,
    settings_from_pyproject,
)
from configvars.workspace import Workspace
from configvars.workspace.reading import Unread, read_text

_MAX_SIZE = 4 * 1024 * 1024


def _unchanged(settings: Settings) -> Settings:
    return settings


class Opener(Struct, frozen=True):
    """How folders are opened: `config` is a settings file to use instead of the folder's own.

    `isolated`: no settings file is used. `adjust` applies the options of the command line to the settings.
    """

    config: str | None = None
    isolated: bool = False
    adjust: Callable[[Settings], Settings] = _unchanged

    def settings(self, root: str) -> Settings:
        """The settings of a folder; mistakes in them are printed on stderr."""
        settings, mistakes = self._read(root)
        say(mistakes)
        return self.adjust(settings)

    def is_mistaken(self, root: str) -> bool:
        """Whether the settings of a folder have mistakes."""
        return bool(self._read(root)[1])

    def quietly(self, root: str) -> Settings:
        """The settings of a folder, without printing mistakes."""
        return self._read(root)[0]

    def settings_source(self, root: str) -> str:
        """Where a folder's settings come from, for a message: `with the settings of pyproject.toml`."""
        file = None if self.isolated else self.config or settings_file_of(root)
        return f"with the settings of {file}" if file else "without a settings file"

    def quietly_adjusted(self, root: str) -> Settings:
        """The settings of a folder for this run, without printing mistakes again."""
        return self.adjust(self.quietly(root))

    def _read(self, root: str) -> tuple[Settings, tuple[object, ...]]:
        if self.isolated:
            return Settings(), ()
        return _from_file(self.config) if self.config else settings_of(root)

    def heroku_timeout(self, *roots: str) -> float:
        """The time limit for a call of the Heroku CLI in seconds: the longest of the folders' settings."""
        return max(self.quietly(root).heroku_timeout for root in roots)

    def open(self, root: str, apps: Sequence[AppSnapshot] = ()) -> Workspace:
        """A workspace with all of its files read."""
        return opened(root, self.settings(root), apps)


def project_of(args: argparse.Namespace, root: str, apps: Sequence[AppSnapshot], cwd: str) -> Project:
    """Open a folder (absolute path) and return its project, with all files analysed."""
    project = Opener(args.config, args.isolated).open(root, apps).project()
    return replace(project, seen_from=viewpoint(args.output_format, root, cwd, os.environ))


def settings_of(root: str) -> tuple[Settings, tuple[object, ...]]:
    """The settings in a folder's configvars.toml, otherwise in its pyproject.toml, and their mistakes."""
    own = read_text(os.path.join(root, OWN_FILE), root, _MAX_SIZE, python=False)
    if not isinstance(own, Unread):
        return settings_from_own_file(own.text, Settings(), NAMES)
    if not own.missing:
        return Settings(), (f"{OWN_FILE} {own.why}; its settings are not used.",)
    file = read_text(os.path.join(root, PYPROJECT), root, _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        is_silent = file.missing or (
            file.kind == "outside" and not _has_settings(os.path.join(root, PYPROJECT))
        )
        return Settings(), () if is_silent else (f"{PYPROJECT} {file.why}; its settings are not used.",)
    return settings_from_pyproject(file.text, Settings(), NAMES)


def _has_settings(path: str) -> bool:
    """Whether a pyproject.toml that a link outside leads to has settings of configvars, or cannot be read."""
    file = read_text(path, None, _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        return True
    settings, mistakes = settings_from_pyproject(file.text, Settings(), NAMES)
    return bool(mistakes) or settings != Settings()


def settings_file_of(root: str) -> str | None:
    """The settings file of a folder; None if it has none."""
    files = (os.path.join(root, name) for name in SETTINGS_FILES)
    return next((path for path in files if os.path.isfile(path)), None)


def _from_file(path: str) -> tuple[Settings, tuple[object, ...]]:
    absolute = os.path.abspath(path)
    file = read_text(absolute, os.path.dirname(absolute), _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        raise CannotRun(f"The settings file {path} {file.why}.")
    if os.path.basename(path) == PYPROJECT:
        return settings_from_pyproject(file.text, Settings(), NAMES)
    settings, mistakes = settings_from_own_file(file.text, Settings(), NAMES)
    return settings, tuple(str(mistake).replace(OWN_FILE, path, 1) for mistake in mistakes)


def open_folder(root: str, apps: Sequence[AppSnapshot] = ()) -> Workspace:
    """A workspace with all of its files read, with its own settings."""
    return Opener().open(root, apps)


def opened(root: str, settings: Settings, apps: Sequence[AppSnapshot] = ()) -> Workspace:
    """A workspace with all of its files read."""
    try:
        os.scandir(root).close()
    except OSError:
        raise CannotRun(f"{root} cannot be read.") from None
    workspace = _Roomy(root, settings)
    workspace.apps = tuple(apps)
    for _ in workspace.load():
        pass
    return workspace


class _Roomy(Workspace):
    """A workspace that keeps more syntax trees in memory, because a command ends soon."""

    _room = ROOM_OF_A_COMMAND


def say(sentences: Iterable[object]) -> None:
    """Print sentences that are not part of the report on stderr."""
    for sentence in sentences:
        print(f"configvars: {printable(str(sentence))}", file=sys.stderr)
