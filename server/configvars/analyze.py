"""The facts of one Python file, and what its names stand for in others. Pure; never raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from configvars.model import FileFacts, Place
from configvars.names import imports
from configvars.names.evaluate import Evaluator, Lookup
from configvars.names.values import Value
from configvars.readers import READERS
from configvars.readers.collect import Collected
from configvars.readers.exports import exports_of
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.syntax.notebook import Notebook, parse_notebook
from configvars.syntax.python import PythonTree, parse
from configvars.syntax.python_repair import repaired
from configvars.text import LineIndex, Span

TABLES = Tables.of(READERS)
_NOTEBOOK = ".ipynb"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one file says.

    `exports` are its module-level names that other files can use; `asked` the dotted names it asked of
    others, `needed` those without an answer on which the name of a variable depends; `leading` are the
    exports that lead to variables, `stars` the modules of which it imports all names, `named` the
    reads inside wrappers whose names this file tells.
    """

    facts: FileFacts
    exports: Mapping[str, Value] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()
    named: frozenset[Place] = frozenset()


def analyze(path: str, text: str, lookup: Lookup, tables: Tables = TABLES) -> Analysis:
    """Analyse a Python file or a notebook. `lookup` answers a dotted name of another module, if known."""
    try:
        if not path.endswith(_NOTEBOOK):
            return _analysed(path, text, lookup, tables)
        notebook = parse_notebook(text)
        return _in_notebook(_analysed(path, notebook.code, lookup, tables), notebook, text)
    except Exception as error:  # a defect in here must not take the other files with it
        return Analysis(FileFacts(path, "python", skipped=f"internal error: {type(error).__name__}"))


def _analysed(path: str, text: str, lookup: Lookup, tables: Tables) -> Analysis:
    tree = parse(text)
    said = _said(path, tree, lookup, tables)
    mended = repaired(text) if tree.root.has_error else None
    if mended is None:
        return said
    return _together(_said(path, parse(mended), lookup, tables), said, text, mended)


def _in_notebook(said: Analysis, notebook: Notebook, text: str) -> Analysis:
    """What the code of a notebook says, placed in the notebook; nothing can be imported from one."""
    path = said.facts.path

    def moved(place: Place | None) -> Place | None:
        return place if place is None or place.path != path else Place(path, notebook.place(place.span))

    def line(code_line: int) -> int:
        return lines.position(notebook.place(code_lines.line_span(code_line)).start).line

    lines, code_lines = LineIndex(text), LineIndex(notebook.code)
    facts = FileFacts(
        path,
        "notebook",
        tuple(
            replace(one, span=notebook.place(one.span), written_at=moved(one.written_at), via=moved(one.via))
            for one in said.facts.references
        ),
        tuple(replace(one, span=notebook.place(one.span)) for one in said.facts.dynamic),
        env_files=tuple(replace(use, span=notebook.place(use.span)) for use in said.facts.env_files),
        suppressions=tuple(replace(one, line=line(one.line)) for one in said.facts.suppressions),
    )
    named = frozenset(place for one in said.named if (place := moved(one)) is not None)
    return Analysis(facts, asked=said.asked, needed=said.needed, stars=said.stars, named=named)


def _said(path: str, tree: PythonTree, lookup: Lookup, tables: Tables) -> Analysis:
    evaluator = Evaluator(path, tree, lookup, tables.interest)
    scan = Scan(evaluator, tables)
    collected = Collected(evaluator, scan.uses.uses_at)
    for node in scan.run():
        for fact in scan.uses.facts_at(node):
            collected.add(node, fact)
    facts = collected.facts()
    exports, leading = exports_of(scan)
    return Analysis(
        facts,
        exports,
        frozenset(evaluator.asked),
        frozenset(evaluator.needed),
        leading,
        imports.star_modules(evaluator.tree),
        collected.named(),
    )


def _together(mended: Analysis, broken: Analysis, text: str, mended_text: str) -> Analysis:
    """What the mended text says, and what the unfinished lines that it lacks say."""

    def lacks(span: Span) -> bool:
        return span.of(text) != span.of(mended_text)

    facts = replace(
        mended.facts,
        references=_merged(mended.facts.references, [r for r in broken.facts.references if lacks(r.span)]),
        dynamic=_merged(mended.facts.dynamic, [d for d in broken.facts.dynamic if lacks(d.span)]),
        definitions=_merged(mended.facts.definitions, [d for d in broken.facts.definitions if lacks(d.span)]),
        env_files=_merged(mended.facts.env_files, [use for use in broken.facts.env_files if lacks(use.span)]),
        suppressions=tuple(dict.fromkeys((*mended.facts.suppressions, *broken.facts.suppressions))),
    )
    return replace(
        mended,
        facts=facts,
        exports={**broken.exports, **mended.exports},
        asked=mended.asked | broken.asked,
        needed=mended.needed | broken.needed,
        leading=mended.leading | broken.leading,
        stars=tuple(dict.fromkeys((*mended.stars, *broken.stars))),
        named=mended.named | broken.named,
    )


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_P = TypeVar("_P", bound=_Placed)


def _merged(first: Iterable[_P], more: Iterable[_P]) -> tuple[_P, ...]:
    return tuple(sorted(dict.fromkeys((*first, *more)), key=lambda one: one.span))
