"""The packages that a project lists as requirements, and which of its files import them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.requirements import imports_any, requirements_of
from support.projects import Opened, opened

CODE = "-- app.py --\nimport os\nos.environ['A']\n"


def asks(it: Opened, package: str = "flask-mail") -> bool:
    return requirements_of(it.project).asks_for(package)


@pytest.mark.parametrize(
    "files",
    [
        "-- requirements.txt --\nflask\nmail\n",
        "-- requirements.txt --\nflask-mailing\n",
        "-- requirements.txt --\nflask-mail://host\n",
        "-- other/requirements.txt --\nflask-mail\n",
        "-- requirements-dev.txt --\nflask-mail\n",
    ],
)
def test_what_is_no_requirement(tmp_path: Path, files: str) -> None:
    assert not asks(opened(tmp_path, CODE + files))


@pytest.mark.parametrize(
    "files",
    [
        "-- requirements.txt --\nFlask_Mail>=1\n",
        "-- requirements/base.in --\nflask.mail\n",
        "-- requirements-prod.txt --\nflask-mail\n",
        "-- pyproject.toml --\ndependencies = ['flask-mail[all]>=1']\n",
        '-- uv.lock --\nname = "flask-mail"\n',
        "-- shop/api/app.py --\nimport os\nos.environ['A']\n-- shop/requirements.txt --\nflask-mail\n",
    ],
)
def test_what_is_a_requirement(tmp_path: Path, files: str) -> None:
    assert asks(opened(tmp_path, CODE + files))


def test_a_folder_that_gets_code_counts_from_then_on(tmp_path: Path) -> None:
    it = opened(tmp_path, f"{CODE}-- shop/requirements.txt --\nflask-mail\n")
    assert not asks(it)
    assert requirements_of(it.project) is requirements_of(it.project)
    it.workspace.open(it.path("shop/app.py"), "import os\nos.environ['B']\n")
    assert asks(it)


@pytest.mark.parametrize(
    ("module", "expected"), [("flask", True), ("os", True), ("mail", False), ("json", False), ("shop", True)]
)
def test_the_modules_that_files_import(tmp_path: Path, module: str, expected: bool) -> None:
    text = f"{CODE}import flask.json as json\nfrom shop import mail\n-- shop.py --\nos.environ['B']\n"
    assert imports_any(opened(tmp_path, text).project, ["no_such", module]) is expected
