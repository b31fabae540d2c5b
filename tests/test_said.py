"""The facts of a text with broken lines, combined from its repaired text and from the lines that it lacks."""

from __future__ import annotations

from configvars.model import (
    Definition,
    DynamicReference,
    EnvFileUse,
    FileFacts,
    Reference,
    Suppression,
    Variable,
)
from configvars.said import Said, together
from configvars.text import Mark, Span

# The repair has replaced the second line.
TEXT, MENDED = "a = A\nb = B\n", "a = A\n     \n"
FIRST, SECOND = Span(4, 5), Span(10, 11)


def facts(idiom: str, *spans: Span, line: int) -> Said:
    variable = Variable("env", "A")
    return Said(
        FileFacts(
            "/ws/a.py",
            "python",
            tuple(Reference(variable, span, idiom) for span in spans),
            tuple(DynamicReference(span, idiom) for span in spans),
            tuple(Definition(variable, span, idiom) for span in spans),
            env_files=tuple(EnvFileUse(None, span, idiom) for span in spans),
            suppressions=(Suppression(line),),
        ),
        frozenset({Mark("/ws/a.py", idiom)}),
    )


def test_each_place_is_found_once_by_the_better_text() -> None:
    said = together(facts("mended", FIRST, line=1), facts("broken", FIRST, SECOND, line=2), TEXT, MENDED)
    found = said.facts
    for several in (found.references, found.dynamic, found.env_files):
        assert [(one.span, one.idiom) for one in several] == [(FIRST, "mended"), (SECOND, "broken")]
    assert [(one.span, one.kind) for one in found.definitions] == [(FIRST, "mended"), (SECOND, "broken")]
    assert [one.line for one in found.suppressions] == [1, 2]
    assert said.named == {Mark("/ws/a.py", "mended"), Mark("/ws/a.py", "broken")}


def test_the_facts_are_in_the_order_of_the_text() -> None:
    said = together(
        facts("mended", SECOND, line=1), facts("broken", FIRST, line=1), MENDED, TEXT.replace("A", "C")
    )
    assert [one.span for one in said.facts.references] == [FIRST, SECOND]
    assert len(said.facts.suppressions) == 1
