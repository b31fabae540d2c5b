"""What can set a variable on this machine, for code in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from configvars.model import Variable
from configvars.runs.givers import givers, is_empty_here, is_given, unloaded_files
from support.projects import opened

A = Variable("env", "A")
READS = '-- app.py --\nimport os\nos.environ["A"]\n-- tests/test_app.py --\nimport os\nos.environ["A"]\n'
SETUP = "-- heroku.yml --\nsetup:\n  config:\n    A: x\n"
CI = "-- .github/workflows/a.yml --\nenv:\n  A: 1\njobs:\n  a:\n    steps:\n    - run: pytest\n"
HAND = "-- {}load.py --\nimport os\nfor line in open('.env.own'):\n    os.environ[line.split('=')[0]] = 'x'\n"

# On the command line, where templates and apps stand in for a missing env file.
NOT_SET = {
    "nothing": "",
    "an env file without it": "-- .env --\nB=1\n",
    "a name without =": "-- .env --\nA\n",
    "a template beside an env file": "-- .env --\nB=1\n-- .env.example --\nA=\n",
    "a template beside a file not only for Compose itself": (
        "-- .env --\nCOMPOSE_PROJECT_NAME=x\nB=1\n-- .env.example --\nA=\n"
    ),
    "what Heroku sets up for the app, beside an env file": f"-- .env --\nB=1\n{SETUP}",
    "an app, beside an env file": "-- .env --\nB=1\n-- heroku:shop --\nA=1\n",
    "an env file that nothing loads": "-- .env.local --\nA=1\n",
    "an env file that only tests load": (
        "-- .env --\nB=1\n-- tests/conftest.py --\nfrom dotenv import load_dotenv\nload_dotenv('a.env')\n"
        "-- tests/a.env --\nA=1\n"
    ),
    "tests": "-- .env --\nB=1\n-- tests/conftest.py --\nimport os\nos.environ['A'] = '1'\n",
    "a workflow of CI": f"-- .env --\nB=1\n{CI}",
    "tests that load a file by hand": f"-- .env --\nB=1\n-- .env.own --\nA=1\n{HAND.format('tests/')}",
}
SET = {
    "an env file": "-- .env --\nA=1\n",
    "an empty value": "-- .env --\nA=\n",
    "a shared file": "-- .flaskenv --\nA=1\n",
    "code": "-- .env --\nB=1\n-- conf.py --\nimport os\nos.environ['A'] = '1'\n",
    "code that loads a file by hand": f"-- .env --\nB=1\n-- .env.own --\nA=1\n{HAND.format('')}",
    "a template without an env file": "-- .env.example --\nA=\n",
    "a template beside a file that is shared": "-- .flaskenv --\nB=1\n-- .env.example --\nA=\n",
    "a template beside a file for Compose itself": (
        "-- .env --\nCOMPOSE_PROJECT_NAME=x\n-- .env.example --\nA=\n"
    ),
    "what Heroku sets up for the app without an env file": SETUP,
    "an app without an env file": "-- heroku:shop --\nA=1\n",
    "a Compose service": (
        "-- .env --\nB=1\n-- compose.yml --\nservices:\n  a:\n    environment:\n      A: 1\n"
    ),
}


def is_set(root: Path, files: str, name: str = "app.py") -> bool:
    it = opened(root, READS + files)
    project = replace(it.project, templates_stand_in=True)
    path = it.path(name)
    return is_given(project, path, givers(project, path), A)


@pytest.mark.parametrize("files", NOT_SET.values(), ids=NOT_SET)
def test_what_does_not_set_it(tmp_path: Path, files: str) -> None:
    assert not is_set(tmp_path, files)


@pytest.mark.parametrize("files", SET.values(), ids=SET)
def test_what_sets_it(tmp_path: Path, files: str) -> None:
    assert is_set(tmp_path, files)


@pytest.mark.parametrize("name", ["a workflow of CI", "tests", "an env file that only tests load"])
def test_what_sets_it_for_tests(tmp_path: Path, name: str) -> None:
    assert is_set(tmp_path, NOT_SET[name], "tests/test_app.py")


@pytest.mark.parametrize(
    ("files", "is_empty"),
    [
        ("-- .env --\nB=1\n", False),
        ("-- .env --\nA=1\n", False),
        ("-- .env --\nA=\n-- conf.py --\nimport os\nos.environ['A'] = '1'\n", False),
        ("-- .env --\nA=\n-- .flaskenv --\nA=1\n", False),
        ("-- .env.example --\nA=\n", False),
        ("-- .env --\nA=\n", True),
        ("-- .env --\nA=\n-- .flaskenv --\nA=\n", True),
    ],
)
def test_whether_it_is_set_to_nothing(tmp_path: Path, files: str, is_empty: bool) -> None:
    it = opened(tmp_path, READS + files)
    project = replace(it.project, templates_stand_in=True)
    path = it.path("app.py")
    assert is_empty_here(project, path, givers(project, path), A) is is_empty


def test_env_files_that_nothing_loads(tmp_path: Path) -> None:
    it = opened(tmp_path, f"{READS}-- .env --\nA=1\n-- .env.local --\nA=1\n-- .env.example --\nA=\n{SETUP}")
    assert unloaded_files(it.project, it.path("app.py"), "A") == (it.path(".env.local"),)
