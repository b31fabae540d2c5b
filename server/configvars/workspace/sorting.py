"""The kind of each file of a folder, according to its place, its name, the settings and the code."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping

from configvars.model import FileFacts
from configvars.resolve.code import Code
from configvars.settings import Settings
from configvars.workspace.checkouts import Checkouts
from configvars.workspace.disk import Disk
from configvars.workspace.git import Git
from configvars.workspace.imported import Imported
from configvars.workspace.kinds import DOTENV, MENTIONS, Kind, by_name, paths_of
from configvars.workspace.linked_folders import LinkedFolders
from configvars.workspace.named import is_listed, listed_paths, loaded_paths
from configvars.workspace.reading import inside
from configvars.workspace.walk import Folder, Listing, excluder, listed, pruned, walk

_MENTIONING = frozenset({MENTIONS.name, "package.json", "justfile"})


class Sorting:
    """Determines the kinds of the files of the folder `root`.

    `loaded` are the paths that code loads env files from; `called_python` are those that the editor treats as
    Python; `denied` are the folders that the last walk could not list, `linked` the links that it met.
    Links out of the folder are followed if `disk` trusts it.
    """

    def __init__(
        self,
        root: str,
        settings: Settings,
        git: Git,
        disk: Disk,
    ) -> None:
        self.loaded: frozenset[str] = frozenset()
        self.called_python: set[str] = set()
        self.denied: set[str] = set()
        self.checkouts = Checkouts(root, git.tracks_below)
        self.imported = Imported(root, self._submodule_of)
        self._root = root
        self._disk = disk
        self.linked = self._seen = self._linked()
        self._settings = settings
        self._read: object = None
        self.configure(settings)

    def configure(self, settings: Settings) -> bool:
        """Use other settings, or take a changed trust; returns whether this affects which files are read."""
        before, self._settings = self._read, settings
        self._excluded = excluder(self._root, settings.exclude)
        self._read = (settings.exclude, settings.env_files, settings.max_file_size, self._disk.trusted)
        return before != self._read

    def walk(self) -> Iterator[Folder]:
        """List the whole folder."""
        self.denied.clear()
        self.linked = self._linked()
        for folder in self._walking(self.linked):
            if folder.denied:
                self.denied.add(folder.path)
            yield folder

    def folders(self, listing: Callable[[str], Listing] = listed) -> Iterator[Folder]:
        """List the whole folder again, without noting anything but links."""
        self._seen = self._linked()
        return self._walking(self._seen, listing)

    def changed_links(self) -> set[str]:
        """The links to folders that `folders` met and `walk` did not, or that now lead elsewhere."""
        before, now = self.linked, self._seen
        changed = (before.followed.items() ^ now.followed.items()) | (
            before.targets.items() ^ now.targets.items()
        )
        return {link for link, _ in changed | (before.unread.items() ^ now.unread.items())}

    def own_path(self, path: str) -> str | None:
        """The path by which a file, given by any path, is known here; None if it is elsewhere."""
        return self.linked.own_path(path)

    def changed_as(self, path: str) -> str:
        """What has changed with a path: with the `.git` of a folder inside, all that is in the folder."""
        folder, name = os.path.split(path)
        return folder if name == ".git" and folder != self._root else path

    def is_of_other_checkout(self, path: str) -> bool:
        """Whether a file is in a worktree, submodule or clone inside the folder."""
        return self.checkouts.of(os.path.dirname(path)) is not None

    def _submodule_of(self, path: str) -> str | None:
        other = self.checkouts.of(os.path.dirname(path))
        return other[0] if other is not None and other[1] == "submodule" else None

    def imported_too(
        self, code: Code, files: Mapping[str, FileFacts], forget: Callable[[str], None]
    ) -> Generator[None, None, list[str]]:
        """See `Imported.changed`; without a submodule or clone, nothing is searched."""
        if self.imported.files or self.checkouts.has_submodules():
            return (yield from self.imported.changed(code, files, forget))
        return []

    def take_loaded(self, files: Mapping[str, FileFacts]) -> frozenset[str]:
        """Note the env files that code and the settings name; returns those of which this has changed."""
        listed_here = listed_paths(self._settings.env_files, self._root)
        before, self.loaded = self.loaded, frozenset((*loaded_paths(files, self._root), *listed_here))
        return before ^ self.loaded

    def is_complete(self) -> bool:
        """Whether the last walk listed every folder that may contain code."""
        return not self.denied and not self.linked.unread and not self.linked.is_cut

    def unlisted(self) -> dict[str, str]:
        """The folders that the last walk could not list, and why, in words that can follow the path."""
        denied = dict.fromkeys(self.denied, "is a folder that is not readable by this user")
        return denied | self.linked.unread

    def has_links(self, path: str) -> bool:
        """Whether there is, or was, a link to a folder at a path or below it."""
        known = (*self.linked.targets, *self.linked.followed, *self.linked.unread)
        if any(inside(link, path) for link in known):
            return True
        if os.path.islink(path) or not os.path.isdir(path):
            return os.path.isdir(path)
        found = self._linked()
        for _ in walk(self._root, self._settings.exclude, path, linked=found):
            pass
        return bool(found.targets or found.followed or found.unread)

    def _linked(self) -> LinkedFolders:
        return LinkedFolders(self._root, trusted=self._disk.trusted)

    def _walking(self, linked: LinkedFolders, listing: Callable[[str], Listing] = listed) -> Iterator[Folder]:
        return walk(self._root, self._settings.exclude, listing=listing, linked=linked)

    def below(self, folder: str) -> Iterator[str]:
        """The files of a known kind below a folder; none if it is a link or not a folder."""
        if os.path.isdir(folder) and not os.path.islink(folder):
            for each in walk(self._root, self._settings.exclude, folder):
                yield from (path for path in paths_of(each) if self.kind_by_name(path))

    def kind(self, path: str) -> Kind | None:
        """The kind of a file; None if a walk would not reach it, or if nothing reads it.

        Files of a submodule or clone, which is a project of its own, count only for the names they mention,
        unless the code of the folder imports them.
        """
        if not inside(path, self._root) or pruned(self._root, path) or self._excluded(path, False):
            return None
        other = self.checkouts.of(os.path.dirname(path))
        if other is None:
            return self.kind_by_name(path)
        kind = self.kind_by_name(path) if other[1] == "submodule" else None
        if kind is not None and (path in self.imported.files or path in self.loaded):
            return kind
        return MENTIONS if kind is not None and (kind.is_python or kind.name in _MENTIONING) else None

    def kind_by_name(self, path: str) -> Kind | None:
        """The kind of a file of this name, independent of its place in the folder.

        What a link to a folder elsewhere leads to counts only as code and env files of this folder.
        """
        kind = self._by_name(path)
        is_used = kind is None or kind.is_python or kind.name == DOTENV.name
        return kind if is_used or not self.linked.is_behind(path) else None

    def _by_name(self, path: str) -> Kind | None:
        by_its_name = by_name(os.path.basename(path), called_python=path in self.called_python)
        if by_its_name is not None and not by_its_name.needs_shebang:
            return by_its_name
        is_env_file = path in self.loaded or is_listed(path, self._settings.env_files, self._root)
        return DOTENV if is_env_file else by_its_name
