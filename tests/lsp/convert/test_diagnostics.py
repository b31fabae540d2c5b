"""What a client gets of a finding: everything that it can show, and nothing else."""

from __future__ import annotations

import pytest
from lsprotocol import types as t

from configvars.lsp.client import Client
from configvars.lsp.convert.diagnostics import diagnostic_of
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import View
from configvars.lsp.documents import Documents
from configvars.model import Finding, Place, Severity
from configvars.text import WHOLE_FILE, Span

POSITIONS = Positions("A=1\nA=2\n", "utf-16")
ABOUT = ((Place("/ws/.env", Span(0, 1)), "The first line"),)


def finding(severity: Severity = Severity.WARNING, *, unnecessary: bool = False) -> Finding:
    return Finding(
        "duplicate-variable",
        severity,
        "A\x1b",
        "/ws/.env",
        Span(4, 5),
        unnecessary=unnecessary,
        related=ABOUT,
    )


def shown(client: Client, of: Finding) -> t.Diagnostic:
    return diagnostic_of(of, POSITIONS, View(client, Documents(), lambda path: "A=1\nA=2\n"))


@pytest.mark.parametrize(
    ("can", "unnecessary", "tags"),
    [(False, False, None), (False, True, None), (True, False, None), (True, True, [1])],
)
def test_only_unnecessary_text_is_greyed_out(can: bool, unnecessary: bool, tags: list[int] | None) -> None:
    assert shown(Client(diagnostic_tags=can), finding(unnecessary=unnecessary)).tags == tags


@pytest.mark.parametrize(
    ("severity", "number"),
    [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFORMATION, 3), (Severity.HINT, 4)],
)
def test_severities(severity: Severity, number: int) -> None:
    assert shown(Client(), finding(severity)).severity == number


@pytest.mark.parametrize(("text", "end"), [("A=1\r\nB=2\n", 3), ("A=1", 3), ("\nA=1\n", 0), ("", 0)])
def test_a_finding_about_the_whole_file_marks_no_word_but_the_first_line(text: str, end: int) -> None:
    about = Finding("not-git-ignored", Severity.WARNING, "", "/ws/.env", WHOLE_FILE)
    view = View(Client(), Documents(), lambda _: text)
    place = diagnostic_of(about, Positions(text, "utf-16"), view).range
    assert (place.start, place.end) == (t.Position(0, 0), t.Position(0, end))


def test_a_client_that_shows_little() -> None:
    found = shown(Client(), finding())
    assert (found.code_description, found.related_information) == (None, None)
    assert "\x1b" not in found.message
    assert (found.range.start, found.range.end) == (t.Position(1, 0), t.Position(1, 1))


def test_a_client_that_shows_everything() -> None:
    found = shown(Client(diagnostic_codes=True, diagnostic_related=True), finding())
    assert found.code_description is not None
    assert found.code_description.href.endswith("duplicate-variable.html")
    assert found.related_information is not None
    (related,) = found.related_information
    assert (related.message, related.location.range.start) == ("The first line", t.Position(0, 0))
