"""An internal error in one file affects only what is known about that file."""

from __future__ import annotations

import pytest

from configvars.failures import Failure
from configvars.sources.env_lines import EnvLines
from support.projects import opened

FILES = """\
-- .env --
A=1
-- sub/.env --
B=1
-- Procfile --
web: run $P
-- app.py --
import os
os.environ["A"]
-- other.py --
import os
os.environ["B"]
"""


def provoke(*_: object) -> None:
    raise ValueError("canary")


def skipped(it) -> dict[str, str]:
    return {it.project.relative(path): facts.skipped for path, facts in it.project.index.files.items()
            if facts.skipped}  # fmt: skip


def test_a_source_that_fails(tmp_path, monkeypatch: pytest.MonkeyPatch, faults: list[Failure]):
    monkeypatch.setattr(EnvLines, "add", provoke)
    it = opened(tmp_path, FILES)
    assert {path: why.partition(" (")[0] for path, why in skipped(it).items()} == {
        ".env": "caused an internal error in configvars",
        "sub/.env": "caused an internal error in configvars",
    }
    assert {v.name for v in it.project.index.referenced()} == {"A", "B", "P"}
    assert {fault.what for fault in faults} == {
        f"analysing {it.path('.env')}",
        f"analysing {it.path('sub/.env')}",
    }
    assert {fault.place.partition(":")[0] for fault in faults} == {"sources/dotenv.py"}
    faults.clear()


def test_a_file_is_analysed_again_once_it_causes_no_exception(tmp_path, faults: list[Failure]):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EnvLines, "add", provoke)
        it = opened(tmp_path, FILES)
        faults.clear()
    it.workspace.open(it.path(".env"), "A=2\n")
    assert list(skipped(it)) == ["sub/.env"]


def test_python_that_raises_an_exception_in_the_analysis(tmp_path, monkeypatch, faults: list[Failure]):
    it = opened(tmp_path, FILES)
    monkeypatch.setattr("configvars.analyze.Unit.running", provoke)
    it.workspace.open(it.path("app.py"), 'import os\nos.environ["C"]\n')
    assert list(skipped(it)) == ["app.py"]
    assert skipped(it)["app.py"].startswith(
        "caused an internal error in configvars (ValueError at resolve/scans.py:"
    )
    assert {v.name for v in it.project.index.referenced()} == {"B", "P"}
    assert {fault.what for fault in faults} == {f"analysing {it.path('app.py')}"}
    faults.clear()
