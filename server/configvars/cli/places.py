"""Places in output: relative paths with `/`, 1-based lines and columns."""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec import Struct

from configvars.checks.wording import joined
from configvars.project import Project
from configvars.syntax.python import PythonTree
from configvars.text import LineIndex, Mark, Place, Span

_MOST = 3


class Range(Struct, frozen=True, order=True):
    """A span as lines and columns, all 1-based; columns count code points, `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def as_json(self) -> dict[str, object]:
        """The four numbers, with the names that the JSON contract uses."""
        return {
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }


def relative(path: str, folder: str) -> str:
    """An absolute path relative to an absolute folder, with `/`."""
    try:
        seen = os.path.relpath(path, folder)
    except ValueError:  # on another Windows drive
        seen = path
    return seen.replace(os.sep, "/")


def inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or inside it; both are absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def range_in(lines: LineIndex, span: Span) -> Range:
    """A span as lines and columns of its file."""
    start, end = lines.position(span.start), lines.position(span.end)
    return Range(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class Places:
    """Ranges of a project's files; each file is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lines: dict[str, LineIndex] = {}
        self._trees: dict[str, PythonTree] = {}

    def lines(self, path: str) -> LineIndex:
        """The lines of a file; those of an empty text if it cannot be read (any more)."""
        if path not in self._lines:
            self._lines[path] = LineIndex(self._project.text_of(path) or "")
        return self._lines[path]

    def tree(self, path: str) -> PythonTree:
        """The tree of a Python file; that of an empty text if it cannot be read (any more)."""
        if path not in self._trees:
            self._trees[path] = self._project.tree_of(path)
        return self._trees[path]

    def range(self, path: str, span: Span) -> Range:
        """The lines and columns of a span of a file."""
        return range_in(self.lines(path), span)

    def at(self, path: str, span: Span) -> str:
        """A place for people: `path:line`, relative to the current folder."""
        return f"{self._project.relative(path)}:{self.range(path, span).line}"

    def relative(self, path: str) -> str:
        """A file's path relative to the project's root."""
        return relative(path, self._project.root)

    def of_mark(self, mark: Mark) -> Place | None:
        """The current place of a mark; None if its statement no longer exists."""
        return self._project.place(mark)

    def written(self, place: Place) -> dict[str, object]:
        """A place in the form of the JSON contract."""
        at = self.range(place.path, place.span)
        return {"path": self.relative(place.path), "line": at.line, "column": at.column}


def some_of(names: Sequence[str]) -> str:
    """Some names for a sentence; of many, only the first ones and the number of the others."""
    if len(names) > _MOST:
        return f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"
    return joined(names, "and")
