"""Which file a dotted name means, as Python's import would find it from another file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath


class Modules:
    """The Python files of one folder, found by module name from where they are imported."""

    def __init__(self, root: str) -> None:
        self._root = PurePath(root)
        self._files: set[PurePath] = set()
        self._folders: dict[PurePath, int] = {}

    def add(self, path: str) -> None:
        """A Python file is there."""
        file = PurePath(path)
        if file not in self._files:
            self._files.add(file)
            for folder in file.parents:
                self._folders[folder] = self._folders.get(folder, 0) + 1

    def remove(self, path: str) -> None:
        """A Python file is gone."""
        file = PurePath(path)
        if file in self._files:
            self._files.discard(file)
            for folder in file.parents:
                self._folders[folder] -= 1

    def find(self, importer: str, dotted: str) -> Iterator[tuple[str | None, tuple[str, ...]]]:
        """The files that `dotted` may lead to, and the names left to take inside; the likeliest first.

        None instead of a file is a folder without `__init__.py`. Relative names start with their dots.
        """
        here = PurePath(importer).parent
        level = len(dotted) - len(dotted.lstrip("."))
        names = [name for name in dotted[level:].split(".") if name]
        if not level:
            for base in self._bases(here):
                yield from self._below(base, names)
            return
        for base in [here, *here.parents][level - 1 : level]:
            yield from self._below(base, names)
            if base / "__init__.py" in self._files:
                yield str(base / "__init__.py"), tuple(names)

    def _below(self, base: PurePath, names: list[str]) -> Iterator[tuple[str | None, tuple[str, ...]]]:
        for count in range(len(names), 0, -1):
            target = base.joinpath(*names[:count])
            rest = tuple(names[count:])
            if target / "__init__.py" in self._files:
                yield str(target / "__init__.py"), rest
            elif target.with_name(f"{target.name}.py") in self._files:
                yield str(target.with_name(f"{target.name}.py")), rest
            elif not rest and self._folders.get(target):
                yield None, rest

    def _bases(self, here: PurePath) -> Iterator[PurePath]:
        """Where an absolute import may start: the folders above the importing file that are no packages."""
        for folder in (here, *here.parents):
            if folder / "__init__.py" not in self._files or folder == self._root:
                yield folder
            for nested in ("src", "lib"):
                if self._folders.get(folder / nested):
                    yield folder / nested
            if folder == self._root:
                return
