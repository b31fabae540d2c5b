"""The facts of the files of a folder: each analysed by its kind, Python files linked with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator

from msgspec.structs import replace

from configvars import failures
from configvars.checks.secret_literals import has_literals
from configvars.index import Index
from configvars.limits import Hits, counted_in
from configvars.model import FileFacts, Unread
from configvars.resolve.code import Code
from configvars.resolve.folder_links import FolderLinks
from configvars.resolve.link import Linker
from configvars.resolve.open_files import ROOM as ROOM
from configvars.slices import aside
from configvars.sources.base import Source
from configvars.syntax.native import at_hand
from configvars.syntax.notebook import SUFFIX, notebook_of
from configvars.syntax.python import PythonTree
from configvars.text import Mark, Place
from configvars.workspace.kinds import Kind
from configvars.workspace.python_bytes import SOURCE_ENDINGS

# An empty env file or app.json counts; a Procfile or workflow shows where an app is; a check reads settings
# files.
_KEPT = frozenset({"dotenv", "app.json", "heroku.yml", "procfile", "settings", "workflow"})

_LONG = 16 * 1024
"""Characters; a text that is not longer is analysed in some 30 milliseconds."""

WhyNot = Callable[[str], str | None]


def never(path: str) -> None:
    """The `WhyNot` that excludes no file."""


class Analysis:
    """The facts of the files of the folder `root`, from texts that it gets. It reads no files itself.

    `passed_over` are the Python files whose bytes show that there is nothing to find. `why_not` returns why a
    file must not be analysed, if it must not. `room`: see `resolve.open_files`.
    """

    def __init__(self, root: str, why_not: WhyNot = never, room: int = ROOM) -> None:
        self.index = Index()
        self._why_not = why_not
        self.passed_over: set[str] = set()
        self._linker = Linker(root, room=room)
        self._left: set[str] = set()
        self._looked_at: dict[str, bytes] = {}
        self._under_way: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._with_secrets: set[str] = set()

    def wanting(self, path: str, kind: Kind, data: bytes) -> Generator[None, None, bool]:
        """Whether the bytes of a file show that there can be something to find, in slices.

        If not, the file is passed over. False if the file was passed again, or forgotten, meanwhile.
        """
        if not kind.is_python:
            return True
        self._note_secrets(path, kind, data)
        if kind.always:
            return True
        self._looked_at[path] = data
        try:
            is_wanted = yield from self._is_wanted(path, kind, data)
            is_last = self._looked_at.get(path) is data
        finally:
            if self._looked_at.get(path) is data:
                del self._looked_at[path]
        if is_last and not is_wanted:
            self.pass_over(path)
        return is_last and is_wanted

    def _is_wanted(self, path: str, kind: Kind, data: bytes) -> Generator[None, None, bool]:
        # In UTF-16, a file contains no word that a reader looks for; `decode` refuses it with a reason.
        if not kind.needs_shebang and b"\0" in data:
            return True
        if not kind.admits(data):
            return False
        is_reading = yield from self._linker.learning.wanting(path, data)
        return is_reading or path in self._with_secrets

    def _note_secrets(self, path: str, kind: Kind, data: bytes) -> None:
        """Note whether there is a secret in the strings of a file, which a check finds without any read."""
        if kind.admits(data) and not path.endswith(SUFFIX) and has_literals(data):
            self._with_secrets.add(path)
        else:
            self._with_secrets.discard(path)

    def take(self, path: str, kind: Kind, text: str) -> Iterator[None]:
        """Analyse a wanted file in steps; a Python file's facts are known after `linking`.

        If another text is passed between the steps, it replaces this one. An exception affects only this
        file.
        """
        if why := self._why_not(path):
            self._skip(path, kind, why)
            return
        try:
            yield from self._taken(path, kind, text)
        except Exception as error:
            self._skip(path, kind, failures.skipped(failures.report(f"analysing {path}", error)))

    def _taken(self, path: str, kind: Kind, text: str) -> Iterator[None]:
        self.passed_over.discard(path)
        self._under_way[path] = text
        if kind.source is None:
            notebook = yield from notebook_of(path, text)
            if self._under_way.get(path) is text:
                del self._under_way[path]
                self._texts[path] = text
                self._linker.update(path, text, notebook)
            return
        if path in self._linker.units:  # it was Python of this project until now
            self._linker.remove(path)
        if path.endswith(SOURCE_ENDINGS):  # code of another checkout, which can be imported
            self._linker.know(path)
        facts = yield from _analysing(kind.source, path, text)
        if self._under_way.get(path) is text:
            del self._under_way[path]
            self._put(facts)

    def was_taken_as(self, path: str, kind: Kind | None) -> bool:
        """Whether a file that was taken had this kind; another checkout around it changes the kind."""
        facts, was_python = self.index.files.get(path), path in self._linker.units or path in self.passed_over
        if facts is not None or kind is None:
            return facts is not None and kind is not None and facts.kind == kind.name
        return was_python == kind.is_python

    def text(self, path: str) -> str | None:
        """The text of a Python file as it was analysed; None while another one is being analysed."""
        return None if path in self._under_way else self._texts.get(path)

    def previewing(self, path: str, text: str) -> Iterator[None]:
        """Analyse a Python file provisionally, in slices, because linking all files would take too long."""
        if path not in self.passed_over and not self._why_not(path):
            self._put((yield from self._linker.as_if(path, text)))

    def is_behind(self, path: str) -> bool:
        """Whether the facts of a file are out of date: its newest text has not been analysed yet."""
        is_new = path in self._looked_at or path in self._under_way
        return is_new or self._linker.is_behind(path)

    def withhold(self, path: str, kind: Kind, why: Unread) -> None:
        """Return no facts of a file until it was analysed and linked."""
        if path in self.index.files:
            self._linker.withhold(path)
            self.index.update(FileFacts(path, kind.name, skipped=why.why, unread=why))

    def pass_over(self, path: str) -> None:
        """Record a Python file that need not be analysed yet."""
        if path in self._linker.units:
            self._left.add(path)
        self._forget_facts(path)
        self.passed_over.add(path)
        self._linker.pass_over(path)

    def know(self, python: Iterable[str], links: FolderLinks) -> frozenset[str]:
        """Record that Python files exist, and the links to folders by which others can import them.

        Returns the files to take again, because the links differ from before.
        """
        files = self._linker.modules.paths() if self._linker.modules.link(links) else ()
        for path in files:
            self.forget(path)
        for path in python:
            self._linker.know(path)
        return frozenset(files)

    def _skip(self, path: str, kind: Kind, why: str) -> None:
        self.forget(path)
        self.index.update(FileFacts(path, kind.name, skipped=why))

    def leave(self, path: str, kind: Kind, why: Unread) -> None:
        """Remove everything about a file except the reason."""
        self.forget(path)
        self.index.update(FileFacts(path, kind.name, skipped=why.why, unread=why))

    def forget(self, path: str) -> None:
        """Remove everything about a file."""
        self._forget_facts(path)
        self._linker.remove(path)

    def _forget_facts(self, path: str) -> None:
        self.passed_over.discard(path)
        self._looked_at.pop(path, None)
        self._under_way.pop(path, None)
        self._texts.pop(path, None)
        self._with_secrets.discard(path)
        self.index.remove(path)

    def exploring(self) -> Iterator[None]:
        """Analyse new files as far as `learn` needs it, one in each step; `linking` does the rest."""
        return self._linker.first_steps()

    def linking(self) -> Iterator[None]:
        """Update the facts of Python files, in slices."""
        yield from self._linker.steps()
        for facts in self._linker.news():
            self._put(facts)

    def resting(self) -> Iterator[None]:
        """Release memory that is not needed for quick answers, in steps."""
        return self._linker.resting()

    def learn(self) -> bool:
        """Note what makes files worth reading; returns whether anything is new."""
        return self._linker.learn()

    def misses_files(self, path: str) -> bool:
        """Whether names of variables depend on skipped files: those in a file, or in others on this file.

        The latter only if the file has just been passed over, because of a new text.
        """
        if path in self._left:
            self._left.discard(path)
            return True
        return self._linker.learning.misses(path, self.passed_over)

    def in_question(self) -> list[str]:
        """The files that may now have to be analysed, or no longer, because of newly found names."""
        return sorted(self._linker.in_question(self.passed_over))

    def as_if(self, path: str, kind: Kind | None, text: str) -> Generator[None, None, FileFacts | None]:
        """The facts that a file would have with this text, in slices; not stored. None without a kind."""
        if kind is None:
            return None
        if kind.source is not None:
            return (yield from _analysing(kind.source, path, text))
        return (yield from self._linker.as_if(path, text))

    def code(self, text_of: Callable[[str], str | None]) -> Code:
        """The order of execution of the folder's Python files, whose texts `text_of` returns."""
        modules = self._linker.modules
        return Code(
            text_of,
            modules.find,
            modules.is_ours,
            modules.paths,
            modules.has,
            self._tree,
            self._is_long,
            lambda: modules.links,
            lambda: modules.moves,
            lambda: self.index.version,
        )

    def _is_long(self, path: str) -> bool:
        unit = self._linker.units.get(path)
        return unit is not None and unit.is_long

    def _tree(self, path: str) -> PythonTree | None:
        unit = self._linker.units.get(path)
        return None if unit is None else unit.tree()

    def place(self, mark: Mark) -> Place | None:
        """The current place of a mark in a Python file; None if it no longer exists."""
        return self._linker.place(mark)

    def _put(self, facts: FileFacts) -> None:
        """Store the facts of a file; of others only that they exist, if that matters."""
        is_plain = facts == FileFacts(facts.path, facts.kind) and facts.path not in self._with_secrets
        if facts.kind in _KEPT or not is_plain:
            self.index.update(facts)
        else:
            self.index.remove(facts.path)


def _analysing(source: Source, path: str, text: str) -> Generator[None, None, FileFacts]:
    """The facts of a file from its source, in steps; exceeded limits and crashes count for the file."""
    hits = Hits()
    steps = _steps(source, path, text)
    while True:
        with at_hand(path), counted_in(hits):
            try:
                next(steps)
            except StopIteration as end:
                return _with_limits(end.value, hits)
        yield


def _steps(source: Source, path: str, text: str) -> Generator[None, None, FileFacts]:
    """The analysis of a file: divided, or in another thread, or at once if the file is short."""
    if source.in_slices is not None:
        return (yield from source.in_slices(path, text))
    if len(text) > _LONG:
        return (yield from aside(lambda: source.analyze(path, text)))
    return source.analyze(path, text)


def _with_limits(facts: FileFacts, hits: Hits) -> FileFacts:
    counts = Counter(dict(facts.limits)) + Counter(dict(hits.counts))
    return replace(facts, limits=tuple(sorted(counts.items()))) if hits.counts else facts
