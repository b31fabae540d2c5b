"""Env files beside imported packages, compared with really starting the program with the `flask` command."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.diff import as_text as as_diff
from configvars.cli.terminal import Style
from configvars.features.drift import drift
from configvars.features.explain import explain
from support.forked import run_python
from support.projects import Opened, opened
from support.properties import REAL_STARTS


def flask(before: str = "") -> str:
    """The code of an app that does something first."""
    return f"from flask import Flask\n{before}\napp = Flask(__name__)\n"


READS = "import os\nos.environ['KEY']\n"
LOADS = "from dotenv import load_dotenv\nload_dotenv()\n"
SVC = f"-- svc/__init__.py --\n-- svc/client.py --\n{READS}-- svc/.env --\nKEY=1\n"
APP = f"-- app.py --\n{flask('import svc.client')}"
FACTORY = "from flask import Flask\nfrom .config import *\ndef create_app():\n    return Flask(__name__)\n"
SHOP = f"-- shop/__init__.py --\n{FACTORY}-- shop/config.py --\n{READS}-- shop/.env --\nKEY=1\n"
WSGI = "-- wsgi.py --\nfrom shop import create_app\napp = create_app()\n"
API = f"-- apps/api/app.py --\n{flask('{}')}-- apps/api/.env --\n"
ABOVE = "import sys; sys.path.append('../..'); import shared.db"
OTHER = "-- .env --\nOTHER=1\n"
INNER = f"-- api/app.py --\n{flask(READS)}"
IN_ROOT = f"{INNER}-- .env --\nKEY=1\n-- api/.env --\nOTHER=1\n"

# The folder in which `flask` is started, the app, and the files. Nothing is reported.
SILENT = {
    "the root has it, too": (".", "app", f"{APP}{SVC}-- .env --\nKEY=1\n"),
    "an app with its own file": ("apps/api", "app", f"{API.format(READS)}KEY=1\n"),
    "a module beside the app": (
        "apps/api",
        "app",
        f"{API.format('import config')}KEY=1\n-- apps/api/config.py --\n{READS}",
    ),
    "a package of an app with its own file": (
        "apps/api",
        "app",
        f"{API.format('import svc.client')}KEY=1\n-- apps/api/svc/client.py --\n{READS}",
    ),
    "a package with its own program": (
        "svc",
        "app",
        f"{APP}{SVC}-- svc/app.py --\n{flask('from . import client')}",
    ),
    "a package with its own program, in the root": (
        "svc",
        "main",
        f"-- run.py --\nfrom svc.main import app\n-- svc/main.py --\n{flask('import client')}"
        f"-- svc/client.py --\n{READS}-- svc/.env --\nKEY=1\n",
    ),
    "a library that nothing imports": (
        "svc",
        "client",
        f"-- app.py --\n{flask()}{SVC}-- svc/client.py --\n{READS}{flask()}",
    ),
    "the package loads it itself": (
        ".",
        "app",
        f"{APP}-- svc/client.py --\n{LOADS}{READS}-- svc/.env --\nKEY=1\n",
    ),
    "the app loads it": (
        ".",
        "app",
        "-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv('svc/.env')\n"
        f"{flask('import svc.client')}{SVC}",
    ),
    "the package of another app loads it": (
        ".",
        "app",
        "-- app.py --\nimport boot.first\n"
        f"{flask('import svc.client')}{SVC}-- boot/.env --\nA=1\n-- boot/first.py --\n"
        "from pathlib import Path\nfrom dotenv import load_dotenv\n"
        "load_dotenv(Path(__file__).parent.parent / 'svc' / '.env')\n",
    ),
    "code loads it without a library": (
        ".",
        "app",
        "-- app.py --\nimport os\nfor line in open('svc/.env'):\n    name, _, value = line.partition('=')\n"
        f"    os.environ[name] = value\n{flask('import svc.client')}{SVC}",
    ),
    "decouple": (
        ".",
        "app",
        f"{APP}-- svc/client.py --\nfrom decouple import config\nconfig('KEY')\n-- svc/.env --\nKEY=1\n",
    ),
    "a package of FLASK_APP in its folder": (
        "shop",
        "__init__",
        f"{SHOP}-- shop/.flaskenv --\nFLASK_APP=__init__\n",
    ),
    "a factory of which no program is known": (
        "shop",
        "__init__",
        SHOP,
    ),
    "shared code of an app that has it": (
        "apps/api",
        "app",
        f"{API.format(ABOVE)}KEY=1\n-- shared/db.py --\n{READS}",
    ),
    "shared code with a file, of an app that has it": (
        ".",
        "apps.api.app",
        f"{API.format('import shared.db')}A=1\n-- .env --\nKEY=1\n"
        f"-- shared/db.py --\n{READS}-- shared/.env --\nB=1\n",
    ),
    "an app in a folder that FLASK_APP names in the root": (
        ".",
        "api/app.py",
        f"{IN_ROOT}-- .flaskenv --\nFLASK_APP=api/app.py\n",
    ),
    "an app in a folder that a Makefile starts in the root": (
        ".",
        "api/app.py",
        f"{IN_ROOT}-- Makefile --\nrun:\n\tflask --app api/app.py run\n",
    ),
    "an app in a folder that a Procfile starts in the root": (
        ".",
        "api.app",
        f"{IN_ROOT}-- Procfile --\nweb: flask --app api.app run --port $PORT\n",
    ),
    "an app in a folder with its own file, although a Procfile starts it in the root": (
        "api",
        "app",
        f"{INNER}{OTHER}-- api/.env --\nKEY=1\n-- Procfile --\nweb: gunicorn api.app:app\n",
    ),
}
# Here the program ends with a KeyError, and the variable is reported.
MISSING = {
    "a package": (".", "app", f"{APP}{SVC}"),
    "a package, and a file without it": (".", "app", f"{OTHER}{APP}{SVC}"),
    "a folder without __init__.py": (
        ".",
        "app",
        f"{APP}{SVC.replace('-- svc/__init__.py --' + chr(10), '')}",
    ),
    "a submodule with its own requirements": (
        ".",
        "app",
        f"{OTHER}{APP}{SVC}-- svc/requirements.txt --\nrequests\n"
        "-- svc/setup.py --\nfrom setuptools import setup\nsetup()\n",
    ),
    "vendored code": (
        ".",
        "app",
        f"{OTHER}{APP.replace('svc', 'vendor.lib')}{SVC.replace('svc/', 'vendor/lib/')}",
    ),
    "a package that another one imports": (
        ".",
        "app",
        f"{OTHER}{APP.replace('svc.client', 'core')}-- core.py --\nimport svc.client\n{SVC}",
    ),
    "below the package with the file": (
        ".",
        "app",
        f"{OTHER}{APP.replace('svc.client', 'svc.inner.client')}"
        + SVC.replace("svc/client", "svc/inner/client"),
    ),
    "the package of the app": (".", "wsgi", f"{OTHER}{SHOP}{WSGI}"),
    "the package of FLASK_APP": (".", "shop", f"{SHOP}-- .flaskenv --\nFLASK_APP=shop\n"),
    "the package of a Procfile": (
        ".",
        "shop",
        f"{OTHER}{SHOP}-- Procfile --\nweb: gunicorn 'shop:create_app()'\n",
    ),
    "a file of the package's .flaskenv": (
        ".",
        "app",
        f"{OTHER}{APP}{SVC.replace('svc/.env', 'svc/.flaskenv')}",
    ),
    "an app in a folder": (
        "apps/api",
        "app",
        f"{API.format('import svc.client')}OTHER=1\n-- apps/api/svc/client.py --\n{READS}"
        "-- apps/api/svc/.env --\nKEY=1\n",
    ),
    "an app in a folder that FLASK_APP names in the root": (
        ".",
        "api/app.py",
        f"{INNER}{OTHER}-- api/.env --\nKEY=1\n-- .flaskenv --\nFLASK_APP=api/app.py\n",
    ),
    "an app in a folder that a Makefile enters": (
        "api",
        "app",
        f"{IN_ROOT}-- Makefile --\nrun:\n\tcd api && flask run\n",
    ),
    "only tests load it": (
        ".",
        "app",
        f"{OTHER}{APP}{SVC}-- tests/test_svc.py --\n"
        "from dotenv import load_dotenv\nload_dotenv('svc/.env')\n",
    ),
    "the app loads its own": (
        ".",
        "app",
        f"{OTHER}{APP.replace('-- app.py --', '-- app.py --' + chr(10) + LOADS)}{SVC}",
    ),
}
# The program fails, but something else may load the file first: nothing is reported.
NOT_KNOWN = {
    "a script names it": (".", "app", f"{OTHER}{APP}{SVC}-- run.sh --\nset -a; . svc/.env; flask run\n"),
    "the README names it": (".", "app", f"{OTHER}{APP}{SVC}-- README.md --\n`. svc/.env`\n"),
    "VS Code loads it": (
        ".",
        "app",
        f"{OTHER}{APP}{SVC}-- .vscode/launch.json --\n"
        '{"configurations": [{"envFile": "${workspaceFolder}/svc/.env"}]}\n',
    ),
    "an entry of the package": (
        ".",
        "app",
        f"{OTHER}{APP}{SVC}-- svc/__main__.py --\nfrom svc import client\n",
    ),
}


def _of(it: Opened) -> list[str]:
    """The findings about missing variables."""
    return [
        it.finding(each)
        for path in sorted(it.project.index.files)
        for each in run_checks(it.project, path)
        if each.check == "missing-variable" and "KEY" in each.message
    ]


def really(it: Opened, cwd: str, app: str) -> bool:
    """Whether the app gets the variable if the `flask` command imports it."""
    env = {"PYTHONPATH": ""}
    done = run_python("-m", "flask", "--app", app, "routes", cwd=Path(it.path(cwd)), env=env)
    assert done.returncode == 0 or "KeyError: 'KEY'" in done.stderr, done.stderr
    return done.returncode == 0


@pytest.mark.parametrize(("cwd", "app", "files"), SILENT.values(), ids=SILENT)
def test_programs_that_get_the_variable(tmp_path: Path, cwd: str, app: str, files: str) -> None:
    it = opened(tmp_path, files)
    assert _of(it) == []
    if REAL_STARTS:
        assert really(it, cwd, app)


@pytest.mark.parametrize(("cwd", "app", "files"), MISSING.values(), ids=MISSING)
def test_programs_that_fail(tmp_path: Path, cwd: str, app: str, files: str) -> None:
    it = opened(tmp_path, files)
    assert len(_of(it)) == 1
    if REAL_STARTS:
        assert not really(it, cwd, app)
    by_flask = explain(it.project, "KEY").outcomes[0]
    assert (by_flask.runtime, by_flask.state) == ("flask run", "unset")
    assert "KEY is missing" in as_diff(drift(it.project), Style(colour=False))


@pytest.mark.parametrize(("cwd", "app", "files"), NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_programs_for_which_something_may_load_the_file(
    tmp_path: Path, cwd: str, app: str, files: str
) -> None:
    it = opened(tmp_path, files)
    assert _of(it) == []
    if REAL_STARTS:
        assert not really(it, cwd, app)


def test_heroku_local_starts_in_the_folder_of_the_procfile(tmp_path: Path) -> None:
    it = opened(tmp_path, f"{IN_ROOT}-- Procfile --\nweb: flask --app api.app run\n")
    states = {each.runtime: each.state for each in explain(it.project, "KEY").outcomes}
    assert (states["heroku local"], states["flask api.app (Procfile)"]) == ("set", "set")
