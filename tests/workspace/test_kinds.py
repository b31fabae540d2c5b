"""What a file is read as, according to its name."""

from __future__ import annotations

import pytest

from configvars.workspace.kinds import CONFIG, PYTHON, SCRIPT, Kind, by_name, is_python, paths_of
from configvars.workspace.walk import Folder

UNREAD = ["notes.md", "app.pyc", "logo.png", "x.tar", "data.csv.gz", "app.pyx"]
# Python that is read only if it contains something of interest, and files that any code may load.
PYTHON_FILES = ["app.py", "app.pyw", "analysis.ipynb", "conftest.py", "reconfigure_x.pyw"]
CONFIGS = [
    "config.py",
    "settings_local.py",
    "my_settings.py",
    "gunicorn.conf.py",
    "shop.cfg",
    "shop.cfg.example",
]
INI = ["setup.cfg", "tox.cfg", "mypy.cfg", "pip.cfg", "pyvenv.cfg", "versioneer.cfg"]


def name_of(name: str) -> str | None:
    kind = by_name(name)
    return None if kind is None else kind.name


@pytest.mark.parametrize("name", UNREAD)
def test_files_that_are_not_read(name: str) -> None:
    assert name_of(name) in (None, "mentions")


@pytest.mark.parametrize("name", PYTHON_FILES)
def test_python(name: str) -> None:
    assert by_name(name) == PYTHON


@pytest.mark.parametrize("name", CONFIGS)
def test_configuration_is_always_read(name: str) -> None:
    assert by_name(name) == CONFIG
    assert CONFIG.always


@pytest.mark.parametrize("name", INI)
def test_files_called_cfg_that_are_never_python(name: str) -> None:
    assert by_name(name) != CONFIG


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (".env", "dotenv"),
        (".env.example", "dotenv"),
        (".flaskenv", "dotenv"),
        ("Procfile", "procfile"),
        ("app.json", "app.json"),
        ("Makefile", "makefile"),
        ("docker-compose.yml", "compose"),
    ],
)
def test_other_files_with_facts(name: str, kind: str) -> None:
    assert name_of(name) == kind


def test_a_file_without_extension_is_python_if_it_starts_so() -> None:
    kind = by_name("manage")
    assert kind == SCRIPT
    assert kind.admits(b"#!/usr/bin/env python3\nimport os\n")
    assert not kind.admits(b"#!/bin/sh\npython x\n")
    assert not kind.admits(b"\n#!/usr/bin/python\n")
    assert not kind.is_missed
    assert by_name("manage", called_python=True) == PYTHON
    assert by_name("manage.txt", called_python=True) != PYTHON


def test_what_is_reported_if_it_cannot_be_read() -> None:
    missed = {
        name: kind.is_missed
        for name in (".env", "app.py", "Makefile", "Dockerfile")
        if (kind := by_name(name))
    }
    assert missed == {".env": True, "app.py": True, "Makefile": True, "Dockerfile": False}


def test_only_python_has_no_facts_of_its_own() -> None:
    assert [is_python(kind) for kind in (PYTHON, CONFIG, SCRIPT, None, by_name(".env"))] == [
        *[True] * 3,
        *[False] * 2,
    ]
    assert PYTHON.facts("/ws/app.py", "import os\nos.environ['A']\n").references == ()
    env = by_name(".env")
    assert isinstance(env, Kind)
    assert [one.variable.name for one in env.facts("/ws/.env", "A=1\n").definitions] == ["A"]


def test_a_folder_with_the_name_of_an_env_file_is_looked_at() -> None:
    assert list(paths_of(Folder("/ws/.env", ("a",)))) == ["/ws/.env", "/ws/.env/a"]
    assert list(paths_of(Folder("/ws/env", ("a", "b")))) == ["/ws/env/a", "/ws/env/b"]
