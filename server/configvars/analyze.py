"""One Python file: what is known of it, and the facts that it says. Pure; no fault in here goes further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
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
from configvars.names.memory import Ask
from configvars.readers import READERS
from configvars.readers.collect import Collected
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.syntax.native import at_hand
from configvars.syntax.notebook import Notebook, parse_notebook
from configvars.syntax.python import PythonTree, parse
from configvars.syntax.python_repair import repaired
from configvars.text import LineIndex, Mark, Span

TABLES = Tables.of(READERS)
_NOTEBOOK = ".ipynb"


@dataclass(frozen=True, slots=True)
class Said:
    """The facts of a file, and the reads inside wrappers, of any file, whose names it tells."""

    facts: FileFacts
    named: frozenset[Mark] = frozenset()


class Unit:
    """One file with one text.

    A text that has errors is read twice: `scans` holds first that of the text with its unfinished lines
    mended, which answers other files, and then that of the text as it is.
    """

    def __init__(self, path: str, text: str, elsewhere: Elsewhere, tables: Tables = TABLES) -> None:
        self.path = path
        self.text = text
        self.fault: Exception | None = None
        self._is_heard = False
        self._tables = tables
        self._notebook = parse_notebook(text) if path.endswith(_NOTEBOOK) else None
        self._code = text if self._notebook is None else self._notebook.code
        with at_hand(path):
            self._trees = tuple(_trees(self._code))
        self._evaluators = tuple(Evaluator(path, tree, elsewhere, tables.interest) for tree in self._trees)
        self.scans = tuple(Scan(evaluator, tables) for evaluator in self._evaluators)

    @property
    def evaluator(self) -> Evaluator:
        """What answers other files."""
        return self._evaluators[0]

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules from which the file imports all names, the last first."""
        return imports.star_modules(self.evaluator.tree)

    @property
    def needed(self) -> frozenset[str]:
        """The dotted names of other files without which the name of a variable cannot be told."""
        return frozenset().union(*(evaluator.needed for evaluator in self._evaluators))

    @property
    def needed_files(self) -> frozenset[str]:
        """The files that could tell them."""
        return frozenset().union(*(evaluator.needed_files for evaluator in self._evaluators))

    def forget_values(self, changed: Set[Ask]) -> None:
        """Forget the values that rest on answers of other files."""
        for evaluator in self._evaluators:
            evaluator.forget(changed)

    def doubt(self, changed: Set[Ask]) -> None:
        """At the next `run` do again what rests on answers that have changed."""
        for scan in self.scans:
            scan.forget(changed)

    def rescan(self) -> None:
        """Follow all names anew at the next `run`."""
        for evaluator in self._evaluators:
            evaluator.start_anew()
        self._is_heard = False
        self.scans = tuple(Scan(evaluator, self._tables) for evaluator in self._evaluators)

    def run(self) -> None:
        """Follow the names that lead to variables."""
        with self._at_work():
            for scan in self.scans:
                scan.run()

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """What goes beyond a limit meanwhile is counted for this file."""
        with at_hand(self.path), counted_in(self._trees[-1].hits):
            yield

    def news(self) -> frozenset[Ask] | None:
        """What is known of reads and leads otherwise than the last time; None before it was asked."""
        is_first, self._is_heard = not self._is_heard, True
        news = self.scans[0].take_news()
        return None if is_first else news

    def rules(self) -> frozenset[object]:
        """What its scan has found, and on what of other scans each thing rests."""
        return self.scans[0].rules()

    def place(self, mark: Mark) -> Span | None:
        """Where a mark of this file stands in its text; None where it is gone."""
        span = self.evaluator.anchors.span(mark)
        return span if span is None or self._notebook is None else self._notebook.place(span)

    def leads(self, home: Mark) -> bool:
        """Whether a function or class of the file is known to lead to variables."""
        return self.evaluator.leads(home)

    def leading_names(self) -> frozenset[str]:
        """The names of the module that are known to lead to variables."""
        return self.scans[0].leading_names()

    def leading_members(self, home: Mark) -> frozenset[str]:
        """The names under which a class of the file has what leads to variables."""
        node = self.evaluator.node(home)
        return frozenset() if node is None else self.scans[0].leading_members(node)

    def said(self) -> Said:
        """The facts of the file, when all names have been followed."""
        if (why := self._trees[-1].refused) is not None:
            kind = "python" if self._notebook is None else "notebook"
            return Said(FileFacts(self.path, kind, skipped=why))
        with self._at_work():
            found = [self._said(scan) for scan in self.scans]
        said = found[0]
        if len(found) > 1:
            said = _together(said, found[1], self._code, self._trees[0].text)
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


def _trees(code: str) -> Iterator[PythonTree]:
    tree = parse(code)
    mended = repaired(code) if tree.root.has_error and not tree.slow else None
    if mended is not None:
        yield parse(mended)
    yield tree


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
