"""The name that the user is typing: nothing is reported about it until it is complete.

In an env file, the value behind a name belongs to it, because it is typed next.

LSP does not report the position of the cursor. A change of one or two characters counts as typing, and the
cursor is after it. So does a change of any length within a name, and for clients that do not report the
cursor also one within a line that ends with a name: some clients wait for a pause and then send all that was
typed. A pasted name cannot be told apart from that. The name is complete when another place changes, when the
document is saved, when the client says that the cursor has left, or, for clients that do not report the
cursor, when nothing has been typed for a moment. For the others, a pause only makes other files current.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from lsprotocol import types as t
from msgspec import Struct

from configvars.features.at import FoundVariable, variables_in
from configvars.model import Finding, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.sources.dotenv import KIND as ENV_FILE
from configvars.text import Span, common_ends

_MOST = 2  # characters at once: a letter, or a quote and the one that closes it
_MOMENT = 2.0  # seconds; eglot waits for a pause of half a second before it sends a change
_LONG = 10.0  # seconds, if the client reports the cursor, until other files are published
_NAME = lazy_pattern(r"[A-Za-z0-9_]*")
_LINE = lazy_pattern(r"""[^\r\n]*[A-Za-z0-9_](?P<closing>["'\])}]*)""")  # the editor has added what closes


class Typing(Struct, frozen=True):
    """The place of the last typed text: its offset in code points and its 0-based line, in the text now."""

    path: str
    offset: int
    line: int


class Keystrokes:
    """The place where the user types. `left` is called when the cursor has left it.

    `is_told`: the client reports when the cursor moves.
    """

    def __init__(self, left: Callable[[], None], is_told: Callable[[], bool]) -> None:
        self._left = left
        self._is_told = is_told
        self._timer: asyncio.TimerHandle | None = None
        self._lenses: dict[str, list[t.CodeLens]] = {}
        self.at: Typing | None = None

    @property
    def is_paused(self) -> bool:
        """Whether nothing has been typed for a while, and the cursor is still there."""
        return self.at is not None and self._timer is None

    def changed(self, path: str, before: str, after: str) -> None:
        """Record a change of a document's text: typing starts, continues or ends."""
        offset = typed(before, after, several=not self._is_told())
        if offset is None:
            self.over()
            return
        was = self.at
        self._stop()
        self.at = Typing(path, offset, after.count("\n", 0, offset))
        if was is not None and (was.path != path or was.line != self.at.line):
            self._left()
        wait, then = (_LONG, self._pause) if self._is_told() else (_MOMENT, self.over)
        self._timer = asyncio.get_running_loop().call_later(wait, then)

    def over(self) -> None:
        """Called when the cursor has left the place."""
        self._stop()
        if self.at is not None:
            self.at = None
            self._left()

    def _pause(self) -> None:
        self._stop()
        self._left()

    def moved(self, project: Project, path: str, offset: int) -> None:
        """The cursor is at an offset of a file now."""
        if self.offset(path) is not None:
            place = _place(project, path, offset)
            if any(_is_at(name.span, place) for name in self._names(project)):
                return
        self.over()

    def is_about_name(self, project: Project) -> bool:
        """Whether the user is typing a name, or in an env file its value."""
        return any(True for _ in self._names(project))

    def settled(self, project: Project, findings: Iterable[Finding], path: str) -> tuple[Finding, ...]:
        """The findings in a file without those where the user types.

        A pause shows them, unless what is typed is a name, or in an env file its value.
        """
        at = self.at
        if at is None or at.path != path or (self.is_paused and not self.is_about_name(project)):
            return tuple(findings)
        place = _place(project, path, at.offset)
        return tuple(each for each in findings if not _is_at(each.span, place))

    def unsettled(self, project: Project) -> frozenset[Variable]:
        """The variables that occur only at the place where the user types."""
        names = {standing.variable for standing in self._names(project)}
        return frozenset(name for name in names if self._is_alone(project, name))

    def offset(self, path: str) -> int | None:
        """The offset in a file where the user types; None if that is in another file, or nowhere."""
        return self.at.offset if self.at is not None and self.at.path == path else None

    def steady(self, path: str, lenses: list[t.CodeLens]) -> list[t.CodeLens]:
        """The lenses of a file, unchanged above the line where the user types, so that it does not move."""
        line = self.at.line if self.at is not None and self.at.path == path else None
        before = self._lenses.get(path, ())
        kept = [each for each in before if each.range.start.line == line]
        told = (
            [*(each for each in lenses if each.range.start.line != line), *kept]
            if line is not None
            else lenses
        )
        self._lenses[path] = told
        return told

    def _is_alone(self, project: Project, name: Variable) -> bool:
        index, at = project.index, self.at
        places = [(each.path, each.reference.span) for each in index.references(name)]
        places += [(each.path, each.definition.span) for each in index.definitions(name)]
        if at is None:
            return False
        place = _place(project, at.path, at.offset)
        return all(path == at.path and _is_at(span, place) for path, span in places)

    def _names(self, project: Project) -> Iterable[FoundVariable]:
        at = self.at
        if at is None:
            return ()
        place = _place(project, at.path, at.offset)
        return (each for each in variables_in(project, at.path) if _is_at(each.span, place))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _place(project: Project, path: str, offset: int) -> Span:
    """Where the user types: at an offset; in an env file, in its line up to there."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind != ENV_FILE:
        return Span(offset, offset)
    return Span((project.text_of(path) or "").rfind("\n", 0, offset) + 1, offset)


def _is_at(span: Span, place: Span) -> bool:
    return span.touches(place.end) or place.touches(span.end)


def typed(before: str, after: str, *, several: bool = False) -> int | None:
    """The offset after the typed characters; None if keystrokes cannot have caused the change.

    `several`: the client may send several keystrokes at once.
    """
    if before == after:
        return None
    start, end = common_ends(before, after)
    inserted, removed = after[start : len(after) - end], before[start : len(before) - end]
    is_small = len(removed) <= 1 and removed.isprintable()
    if _NAME.fullmatch(inserted) and (is_small or _NAME.fullmatch(removed)):
        return start + len(inserted)
    if not is_small or not inserted.isprintable():
        return None
    line = _LINE.fullmatch(inserted) if several else None
    if line:
        return start + line.start("closing")
    if len(inserted) > _MOST:
        return None
    closing = len(inserted) == _MOST  # the editor has added the second one after the cursor
    return start + len(inserted) - closing
