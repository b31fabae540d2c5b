"""What git knows of a path, told from its files: ignored, tracked, neither, or not to be known."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from configvars.syntax.git_config import GitConfig, merged, parse_git_config
from configvars.syntax.git_ignore import IgnoreFile, IgnorePattern, parents, parse_ignore, verdict
from configvars.syntax.git_index import UnreadableIndexError, tracked_paths

Read = Callable[[str], bytes | None]
_SYSTEM_CONFIG = "/etc/gitconfig"
_ID_SIZES = {None: 20, "sha1": 20, "sha256": 32}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as one folder sees it: `folder` holds its index, `common` what worktrees share."""

    root: str
    folder: str
    common: str


class GitState:
    """Git's view of the files of one moment; make a new one when git's files have changed.

    `read` gives the bytes of the file at an absolute path, None where there is none, and raises OSError
    where that cannot be known (it may not be read, it is too large): the answer is then None. `environ`
    is asked for the user's folders alone.
    """

    def __init__(self, read: Read, environ: Mapping[str, str]) -> None:
        self._read = read
        self._environ = environ
        self._patterns: dict[str, tuple[IgnorePattern, ...]] = {}
        self._configs: dict[Repository, GitConfig] = {}
        self._tracked: dict[str, frozenset[bytes]] = {}

    def repository(self, path: str) -> Repository | None:
        """Find the repository that a file lies in, None where there is none or no telling."""
        try:
            return self._repository(path)
        except OSError:
            return None

    def own_config(self, folder: str) -> GitConfig:
        """Read the configuration of the repository that a folder lies in: its remotes. Empty without one."""
        try:
            repository = self._repository(os.path.join(folder, ".git"))
            return self._own_config(repository) if repository else GitConfig()
        except OSError:
            return GitConfig()

    def ignored(self, path: str) -> bool | None:
        """Whether git's ignore files mean a file (an absolute path), tracked or not."""
        try:
            repository = self._repository(path)
            return self._ignored(repository, path) if repository else None
        except OSError:
            return None

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks a file (an absolute path)."""
        try:
            repository = self._repository(path)
            return self._relative(repository, path) in self._paths(repository) if repository else None
        except (OSError, UnreadableIndexError):
            return None

    # ---- where the repository is

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

    # ---- what its configuration says

    def _own_config(self, repository: Repository) -> GitConfig:
        config = self._config_file(os.path.join(repository.common, "config"))
        if config.is_true("extensions", "worktreeconfig"):
            config += self._config_file(os.path.join(repository.folder, "config.worktree"))
        return config

    def _config(self, repository: Repository) -> GitConfig:
        if repository not in self._configs:
            self._configs[repository] = merged([*self._global_configs(), self._own_config(repository)])
        return self._configs[repository]

    def _global_configs(self) -> Iterator[GitConfig]:
        yield self._config_file(_SYSTEM_CONFIG)
        yield self._config_file(os.path.join(self._config_folder(), "config"))
        yield self._config_file(os.path.join(self._home(), ".gitconfig"))

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

    # ---- what is ignored

    def _ignored(self, repository: Repository, path: str) -> bool | None:
        config = self._config(repository)
        if config.get("core", "worktree") is not None:
            return None
        relative = self._relative(repository, path)
        excludes = self._excludes_file(config)
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

    def _excludes_file(self, config: GitConfig) -> str | None:
        """Find the user's own ignore file: "" where there is none, None where that cannot be known."""
        if not config.complete:
            return None
        named = config.get("core", "excludesfile")
        if named is None:
            return os.path.join(self._config_folder(), "ignore")
        path = os.path.join(self._home(), named[2:]) if named.startswith("~/") else named
        return path if not path or os.path.isabs(path) else None

    def _ignore_files(self, repository: Repository, level: bytes, ignore_case: bool) -> Iterator[IgnoreFile]:
        """Yield the `.gitignore` files from the one beside `level` up to the root's."""
        for folder in (*reversed(parents(level)), b""):
            path = os.path.join(repository.root, os.fsdecode(folder), ".gitignore")
            yield IgnoreFile(folder, self._ignore_file(path, ignore_case))

    def _ignore_file(self, path: str, ignore_case: bool) -> tuple[IgnorePattern, ...]:
        if path not in self._patterns:
            self._patterns[path] = parse_ignore(self._file(path) or b"", ignore_case=ignore_case)
        return self._patterns[path]

    # ---- what is tracked

    def _paths(self, repository: Repository) -> frozenset[bytes]:
        if repository.folder not in self._tracked:
            id_size = _ID_SIZES.get(self._own_config(repository).get("extensions", "objectformat"))
            if id_size is None:
                raise UnreadableIndexError
            data = self._file(os.path.join(repository.folder, "index"))
            self._tracked[repository.folder] = tracked_paths(data, id_size=id_size) if data else frozenset()
        return self._tracked[repository.folder]

    def _relative(self, repository: Repository, path: str) -> bytes:
        return os.fsencode(os.path.relpath(path, repository.root).replace(os.sep, "/"))

    # ---- reading

    def _file(self, path: str) -> bytes | None:
        try:
            return self._read(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _present(self, path: str) -> bool:
        return self._file(path) is not None


def _above(path: str) -> Iterator[str]:
    """Yield the folders above a path, the nearest first."""
    folder = os.path.dirname(path)
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent
