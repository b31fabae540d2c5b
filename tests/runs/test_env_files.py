"""Which env files apply to code, in a real folder."""

from __future__ import annotations

from pathlib import Path

from configvars.runs.env_files import definitions_for, env_files_for, loaded_files
from support.projects import opened

LOADS = "from dotenv import load_dotenv\nload_dotenv()\n"


def test_a_bare_name_sets_nothing(tmp_path: Path) -> None:
    it = opened(tmp_path, "-- .env --\nA\nB=\nC=1\n-- app.py --\n")
    found = definitions_for(it.project, it.path("app.py"))
    assert [each.variable.name for _, each in found] == ["B", "C"]


def test_what_only_another_program_loads_does_not_apply(tmp_path: Path) -> None:
    it = opened(
        tmp_path, f"-- .env --\nA=1\n-- app.py --\n{LOADS}-- job/.env --\nB=1\n-- job/main.py --\n{LOADS}"
    )
    assert env_files_for(it.project, it.path("app.py")) == (it.path(".env"),)
    assert env_files_for(it.project, it.path("job/main.py")) == (it.path("job/.env"),)
    assert list(loaded_files(it.project, it.path("app.py"))) == [it.path(".env")]
