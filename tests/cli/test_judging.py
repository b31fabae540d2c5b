"""The sentences about what a run checked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from configvars.cli.judging import Checked, remarks, summary
from configvars.cli.targets import Target

DONE = Checked(files=2, python=1, variables=1, against=(), without_env_file=False, checks=9)
HERE = Target("/ws", ("/ws",))


def said(target: Target = HERE, **changed: object) -> list[str]:
    return list(remarks(replace(DONE, **changed), target, "/ws"))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"against": (".env",)}, []),
        ({"skipped": ("a.py is too large",)}, ["a.py is too large and was not checked."]),
        ({"links": (".env is a symbolic link to x",)}, [".env is a symbolic link to x."]),
        ({"checks": 0}, ["The settings turn off every check: nothing is reported."]),
        ({"python": 0}, ["There is no Python file in this folder: no code was checked."]),
        (
            {"python": 0, "without_env_file": True},
            ["There is no Python file in this folder: no code was checked."],
        ),
        (
            {"without_env_file": True, "against": ("app.json", "Heroku app shop")},
            ["There is no env file here: the code was compared with app.json and Heroku app shop."],
        ),
        (
            {"without_env_file": True},
            ["There is no env file here, and no template or app.json to compare the code with."],
        ),
        (
            {"without_env_file": True, "shared": (".flaskenv",)},
            [
                "There is no env file here besides .flaskenv, "
                "and no template or app.json to compare the code with."
            ],
        ),
        (
            {"without_env_file": True, "skipped": ("x is a folder",)},
            [
                "x is a folder and was not checked.",
                "There is no env file here, and no template or app.json that can be read, "
                "to compare the code with.",
            ],
        ),
    ],
)
def test_remarks(changed: dict[str, object], expected: list[str]) -> None:
    assert said(**changed) == expected


def test_the_folders_without_python_are_named() -> None:
    assert said(Target("/ws", ("/ws", "/ws/src")), python=0) == [
        "There is no Python file in this folder and src: no code was checked."
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "Checked 2 files and 1 variable."),
        ({"files": 1, "variables": 0}, "Checked 1 file and 0 variables."),
        ({"against": (".env", "x.env")}, "Checked 2 files and 1 variable against .env, x.env."),
        ({"against": ("app.json",), "without_env_file": True}, "Checked 2 files and 1 variable."),
    ],
)
def test_summary(changed: dict[str, object], expected: str) -> None:
    assert summary(replace(DONE, **changed)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/ws/src/a.py", True), ("/ws/src", True), ("/ws/srcs/a.py", False), ("/ws/src/b.py", False)],
)
def test_what_was_asked_for(path: str, expected: bool) -> None:
    assert Target("/ws", ("/ws/x", "/ws/src"), frozenset({"/ws/src/b.py"})).wants(path) is expected
