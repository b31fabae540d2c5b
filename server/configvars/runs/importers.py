"""Which files may import a file: the opposite of what `runs/reach.py` finds. Tests do not count."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import chain

from configvars.project import Project
from configvars.resolve.env_places import is_test_file
from configvars.runs.reach import packages_of
from configvars.syntax.python_imports import Import


class Importers:
    """The importers of all Python files of a folder, according to import statements only.

    If a module's name may mean several files, it means all of them.
    """

    def __init__(self, project: Project) -> None:
        self._importers: dict[str, set[str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._first: dict[str, bool] = {}
        for importer in project.code.paths():
            if is_test_file(importer, project.root):
                continue
            found = set(packages_of(project, importer))
            for statement in project.code.imports(importer):
                found |= project.code.may_run_at_import(importer, statement)
            for path in found - {importer}:
                self._importers.setdefault(path, set()).add(importer)

    def of(self, path: str) -> frozenset[str]:
        """The files that may import a file, directly or indirectly, and the file itself."""
        if path not in self._above:
            found, todo = {path}, [path]
            while todo:
                for importer in self._importers.get(todo.pop(), ()):
                    if importer not in found:
                        found.add(importer)
                        todo.append(importer)
            self._above[path] = frozenset(found)
        return self._above[path]

    def first_of(self, path: str) -> frozenset[frozenset[str]]:
        """The groups of files at which the import of a file may start, because no other files import them.

        The files of a group import each other; usually, it is one file.
        """
        return frozenset(self.of(each) for each in self.of(path) if self._is_first(each))

    def _is_first(self, path: str) -> bool:
        """Whether all files that may import a file are also imported by it, directly or indirectly."""
        if path not in self._first:
            group = self.of(path)
            self._first[path] = all(len(self.of(one)) == len(group) for one in group)
        return self._first[path]


def importers(project: Project) -> Importers:
    """The importers in a folder, computed again when the imports of a file change."""
    return project.code.kept("importers", project.code.layout, lambda: Importers(project))


def importers_of(project: Project, paths: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The files whose import statements may mean one of `paths`, for each of them.

    This is cheaper than all `importers`, because only statements with the name of such a module count.
    """
    known = project.code.kept(
        "importers of files", project.code.layout, dict[frozenset[str], Mapping[str, frozenset[str]]]
    )
    if paths not in known:
        words, found = frozenset(map(word, paths)), dict[str, set[str]]()
        for importer in project.code.paths():
            if not is_test_file(importer, project.root):
                statements = (one for one in project.code.imports(importer) if _may_mean(one, words))
                meant = (project.code.may_run_at_import(importer, one) for one in statements)
                for path in paths.intersection(chain.from_iterable(meant)) - {importer}:
                    found.setdefault(path, set()).add(importer)
        known[paths] = {path: frozenset(importing) for path, importing in found.items()}
    return known[paths]


def word(path: str) -> str:
    """The name of a module, or of the package of an `__init__.py`."""
    folder, name = os.path.split(path)
    return os.path.basename(folder) if name == "__init__.py" else name.partition(".")[0]


def _may_mean(statement: Import, words: frozenset[str]) -> bool:
    parts = statement.module.split(".")
    return not parts[-1] or not words.isdisjoint(parts) or not words.isdisjoint(statement.names)
