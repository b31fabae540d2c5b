"""Which files `check --deploy` reports as not valid Python, and how severely."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from configvars.cli.not_python import not_python
from support.projects import opened

SILENT = {
    "valid": "-- app.py --\nx = 1\n",
    "a byte order mark": "-- app.py --\n\ufeffx = 1\n",
    "a test": "-- tests/test_app.py --\nx = (\n",
    "a notebook": "-- app.ipynb --\nx = (\n",
    "a template": "-- app.py --\nx = {{ cookiecutter.name }}\n",
    "a file of a template": "-- {{cookiecutter.name}}/app.py --\nx = (\n",
}
NEWER = f"{sys.version_info[0]}.{sys.version_info[1] + 1}"
THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"
FAILS = "is not valid Python: the app fails with a SyntaxError where it loads this file"
REST = ", and what it reads is not known"
FOUND = {
    "an error": ("-- app.py --\nx = 1\ny = 2 2\n", "app.py:2 error app.py", FAILS),
    "a wrong indentation": ("-- app.py --\nx = 1\n  y = 2\n", "app.py:2 error app.py", FAILS),
    "print of Python 2": ("-- app.py --\nprint 'x'\n", "app.py:1 error app.py", FAILS),
    "raise of Python 2": ("-- app.py --\nraise E, 'x'\n", "app.py:1 error app.py", FAILS),
    "a project for this Python": (
        f"-- .python-version --\n{THIS}\n-- app.py --\nx = (\n",
        "app.py:1 error app.py",
        FAILS,
    ),
    "a project for a newer Python": (
        f"-- .python-version --\n{NEWER}.1\n-- app.py --\nx = 2 2\n",
        "app.py:1 warning app.py",
        f"is not valid in Python {THIS}, which runs this check",
    ),
    "a project for a newer Python on Heroku": (
        f"-- runtime.txt --\npython-{NEWER}.0\n-- app.py --\nx = 2 2\n",
        "app.py:1 warning app.py",
        f"is not valid in Python {THIS}, which runs this check",
    ),
    "nested too deeply": (
        f"-- app.py --\nx = a{'.b' * 50_000}\n",
        "app.py:1 warning app.py",
        "is nested too deeply for Python's parser",
    ),
}


def told(root: Path, text: str) -> list[str]:
    """The findings with their lines; in which column an error is depends on the version of Python."""
    it = opened(root, text)
    paths = [str(path) for path in root.rglob("*") if path.is_file()]
    return [
        f"{it.line(each.path, each.span.start).rpartition(':')[0]} {each.severity} {each.message}"
        for each in not_python(it.project, paths)
    ]


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_not_reported(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.beyond_limits
@pytest.mark.parametrize(("text", "place", "message"), FOUND.values(), ids=FOUND)
def test_what_is_reported(tmp_path: Path, text: str, place: str, message: str) -> None:
    assert told(tmp_path, text) == [f"{place} {message}{REST}"]
