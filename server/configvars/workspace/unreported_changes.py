"""Finding changed files on disk, for editors that do not report all changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from configvars.workspace.kinds import paths_of
from configvars.workspace.walk import Listing, listed
from configvars.workspace.workspace import Workspace

_SETTLED = 2 * 10**9  # nanoseconds after which another change of a folder has another time


class UnreportedChanges:
    """Finds changed files of a workspace by time and size, and new files.

    A folder is listed again only if its own time has changed, because files were added or removed.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._listings: dict[str, tuple[int | None, Listing]] = {}
        self._fresh: set[str] = set()
        self._kinds: dict[str, str | None] = {}

    def changed(self) -> Iterator[str | None]:
        """The paths that changed; None for each step without a change, so that other work can be done."""
        self._workspace.look_again(files=False)
        known = self._workspace.known(opened=True)
        for path in known:
            yield path if self._has_changed(path) else None
        is_seen = False
        for folder in self._workspace.folders(self._listed):
            if folder.path in self._fresh:
                self._fresh.discard(folder.path)
                if not is_seen:
                    self._workspace.look_again()
                    is_seen = True
                for path in paths_of(folder):
                    if path not in known:
                        # A link that leads nowhere, or to itself, has no time and size.
                        yield path if self._workspace.is_stale(path) or os.path.islink(path) else None
            yield None
        yield from self._workspace.changed_links()

    def _has_changed(self, path: str) -> bool:
        project = self._workspace.project()
        facts = project.index.files.get(path)
        kind = self._workspace.kind(path)
        now = kind.name if kind else None
        was_read_as = facts.kind if facts else now
        before, self._kinds[path] = self._kinds.get(path, was_read_as), now
        if before != now:
            return True  # its folder became another checkout, or is none any more
        if facts is None or facts.unread is None or facts.unread.kind == "passing":
            return self._workspace.is_stale(path)
        return project.unread_on_disk(path) != facts.unread

    def _listed(self, folder: str) -> Listing:
        try:
            changed = os.stat(folder).st_mtime_ns
        except OSError:
            self._listings.pop(folder, None)
            return [], [], []
        known = self._listings.get(folder)
        if known is not None and known[0] == changed:
            return known[1]
        found = listed(folder)
        if known is None or known[1] != found:
            self._fresh.add(folder)
        settled = abs(time.time_ns() - changed) > _SETTLED
        self._listings[folder] = changed if settled else None, found
        return found
