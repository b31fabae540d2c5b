"""Finding changed files on disk, for editors that do not report all changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.workspace.named import loaded_paths
from configvars.workspace.reading import inside
from configvars.workspace.workspace import Workspace


def changed_behind(workspace: Workspace, opened: Iterable[str]) -> Iterator[str | None]:
    """Compare time and size of the known files, and look for new files where they would matter.

    Those are the files beside an open one, those in the folders from there up to the root, and those that
    code loads by name. Yields the paths that changed, and None for each step without a change.
    """
    files = workspace.project().index.files
    known = workspace.known()
    new = {path for path in _near(opened, workspace.root) if path not in known}
    named = {path for path in loaded_paths(files, workspace.root) if path not in known}
    for path in (*known, *new, *named):
        facts = files.get(path)
        was_skipped = facts is not None and facts.skipped
        yield path if not was_skipped and workspace.is_stale(path) else None


def _near(opened: Iterable[str], root: str) -> Iterator[str]:
    folders: set[str] = set()
    for path in opened:
        folder = os.path.dirname(path)
        while inside(folder, root) and folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)
    for folder in folders:
        yield from _files(folder)


def _files(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from [entry.path for entry in entries if not entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
