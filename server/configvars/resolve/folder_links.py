"""Folders with a second path: symbolic links to folders whose files are known by another path."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct, field


class FolderLinks(Struct, frozen=True):
    """Links to folders: the path by which the files of each are known, by the path of the link."""

    targets: Mapping[str, str] = field(default_factory=dict)

    def own(self, path: str) -> str:
        """The path by which a file or folder is known; the same path if no link is on the way."""
        if not self.targets:
            return path
        seen = {path}
        while (found := self._once(path)) not in seen:
            seen.add(path := found)
        return path

    def _once(self, path: str) -> str:
        above = path
        while above not in self.targets:
            parent = os.path.dirname(above)
            if parent == above:
                return path
            above = parent
        return self.targets[above] + path[len(above) :]

    def names(self) -> frozenset[str]:
        """The names of the links."""
        return frozenset(map(os.path.basename, self.targets))

    def names_of(self, folder: str) -> frozenset[str]:
        """The names of the links that lead to a folder."""
        return frozenset(os.path.basename(link) for link, target in self.targets.items() if target == folder)


NO_LINKS = FolderLinks()
