"""Which texts of a folder's Python files contain something. Each text is searched once for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from configvars.traces import noted


class _Question(Struct):
    """The files that contain what is asked for, and those that are not searched yet, in order."""

    contains: Callable[[str], bool]
    counts: Callable[[str], bool]
    found: dict[str, None]
    waiting: dict[str, None]


class Searched:
    """The answers of `anywhere`. After a change, only the files that have changed are searched again.

    `paths` returns all Python files, and `is_python` whether a path is one of them; `text_of` the text of a
    file, None if it cannot be read.
    """

    def __init__(
        self,
        text_of: Callable[[str], str | None],
        paths: Callable[[], Iterable[str]],
        is_python: Callable[[str], bool],
    ) -> None:
        self._text_of = text_of
        self._paths = paths
        self._is_python = is_python
        self._questions: dict[str, _Question] = {}

    def changed(self, path: str) -> None:
        """Note that a file is new, was removed, or has another text."""
        for question in self._questions.values():
            question.found.pop(path, None)
            question.waiting[path] = None

    def anywhere(
        self, what: str, contains: Callable[[str], bool], counts: Callable[[str], bool] = lambda path: True
    ) -> bool:
        """Whether the text of some Python file contains something.

        `contains` is always the same for the same `what`, and so is `counts`: whether a file counts.
        """
        if what not in self._questions:
            waiting = dict.fromkeys(filter(counts, self._paths()))
            self._questions[what] = _Question(contains, counts, {}, waiting)
        return noted(self._again(what), self._again, what)

    def _again(self, what: str) -> bool:
        """The answer to a question that was asked before."""
        question = self._questions[what]
        while question.waiting and not question.found:
            path = next(iter(question.waiting))
            del question.waiting[path]
            is_asked = self._is_python(path) and question.counts(path)
            if is_asked and question.contains(self._text_of(path) or ""):
                question.found[path] = None
        return bool(question.found)
