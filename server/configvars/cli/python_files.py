"""The Python files of a project, found by the names with which code and commands load them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import translate

from configvars.cli.loaded_names import HOLE, dotted_name
from configvars.patterns import lazy_pattern
from configvars.resolve.folder_links import NO_LINKS, FolderLinks
from configvars.resolve.modules import Modules

_MIGRATION = lazy_pattern(r"(?:^|/)(?:migrations|alembic)/")
_CONFIG_FILE = lazy_pattern(r"(config|settings)[^/]*\.(py|cfg)$")


class PythonFiles:
    """The Python files below a folder, which `links` give a second path. All paths are absolute."""

    def __init__(self, root: str, files: Iterable[str], links: FolderLinks = NO_LINKS) -> None:
        self._root = root
        self._links = links
        self._files = sorted(files)
        self._known = frozenset(self._files)
        self._modules = Modules(root)
        self._modules.link(links)
        self._dotted = {path: dotted_name(path, root) for path in self._files}
        self._by_word: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        self._fits: dict[str, list[str]] = {}  # by name or path with unknown parts
        for path, dotted in self._dotted.items():
            self._modules.add(path)
            self._by_word.setdefault(dotted.rpartition(".")[2], []).append(path)
            self._by_name.setdefault(os.path.basename(path), []).append(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def exactly(self, file: str) -> list[str]:
        """The file with a path relative to the root, if there is one."""
        path = self._links.own(os.path.normpath(os.path.join(self._root, file)))
        return [path] if path in self._known else []

    def configuration(self) -> list[str]:
        """The files that look like the configuration of an app, by their names."""
        return [path for path in self._files if _CONFIG_FILE.search(path)]

    def migrations(self) -> list[str]:
        """The scripts of alembic."""
        folders = [
            os.path.dirname(path) + os.sep for path in self._files if os.path.basename(path) == "env.py"
        ]
        return [
            path
            for path in self._files
            if path.startswith(tuple(folders)) or _MIGRATION.search(self._below(path))
        ]

    def _below(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def packages(self, path: str) -> Iterator[str]:
        """The packages that contain a module; Python loads them before it."""
        folder = os.path.dirname(path)
        while folder.startswith(self._root) and len(folder) > len(self._root):
            package = os.path.join(folder, "__init__.py")
            if package in self._known:
                yield package
            folder = os.path.dirname(folder)

    def around(self, path: str, modules: Iterable[str]) -> Iterator[str]:
        """All files of the packages that strings name: Django looks there for models, commands and so on."""
        files = {each for name in modules for each in self.found(path, name)}
        files |= {each for name in modules for each in self.elsewhere(path, name, anywhere=True)}
        folders = {os.path.dirname(each) for each in files}
        for folder in sorted(folders - {self._root}):
            yield from (each for each in self._files if each.startswith(folder + os.sep))

    def with_mains(self, found: Iterable[str]) -> list[str]:
        """Some files, and what `python -m` runs for those that are packages."""
        files = list(found)
        mains = (os.path.join(os.path.dirname(each), "__main__.py") for each in files if _is_package(each))
        return [*files, *(each for each in mains if each in self._known)]

    def found(self, importer: str, dotted: str) -> Iterator[str]:
        """The files of a module."""
        yield from (path for path, _ in self._modules.find(importer, dotted) if path is not None)

    def elsewhere(self, importer: str, dotted: str, *, anywhere: bool = False) -> Iterator[str]:
        """The files that a name means if a folder is in `sys.path` that is not known to be there.

        `anywhere`: code changes `sys.path`, so this is possible even if another file has the name.
        """
        is_library = dotted.partition(".")[0] in sys.stdlib_module_names
        if dotted.startswith(".") or (is_library and not anywhere):
            return
        if anywhere or not any(True for _ in self.found(importer, dotted)):
            yield from self._somewhere(dotted)

    def _somewhere(self, dotted: str) -> Iterator[str]:
        """The files in any folder whose name ends with a dotted name, or with it without its last part."""
        for name in dict.fromkeys((dotted, dotted.rpartition(".")[0] or dotted)):
            for path in self._by_word.get(name.rpartition(".")[2], ()):
                if f".{self._dotted[path]}".endswith(f".{name}"):
                    yield path

    def fitting(self, name: str) -> Iterator[str]:
        """The files in any folder whose dotted name fits one with unknown parts."""
        before = name.partition(HOLE)[0].rpartition(".")[0]
        if before:
            yield from self._somewhere(before)
        if name not in self._fits:
            fits = re.compile(translate(f"*.{name}"))
            self._fits[name] = [path for path, dotted in self._dotted.items() if fits.match(f".{dotted}")]
        yield from self._fits[name]

    def at(self, file: str) -> Iterator[str]:
        """The files in any folder with this path; none for a path of which nothing is known."""
        name = os.path.normpath(file.lstrip(f"{HOLE}./")).replace(os.sep, "/")
        last = name.rpartition("/")[2]
        if not any(character.isalpha() for character in name.removesuffix(".py").replace(HOLE, "")):
            return
        candidates = self._files if HOLE in last else self._by_name.get(last, ())
        key = f"/{name}"
        if key not in self._fits:
            fits = re.compile(translate(f"*{key}"))
            self._fits[key] = [path for path in candidates if fits.match(f"/{self._below(path)}")]
        yield from self._fits[key]


def _is_package(path: str) -> bool:
    return os.path.basename(path) == "__init__.py"
