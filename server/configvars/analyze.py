"""The analysis of one Python file: its facts, and its answers to other files.

It has no side effects, and exceptions in it do not escape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Set
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from configvars import failures
from configvars.limits import counted_in
from configvars.model import FileFacts
from configvars.names import imports
from configvars.names.elsewhere import Elsewhere
from configvars.names.evaluate import Evaluator
from configvars.names.learned import Learned
from configvars.names.memory import Ask
from configvars.readers import READERS
from configvars.readers.collect import Collected
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.readers.understanding import Understanding, reading
from configvars.said import Said, in_notebook, together
from configvars.slices import SLICE, is_over, result
from configvars.syntax.native import at_hand
from configvars.syntax.notebook import SUFFIX, Notebook, notebook_of, parse_notebook
from configvars.syntax.python import PythonTree
from configvars.text import Mark, Span

TABLES = Tables.of(READERS)
_LONG_CODE = 64 * 1024  # characters; shorter code is parsed in some 50 milliseconds


class _Kept(Struct, frozen=True):
    """What is stored about a file when its trees are discarded."""

    learned: Learned
    words: frozenset[str]
    names: frozenset[str]
    needed: frozenset[str]
    needed_files: frozenset[str]


def _nobody(unit: Unit) -> None:
    """The default for `opened`: does nothing."""


class Unit:
    """One file with one text.

    It is parsed when something about it is asked for the first time; `opened` is called then. `notebook` is
    the result of `parse_notebook`, if that is known already. It can be
    closed: what was computed is discarded, and computed again on demand.
    """

    def __init__(
        self,
        path: str,
        text: str,
        elsewhere: Elsewhere,
        tables: Tables = TABLES,
        opened: Callable[[Unit], None] = _nobody,
        notebook: Notebook | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.is_long = len(text) > _LONG_CODE
        self.fault: Exception | None = None
        self._elsewhere = elsewhere
        self._tables = tables
        self._opened = opened
        self._notebook = (notebook or parse_notebook(text)) if path.endswith(SUFFIX) else None
        self._code = text if self._notebook is None else self._notebook.code
        self._open: Understanding | None = None
        self._kept: _Kept | None = None
        self._is_heard = False
        self._is_outdated = True
        self._places: dict[Mark, Span | None] = {}

    @property
    def _understanding(self) -> Understanding:
        if self._open is None:
            with at_hand(self.path):
                return self._understood(result(reading(self._code)))
        return self._open

    def _understood(self, trees: tuple[PythonTree, ...]) -> Understanding:
        self._open = Understanding(self.path, trees, self._elsewhere, self._tables)
        if self._kept is not None:
            self._open.take_over(self._kept.learned, self._kept.words)
        self._opened(self)
        return self._open

    def opening(self) -> Iterator[None]:
        """Parse the text in slices, unless somebody asks for something of it meanwhile."""
        steps = reading(self._code)
        while self._open is None:
            with at_hand(self.path):
                try:
                    next(steps)
                except StopIteration as end:
                    self._understood(end.value)
            yield

    @property
    def evaluator(self) -> Evaluator:
        """The evaluator that answers other files."""
        return self._understanding.evaluators[0]

    def tree(self) -> PythonTree | None:
        """The tree of the text as it is, if it is open; None for a notebook."""
        return None if self._open is None or self._notebook is not None else self._open.trees[-1].apart()

    def close(self) -> None:
        """Discard what was computed, except what other files may ask at any time."""
        now, self._open = self._open, None
        if now is None or self._kept is not None:
            return
        self._is_outdated = self._is_outdated or now.is_waiting
        first = now.scans[0]
        self._kept = _Kept(
            now.evaluators[0].learned,
            frozenset(first.words),
            first.leading_names(),
            frozenset().union(*(evaluator.needed for evaluator in now.evaluators)),
            frozenset().union(*(evaluator.needed_files for evaluator in now.evaluators)),
        )

    @property
    def is_cold(self) -> bool:
        """Whether a scan has found nothing that leads to variables, and has nothing left to do."""
        now = self._open
        if now is None or self._is_outdated or now.is_waiting:
            return False
        return now.evaluators[0].learned.is_empty and not any(one.needed for one in now.evaluators)

    @property
    def is_warm(self) -> bool:
        """Whether a scan has found something that leads to variables."""
        return self._open is not None and not self._open.evaluators[0].learned.is_empty

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules from which the file imports all names with `*`, last one first."""
        return imports.star_modules(self.evaluator.tree)

    @property
    def needed(self) -> frozenset[str]:
        """The dotted names in other files on which the name of a variable depends."""
        if self._kept is not None:
            return self._kept.needed
        evaluators = self._open.evaluators if self._open is not None else ()
        return frozenset().union(*(evaluator.needed for evaluator in evaluators))

    @property
    def needed_files(self) -> frozenset[str]:
        """The files that may define them."""
        if self._kept is not None:
            return self._kept.needed_files
        evaluators = self._open.evaluators if self._open is not None else ()
        return frozenset().union(*(evaluator.needed_files for evaluator in evaluators))

    def forget_values(self, changed: Set[Ask]) -> None:
        """Discard the values that depend on answers of other files that have changed."""
        if self._open is not None:
            self._open.forget_values(changed)

    def doubt(self, changed: Set[Ask]) -> None:
        """Make `running` repeat the steps that depend on answers that have changed."""
        if self._kept is not None or self._open is None:
            self._is_outdated = True
        else:
            self._open.doubt(changed)

    def rescan(self) -> None:
        """Discard what was found, and make `running` follow all names again."""
        self._is_outdated = True
        if self._open is not None:
            self._open.rescan()
        if self._kept is not None:
            nothing, learned = frozenset[str](), self._kept.learned.emptied()
            self._kept = replace(self._kept, learned=learned, words=nothing, names=nothing)

    def running(self) -> Generator[None, None, bool]:
        """Follow the names that lead to variables, in slices; returns whether there can be new results."""
        if self._kept is not None and not self._is_outdated:
            return False
        is_first = self._open is None and self._kept is None
        yield from self.opening()
        now = self._understanding
        if now is not self._open:  # it was closed meanwhile
            is_first, now = False, self._understanding
        if self._is_outdated and not is_first:
            now.rescan()
        self._is_heard = self._is_heard and not self._is_outdated
        self._is_outdated, self._kept = False, None
        for _ in self._at_work(now, now.running()):
            yield
            if now is not self._open:
                break
        return True

    def _at_work(self, now: Understanding, steps: Iterator[None]) -> Iterator[None]:
        """Run steps in slices; exceeded limits are counted for this file."""
        is_done = False
        while not is_done:
            with at_hand(self.path), counted_in(now.trees[-1].hits):
                is_done = is_over(steps, SLICE)
            if not is_done:
                yield

    def news(self) -> frozenset[Ask] | None:
        """The questions about reads and leading names whose answers have changed since the last call.

        None before the first call.
        """
        is_first, self._is_heard = not self._is_heard, True
        news = self._open.scans[0].take_news() if self._open is not None else None
        return None if is_first else news

    def rules(self) -> Counter[object]:
        """What the scan has found (`Scan.rules`); of a closed file, one thing that no other text has."""
        return self._understanding.scans[0].rules() if self._kept is None else Counter({object(): 1})

    def place(self, mark: Mark) -> Span | None:
        """The span of a mark of this file in its text; None if it no longer exists."""
        if mark not in self._places:
            span = self.evaluator.anchors.span(mark)
            placed = span if span is None or self._notebook is None else self._notebook.place(span)
            self._places[mark] = placed
        return self._places[mark]

    def leads(self, home: Mark) -> bool:
        """Whether a function or class of the file is known to lead to variables."""
        return (self._kept.learned if self._kept is not None else self.evaluator.learned).leads(home)

    def leading_names(self) -> frozenset[str]:
        """The module-level names that are known to lead to variables."""
        return self._kept.names if self._kept is not None else self._understanding.scans[0].leading_names()

    def leading_members(self, home: Mark) -> frozenset[str]:
        """The names of the members of a class that lead to variables."""
        node = self.evaluator.node(home)
        return frozenset() if node is None else self._understanding.scans[0].leading_members(node)

    def said(self, *, has_apps: bool = True) -> Said:
        """The facts of the file, after all names have been followed; see `Collected.facts`."""
        return result(self.saying(has_apps=has_apps))

    def saying(self, *, has_apps: bool = True) -> Generator[None, None, Said]:
        """`said`, in slices."""
        if self._kept is not None:
            self._is_outdated = True
            yield from self.running()
        yield from self.opening()
        now = self._understanding
        if (why := now.trees[-1].refused) is not None:
            kind = "python" if self._notebook is None else "notebook"
            return Said(FileFacts(self.path, kind, skipped=why))
        found: list[Said] = []
        yield from self._at_work(now, _collecting(now.scans, found, has_apps))
        said = found[0]
        if len(found) > 1:
            said = together(said, found[1], self._code, now.trees[0].text)
        return said if self._notebook is None else in_notebook(said, self._notebook, self.text)


def _collecting(scans: Iterable[Scan], found: list[Said], has_apps: bool) -> Iterator[None]:
    """Add the results of each scan to `found`; yields after each place."""
    for scan in scans:
        collected = Collected(scan.evaluator, scan.uses.uses_at)
        for node in scan.sites:
            for fact in scan.uses.facts_at(node):
                collected.add(node, fact)
            yield
        found.append(Said((yield from collected.facts(has_apps=has_apps)), collected.named()))


def facts_with(
    path: str, text: str, elsewhere: Elsewhere, tables: Tables = TABLES
) -> Generator[None, None, FileFacts]:
    """The facts of a file with this text among the other files in `elsewhere`; in slices."""
    try:
        notebook = yield from notebook_of(path, text)
        unit = Unit(path, text, elsewhere, tables, notebook=notebook)
        yield from unit.running()
        return (yield from unit.saying()).facts
    except Exception as error:  # an exception here must not affect the other files
        return failed(path, error)


def failed(path: str, error: Exception) -> FileFacts:
    """Report that the analysis of a file has failed; returns the facts of such a file."""
    fault = failures.report(f"analysing {path}", error)
    return FileFacts(path, "python", skipped=failures.skipped(fault))
