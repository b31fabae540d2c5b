"""`os.environ.update(dotenv_values(…))` loads an env file for each run that executes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.features.drift import drift
from configvars.features.explain import explain
from support.forked import run_python
from support.projects import Opened, opened
from support.properties import REAL_STARTS

HEAD = "import os\nfrom dotenv import dotenv_values\n"
READ = "os.environ['A']\n"
LOADS = {
    "update": "os.environ.update(dotenv_values('.env'))\n",
    "the nearest file": "os.environ.update(dotenv_values())\n",
    "with a name": "values = dotenv_values('.env')\nos.environ.update(values)\n",
    "|=": "os.environ |= dotenv_values('.env')\n",
    "in a function": "def load():\n    os.environ.update(dotenv_values('.env'))\nload()\n",
}
OTHERS = {
    "only read": f"dotenv_values('.env')\n{READ}",
    "another mapping": f"values = {{}}\nvalues.update(dotenv_values('.env'))\n{READ}",
    "too late": f"{READ}os.environ.update(dotenv_values('.env'))\n",
    "no such file": f"os.environ.update(dotenv_values('no.env'))\n{READ}",
}


def written(root: Path, code: str, env: str = "A=1\n") -> Opened:
    files = f"-- Procfile --\nweb: gunicorn app:app\n-- .env --\n{env}-- app.py --\n{HEAD}{code}app = 1\n"
    return opened(root, files)


def by_gunicorn(it: Opened) -> tuple[str, str]:
    found = next(one for one in explain(it.project, "A").outcomes if one.runtime == "gunicorn")
    return found.state, found.why


def really(root: Path, **environment: str) -> bool:
    return run_python("app.py", cwd=root, env=environment).returncode == 0


@pytest.mark.parametrize("how", OTHERS)
def test_code_that_loads_nothing_before_the_read(tmp_path: Path, how: str) -> None:
    assert by_gunicorn(written(tmp_path, OTHERS[how]))[0] == "unset"
    if REAL_STARTS:
        assert not really(tmp_path)


@pytest.mark.parametrize("how", LOADS)
def test_code_that_loads_the_file(tmp_path: Path, how: str) -> None:
    state, why = by_gunicorn(written(tmp_path, LOADS[how] + READ))
    assert (state, why.endswith("loads it and overrides the environment")) == ("set", True)
    if REAL_STARTS:
        assert really(tmp_path)


@pytest.mark.parametrize("how", LOADS)
def test_a_name_that_the_file_does_not_set(tmp_path: Path, how: str) -> None:
    it = written(tmp_path, LOADS[how] + READ, "B=1\n")
    assert by_gunicorn(it)[0] == "unset"
    assert [row.missing for row in drift(it.project).rows if row.name == "A"] == [("env files",)]
    found = run_checks(it.project, str(tmp_path / "app.py"))
    assert [one.check for one in found] == ["missing-variable"]
    if REAL_STARTS:
        assert not really(tmp_path)


@pytest.mark.parametrize("how", LOADS)
def test_it_overrides_the_environment(tmp_path: Path, how: str) -> None:
    code = f"{LOADS[how]}assert {READ.strip()} == '1'\n"
    written(tmp_path, code)
    if REAL_STARTS:
        assert really(tmp_path, A="2")
