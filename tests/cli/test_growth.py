"""The work for a report grows at most as n log n with the number of findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.cli.report import Diagnostics
from configvars.workspace import Workspace
from support.growth import grows_too_fast

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (".env", "A=${{A}}\n"),
        (".env", "A B=1\n"),
        ("app.py", "os.environ['B{n}']; bool(os.getenv('C'))\n"),
    ],
)
def test_findings_get_their_places_in_one_pass(name: str, line: str, tmp_path: Path) -> None:
    def work(n: int) -> None:
        (tmp_path / name).write_text(
            "import os\n" * (name == "app.py") + "".join(line.format(n=each) for each in range(n))
        )
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        path = str(tmp_path / name)
        diagnostics = Diagnostics(workspace.project(), str(tmp_path))
        assert len([diagnostics.of(finding) for finding in workspace.findings(path)]) >= n

    assert grows_too_fast(work, 100) is None
