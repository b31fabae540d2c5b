"""The facts of one Python file, combined from all the texts it is read as."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import FileFacts
from configvars.syntax.notebook import Notebook
from configvars.text import LineIndex, Mark, Span


class Said(Struct, frozen=True):
    """The facts of a file, and the reads inside wrappers whose names it determines."""

    facts: FileFacts
    named: frozenset[Mark] = frozenset()


def in_notebook(said: Said, notebook: Notebook, text: str) -> Said:
    """The facts of a notebook's code, with places in the notebook; other files cannot import it."""
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


def together(mended: Said, broken: Said, text: str, mended_text: str) -> Said:
    """The facts of the repaired text, and those of the broken lines that it lacks."""

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
