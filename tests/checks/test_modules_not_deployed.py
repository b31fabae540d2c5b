"""`check --deploy`: modules that a process imports and that are not deployed.

Each project is also really started without the files that git ignores.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.forked import run_python
from support.projects import opened
from support.properties import REAL_STARTS

_GIT = "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\nlocal.py\n_version.py\n"
_WSGI = (
    "-- shop/__init__.py --\n-- shop/wsgi.py --\nimport os\n"
    "from django.core.wsgi import get_wsgi_application\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\n'
    "application = get_wsgi_application()\n"
    '-- shop/settings/__init__.py --\n-- shop/settings/base.py --\nSECRET_KEY = "x"\nINSTALLED_APPS = []\n'
)
_LOCAL = "-- shop/settings/local.py --\nfrom .base import *\n"
_WEB = "-- Procfile --\nweb: gunicorn shop.wsgi\n"
_BASE = "DJANGO_SETTINGS_MODULE=shop.settings.base"
_APP = f"{_WEB}-- shop/__init__.py --\n-- shop/local.py --\nX = 1\n-- shop/wsgi.py --\n"
_IGNORED = (
    "{} is ignored by git, so it is not deployed with the repository: "
    "the web process does not start on Heroku"
)

# The files, the variables of the app, and the message.
ROWS = {
    "committed": (f"{_WEB}{_WSGI}{_LOCAL}", "", ""),
    "the app names another one": (
        f"{_GIT}{_WEB}{_WSGI}{_LOCAL}",
        "DJANGO_SETTINGS_MODULE=shop.settings.base",
        "",
    ),
    "the command names another one": (
        f"{_GIT}-- Procfile --\nweb: {_BASE} gunicorn shop.wsgi\n{_WSGI}{_LOCAL}",
        "",
        "",
    ),
    "imported in a try": (
        f"{_GIT}{_APP}try:\n    from shop.local import X\nexcept ImportError:\n    X = 2\napplication = X\n",
        "",
        "",
    ),
    "imported in a function": (f"{_GIT}{_APP}def f():\n    import shop.local\n", "", ""),
    "settings": (f"{_GIT}{_WEB}{_WSGI}{_LOCAL}", "", _IGNORED.format("shop/settings/local.py")),
    "settings that do not exist": (
        f"{_WEB}{_WSGI}",
        "",
        "Django's settings module shop.settings.local does not exist in this project: "
        "the web process does not start on Heroku app shop",
    ),
    "imported": (f"{_GIT}{_APP}from . import local\n", "", _IGNORED.format("shop/local.py")),
    "imported by settings": (
        f"{_GIT}{_WEB}{_WSGI.replace('settings.local', 'settings.base')}import shop.settings.local\n{_LOCAL}",
        "",
        _IGNORED.format("shop/settings/local.py"),
    ),
}


@pytest.mark.parametrize(("files", "variables", "expected"), ROWS.values(), ids=ROWS)
def test_module(tmp_path: Path, files: str, variables: str, expected: str) -> None:
    it = opened(tmp_path, f"-- heroku:shop --\n{variables}\n{files}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    assert [each.message for each in found] == ([expected] if expected else [])
    command = _BASE if "web: DJANGO" in files else variables
    if REAL_STARTS:
        assert _starts(tmp_path, command, deletes=_GIT in files) is not bool(expected)


def test_generated_module(tmp_path: Path) -> None:
    files = _APP.replace("shop/local.py", "shop/_version.py")
    it = opened(tmp_path, f"-- heroku:shop --\n{_GIT}{files}from . import _version\n")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    assert not [each for path in project.index.files for each in run_checks(project, path)]


def _starts(root: Path, variables: str, *, deletes: bool) -> bool:
    """Whether Python can import the app without the files that git ignores."""
    for path in root.rglob("local.py") if deletes else ():
        path.unlink()
    given = dict([variables.split("=")]) if variables else {}
    code = "import sys; sys.path.insert(0, '.'); import shop.wsgi"
    environ = {"PATH": os.environ["PATH"], **given}
    return run_python("-c", code, cwd=root, env=environ).returncode == 0
