"""Worktrees and submodules below a folder, as the real git makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.features.rename import rename
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.git import git

PROJECT = """\
-- .env --
A=1
ONLY_IN_LIB=1
NOWHERE=1
-- app.py --
import os
os.environ["A"]
"""
LIB = """\
-- .env --
B=1
-- lib.py --
import os
os.environ["ONLY_IN_LIB"], os.environ["MISSING_IN_LIB"]
"""


def loaded(root: Path) -> Workspace:
    workspace = Workspace(str(root))
    for _ in workspace.load():
        pass
    return workspace


def commit(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")


def told(workspace: Workspace) -> list[str]:
    project = workspace.project()
    return [
        f"{project.relative(path)} {finding.check} {finding.variable.name if finding.variable else ''}"
        for path in sorted(project.index.files)
        for finding in workspace.findings(path)
        if finding.check.endswith("variable")
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    commit(root)
    return root


@pytest.mark.parametrize("place", [".worktrees/feature", ".claude/worktrees/feature", "feature"])
def test_a_worktree_of_another_branch_is_not_looked_into(project: Path, place: str) -> None:
    git(project, "worktree", "add", "-q", place, "-b", "feature")
    worktree = project / place
    (worktree / "app.py").write_text('import os\nos.environ["A"], os.environ["NEW"]\n')
    workspace = loaded(project)
    assert told(workspace) == [".env unused-variable ONLY_IN_LIB", ".env unused-variable NOWHERE"]
    renamed = rename(workspace.project(), str(project / "app.py"), 23, "OTHER")
    assert sorted(change.path for change in renamed.changes) == [
        str(project / ".env"),
        str(project / "app.py"),
    ]
    before = told(workspace)
    for path in (worktree / "app.py", worktree, project / ".worktrees"):
        workspace.changed_on_disk(str(path))
    workspace.open(str(worktree / "app.py"), 'import os\nos.environ["NEWER"]\n')
    assert told(workspace) == before


def test_a_worktree_that_is_opened_itself_is_a_project(project: Path) -> None:
    git(project, "worktree", "add", "-q", ".worktrees/feature", "-b", "feature")
    worktree = project / ".worktrees/feature"
    (worktree / "app.py").write_text('import os\nos.environ["NEW"]\n')
    assert "app.py missing-variable NEW" in told(loaded(worktree))


def test_a_worktree_that_comes_later_is_not_looked_into(project: Path) -> None:
    workspace = loaded(project)
    before = told(workspace)
    git(project, "worktree", "add", "-q", "feature", "-b", "feature")
    (project / "feature/app.py").write_text('import os\nos.environ["NEW"]\n')
    workspace.changed_on_disk(str(project / "feature/app.py"))
    assert told(workspace) == before


def test_a_submodule_is_a_project_of_its_own_and_what_it_mentions_is_used(project: Path) -> None:
    lib = project.parent / "lib"
    fixture(LIB).write(lib)
    commit(lib)
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(lib), "vendor/lib")
    assert told(loaded(project)) == [".env unused-variable NOWHERE"]
    assert told(loaded(project / "vendor/lib")) == [
        ".env unused-variable B",
        "lib.py missing-variable ONLY_IN_LIB",
        "lib.py missing-variable MISSING_IN_LIB",
    ]


@pytest.mark.parametrize("dot_git", ["gitdir: ../somewhere/else\n", "no pointer\n", "gitdir:\n", ""])
def test_any_other_file_called_git_says_nothing(tmp_path: Path, dot_git: str) -> None:
    fixture(PROJECT).write(tmp_path)
    fixture('-- app.py --\nimport os\nos.environ["NEW"]\n').write(tmp_path / "part")
    (tmp_path / "part/.git").write_text(dot_git)
    assert "part/app.py missing-variable NEW" in told(loaded(tmp_path))
