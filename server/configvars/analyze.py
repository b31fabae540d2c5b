"""One Python file: what is known of it, and the facts that it says. Pure; no fault in here goes further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, TypeVar

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
from configvars.readers.understanding import Understanding
from configvars.syntax.native import at_hand
from configvars.syntax.notebook import Notebook, parse_notebook
from configvars.text import LineIndex, Mark, Span

TABLES = Tables.of(READERS)
_NOTEBOOK = ".ipynb"


@dataclass(frozen=True, slots=True)
class Said:
    """The facts of a file, and the reads inside wrappers, of any file, whose names it tells."""

    facts: FileFacts
    named: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a file when its trees are dropped."""

    learned: Learned
    words: frozenset[str]
    names: frozenset[str]
    needed: frozenset[str]
    needed_files: frozenset[str]


def _nobody(unit: Unit) -> None:
    """Stands for nobody who has to be told that a file has been opened."""


class Unit:
    """One file with one text.

    It is parsed when something of it is asked for the first time; `opened` is told then. It can be
    closed: what was worked out is dropped, and worked out again when somebody asks for it.
    """

    def __init__(
        self,
        path: str,
        text: str,
        elsewhere: Elsewhere,
        tables: Tables = TABLES,
        opened: Callable[[Unit], None] = _nobody,
    ) -> None:
        self.path = path
        self.text = text
        self.fault: Exception | None = None
        self._elsewhere = elsewhere
        self._tables = tables
        self._opened = opened
        self._notebook = parse_notebook(text) if path.endswith(_NOTEBOOK) else None
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
                self._open = Understanding(self.path, self._code, self._elsewhere, self._tables)
            if self._kept is not None:
                self._open.take_over(self._kept.learned, self._kept.words)
            self._opened(self)
        return self._open

    @property
    def evaluator(self) -> Evaluator:
        """What answers other files."""
        return self._understanding.evaluators[0]

    def close(self) -> None:
        """Drop what was worked out, but for what others may ask at any time."""
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
        """Whether a scan has found nothing that leads to variables, and waits for nothing."""
        now = self._open
        if now is None or self._is_outdated or now.is_waiting:
            return False
        return now.evaluators[0].learned.is_empty and not any(one.needed for one in now.evaluators)

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules from which the file imports all names, the last first."""
        return imports.star_modules(self.evaluator.tree)

    @property
    def needed(self) -> frozenset[str]:
        """The dotted names of other files without which the name of a variable cannot be told."""
        if self._kept is not None:
            return self._kept.needed
        evaluators = self._open.evaluators if self._open is not None else ()
        return frozenset().union(*(evaluator.needed for evaluator in evaluators))

    @property
    def needed_files(self) -> frozenset[str]:
        """The files that could tell them."""
        if self._kept is not None:
            return self._kept.needed_files
        evaluators = self._open.evaluators if self._open is not None else ()
        return frozenset().union(*(evaluator.needed_files for evaluator in evaluators))

    def forget_values(self, changed: Set[Ask]) -> None:
        """Forget the values that rest on answers of other files."""
        if self._open is not None:
            self._open.forget_values(changed)

    def doubt(self, changed: Set[Ask]) -> None:
        """At the next `run` do again what rests on answers that have changed."""
        if self._kept is not None or self._open is None:
            self._is_outdated = True
        else:
            self._open.doubt(changed)

    def rescan(self) -> None:
        """Follow all names anew at the next `run`."""
        self._is_outdated = True

    def run(self) -> bool:
        """Follow the names that lead to variables; whether there can be anything new."""
        if self._kept is not None and not self._is_outdated:
            return False
        is_first = self._open is None and self._kept is None
        now = self._understanding
        if self._is_outdated and not is_first:
            now.rescan()
        self._is_heard = self._is_heard and not self._is_outdated
        self._is_outdated, self._kept = False, None
        with self._at_work(now):
            now.run()
        return True

    @contextmanager
    def _at_work(self, now: Understanding) -> Iterator[None]:
        """What goes beyond a limit meanwhile is counted for this file."""
        with at_hand(self.path), counted_in(now.trees[-1].hits):
            yield

    def news(self) -> frozenset[Ask] | None:
        """What is known of reads and leads otherwise than the last time; None before it was asked."""
        is_first, self._is_heard = not self._is_heard, True
        news = self._open.scans[0].take_news() if self._open is not None else None
        return None if is_first else news

    def rules(self) -> frozenset[object]:
        """What its scan has found, and on what of other scans it rests; nobody knows of a closed file."""
        return self._understanding.scans[0].rules() if self._kept is None else frozenset({object()})

    def place(self, mark: Mark) -> Span | None:
        """Where a mark of this file stands in its text; None where it is gone."""
        if mark not in self._places:
            span = self.evaluator.anchors.span(mark)
            placed = span if span is None or self._notebook is None else self._notebook.place(span)
            self._places[mark] = placed
        return self._places[mark]

    def leads(self, home: Mark) -> bool:
        """Whether a function or class of the file is known to lead to variables."""
        return (self._kept.learned if self._kept is not None else self.evaluator.learned).leads(home)

    def leading_names(self) -> frozenset[str]:
        """The names of the module that are known to lead to variables."""
        return self._kept.names if self._kept is not None else self._understanding.scans[0].leading_names()

    def leading_members(self, home: Mark) -> frozenset[str]:
        """The names under which a class of the file has what leads to variables."""
        node = self.evaluator.node(home)
        return frozenset() if node is None else self._understanding.scans[0].leading_members(node)

    def said(self) -> Said:
        """The facts of the file, when all names have been followed."""
        if self._kept is not None:
            self._is_outdated = True
            self.run()
        now = self._understanding
        if (why := now.trees[-1].refused) is not None:
            kind = "python" if self._notebook is None else "notebook"
            return Said(FileFacts(self.path, kind, skipped=why))
        with self._at_work(now):
            found = [self._said(scan) for scan in now.scans]
        said = found[0]
        if len(found) > 1:
            said = _together(said, found[1], self._code, now.trees[0].text)
        return said if self._notebook is None else _in_notebook(said, self._notebook, self.text)

    def _said(self, scan: Scan) -> Said:
        collected = Collected(scan.evaluator, scan.uses.uses_at)
        for node in scan.sites:
            for fact in scan.uses.facts_at(node):
                collected.add(node, fact)
        return Said(collected.facts(), collected.named())


def facts_with(path: str, text: str, elsewhere: Elsewhere, tables: Tables = TABLES) -> FileFacts:
    """The facts of a file with this text among the others that `elsewhere` knows."""
    try:
        unit = Unit(path, text, elsewhere, tables)
        unit.run()
        return unit.said().facts
    except Exception as error:  # a fault in here must not take the other files with it
        return failed(path, error)


def failed(path: str, error: Exception) -> FileFacts:
    """Report that the analysis of a file has failed; what is known of the file then."""
    fault = failures.report(f"analysing {path}", error)
    return FileFacts(path, "python", skipped=failures.skipped(fault))


def _in_notebook(said: Said, notebook: Notebook, text: str) -> Said:
    """What the code of a notebook says, placed in the notebook; nothing can be imported from one."""
    facts = said.facts

    def line(code_line: int) -> int:
        return lines.position(notebook.place(code_lines.line_span(code_line)).start).line

    lines, code_lines = LineIndex(text), LineIndex(notebook.code)
    placed = FileFacts(
        facts.path,
        "notebook",
        tuple(replace(one, span=notebook.place(one.span), flow=None) for one in facts.references),
        tuple(replace(one, span=notebook.place(one.span)) for one in facts.dynamic),
        env_files=tuple(replace(use, span=notebook.place(use.span)) for use in facts.env_files),
        suppressions=tuple(replace(one, line=line(one.line)) for one in facts.suppressions),
    )
    return Said(placed, said.named)


def _together(mended: Said, broken: Said, text: str, mended_text: str) -> Said:
    """What the mended text says, and what the unfinished lines that it lacks say."""

    def lacks(span: Span) -> bool:
        return span.of(text) != span.of(mended_text)

    first, more = mended.facts, broken.facts
    facts = replace(
        first,
        references=_merged(first.references, [r for r in more.references if lacks(r.span)]),
        dynamic=_merged(first.dynamic, [d for d in more.dynamic if lacks(d.span)]),
        definitions=_merged(first.definitions, [d for d in more.definitions if lacks(d.span)]),
        env_files=_merged(first.env_files, [use for use in more.env_files if lacks(use.span)]),
        suppressions=tuple(dict.fromkeys((*first.suppressions, *more.suppressions))),
    )
    return Said(facts, mended.named | broken.named)


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_P = TypeVar("_P", bound=_Placed)


def _merged(first: Iterable[_P], more: Iterable[_P]) -> tuple[_P, ...]:
    return tuple(sorted(dict.fromkeys((*first, *more)), key=lambda one: one.span))
