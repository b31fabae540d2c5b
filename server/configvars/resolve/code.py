"""The Python files of one folder: what they import and do, and in which order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, TypeVar

from configvars.patterns import lazy_pattern
from configvars.resolve.folder_links import NO_LINKS, FolderLinks
from configvars.resolve.modules import Found, module_name
from configvars.resolve.searched import Searched
from configvars.resolve.trees import Trees
from configvars.slices import result
from configvars.syntax.python import PythonTree
from configvars.syntax.python_imports import Import, imports_in
from configvars.syntax.python_order import NO_ORDER, Order, ordering
from configvars.traces import Answers, noted, reading

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
    all Python files, `is_python` whether a path is one of them; `tree_of` the tree of a file that the
    analysis keeps, if any; `is_long` whether a file takes long to parse; `links` the links to folders, which
    also lead to modules; `moves` a number that changes when Python files come or go; `facts` one that changes
    with any facts. `revision` changes after each change of a file. What is read here is noted (see `traces`).
    """

    def __init__(
        self,
        text_of: Callable[[str], str | None] = lambda path: None,
        find: Callable[[str, str], Iterable[Found]] = lambda importer, dotted: (),
        is_ours: Callable[[str], bool] = lambda dotted: True,
        paths: Callable[[], Iterable[str]] = tuple,
        is_python: Callable[[str], bool] = lambda path: False,
        tree_of: Callable[[str], PythonTree | None] = lambda path: None,
        is_long: Callable[[str], bool] = lambda path: False,
        links: Callable[[], FolderLinks] = lambda: NO_LINKS,
        moves: Callable[[], int] = int,
        facts: Callable[[], int] = int,
    ) -> None:
        self._links, self._linked = links, NO_LINKS
        self.revision = 0
        self._others = 0
        self._text_of = text_of
        self._find = find
        self._is_ours = is_ours
        self._paths = paths
        self._moves = moves
        self._facts = facts
        self.is_long = is_long
        self.trees = Trees(text_of, tree_of)
        self._searched = Searched(text_of, paths, is_python)
        self.anywhere = self._searched.anywhere
        self._answers = Answers(self._state)
        self.answer, self.part_of_answer = self._answers.answer, self._answers.part
        self._orders: dict[str, Order] = {}
        self._states: dict[str, object] = {}
        self._texts: dict[str, int] = {}
        self._imports: dict[str, tuple[Import, ...]] = {}
        self._layout = 0
        self._imported_before: dict[str, tuple[Import, ...] | None] = {}
        self._tops: dict[str, frozenset[str]] = {}
        self._present: dict[str, bool] = {}
        self._once: dict[str, tuple[object, Any]] = {}
        self._of_file: dict[str, dict[str, tuple[object, Any]]] = {}

    def changed(self, path: str) -> None:
        """Note that a file is new, was removed, or has another text."""
        self.revision += 1
        self._others += not path.endswith(_PYTHON)
        self._texts[path] = self.revision
        self._orders.pop(path, None)
        self._states.pop(path, None)
        self._present.pop(path, None)
        before = self._imports.pop(path, None)
        self._imported_before.setdefault(path, before)
        self._tops.pop(path, None)
        self._of_file.pop(path, None)
        self._searched.changed(path)

    def others_changed(self) -> None:
        """Note that any file other than Python may have changed."""
        self._others += 1

    @property
    def others(self) -> int:
        """A number that changes when a file other than Python may have changed."""
        return noted(self._others, self._others_now)

    def _others_now(self) -> int:
        return self._others

    def _state(self) -> tuple[int, int, int]:
        """Differs after each change of files or facts."""
        return self.revision, self._others, self._facts()

    def _version(self, path: str) -> tuple[int, int]:
        """Differs after each change of the text of a file."""
        return self._texts.get(path, 0), 0 if path.endswith(_PYTHON) else self._others

    def text(self, path: str) -> str | None:
        """The text of a file; None if there is none."""
        self.note_text(path)
        return self._text_of(path)

    def note_text(self, path: str) -> None:
        """Note that the text of a file is read."""
        noted(self._version(path), self._version, path)

    def _layout_of_files(self) -> tuple[int, FolderLinks]:
        return self._moves(), self._links()

    def is_ours(self, dotted: str) -> bool:
        """Whether any file or folder has the first name of a dotted name."""
        noted(self._layout_of_files(), self._layout_of_files)
        return self._is_ours(dotted)

    def paths(self) -> Iterable[str]:
        """All Python files."""
        noted(self._layout_of_files(), self._layout_of_files)
        return self._paths()

    @property
    def layout(self) -> int:
        """A number that changes when the imports of some file or the links change, or files come or go."""
        return noted(self._layout_now(), self._layout_now)

    def _layout_now(self) -> int:
        before, self._imported_before = self._imported_before, {}
        self._layout += self._linked != self._links()
        self._linked = self._links()
        with reading(None):
            changed = (
                self._text_of(one) is None or known != self.imports(one) for one, known in before.items()
            )
            self._layout += any(changed)
        return self._layout

    def has(self, path: str) -> bool:
        """Whether there is a file at a path."""
        self.note_text(path)
        known = self._present.get(path)
        if known is None:
            known = self._present[path] = bool(self.imports(path)) or self._text_of(path) is not None
        return known

    def order(self, path: str) -> Order:
        """The order of execution in a file; empty if it cannot be read."""
        return result(self.ordering(path))

    def ordering(self, path: str) -> Generator[None, None, Order]:
        """`order`, in slices."""
        self.note_text(path)
        while (known := self._orders.get(path)) is None:
            state, found = self._states.setdefault(path, object()), NO_ORDER
            if self._text_of(path) is not None:
                found = yield from ordering((yield from self.trees.parsing(path)))
            if self._states.get(path) is state:
                self._orders[path] = found
        return known

    def imports(self, path: str) -> tuple[Import, ...]:
        """The imports of a file at any level, including modules that a call gets by name."""
        self.note_text(path)
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
        self.note_text(path)
        known = self._tops.get(path)
        if known is None:
            known = frozenset(found.module.partition(".")[0] for found in self.imports(path))
            self._tops[path] = known
        return known

    def module(self, importer: str, dotted: str) -> tuple[str, str] | None:
        """The file that a dotted name means in an importing file, and the remaining name in it."""
        for path, rest in self._found(importer, dotted):
            if path is not None:
                return path, ".".join(rest)
        return None

    def _found(self, importer: str, dotted: str) -> Iterable[Found]:
        noted(self._layout_of_files(), self._layout_of_files)
        return self._find(importer, dotted)

    def meanings(self, importer: str, dotted: str) -> tuple[Found, ...]:
        """All that a dotted name may mean in an importing file; None as the file is a folder."""
        return tuple(self._found(importer, dotted))

    def runs_at_import(self, importer: str, imported: Import) -> list[str]:
        """The files that an import statement runs, in order: packages before their modules."""
        known = self.kept("what imports run", self.layout, dict[tuple[str, Import], list[str]])
        is_own = imported.module.partition(".")[0] == module_name(importer)
        here = importer if is_own else os.path.dirname(importer), imported
        if here not in known:
            targets = (self.module(importer, dotted) for dotted in _meant(imported))
            known[here] = list(dict.fromkeys(path for path, _ in filter(None, targets)))
        return known[here]

    def may_run_at_import(self, importer: str, imported: Import) -> set[str]:
        """All files that an import statement may run, if a name may mean several files."""
        meant = (self._found(importer, dotted) for dotted in _meant(imported))
        return {path for found in meant for path, _ in found if path is not None}

    def once(self, what: str, version: object, make: Callable[[], _T]) -> _T:
        """The result of `make`, computed once for each revision of the code and `version` of the rest."""
        noted(self._state(), self._state)
        return self.kept(what, (self.revision, version), make)

    def kept_of(self, path: str, what: str, version: object, make: Callable[[], _T]) -> _T:
        """The result of `make` for a file, computed again for another `version` or text of the file."""
        self.note_text(path)
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
    if one is None or (one[0] is not version and one[0] != version):
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
