"""The syntax trees of Python files, for checks and runs."""

from __future__ import annotations

from collections.abc import Callable, Generator
from weakref import WeakValueDictionary

from configvars.syntax.python import PythonTree, parse, parsing


class Trees:
    """The trees of a folder's Python files. Each is kept only while somebody else keeps it.

    `text_of` returns the text of a file, None if there is none; `at_hand` its tree, if the analysis has it.
    """

    def __init__(
        self, text_of: Callable[[str], str | None], at_hand: Callable[[str], PythonTree | None]
    ) -> None:
        self._text_of = text_of
        self._at_hand = at_hand
        self._kept: WeakValueDictionary[str, PythonTree] = WeakValueDictionary()

    def tree(self, path: str) -> PythonTree:
        """The tree of a file; that of an empty one if it cannot be read."""
        text = self._text_of(path) or ""
        return self._known(path, text) or self._keep(path, parse(text))

    def parsing(self, path: str) -> Generator[None, None, PythonTree]:
        """`tree`, in slices."""
        text = self._text_of(path) or ""
        return self._known(path, text) or self._keep(path, (yield from parsing(text)))

    def _known(self, path: str, text: str) -> PythonTree | None:
        kept = self._kept.get(path)
        if kept is not None and kept.text == text:
            return kept
        known = self._at_hand(path)
        return self._keep(path, known) if known is not None and known.text == text else None

    def _keep(self, path: str, tree: PythonTree) -> PythonTree:
        self._kept[path] = tree
        return tree
