"""Env files that only other programs load, compared with really running the programs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.pull_names import absent_names
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.platforms.base import AppSnapshot
from configvars.runs.apart import loaders_apart, may_run_with
from support.forked import run_python
from support.projects import Opened, opened
from support.properties import REAL_STARTS

LOADS = "from dotenv import load_dotenv\nload_dotenv()\n"
BY_PATH = "from dotenv import load_dotenv\nload_dotenv('{}')\n"
BESIDE = (
    "from pathlib import Path\nfrom dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / '.env')\n"
)
READS = "import os\nos.environ['KEY']\n"
NO_APP = AppSnapshot("heroku", "shop", datetime(2026, 11, 22, tzinfo=UTC), {})
NO_KEY = "-- .env --\nOTHER=1\n"
JOB = f"-- job/.env --\nKEY=1\n-- job/main.py --\n{LOADS}{READS}"

# The program that is run, and the files. These programs get the variable, and nothing is reported.
WITH_IT = {
    "its own file": ("job/main.py", f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB}"),
    "imports the code that loads it": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport job.main\n{READS}{JOB}",
    ),
    "imports it indirectly": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport first\n{READS}-- first.py --\nfrom job import main\n{JOB}",
    ),
    "shared code": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport job.main\nimport common\n-- common.py --\n{READS}{JOB}",
    ),
    "a package that loads it": (
        "app.py",
        f"-- app.py --\nfrom shop import main\n-- shop/.env --\nKEY=1\n-- shop/__init__.py --\n{LOADS}"
        f"-- shop/main.py --\n{READS}",
    ),
    "an import by name": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport importlib\nfor name in ['main']:\n"
        f"    importlib.import_module(f'job.{{name}}')\n{READS}{JOB}",
    ),
    "another search path": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport sys\nsys.path.insert(0, 'job')\nimport main\n{READS}{JOB}",
    ),
}
# These programs fail, and that is reported.
WITHOUT_IT = {
    "an app, and a job with its own file": ("app.py", f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB}"),
    "the job without the app's file": (
        "job/main.py",
        f"-- .env --\nKEY=1\n-- app.py --\n{LOADS}-- job/.env --\nOTHER=1\n-- job/main.py --\n{LOADS}{READS}",
    ),
    "two folders": ("api/main.py", f"{NO_KEY}-- api/main.py --\n{LOADS}{READS}{JOB}"),
    "one folder above the other": (
        "api/main.py",
        f"{NO_KEY}-- api/main.py --\n{LOADS}{READS}{JOB.replace('job/', 'api/job/')}",
    ),
    "no file for the app": ("app.py", f"-- app.py --\n{LOADS}{READS}{JOB}"),
    "a relative path": ("app.py", f"{NO_KEY}-- app.py --\n{BY_PATH.format('.env')}{READS}{JOB}"),
    "an app that loads nothing": ("app.py", f"{NO_KEY}-- app.py --\n{READS}{JOB}"),
    "a job that reads another variable": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB.replace('os.environ', 'os.environ.get')}",
    ),
    "a job that names its file": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}{READS}-- job/.env --\nKEY=1\n-- job/main.py --\n{BESIDE}{READS}",
    ),
    "a job beside the app": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}{READS}-- job.env --\nKEY=1\n"
        f"-- worker.py --\n{BY_PATH.format('job.env')}",
    ),
    "a job with a usual script's name": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB.replace('main', 'crawl')}",
    ),
    "modules that import each other": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}import models\n-- models.py --\nimport app\n{READS}{JOB}",
    ),
    "the app starts the job": (
        "app.py",
        f"{NO_KEY}-- app.py --\nimport subprocess, sys\n{LOADS}"
        f"subprocess.run([sys.executable, 'job/main.py'])\n{READS}{JOB}",
    ),
    "a test that imports both": (
        "app.py",
        f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB}-- tests/test_all.py --\nimport app, job.main\n",
    ),
}
# Nothing is known of the program that runs this code.
NOT_KNOWN = {
    "a library": f"{NO_KEY}-- shop/__init__.py --\n-- shop/keys.py --\n{READS}{JOB}",
    "a package that loads it": f"{NO_KEY}-- app.py --\n{LOADS}{READS}-- job/__init__.py --\n"
    f"-- job/first.py --\n{LOADS}-- job/.env --\nKEY=1\n",
    "settings": f"{NO_KEY}-- app.py --\n{LOADS}{READS}{JOB.replace('main', 'settings')}",
    "a test": f"{NO_KEY}-- tests/test_app.py --\n{READS}{JOB}",
    "a program, and a library": f"{NO_KEY}-- app.py --\n{LOADS}import common\n-- common.py --\n{READS}"
    f"-- shop/__init__.py --\n-- shop/keys.py --\nimport common\n{JOB}",
    "a program that imports what a library imports": f"{NO_KEY}-- app.py --\n{LOADS}{READS}"
    "-- shop/__init__.py --\n-- shop/keys.py --\nimport job.main\n" + JOB,
}

STARTS = "import subprocess\n"
MAIN = "if __name__ == '__main__':\n    pass\n"

# `one.py`, `two/it.py` and other files: may they run in one program?
TOGETHER = {
    "no program": ("", "", ""),
    "one program, and a file of no program": (MAIN, "", ""),
    "a file of no program, and one program": ("", MAIN, ""),
    "a main block in a package": (MAIN, MAIN, "-- two/__init__.py --\n"),
    "words that look like a main block": (MAIN, "if __name__ != '__main__':\n    pass\n", ""),
    "a main block that is indented": (MAIN, "def f():\n    if __name__ == '__main__':\n        pass\n", ""),
    "a load of a file with a name": (MAIN, BY_PATH.format("job/.env"), ""),
    "a load in a function": (MAIN, "from dotenv import load_dotenv\ndef f():\n    load_dotenv()\n", ""),
    "an import by a computed name": (MAIN, f"import importlib\nimportlib.import_module(x)\n{MAIN}", ""),
    "an import by a computed name in a module": (
        MAIN,
        f"import more\n{MAIN}",
        "-- more.py --\n__import__(x)\n",
    ),
    "the program that starts others is imported": (MAIN, f"import more\n{MAIN}", f"-- more.py --\n{STARTS}"),
    "a program that starts others": (MAIN, f"{STARTS}{MAIN}", ""),
    "a program that imports both": (MAIN, MAIN, "-- app.py --\nimport one\nfrom two import it\n"),
    "one imports the other": (f"import two.it\n{MAIN}", MAIN, ""),
}
APART = {
    "two main blocks": (MAIN, MAIN, ""),
    "loads without a name": (LOADS, LOADS, ""),
    "imports by known names": (MAIN, f"import importlib\nimportlib.import_module('more')\n{MAIN}", ""),
    "the other one starts programs": (f"{STARTS}{MAIN}", MAIN, ""),
    "each has its program": ("", "", "-- app.py --\nimport one\n-- main.py --\nfrom two import it\n"),
    "a command starts it": (MAIN, "", "-- Procfile --\nworker: python two/it.py\n"),
    "a package around a program": (
        MAIN,
        "",
        "-- two/__init__.py --\n-- two/main.py --\nfrom two import it\n",
    ),
}


def missing(it: Opened) -> list[str]:
    return [
        it.finding(each)
        for path in sorted(it.project.index.files)
        for each in run_checks(it.project, path)
        if each.check == "missing-variable"
    ]


def fails(root: Path, program: str) -> bool:
    ran = run_python(program, cwd=root, env={"PYTHONPATH": str(root), "PATH": ""})
    assert ran.returncode == 0 or "KeyError: 'KEY'" in ran.stderr, ran.stderr
    return ran.returncode != 0


@pytest.mark.parametrize(("program", "text"), WITH_IT.values(), ids=WITH_IT)
def test_a_program_that_loads_it_has_it(tmp_path: Path, program: str, text: str) -> None:
    it = opened(tmp_path, text)
    if REAL_STARTS:
        assert not fails(tmp_path, program)
    assert [each for each in missing(it) if each.startswith(f"{program}:")] == []


def test_a_program_has_the_variables_of_the_one_that_starts_it(tmp_path: Path) -> None:
    app = f"import subprocess, sys\n{LOADS}subprocess.run([sys.executable, 'job/main.py'], check=True)\n"
    job = f"-- job/.env --\nOTHER=1\n-- job/main.py --\n{LOADS}{READS}"
    it = opened(tmp_path, f"-- .env --\nKEY=1\n-- app.py --\n{app}{job}")
    if REAL_STARTS:
        assert not fails(tmp_path, "app.py")
    assert missing(it) == []


@pytest.mark.parametrize(("program", "text"), WITHOUT_IT.values(), ids=WITHOUT_IT)
def test_a_program_that_does_not_load_it_fails(tmp_path: Path, program: str, text: str) -> None:
    it = opened(tmp_path, text)
    if REAL_STARTS:
        assert fails(tmp_path, program)
    assert len(missing(it)) == 1
    assert drift(it.project).drifts
    assert absent_names(it.project, NO_APP, it.path(".env"), it.project.text_of(it.path(".env"))) == ["KEY"]
    said = explain(it.project, "KEY", it.path(program))
    assert {each.state for each in said.outcomes} == {"unset"}


@pytest.mark.parametrize("text", NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_code_whose_program_is_not_known_may_have_it(tmp_path: Path, text: str) -> None:
    assert missing(opened(tmp_path, text)) == []


def together(root: Path, one: str, two: str, others: str) -> bool:
    it = opened(root, f"-- one.py --\n{one}-- two/it.py --\n{two}{others}")
    assert may_run_with(it.project, it.path("one.py"), it.path("one.py"))
    return may_run_with(it.project, it.path("one.py"), it.path("two/it.py"))


@pytest.mark.parametrize("files", TOGETHER.values(), ids=TOGETHER)
def test_files_that_may_run_in_one_program(tmp_path: Path, files: tuple[str, str, str]) -> None:
    assert together(tmp_path, *files)


@pytest.mark.parametrize("files", APART.values(), ids=APART)
def test_files_that_never_run_in_one_program(tmp_path: Path, files: tuple[str, str, str]) -> None:
    assert not together(tmp_path, *files)


@pytest.mark.parametrize("name", ["tests/test_it.py", "conftest.py", "main.ipynb", "main.sh"])
def test_files_that_may_run_anything(tmp_path: Path, name: str) -> None:
    it = opened(tmp_path, f"-- one.py --\n{MAIN}-- tests/test_it.py --\n{MAIN}-- conftest.py --\n{MAIN}")
    assert may_run_with(it.project, it.path("one.py"), it.path(name))
    assert may_run_with(it.project, it.path(name), it.path("one.py"))


@pytest.mark.parametrize(
    ("files", "apart"),
    [
        (f"-- other.py --\n{LOADS}", ""),
        (f"-- other.py --\n{BY_PATH.format('.env')}{MAIN}", ""),
        (f"-- job/it.py --\nimport one\n{BESIDE}{MAIN}", ""),
        (f"-- job/it.py --\n{BESIDE}", ""),
        (f"-- job/it.py --\n{BESIDE}{MAIN}", "job/it.py"),
        (f"-- job/it.py --\n{BY_PATH.format('job/.env')}{MAIN}", "job/it.py"),
    ],
)
def test_the_loaders_in_other_programs(tmp_path: Path, files: str, apart: str) -> None:
    it = opened(tmp_path, f"-- .env --\nA=1\n-- job/.env --\nA=1\n-- one.py --\n{READS}{MAIN}{files}")
    assert " ".join(map(it.project.relative, loaders_apart(it.project, it.path("one.py")))) == apart


@pytest.mark.parametrize(
    "name", ["app_settings", "conf", "env_local", "dbconfig", "setup", "fabfile", "my.conf"]
)
def test_names_of_files_that_tools_import(tmp_path: Path, name: str) -> None:
    it = opened(tmp_path, f"-- one.py --\n{MAIN}-- two/{name}.py --\n{MAIN}")
    assert may_run_with(it.project, it.path("one.py"), it.path(f"two/{name}.py"))


@pytest.mark.parametrize("name", ["environment", "confirm", "setups", "wsgi", "manage"])
def test_names_of_files_that_are_programs(tmp_path: Path, name: str) -> None:
    it = opened(tmp_path, f"-- one.py --\n{MAIN}-- two/{name}.py --\n{MAIN}")
    assert not may_run_with(it.project, it.path("one.py"), it.path(f"two/{name}.py"))
