"""Git worktrees and submodules inside a folder, created by the real git."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.features.rename import rename
from configvars.slices import finish
from configvars.workspace import Workspace
from configvars.workspace.checkouts import checkout_kind
from support.fixtures import fixture
from support.git import commit, git

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
def test_a_worktree_of_another_branch_is_not_read(project: Path, place: str) -> None:
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


def test_a_worktree_that_is_added_later_is_not_read(project: Path) -> None:
    workspace = loaded(project)
    before = told(workspace)
    git(project, "worktree", "add", "-q", "feature", "-b", "feature")
    (project / "feature/app.py").write_text('import os\nos.environ["NEW"]\n')
    workspace.changed_on_disk(str(project / "feature/app.py"))
    assert told(workspace) == before


@pytest.mark.parametrize("by", ["event", "load"])
def test_a_folder_that_becomes_a_clone_and_stops_being_one(project: Path, by: str) -> None:
    fixture("-- vendor/lib.py --\nimport os\nos.environ['LATER']\n").write(project)
    workspace = loaded(project)
    before = told(workspace)
    assert "vendor/lib.py missing-variable LATER" in before
    for make in (lambda: commit(project / "vendor"), lambda: shutil.rmtree(project / "vendor/.git")) * 2:
        make()
        if by == "event":
            workspace.changed_on_disk(str(project / "vendor/.git"))
        else:
            finish(workspace.load())
        assert told(workspace) == told(loaded(project))
    assert told(workspace) == before


def test_a_submodule_is_a_project_and_names_in_it_count_as_used(project: Path) -> None:
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


def test_a_repository_on_another_computer_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixture("-- .git/HEAD --\n-- part/x --\n").write(tmp_path)
    (tmp_path / "part/.git").write_text("gitdir: //host/share/repository\n")
    asked: list[str] = []
    exists = os.path.exists
    monkeypatch.setattr(os.path, "exists", lambda path: asked.append(str(path)) or exists(path))
    assert checkout_kind(str(tmp_path / "part")) is None
    assert [path for path in asked if "host" in path] == []


@pytest.mark.parametrize("dot_git", ["gitdir: ../somewhere/else\n", "no pointer\n", "gitdir:\n", ""])
def test_other_files_called_git_are_ignored(tmp_path: Path, dot_git: str) -> None:
    fixture(PROJECT).write(tmp_path)
    fixture('-- app.py --\nimport os\nos.environ["NEW"]\n').write(tmp_path / "part")
    (tmp_path / "part/.git").write_text(dot_git)
    assert "part/app.py missing-variable NEW" in told(loaded(tmp_path))


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    lib = tmp_path / "lib"
    fixture(LIB).write(lib)
    commit(lib)
    return lib


def clone(lib: Path, place: Path, *options: str) -> None:
    git(lib, "clone", "-q", *options, str(lib), str(place))


def with_own_git_folder(project: Path, lib: Path) -> None:
    clone(lib, project / "vendor/lib")
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(lib), "vendor/lib")
    assert (project / "vendor/lib/.git").is_dir()
    assert git(project, "ls-files", "--stage", "vendor/lib").startswith("160000")


def as_a_plain_clone(project: Path, lib: Path) -> None:
    clone(lib, project / "vendor/lib")


def with_git_s_folder_elsewhere(project: Path, lib: Path) -> None:
    clone(lib, project / "vendor/lib", "--separate-git-dir", str(project.parent / "kept.git"))


def without_a_commit(project: Path, lib: Path) -> None:
    fixture(LIB).write(project / "vendor/lib")
    git(project / "vendor/lib", "init", "-q")


@pytest.mark.parametrize(
    "put", [with_own_git_folder, as_a_plain_clone, with_git_s_folder_elsewhere, without_a_commit]
)
def test_a_repository_in_a_repository_is_a_project_of_its_own(
    project: Path, lib: Path, put: Callable[[Path, Path], None]
) -> None:
    put(project, lib)
    seen_by_git = git(project, "ls-files", "--cached", "--others").splitlines()
    assert not [path for path in seen_by_git if path.startswith("vendor/lib/") and path != "vendor/lib/"]
    workspace = loaded(project)
    assert told(workspace) == [".env unused-variable NOWHERE"]
    renamed = rename(workspace.project(), str(project / ".env"), 5, "OTHER")
    assert [change.path for change in renamed.changes] == [str(project / ".env")]
    assert "lib.py missing-variable MISSING_IN_LIB" in told(loaded(project / "vendor/lib"))
    assert told(loaded(project / "vendor")) == []


def test_a_clone_that_is_added_later_is_a_project_of_its_own(project: Path, lib: Path) -> None:
    workspace = loaded(project)
    clone(lib, project / "vendor/lib")
    workspace.changed_on_disk(str(project / "vendor"))
    assert told(workspace) == [".env unused-variable NOWHERE"]
    shutil.rmtree(project / "vendor/lib/.git")
    workspace.changed_on_disk(str(project / "vendor"))
    assert "vendor/lib/lib.py missing-variable MISSING_IN_LIB" in told(workspace)


def test_files_that_the_outer_repository_tracks_belong_to_it(project: Path) -> None:
    fixture(LIB).write(project / "vendor/lib")
    git(project, "add", ".")
    git(project / "vendor/lib", "init", "-q")
    assert git(project, "ls-files", "vendor/lib").splitlines() == ["vendor/lib/.env", "vendor/lib/lib.py"]
    assert "vendor/lib/lib.py missing-variable MISSING_IN_LIB" in told(loaded(project))


def test_a_folder_of_clones_is_walked_but_not_the_clones_in_them(tmp_path: Path, lib: Path) -> None:
    clones = tmp_path / "clones"
    for name in ("one", "two"):
        clone(lib, clones / name)
    clone(lib, clones / "two/vendor/three")
    assert [line for line in told(loaded(clones)) if "MISSING" in line] == [
        "one/lib.py missing-variable MISSING_IN_LIB",
        "two/lib.py missing-variable MISSING_IN_LIB",
    ]


@pytest.mark.parametrize("name", ["HEAD", "objects", "refs"])
@pytest.mark.parametrize("place", ["vendor/lib", "modules/lib", "worktrees"])
def test_a_folder_called_git_that_is_not_a_repository_is_ignored(
    project: Path, lib: Path, place: str, name: str
) -> None:
    clone(lib, project / place)
    (project / place / ".git" / name).rename(project.parent / "moved")
    assert git(project, "ls-files", "--others", f"{place}/lib.py")
    assert f"{place}/lib.py missing-variable MISSING_IN_LIB" in told(loaded(project))
