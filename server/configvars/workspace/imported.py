"""The files of submodules and clones inside a folder that its own code imports, or its Procfile starts.

They are part of the program.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

from configvars.model import FileFacts
from configvars.resolve.code import Code
from configvars.resolve.env_places import is_test_file, upwards
from configvars.syntax.python_imports import Import

_ENV_FILES = (".env", ".flaskenv")


class Imported:
    """What the code of the folder `root` imports from other checkouts, directly or indirectly.

    `files` are these Python files and the env files next to them and above them, each with the top folder of
    its checkout, which `checkout_of` returns; None for files of the folder itself.
    """

    def __init__(self, root: str, checkout_of: Callable[[str], str | None]) -> None:
        self.files: dict[str, str] = {}
        self._root = root
        self._checkout_of = checkout_of
        self._version: object = None
        self._turn = 0

    def changed(
        self, code: Code, files: Mapping[str, FileFacts], forget: Callable[[str], None]
    ) -> Generator[None, None, list[str]]:
        """Search the imports again if they have changed, in slices.

        Returns the files that are part of the program now and were not before, or the other way round; what
        was known about these is forgotten.
        """
        version = code.layout, code.others
        if version == self._version:
            return []
        self._turn += 1
        turn, found = self._turn, (yield from self._search(code, tuple(files.values())))
        if turn != self._turn:  # a later search knows more
            return []
        before, self.files, self._version = self.files, found, version
        changed = sorted(path for path, _ in before.items() ^ found.items())
        for path in changed:
            forget(path)
        return changed

    def _search(self, code: Code, facts: Iterable[FileFacts]) -> Generator[None, None, dict[str, str]]:
        paths = {path: self._checkout_of(path) for path in code.paths()}
        if not any(paths.values()):
            return {}
        started = {path for each in facts for path in _started(code, each)}
        found = {path: checkout for path in started if (checkout := paths.get(path))}
        todo = list(found)
        todo += [path for path, checkout in paths.items() if checkout is None and not self._is_test(path)]
        while todo:
            importer = todo.pop()
            for statement in code.imports(importer):
                for path in code.runs_at_import(importer, statement):
                    checkout = paths.get(path)
                    if checkout is not None and path not in found:
                        found[path] = checkout
                        todo.append(path)
            yield
        return found | self._env_files(found)

    def _is_test(self, path: str) -> bool:
        return is_test_file(path, self._root)

    def _env_files(self, found: dict[str, str]) -> dict[str, str]:
        folders = {os.path.dirname(path): checkout for path, checkout in found.items()}
        return {
            os.path.join(above, name): checkout
            for folder, checkout in folders.items()
            for above in upwards(folder, checkout)
            for name in _ENV_FILES
        }


def _started(code: Code, facts: FileFacts) -> Iterator[str]:
    """The files that the commands in a file start, and the packages around them."""
    for start in facts.starts:
        folder = os.path.normpath(os.path.join(os.path.dirname(facts.path), start.folder))
        if start.file:
            yield os.path.normpath(os.path.join(folder, start.file))
        if start.module:
            yield from code.runs_at_import(os.path.join(folder, "__start__.py"), Import(start.module))
