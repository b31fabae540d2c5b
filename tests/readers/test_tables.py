"""What readers find, module by module of the package: reads, dynamic reads, definitions and env files."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.tables import Case, cases, said, tables

ROWS = [(table, case) for table in tables("readers") for case in cases(table)]


@pytest.mark.parametrize(("table", "case"), ROWS, ids=[f"{table.stem}: {case.title}" for table, case in ROWS])
def test_case(table: Path, case: Case, tmp_path: Path) -> None:
    assert said(table, case, tmp_path) == case.said
