"""Files that make other files relevant are all read before any file is analysed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from configvars.analyze import Unit
from configvars.workspace import Workspace

DEPTH = 6


def test_a_file_that_depends_on_many_is_analysed_again_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w0.py").write_text("import os\ndef w0(name):\n    return os.environ[name]\n")
    for one in range(1, DEPTH):
        inner = f"w{one - 1}"
        (tmp_path / f"w{one}.py").write_text(
            f"from {inner} import {inner}\ndef w{one}(name):\n    return {inner}(name)\n"
        )
    names = [f"w{one}" for one in range(DEPTH)]
    uses = [f"from {name} import {name}\n{name}('{name.upper()}')\n" for name in names]
    (tmp_path / "uses.py").write_text("import os\nos.environ['A']\n" + "".join(uses))

    scans: Counter[str] = Counter()
    running = Unit.running

    def counted(unit: Unit) -> Generator[None, None, bool]:
        is_run = yield from running(unit)
        scans[Path(unit.path).stem] += is_run
        return is_run

    monkeypatch.setattr(Unit, "running", counted)
    workspace = Workspace(str(tmp_path))
    for _ in workspace.load():
        pass
    references = workspace.project().index.files[str(tmp_path / "uses.py")].references
    assert [one.variable.name for one in references] == ["A", *map(str.upper, names)]
    assert scans == dict.fromkeys(names, 1) | {"uses": 2}
