"""Fixes and renames never change a file through a symbolic link, and never the same file twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks.through_links import fix_of_files, to_files
from configvars.features.rename import RenameRefused, rename
from configvars.model import FileEdit
from support.projects import Opened, opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

APP = '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv("{}")\n'
APP += 'os.environ["A"], os.environ["M"]\n'
OUTSIDE = [
    ("-- .env -> ../main/.env --\n", ".env"),
    ("-- conf -> ../main --\n", "conf/.env"),
    ("-- .env -> l --\n-- l -> ../main/.env --\n", ".env"),
]
INSIDE = [
    ("-- c/dev.env --\nA=1\nA=2\n-- .env -> c/dev.env --\n", ".env", "c/dev.env"),
    ("-- c/dev.env --\nA=1\nA=2\n-- .env -> l.env --\n-- l.env -> c/dev.env --\n", ".env", "c/dev.env"),
    ("-- c/dev.env --\nA=1\nA=2\n-- conf -> c --\n", "conf/dev.env", "c/dev.env"),
    ("-- c/dev.txt --\nA=1\nA=2\n-- .env -> c/dev.txt --\n", ".env", "c/dev.txt"),
    ("-- venv/.env --\nA=1\nA=2\n-- .env -> venv/.env --\n", ".env", "venv/.env"),
]


def changed(it: Opened, check: str) -> set[str]:
    found = (finding for path in it.project.index.files for finding in it.workspace.findings(path))
    fixes = (fix_of_files(fix, it.project) for each in found if each.check == check for fix in each.fixes)
    return {it.project.relative(change.path) for fix in fixes if fix for change in fix.changes}


def renamed(it: Opened) -> list[str]:
    path = it.path("app.py")
    found = rename(it.project, path, (it.project.text_of(path) or "").index('"A"') + 1, "NEW")
    return [it.project.relative(change.path) for change in found.changes]


@pytest.mark.parametrize(("files", "named"), OUTSIDE)
def test_nothing_is_written_out_of_the_folder(tmp_path: Path, files: str, named: str) -> None:
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("A=1\n")
    it = opened(tmp_path / "ws", files + APP.format(named))
    with pytest.raises(RenameRefused, match="leads through a symbolic link to"):
        renamed(it)
    assert changed(it, "missing-variable") == set()
    assert to_files([FileEdit(it.path(named), ())], it.project) is None


def test_nothing_is_written_into_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    (tmp_path / "common/a.py").write_text(
        'import os\nos.environ["A"]\nSECRET_KEY = "s3cr3t-lk2j3h4lk2j3h4"\n'
    )
    it = opened(tmp_path / "ws", "-- shared -> ../common --\n-- .env --\nA=1\n" + APP.format(".env"))
    with pytest.raises(RenameRefused, match="leads through a symbolic link to"):
        renamed(it)
    fixes = [f.fixes for f in it.workspace.findings(it.path("shared/a.py"))]
    assert [fix_of_files(fix, it.project) for each in fixes for fix in each if fix.changes] == []
    assert to_files([FileEdit(it.path("shared/a.py"), ())], it.project) is None
    assert to_files([FileEdit(it.path("shared/new.py"), (), create=True)], it.project) is None


@pytest.mark.parametrize(("files", "named", "own"), INSIDE)
def test_the_file_itself_is_changed(tmp_path: Path, files: str, named: str, own: str) -> None:
    it = opened(tmp_path, files + APP.format(named))
    assert sorted(renamed(it)) == sorted(["app.py", own])
    assert changed(it, "missing-variable") == {own}
    found = [finding.check for path in it.project.index.files for finding in it.workspace.findings(path)]
    assert found.count("duplicate-variable") == 1


@pytest.mark.parametrize(("files", "named"), OUTSIDE)
def test_an_open_link_out_of_the_folder_is_not_changed(tmp_path: Path, files: str, named: str) -> None:
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("A=1\n")
    it = opened(tmp_path / "ws", files + APP.format(named))
    it.workspace.open(it.path(named), "A=1\n")
    with pytest.raises(RenameRefused, match="leads through a symbolic link to"):
        renamed(it)
    assert changed(it, "missing-variable") == set()


def test_an_open_link_inside_the_folder(tmp_path: Path) -> None:
    files, named, own = INSIDE[0]
    it = opened(tmp_path, files + APP.format(named))
    it.workspace.open(it.path(".env"), "A=1\nA=2\n")
    assert sorted(renamed(it)) == ["app.py", own]
    it.workspace.open(it.path(".env"), "A=1\n")
    with pytest.raises(
        RenameRefused, match=r"\.env is a symbolic link to c/dev\.env and has unsaved changes"
    ):
        renamed(it)
    assert changed(it, "missing-variable") == set()


def test_two_links_to_a_file_are_one_change(tmp_path: Path) -> None:
    it = opened(
        tmp_path,
        "-- c/dev.txt --\nA=1\n-- .env -> c/dev.txt --\n-- .flaskenv -> c/dev.txt --\n" + APP.format(".env"),
    )
    assert renamed(it) == ["c/dev.txt", "app.py"]


def test_nothing_is_created_over_what_cannot_be_read(tmp_path: Path) -> None:
    it = opened(tmp_path, "-- .env as utf-16 --\nA=1\n-- pipe.env as pipe --\n")
    for name in (".env", "pipe.env"):
        assert to_files([FileEdit(it.path(name), (), create=True)], it.project) is None
    assert to_files([FileEdit(it.path("new.env"), (), create=True)], it.project) is not None


def test_a_link_without_a_target_is_filled_by_a_pull(tmp_path: Path) -> None:
    link = "-- .env -> ../gone/.env --\n-- heroku:shop --\nA=1\n"
    it = opened(tmp_path / "p", f"{link}-- app.py --\nimport os\nos.environ['A'], os.environ['B']\n")
    found = [each for each in it.workspace.findings(it.path("app.py")) if each.check == "missing-variable"]
    offered = [[fix.title for fix in each.fixes] for each in found]
    assert offered == [["Pull A from Heroku app shop into ../gone/.env…"]]
