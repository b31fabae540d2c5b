"""Findings are recognised again when lines have moved; of identical ones, as many as are new."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from configvars.cli.baseline import read_baseline, unknown
from configvars.cli.errors import CannotRun
from configvars.cli.identity import fingerprints, identity
from configvars.cli.places import Range
from configvars.cli.report import Diagnostic
from configvars.cli.statistics import write
from configvars.cli.terminal import Style
from configvars.model import Severity


def diagnostic(
    check: str, path: str, variable: str | None, line: int = 1, *, fixable: bool = False
) -> Diagnostic:
    at = Range(line, 1, line, 2)
    return Diagnostic(check, Severity.WARNING, f"line {line}", path, path, at, variable, fixable, None)


A, B = diagnostic("missing-variable", "app.py", "A"), diagnostic("missing-variable", "app.py", "B")


def test_lines_and_messages_do_not_count() -> None:
    moved = diagnostic("missing-variable", "app.py", "A", 9)
    assert identity(moved) == identity(A) == ("missing-variable", "app.py", "A")
    assert fingerprints([moved]) == fingerprints([A])
    assert identity(diagnostic("x", "app.py", None)) == ("x", "app.py", "")


def test_every_finding_has_another_fingerprint() -> None:
    others = [diagnostic("other", "app.py", "A"), diagnostic("missing-variable", "b.py", "A")]
    assert len(set(fingerprints([A, A, A, B, *others]))) == 6
    assert fingerprints([B, A])[1] == fingerprints([A])[0]


@pytest.mark.parametrize(
    ("known", "found", "left"),
    [
        ([A], [A], []),
        ([A, A], [A], []),
        ([A], [A, A], [A]),
        ([B], [A, B, A], [A, A]),
        ([], [B, A], [B, A]),
    ],
)
def test_what_a_baseline_does_not_contain(
    known: list[Diagnostic], found: list[Diagnostic], left: list[Diagnostic]
) -> None:
    baseline = Counter(map(identity, known))
    assert unknown(found, baseline) == left
    assert baseline == Counter(map(identity, known))


def test_a_baseline_is_a_report_as_json(tmp_path: Path) -> None:
    line = '{"check": "x", "path": "a.py", "variable": %s}'
    (tmp_path / "a.json").write_text(f'{{"findings": [{line % "null"}, {line % "null"}, {line % "1"}]}}')
    assert read_baseline("a.json", str(tmp_path)) == {("x", "a.py", ""): 2, ("x", "a.py", "1"): 1}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{}]}', "[" * 100_000])
def test_a_file_that_is_no_baseline(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(CannotRun, match=r"The baseline a\.json is not what `configvars check .*` writes\."):
        read_baseline("a.json", str(tmp_path))


def test_how_to_write_a_baseline_is_told_only_if_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(
        CannotRun, match=r"b c\.json does not exist\. Write it with `configvars check .* > 'b c"
    ):
        read_baseline("b c.json", str(tmp_path))
    (tmp_path / "d").mkdir()
    with pytest.raises(CannotRun, match=r"The baseline d is a folder\.$"):
        read_baseline("d", str(tmp_path))


def test_statistics() -> None:
    found = [
        B,
        diagnostic("duplicate-variable", ".env", "A", fixable=True),
        A,
        diagnostic("bare-name", ".env", "A"),
    ]
    shown = write(found, Style(colour=False), "text")
    assert [line.split()[:3] for line in shown.splitlines()] == [
        ["COUNT", "FIXABLE", "CHECK"],
        ["2", "-", "missing-variable"],
        ["1", "-", "bare-name"],
        ["1", "1", "duplicate-variable"],
    ]
    assert '"count": 2,\n      "fixable": 0' in write(found, Style(colour=False), "json")
    assert write([], Style(colour=False), "text") == "Nothing found.\n"
    assert write([], Style(colour=False), "json") == '{\n  "version": 1,\n  "statistics": []\n}\n'
