"""Symbolic links to folders that a walk meets: which of them it follows, and where the others lead.

A link out of the folder is followed as if the folder were there, as Python imports from it. Each real folder
is listed once, and never one that contains the folder itself.
"""

from __future__ import annotations

import os

from configvars.limits import LINKED_FILES, beyond
from configvars.patterns import lazy_pattern
from configvars.resolve.folder_links import FolderLinks
from configvars.workspace.reading import inside
from configvars.workspace.roots import holds_projects
from configvars.workspace.walk import is_of_tool

_TOO_MANY = f"one of the links that lead to more than {LINKED_FILES.most} files"
_PYTHON = lazy_pattern(r"\.pyw?$")


class LinkedFolders:
    """The links of one walk of `root`; links out of it are followed only if it is `trusted`.

    `targets` are the paths by which the files of a linked folder are known, by the path of the link.
    `followed` are the real paths of the folders elsewhere that are read, `unread` the reasons why others are
    not; both by the path of the link.
    """

    def __init__(self, root: str, *, trusted: bool) -> None:
        self.targets: dict[str, str] = {}
        self.followed: dict[str, str] = {}
        self.unread: dict[str, str] = {}
        self._root = root
        self._real_root = os.path.realpath(root)
        self._trusted = trusted
        self._first: dict[str, str] = {}
        self._with_python: set[str] = set()
        self._files = 0

    @property
    def is_cut(self) -> bool:
        """Whether there are more files elsewhere than are read."""
        return self._files > LINKED_FILES.most

    def links(self) -> FolderLinks:
        """The links to folders whose files are known by other paths."""
        return FolderLinks(self.targets)

    def own_path(self, path: str) -> str | None:
        """The path by which a file, given by any path, is known here; None if it is elsewhere.

        A link to the file itself is not resolved, because the place of a `.env` decides whether it counts.
        """
        folder, name = os.path.split(path)
        own = self._inside(os.path.realpath(folder))
        if own is None and inside(path, self._root):
            own = self.links().own(folder)
        return own and os.path.join(own, name)

    def _inside(self, real: str) -> str | None:
        if not inside(real, self._real_root):
            return None
        return os.path.normpath(os.path.join(self._root, os.path.relpath(real, self._real_root)))

    def enters(self, link: str) -> bool:
        """Whether the walk should list the folder that a link leads to."""
        real = os.path.realpath(link)
        if (own := self._inside(real)) is not None:
            self.targets[link] = own
        elif real in self._first:
            self.targets[link] = self._first[real]
        elif self._is_of_tools(real) or os.path.basename(link).startswith("."):
            pass
        elif why := self._why_not(real):
            self.unread[link] = f"is a symbolic link to {real}, {why}"
        elif self.is_cut:
            self.unread[link] = f"is a symbolic link to {real}, {_TOO_MANY}"
        else:
            self._first[real] = link
            self.followed[link] = real
            return True
        return False

    def is_first(self, folder: str) -> bool:
        """Whether to list a folder behind a link: not if another link leads to it, too."""
        if self.is_cut:
            return False
        real = os.path.realpath(folder)
        if self._first.setdefault(real, folder) == folder:
            return True
        self.targets[folder] = self._first[real]
        return False

    def is_behind(self, path: str) -> bool:
        """Whether a path leads through one of the followed links."""
        return self._link_of(path) is not None

    def own_files(self, folder: str, files: list[str]) -> list[str]:
        """The files of a folder without those that belong to the root; none of too many elsewhere."""
        link = self._link_of(folder)
        if link is None:
            return files
        self._files += len(files)
        if any(map(_PYTHON.search, files)):
            self._with_python.add(link)
        if self.is_cut:
            beyond(LINKED_FILES)
            if link in self._with_python:
                self.unread[link] = f"is a symbolic link to {self.followed[link]}, {_TOO_MANY}"
            return []
        return [name for name in files if not self._is_own(os.path.join(folder, name))]

    def _is_own(self, path: str) -> bool:
        return os.path.islink(path) and inside(os.path.realpath(path), self._real_root)

    def _link_of(self, path: str) -> str | None:
        return next((link for link in self.followed if inside(path, link)), None)

    def _is_of_tools(self, real: str) -> bool:
        try:
            below = os.path.relpath(real, os.path.commonpath([real, self._real_root]))
        except ValueError:  # on another Windows drive
            below = real
        return any(map(is_of_tool, below.split(os.sep)))

    def _why_not(self, real: str) -> str:
        if not self._trusted:
            return "which is outside of this folder"
        if inside(self._real_root, real):
            return "which contains this folder"
        if holds_projects(real) or inside(os.path.expanduser("~"), real):
            return "which is not a folder of a project"
        if os.path.lexists(os.path.join(real, ".git")):
            return "which is a repository of its own"
        return ""
