"""Which files may import a file: the opposite of what `runs/reach.py` finds. Tests do not count."""

from __future__ import annotations

from configvars.project import Project
from configvars.resolve.env_places import is_test_file
from configvars.runs.reach import packages_of


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

    def direct(self, path: str) -> frozenset[str]:
        """The files that may import a file themselves."""
        return frozenset(self._importers.get(path, ()))

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
