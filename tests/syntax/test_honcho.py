"""The command `honcho start`: its Procfile, its env files and its processes."""

from __future__ import annotations

import pytest

from configvars.syntax.honcho import HonchoStart, honcho_start


@pytest.mark.parametrize(
    "command", ["honcho run python app.py", "gunicorn app:app", "honcho start -d app", 'honcho start "', ""]
)
def test_other_commands(command: str) -> None:
    assert honcho_start(command) is None


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("honcho start", HonchoStart()),
        ("exec honcho start web", HonchoStart(names=("web",))),
        ("honcho -f Procfile.all start", HonchoStart("Procfile.all")),
        (
            "honcho start --procfile=Procfile.all web worker",
            HonchoStart("Procfile.all", names=("web", "worker")),
        ),
        ("honcho start -f p -e a.env,b.env -p 5000", HonchoStart("p", ("a.env", "b.env"))),
        ("honcho start -q web -c web=2 -f p", HonchoStart("p")),
    ],
)
def test_what_it_starts(command: str, expected: HonchoStart) -> None:
    assert honcho_start(command) == expected
