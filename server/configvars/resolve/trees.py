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
        self._is_used: dict[str, bool] = {}

    def is_used(self, path: str) -> bool:
        """Whether the tree of a file is worth parsing in advance: False if it was not used after that."""
        was = self._is_used.get(path, True)
        self._is_used[path] = False
        return was

    def tree(self, path: str) -> PythonTree:
        """The tree of a file; that of an empty one if it cannot be read."""
        self._is_used[path] = True
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
