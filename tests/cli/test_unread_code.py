"""Code that cannot be read: every command names it, and none claims to know what it needs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.rights import folder_of_ordinary_user, ordinary_user

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no permission bits")

CODE = 'import os\nos.environ["NEEDED_X"]\n'
PIPE = "app.py is a named pipe, which can be read only once"
UNREAD = {
    f"-- app.py as pipe --\n{CODE}": PIPE,
    f"-- app.py as utf-16 --\n{CODE}": "app.py is UTF-16, which Python does not accept",
    f"-- app.py as utf-16-le --\n{CODE}": "app.py is UTF-16, which Python does not accept",
    f"-- app.py as utf-32 --\n{CODE}": "app.py is UTF-32, which Python does not accept",
    f"-- app.py --\n{CODE}\0\n": "app.py is not a text file",
    "-- app.py --\nprint()\0\n": "app.py is not a text file",
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    def write(files: str) -> Path:
        fixture(files).write(tmp_path)
        return tmp_path

    return write


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Iterator[Path]:
    """A project with a folder of code that an ordinary user may not list."""
    with folder_of_ordinary_user() as folder:
        fixture(f"-- .git/HEAD --\n-- .env --\nA=1\n-- pkg/x.py --\n{CODE}-- app.py --\n").write(folder)
        (folder / "pkg").chmod(0)
        for command in (["check"], ["explain", "A"], ["diff"], ["template", "--diff"]):
            run(folder, *command)  # imports the rest, which an ordinary user may not be able to read
        try:
            with ordinary_user():
                yield folder
        finally:
            (folder / "pkg").chmod(0o700)


@pytest.mark.parametrize("files", UNREAD)
def test_a_file_that_cannot_be_read(run: Run, tree: Tree, files: str) -> None:
    why, here = UNREAD[files], tree(f"{files}-- .env --\nA=1\n")
    unknown = f"{why}, so it is not known what its code needs.\n"
    assert f"{why} and was not checked.\n" in run(here, "check").out
    (checked,) = json.loads(run(here, "check", "--output-format", "json").out)["checked"]
    assert checked["skipped"] == [why]
    ran = run(here, "diff")
    assert (ran.status, ran.out.split("\n\n")[1]) == (
        0,
        f"Nothing that the other code needs is missing.\n{unknown}",
    )
    assert json.loads(run(here, "diff", "--output-format", "json").out)["skipped"] == [why]
    assert run(here, "explain", "A").err == f"configvars: {unknown}"
    assert json.loads(run(here, "explain", "A", "--output-format", "json").out)["skipped"] == [why]
    assert run(here, "template", "--diff").err == f"configvars: {unknown}"


def test_a_pull_without_names(
    run: Run, tree: Tree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {"NEEDED_X": "canary"}})
    monkeypatch.setenv("PATH", fake.env["PATH"])
    here = tree(f"-- app.py as pipe --\n{CODE}")
    assert f"{PIPE}, so it is not known what its code needs." in run(here, "pull", "--app", "shop").err
    assert PIPE not in run(here, "pull", "NEEDED_X", "--app", "shop", "--dry-run").err


def test_nothing_is_found_where_nothing_can_be_read(run: Run, tree: Tree) -> None:
    assert run(tree(f"-- app.py as pipe --\n{CODE}"), "diff").out == (
        f"No config vars found.\n{PIPE}, so it is not known what its code needs.\n"
    )


def test_a_folder_that_may_not_be_listed(run: Run, folder: Path) -> None:
    why = "pkg is a folder that is not readable by this user"
    checked = run(folder, "check")
    assert f"{why} and was not checked.\n" in checked.out
    assert "Nothing in this workspace reads" not in checked.out
    unknown = f"{why}, so it is not known what its code needs.\n"
    assert run(folder, "diff").out.endswith(f"Nothing that the other code needs is missing.\n{unknown}")
    assert run(folder, "explain", "A").err == f"configvars: {unknown}"
    assert run(folder, "template", "--diff").err == f"configvars: {unknown}"
