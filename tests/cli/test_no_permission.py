"""Files that a user has no permission to read are named, and nothing is claimed about their content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fixtures import fixture
from support.rights import folder_of_ordinary_user, ordinary_user

FILES = """\
-- .git/HEAD --
-- conf/.env --
A=1
-- pgdata/base --
-- app.py --
import os
from dotenv import load_dotenv
load_dotenv("conf/.env")
os.environ["A"]
"""


@pytest.fixture
def folder(run: Run) -> Iterator[Path]:
    with folder_of_ordinary_user() as folder:
        fixture(FILES).write(folder)
        for command in (["check"], ["inventory"], ["explain", "A"], ["diff"]):
            run(folder, *command)  # imports the rest, which an ordinary user may not be able to read
        for name in ("conf", "pgdata"):
            (folder / name).chmod(0)
        try:
            with ordinary_user():
                yield folder
        finally:
            for name in ("conf", "pgdata"):
                (folder / name).chmod(0o700)


def test_folders_that_may_not_be_listed_are_named(folder: Path, run: Run) -> None:
    ran = run(folder, "check")
    assert (ran.status, ran.out + ran.err) == (
        1,
        """\
conf/.env:1:1 warning unreadable-env-file conf/.env is not readable by this user. It may set A

conf/.env is not readable by this user and was not checked.
conf is a folder that is not readable by this user and was not checked.
pgdata is a folder that is not readable by this user and was not checked.
Checked 2 files and 1 variable against conf/.env.
Found 1 warning.
""",
    )


def test_what_may_be_set_is_not_called_unset(folder: Path, run: Run) -> None:
    assert (
        "A     app.py:4  required  may be conf/.env (no permission to read it)  -"
        in run(folder, "inventory").out
    )
    assert "not set" not in run(folder, "explain", "A").out
    assert "A may be set by conf/.env (no permission to read it)" in run(folder, "diff").out
