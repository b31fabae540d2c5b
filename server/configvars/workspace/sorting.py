"""The kind of each file of a folder, according to its place, its name, the settings and the code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from configvars.settings import Settings
from configvars.workspace.checkouts import Checkouts
from configvars.workspace.kinds import DOTENV, MENTIONS, Kind, by_name, paths_of
from configvars.workspace.named import is_listed
from configvars.workspace.reading import inside
from configvars.workspace.walk import Folder, excluder, pruned, walk

_MENTIONING = frozenset({MENTIONS.name, "package.json", "justfile"})


class Sorting:
    """Determines the kinds of the files of the folder `root`.

    `loaded` are the paths that code loads env files from; `called_python` are those that the editor treats as
    Python; `denied` are the folders that the last walk could not list.
    """

    def __init__(self, root: str, settings: Settings, tracks_below: Callable[[str], bool | None]) -> None:
        self.loaded: frozenset[str] = frozenset()
        self.called_python: set[str] = set()
        self.denied: set[str] = set()
        self.checkouts = Checkouts(root, tracks_below)
        self._root = root
        self._settings = settings
        self.configure(settings)

    def configure(self, settings: Settings) -> bool:
        """Use other settings; returns whether they affect which files are read, and as what."""
        before, self._settings = self._settings, settings
        self._excluded = excluder(self._root, settings.exclude)
        return _what_is_read(before) != _what_is_read(settings)

    def walk(self) -> Iterator[Folder]:
        """List the whole folder."""
        self.denied.clear()
        for folder in walk(self._root, self._settings.exclude):
            if folder.denied:
                self.denied.add(folder.path)
            yield folder

    def below(self, folder: str) -> Iterator[str]:
        """The files of a known kind below a folder; none if it is a link or not a folder."""
        if os.path.isdir(folder) and not os.path.islink(folder):
            for each in walk(self._root, self._settings.exclude, folder):
                yield from (path for path in paths_of(each) if self.kind_by_name(path))

    def kind(self, path: str) -> Kind | None:
        """The kind of a file; None if a walk would not reach it, or if nothing reads it.

        Files of a submodule or clone, which is a project of its own, count only for the names they mention.
        """
        if not inside(path, self._root) or pruned(self._root, path) or self._excluded(path, False):
            return None
        other = self.checkouts.of(os.path.dirname(path))
        if other is None:
            return self.kind_by_name(path)
        kind = self.kind_by_name(path) if other[1] == "submodule" else None
        return MENTIONS if kind is not None and (kind.is_python or kind.name in _MENTIONING) else None

    def kind_by_name(self, path: str) -> Kind | None:
        """The kind of a file of this name, independent of its place in the folder."""
        by_its_name = by_name(os.path.basename(path), called_python=path in self.called_python)
        if by_its_name is not None and not by_its_name.needs_shebang:
            return by_its_name
        is_env_file = path in self.loaded or is_listed(path, self._settings.env_files, self._root)
        return DOTENV if is_env_file else by_its_name


def _what_is_read(settings: Settings) -> object:
    return settings.exclude, settings.env_files, settings.max_file_size
