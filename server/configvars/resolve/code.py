"""The Python files of one folder: what they import and do, and in which order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, TypeVar

from configvars.patterns import lazy_pattern
from configvars.resolve.folder_links import NO_LINKS, FolderLinks
from configvars.resolve.modules import Found
from configvars.resolve.trees import Trees
from configvars.slices import result
from configvars.syntax.python import PythonTree
from configvars.syntax.python_imports import Import, imports_in
from configvars.syntax.python_order import NO_ORDER, Order, ordering

_T = TypeVar("_T")
_SLICE = 200  # imports
_PYTHON = (".py", ".pyw", ".ipynb")
_BY_NAME = lazy_pattern(
    r"""(?:import_module\(|__import__\(|from_object\(|DJANGO_SETTINGS_MODULE["']\s*,)\s*["']([\w.]+)["']""",
    re.ASCII,
)


class Code:
    """The order of execution in each file, cached until the file changes.

    `text_of` returns the text of a file, None if there is none; `find` the files that a dotted name may mean
    in an importing file (`Modules.find`); `is_ours` whether any file or folder has its first name; `paths`
    all Python files; `tree_of` the tree of a file that the analysis keeps, if any; `is_long` whether a file
    takes long to parse; `links` the links to folders, which also lead to modules. `revision`
    changes after each change, `others` after each change of a file other than Python.
    """

    def __init__(
        self,
        text_of: Callable[[str], str | None] = lambda path: None,
        find: Callable[[str, str], Iterable[Found]] = lambda importer, dotted: (),
        is_ours: Callable[[str], bool] = lambda dotted: True,
        paths: Callable[[], Iterable[str]] = tuple,
        tree_of: Callable[[str], PythonTree | None] = lambda path: None,
        is_long: Callable[[str], bool] = lambda path: False,
        links: Callable[[], FolderLinks] = lambda: NO_LINKS,
    ) -> None:
        self._links, self._linked = links, NO_LINKS
        self.revision = 0
        self.others = 0
        self._text_of = text_of
        self._find = find
        self.is_ours = is_ours
        self.paths = paths
        self.is_long = is_long
        self.trees = Trees(text_of, tree_of)
        self._orders: dict[str, Order] = {}
        self._states: dict[str, object] = {}
        self._imports: dict[str, tuple[Import, ...]] = {}
        self._layout = 0
        self._imported_before: dict[str, tuple[Import, ...] | None] = {}
        self._tops: dict[str, frozenset[str]] = {}
        self._once: dict[str, tuple[object, Any]] = {}
        self._of_file: dict[str, dict[str, tuple[object, Any]]] = {}

    def changed(self, path: str) -> None:
        """Note that a file is new, was removed, or has another text."""
        self.revision += 1
        self.others += not path.endswith(_PYTHON)
        self._orders.pop(path, None)
        self._states.pop(path, None)
        before = self._imports.pop(path, None)
        self._imported_before.setdefault(path, before)
        self._tops.pop(path, None)
        self._of_file.pop(path, None)

    @property
    def layout(self) -> int:
        """A number that changes when the imports of some file or the links change, or files come or go."""
        before, self._imported_before = self._imported_before, {}
        self._layout += self._linked != self._links()
        self._linked = self._links()
        if any(self._text_of(path) is None or known != self.imports(path) for path, known in before.items()):
            self._layout += 1
        return self._layout

    def has(self, path: str) -> bool:
        """Whether there is a file at a path."""
        return bool(self.imports(path)) or self._text_of(path) is not None

    def order(self, path: str) -> Order:
        """The order of execution in a file; empty if it cannot be read."""
        return result(self.ordering(path))

    def ordering(self, path: str) -> Generator[None, None, Order]:
        """`order`, in slices."""
        while (known := self._orders.get(path)) is None:
            state, found = self._states.setdefault(path, object()), NO_ORDER
            if self._text_of(path) is not None:
                found = yield from ordering((yield from self.trees.parsing(path)))
            if self._states.get(path) is state:
                self._orders[path] = found
        return known

    def imports(self, path: str) -> tuple[Import, ...]:
        """The imports of a file at any level, including modules that a call gets by name."""
        known = self._imports.get(path)
        if known is None:
            text = self._text_of(path) or ""
            named = (Import(found) for found in _BY_NAME.findall(text))
            data = text.encode("utf-8", "surrogatepass")
            known = self._imports[path] = (*imports_in(data), *named)
        return known

    def importing(self, path: str) -> Iterator[None]:
        """Find the `imports` of a long file in slices."""
        if path in self._imports or (text := self._text_of(path)) is None:
            return
        state = self._states.setdefault(path, object())
        found: list[Import] = []
        for one in imports_in(text.encode("utf-8", "surrogatepass")):
            found.append(one)
            if len(found) % _SLICE == 0:
                yield
        if self._states.get(path) is state:
            self._imports[path] = (*found, *map(Import, _BY_NAME.findall(text)))

    def top_modules(self, path: str) -> frozenset[str]:
        """The top-level names of the modules that a file imports, without relative imports."""
        known = self._tops.get(path)
        if known is None:
            known = frozenset(found.module.partition(".")[0] for found in self.imports(path))
            self._tops[path] = known
        return known

    def module(self, importer: str, dotted: str) -> tuple[str, str] | None:
        """The file that a dotted name means in an importing file, and the remaining name in it."""
        for path, rest in self._find(importer, dotted):
            if path is not None:
                return path, ".".join(rest)
        return None

    def meanings(self, importer: str, dotted: str) -> tuple[Found, ...]:
        """All that a dotted name may mean in an importing file; None as the file is a folder."""
        return tuple(self._find(importer, dotted))

    def runs_at_import(self, importer: str, imported: Import) -> list[str]:
        """The files that an import statement runs, in order: packages before their modules."""
        known = self.kept("what imports run", self.layout, dict[tuple[str, Import], list[str]])
        here = os.path.dirname(importer), imported
        if here not in known:
            targets = (self.module(importer, dotted) for dotted in _meant(imported))
            known[here] = list(dict.fromkeys(path for path, _ in filter(None, targets)))
        return known[here]

    def may_run_at_import(self, importer: str, imported: Import) -> set[str]:
        """All files that an import statement may run, if a name may mean several files."""
        meant = (self._find(importer, dotted) for dotted in _meant(imported))
        return {path for found in meant for path, _ in found if path is not None}

    def once(self, what: str, version: object, make: Callable[[], _T]) -> _T:
        """The result of `make`, computed once for each revision of the code and `version` of the rest."""
        return self.kept(what, (self.revision, version), make)

    def kept_of(self, path: str, what: str, version: object, make: Callable[[], _T]) -> _T:
        """The result of `make` for a file, computed again for another `version` or text of the file."""
        return _kept(self._of_file.setdefault(path, {}), what, version, make)

    def has_kept(self, path: str, what: str, version: object) -> bool:
        """Whether `kept_of` has a result for a file and this version."""
        one = self._of_file.get(path, {}).get(what)
        return one is not None and one[0] == version

    def kept(self, what: str, version: object, make: Callable[[], _T]) -> _T:
        """The result of `make`, computed again only for another `version`."""
        return _kept(self._once, what, version, make)


def _kept(known: dict[str, tuple[object, Any]], what: str, version: object, make: Callable[[], _T]) -> _T:
    one = known.get(what)
    if one is None or one[0] != version:
        one = known[what] = (version, make())
    found: _T = one[1]
    return found


def _meant(imported: Import) -> Iterator[str]:
    """The dotted names that may be modules: for `from a.b import c`: `a`, `a.b`, `a.b.c`."""
    bare = imported.module.lstrip(".")
    dots = imported.module[: len(imported.module) - len(bare)]
    parts = bare.split(".") if bare else []
    for count in range(1, len(parts) + 1):
        yield dots + ".".join(parts[:count])
    yield from (dots + ".".join([*parts, name]) for name in imported.names)
