"""Which files a program may import, according to import statements only."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from configvars.project import Project


class Reach(Struct, frozen=True):
    """The files that a file may import, directly or indirectly, each with the files that import it."""

    start: str
    importers: dict[str, tuple[str, ...]]

    def __contains__(self, path: str) -> bool:
        """Whether a file is the start file, or may be imported from it."""
        return path == self.start or path in self.importers

    def leading_to(self, goals: Iterable[str]) -> frozenset[str]:
        """The reached files that are goals, or through which goals may be imported."""
        todo = [path for path in goals if path in self]
        found = set(todo)
        while todo:
            for importer in self.importers.get(todo.pop(), ()):
                if importer not in found:
                    found.add(importer)
                    todo.append(importer)
        return frozenset(found)

    def imported_by(self, paths: Iterable[str]) -> Iterator[str]:
        """The files that some files import, directly or indirectly, the nearest first."""
        imports: dict[str, list[str]] = {}
        for path, importers in self.importers.items():
            for importer in importers:
                imports.setdefault(importer, []).append(path)
        seen, todo = set(paths), deque(paths)
        while todo:
            for path in imports.get(todo.popleft(), ()):
                if path not in seen:
                    seen.add(path)
                    todo.append(path)
                    yield path


def packages_of(project: Project, path: str) -> tuple[str, ...]:
    """The packages around a module, the outermost first; Python imports them before it."""
    found: list[str] = []
    folder = os.path.dirname(path)
    while folder not in (project.root, os.path.dirname(folder)):
        package = os.path.join(folder, "__init__.py")
        if not project.code.has(package):
            break
        found.append(package)
        folder = os.path.dirname(folder)
    return tuple(each for each in reversed(found) if each != path)


def reach(project: Project, start: str, packages: tuple[str, ...] = ()) -> Reach:
    """The files that `start` and the packages around it may import, directly or indirectly."""
    importers: dict[str, dict[str, None]] = {each: {start: None} for each in packages}
    seen, todo = {start, *packages}, [start, *packages]
    while todo:
        importer = todo.pop()
        for statement in project.code.imports(importer):
            for path in project.code.runs_at_import(importer, statement):
                importers.setdefault(path, {})[importer] = None
                if path not in seen:
                    seen.add(path)
                    todo.append(path)
    return Reach(start, {path: tuple(found) for path, found in importers.items()})
