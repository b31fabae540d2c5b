"""Files in folders outside a sparse index: the real git shows which of them it tracks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from configvars.syntax.git import GitState
from configvars.workspace import Workspace
from configvars.workspace.git import git_state
from configvars.workspace.git_trees import in_tree
from support.fixtures import fixture
from support.git import commit, git

PROJECT = """\
-- .env --
A=1
-- src/app.py --
import os
-- sub/.env --
API_KEY=sk_live_0123456789abcdefghijklmn
-- sub/more/.env --
B=1
-- sub/more/deep/code.py --
x = 1
"""
LATER = ("sub/new/.env", "sub/more/new.env", "other/.env", "sub/.env/x", "src/.env")


@pytest.fixture(params=["loose", "packed"])
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    root = tmp_path / "repository"
    fixture(PROJECT).write(root)
    commit(root)
    (root / "sub/more/.env").write_text("B=2\n")
    git(root, "commit", "-q", "-a", "-m", "second")
    if request.param == "packed":
        git(root, "gc", "-q", "--aggressive")
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "src")
    assert not (root / "sub").exists()
    return root


def test_tracked_files_in_a_folder_outside_a_sparse_index(repository: Path) -> None:
    tracked = set(git(repository, "ls-files").splitlines())
    state = git_state()
    paths = (*fixture(PROJECT).files, *LATER, "sub", "sub/more", "sub/more/deep")
    assert {path: state.tracked(str(repository / path)) for path in paths} == {
        path: path in tracked for path in paths
    }


def test_an_env_file_that_exists_again_is_reported(repository: Path) -> None:
    fixture("-- sub/.env --\nAPI_KEY=sk_live_0123456789abcdefghijklmn\n-- other/.env --\nC=1\n").write(
        repository
    )
    workspace = Workspace(str(repository))
    for _ in workspace.load():
        pass
    reported = {
        path: [one.check for one in workspace.findings(str(repository / path))]
        for path in ("sub/.env", "other/.env")
    }
    assert "tracked-by-git" in reported["sub/.env"]
    assert "tracked-by-git" not in reported["other/.env"]


def test_a_linked_worktree_and_borrowed_objects(repository: Path) -> None:
    tree, clone = repository.parent / "tree", repository.parent / "clone"
    git(repository, "worktree", "add", "-q", str(tree), "-b", "other")
    git(repository.parent, "clone", "-q", "--shared", "--no-checkout", str(repository), str(clone))
    for folder in (tree, clone):
        git(folder, "sparse-checkout", "set", "--cone", "--sparse-index", "src")
        git(folder, "checkout", "-q")
        assert git_state().tracked(str(folder / "sub/.env")) is True
        assert git_state().tracked(str(folder / "sub/x.env")) is False


@pytest.mark.parametrize("damage", ["gone", "not git's"])
def test_unreadable_objects_make_the_answer_not_known(repository: Path, damage: str) -> None:
    objects = repository / ".git/objects"
    if damage == "gone":
        shutil.rmtree(objects)
    else:
        for path in objects.rglob("*"):
            if path.is_file():
                path.chmod(0o600)
                path.write_bytes(b"no object")
    assert git_state().tracked(str(repository / "sub/.env")) is None
    assert git_state().tracked(str(repository / ".env")) is True


def test_objects_of_an_untrusted_folder_are_not_read(repository: Path) -> None:
    assert git_state(str(repository)).tracked(str(repository / "sub/.env")) is None
    assert git_state(str(repository)).tracked(str(repository / ".env")) is True


def test_ids_of_sha256_are_not_read(tmp_path: Path) -> None:
    fixture(PROJECT).write(tmp_path)
    git(tmp_path, "init", "-q", "--object-format=sha256")
    commit(tmp_path)
    git(tmp_path, "sparse-checkout", "set", "--cone", "--sparse-index", "src")
    assert git_state().tracked(str(tmp_path / "sub/.env")) is None


def test_without_a_reader_of_trees_nothing_is_known(repository: Path) -> None:
    def read(path: str) -> bytes | None:
        return Path(path).read_bytes() if Path(path).is_file() else None

    assert GitState(read, os.environ).tracked(str(repository / "sub/.env")) is None
    assert GitState(read, os.environ, in_tree).tracked(str(repository / "sub/.env")) is True
