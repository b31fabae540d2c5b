"""Whether git ignores or tracks a path, read from git's own files; the answer may be "not known"."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from configvars.syntax.git_config import GitConfig, config_of_environment, merged, parse_git_config
from configvars.syntax.git_ignore import IgnoreFile, IgnorePattern, parents, parse_ignore, verdict
from configvars.syntax.git_includes import Where, expanded, read_config, remote_urls
from configvars.syntax.git_index import Index, UnreadableIndexError, ids_in, parse_index

Read = Callable[[str], bytes | None]
InTree = Callable[[str, bytes, bytes], bool | None]
"""Whether a tree contains a file: gets the folder of git's objects, the tree's id and the path in it."""
_SYSTEM_CONFIG = "/etc/gitconfig"
_ID_SIZES = {None: 20, "sha1": 20, "sha256": 32}


class Repository(Struct, frozen=True):
    """A repository as one folder sees it: `folder` contains its index, `common` what worktrees share."""

    root: str
    folder: str
    common: str


class GitState:
    """Git's state at one moment; create a new one when git's files have changed.

    `read` returns the bytes of the file at an absolute path, None if there is none, and raises OSError if
    that is not known (it is too large, or not readable): the answer is then None. `environ` is used for the
    user's folders and the paths of git's own files. `in_tree` returns None, or raises OSError, if the objects
    cannot be read.
    """

    def __init__(
        self, read: Read, environ: Mapping[str, str], in_tree: InTree = lambda objects, tree, path: None
    ) -> None:
        self._in_tree = in_tree
        self._read = read
        self._environ = environ
        self._patterns: dict[str, tuple[IgnorePattern, ...]] = {}
        self._configs: dict[Repository, GitConfig] = {}
        self._indexes: dict[str, Index] = {}

    def repository(self, path: str) -> Repository | None:
        """The repository that contains a file; None if there is none, or if it is not known."""
        try:
            return self._repository(path)
        except OSError:
            return None

    def own_config(self, folder: str) -> GitConfig:
        """The configuration of the repository that contains a folder, for its remotes; empty without one."""
        try:
            repository = self._repository(os.path.join(folder, ".git"))
            return self._own_config(repository) if repository else GitConfig()
        except OSError:
            return GitConfig()

    def ignored(self, path: str) -> bool | None:
        """Whether git's ignore files match a file (an absolute path), tracked or not."""
        try:
            repository = self._repository(path)
            return self._ignored(repository, path) if repository else None
        except OSError:
            return None

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks a file (an absolute path)."""
        try:
            repository = self._repository(path)
            return self._tracked(repository, self._relative(repository, path)) if repository else None
        except (OSError, UnreadableIndexError):
            return None

    def tracks_below(self, folder: str) -> bool | None:
        """Whether the repository around a folder (an absolute path) tracks files in the folder."""
        try:
            repository = self._repository(folder)
            if repository is None:
                return None
            below = self._relative(repository, folder) + b"/"
            return any(path.startswith(below) for path in self._index(repository).paths)
        except (OSError, UnreadableIndexError):
            return None

    def is_unchanged(self, path: str, data: bytes) -> bool:
        """Whether git's index certainly has these bytes as the content of a file (an absolute path)."""
        try:
            repository = self._repository(path)
            size = repository and _ID_SIZES.get(
                self._own_config(repository).get("extensions", "objectformat")
            )
            index = repository and self._file(os.path.join(repository.folder, "index"))
            if not (repository and size and index):
                return False
            digest = hashlib.new("sha1" if size == 20 else "sha256", b"blob %d\0" % len(data) + data)
            known = ids_in(index, id_size=size).get(self._relative(repository, path))
            return known == digest.digest()
        except (OSError, UnreadableIndexError):
            return False

    # ---- finding the repository

    def _repository(self, path: str) -> Repository | None:
        for folder in _above(path):
            dot_git = os.path.join(folder, ".git")
            if self._present(os.path.join(dot_git, "HEAD")):
                return Repository(folder, dot_git, dot_git)
            pointer = self._file(dot_git)
            if pointer is not None:
                return self._linked(folder, pointer)
        return None

    def _linked(self, root: str, pointer: bytes) -> Repository | None:
        """Follow the `.git` file of a worktree or a submodule."""
        text = os.fsdecode(pointer).strip()
        if not text.startswith("gitdir:"):
            return None
        folder = os.path.normpath(os.path.join(root, text.removeprefix("gitdir:").strip()))
        shared = self._file(os.path.join(folder, "commondir"))
        common = (
            folder if shared is None else os.path.normpath(os.path.join(folder, os.fsdecode(shared).strip()))
        )
        return Repository(root, folder, common) if self._present(os.path.join(folder, "HEAD")) else None

    # ---- configuration

    def _own_config(self, repository: Repository) -> GitConfig:
        """The settings in the repository's own files, without included files."""
        config = self._config_file(os.path.join(repository.common, "config"))
        if config.is_true("extensions", "worktreeconfig"):
            config += self._config_file(os.path.join(repository.folder, "config.worktree"))
        return config

    def _config(self, repository: Repository) -> GitConfig:
        """All settings that apply, including included files."""
        if repository not in self._configs:
            head = os.fsdecode(self._file(os.path.join(repository.folder, "HEAD")) or b"")
            where = Where(
                repository.folder, head, self._environ.get("HOME") or self._environ.get("USERPROFILE")
            )
            first = merged(self._all_configs(repository, where))
            found = merged(self._all_configs(repository, replace(where, urls=remote_urls(first))))
            self._configs[repository] = replace(found, complete=first.complete and found.complete)
        return self._configs[repository]

    def _all_configs(self, repository: Repository, where: Where) -> Iterator[GitConfig]:
        paths = [*self._global_paths(), os.path.join(repository.common, "config")]
        if self._own_config(repository).is_true("extensions", "worktreeconfig"):
            paths.append(os.path.join(repository.folder, "config.worktree"))
        yield from (read_config(path, self._file, where) for path in paths)
        yield config_of_environment(self._environ)

    def _global_paths(self) -> Iterator[str]:
        if not self._environ.get("GIT_CONFIG_NOSYSTEM"):
            yield self._environ.get("GIT_CONFIG_SYSTEM") or _SYSTEM_CONFIG
        if "GIT_CONFIG_GLOBAL" in self._environ:
            yield self._environ["GIT_CONFIG_GLOBAL"]
        else:
            yield os.path.join(self._config_folder(), "config")
            yield os.path.join(self._home(), ".gitconfig")

    def _config_file(self, path: str) -> GitConfig:
        data = self._file(path)
        return GitConfig() if data is None else parse_git_config(data.decode("utf-8", "surrogateescape"))

    def _home(self) -> str:
        home = self._environ.get("HOME") or self._environ.get("USERPROFILE")
        if not home:
            raise FileNotFoundError("no home folder is known")
        return home

    def _config_folder(self) -> str:
        return os.path.join(
            self._environ.get("XDG_CONFIG_HOME") or os.path.join(self._home(), ".config"), "git"
        )

    def _is_elsewhere(self, repository: Repository) -> bool:
        """Whether the working tree of a git folder is somewhere else than next to `.git`, or it has none.

        The configuration of a submodule gives its place; a linked worktree uses only its own. A bare
        repository has none, also if a `.git` file leads to it.
        """
        shared = repository.folder != repository.common
        own = self._own_config(repository)
        has_own = not shared or own.is_true("extensions", "worktreeconfig")
        if has_own and own.is_true("core", "bare"):
            return True
        name = "config.worktree" if shared else "config"
        config = self._config_file(os.path.join(repository.folder, name))
        place = config.get("core", "worktree")
        if place is None or not has_own:
            return False
        root = os.path.join(repository.folder, place)
        return os.path.realpath(root) != os.path.realpath(repository.root)

    # ---- ignored files

    def _ignored(self, repository: Repository, path: str) -> bool | None:
        config = self._config(repository)
        if self._is_elsewhere(repository):
            return None
        relative = self._relative(repository, path)
        excludes = self._excludes_file(config, repository)
        ignore_case = config.is_true("core", "ignorecase")
        weakest = [os.path.join(repository.common, "info", "exclude"), *([excludes] if excludes else [])]
        known = True
        for level in (*parents(relative), relative):
            files = [*self._ignore_files(repository, level, ignore_case)]
            files += [IgnoreFile(b"", self._ignore_file(file, ignore_case)) for file in weakest]
            ignored = verdict(level, level != relative, files)
            if ignored:
                return True
            known = known and (ignored is not None or excludes is not None)
        return False if known else None

    def _excludes_file(self, config: GitConfig, repository: Repository) -> str | None:
        """The user's own ignore file: "" if there is none, None if that is not known."""
        if not config.complete:
            return None
        named = config.get("core", "excludesfile")
        if named is None:
            return os.path.join(self._config_folder(), "ignore")
        path = expanded(named, self._home())
        return os.path.join(repository.root, path) if path else path

    def _ignore_files(self, repository: Repository, level: bytes, ignore_case: bool) -> Iterator[IgnoreFile]:
        """The `.gitignore` files from the one next to `level` up to the root's."""
        for folder in (*reversed(parents(level)), b""):
            path = os.path.join(repository.root, os.fsdecode(folder), ".gitignore")
            if not os.path.islink(path):  # git does not follow links here
                yield IgnoreFile(folder, self._ignore_file(path, ignore_case))

    def _ignore_file(self, path: str, ignore_case: bool) -> tuple[IgnorePattern, ...]:
        if path not in self._patterns:
            self._patterns[path] = parse_ignore(self._file(path) or b"", ignore_case=ignore_case)
        return self._patterns[path]

    # ---- tracked files

    def _tracked(self, repository: Repository, path: bytes) -> bool | None:
        index = self._index(repository)
        if (found := index.tree_of(path)) is None:
            return index.has(path)
        return self._in_tree(os.path.join(repository.common, "objects"), *found)

    def _index(self, repository: Repository) -> Index:
        if repository.folder not in self._indexes:
            id_size = _ID_SIZES.get(self._own_config(repository).get("extensions", "objectformat"))
            if id_size is None:
                raise UnreadableIndexError
            data = self._file(os.path.join(repository.folder, "index"))
            shared = partial(self._beside, repository.folder)
            index = parse_index(data, id_size=id_size, shared=shared) if data else Index(frozenset())
            self._indexes[repository.folder] = index
        return self._indexes[repository.folder]

    def _beside(self, folder: str, name: str) -> bytes | None:
        return self._file(os.path.join(folder, name))

    def _relative(self, repository: Repository, path: str) -> bytes:
        return os.fsencode(os.path.relpath(path, repository.root).replace(os.sep, "/"))

    # ---- reading files

    def _file(self, path: str) -> bytes | None:
        if path == os.devnull:  # this path means that there should be no such file
            return b""
        try:
            return self._read(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _present(self, path: str) -> bool:
        return self._file(path) is not None


def _above(path: str) -> Iterator[str]:
    """The folders above a path, nearest first."""
    folder = os.path.dirname(path)
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent
