"""Values of reads that other files import: what is reported, compared with really running the programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.forked import run_python
from support.growth import grows_too_fast
from support.projects import opened
from support.properties import REAL_STARTS
from support.tables import Case, cases, said, tables, wrong_values

TABLE = tables("runs")[0]
SETTINGS = "-- settings.py --\nimport os\n"


@pytest.mark.parametrize("case", cases(TABLE), ids=lambda case: case.title)
def test_case(case: Case, tmp_path: Path) -> None:
    assert said(TABLE, case, tmp_path) == case.said
    if not REAL_STARTS:
        return
    ran = run_python("app.py", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""})
    assert ran.returncode in (0, 3) or "TypeError" in ran.stderr or "ValueError" in ran.stderr, ran.stderr
    assert case.title.startswith("must not") == (ran.returncode == 0)
    assert (".env:1:1 warning" in case.said) == (ran.returncode != 0)


def test_a_default_that_fails_in_another_file(tmp_path: Path) -> None:
    text = f"{SETTINGS}HOSTS = os.getenv('HOSTS', [])\n-- app.py --\nimport settings\nsettings.HOSTS.split\n"
    assert list(wrong_values(opened(tmp_path, text))) == [
        "settings.py:2:20 information The default of HOSTS is a list, which has no split():"
        " this raises AttributeError at app.py:2 if HOSTS is not set"
    ]


def test_after_an_edit_of_the_other_file(tmp_path: Path) -> None:
    read = f"{SETTINGS}N = os.getenv('N', 3)\n-- app.py --\n"
    it = opened(tmp_path, f"{read}import settings\nint(settings.N)\n")
    assert list(wrong_values(it)) == []
    it.workspace.open(it.path("app.py"), "import settings\nsettings.N + 1\n")
    assert len(list(wrong_values(it))) == 1


def test_the_work_is_linear_in_the_files_and_the_names(tmp_path: Path) -> None:
    def work(n: int) -> None:
        reads = "".join(f"N{i} = os.getenv('N{i}', 3)\n" for i in range(n))
        files = "".join(f"-- file{i}.py --\nimport settings\nsettings.N{i} + 1\n" for i in range(n))
        it = opened(tmp_path / str(n), f"{SETTINGS}{reads}{files}")
        assert len(list(wrong_values(it))) == n

    assert grows_too_fast(work, 10) is None
