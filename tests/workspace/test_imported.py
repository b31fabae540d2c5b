"""Code of submodules that the project imports: what it reads counts, and nothing is changed there."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks.through_links import refusal
from configvars.features.rename import RenameRefused, rename
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.git import commit, git

APP = "import os\nfrom lib import client\nos.environ['A']\n"
PROJECT = f"""\
-- .env --
A=1
-- .gitignore --
.env
-- app.py --
{APP}
-- other.py --
print(1)
"""
LIB = """\
-- __init__.py --
-- client.py --
import os
from .deep import more
os.environ["A"], os.environ["SUB"]
int(os.getenv("NUMBER", "x"))
-- deep/more.py --
import os
os.environ["DEEP"]
-- unused.py --
import os
os.environ["UNUSED_IN_LIB"]
-- worker/__init__.py --
import os
os.environ["WORKER"]
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
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root, lib = tmp_path / "project", tmp_path / "lib"
    fixture(PROJECT).write(root)
    fixture(LIB).write(lib)
    commit(root)
    commit(lib)
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(lib), "lib")
    (root / ".env").chmod(0o600)
    return root


FOUND = ["lib/client.py missing-variable SUB", "lib/deep/more.py missing-variable DEEP"]


def test_nothing_imports_it(project: Path) -> None:
    (project / "app.py").write_text("import os\nos.environ['A']\n")
    assert told(loaded(project)) == []


def test_only_tests_import_it(project: Path) -> None:
    (project / "app.py").write_text("import os\nos.environ['A']\n")
    (project / "tests").mkdir()
    (project / "tests/test_app.py").write_text(APP)
    assert told(loaded(project)) == []


def test_its_own_env_file_counts_for_it_and_is_not_checked(project: Path) -> None:
    (project / "lib/.env").write_text("SUB=1\nDEEP=1\nDEEP=2\nA=1\n")
    assert told(loaded(project)) == []


def test_nothing_is_changed_in_it(project: Path) -> None:
    state = loaded(project).project()
    assert refusal(str(project / "lib/client.py"), state) == (
        "lib/client.py belongs to another repository, lib, and configvars does not write there."
    )
    with pytest.raises(RenameRefused, match=r"lib/client\.py belongs to another repository, lib"):
        rename(state, str(project / "app.py"), APP.index("A'"), "B")


def test_what_the_project_imports_is_read(project: Path) -> None:
    assert told(loaded(project)) == FOUND


def test_imports_that_come_and_go(project: Path) -> None:
    workspace = loaded(project)
    app = str(project / "app.py")
    workspace.open(app, "import os\nos.environ['A']\n")
    assert told(workspace) == []
    workspace.open(app, f"{APP}import lib.worker\n")
    assert told(workspace) == [*FOUND, "lib/worker/__init__.py missing-variable WORKER"]
    workspace.close(app)
    assert told(workspace) == FOUND
    (project / "lib/client.py").write_text("import os\nos.environ['NEW']\n")
    workspace.changed_on_disk(str(project / "lib/client.py"))
    assert told(workspace) == ["lib/client.py missing-variable NEW"]
    (project / "lib/late.py").write_text("import os\nos.environ['LATE']\n")
    workspace.changed_on_disk(str(project / "lib/late.py"))
    workspace.open(app, f"{APP}import lib.late\n")
    assert told(workspace) == ["lib/client.py missing-variable NEW", "lib/late.py missing-variable LATE"]


def test_a_folder_that_becomes_a_clone_later(project: Path) -> None:
    fixture("-- part/__init__.py --\nimport os\nint(os.getenv('N', 'x'))\nos.environ['PART']\n").write(
        project
    )
    (project / "app.py").write_text("import part\n")
    (project / "lib/client.py").unlink()
    workspace = loaded(project)
    assert "part/__init__.py missing-variable PART" in told(workspace)
    git(project / "part", "init", "-q")
    workspace.changed_on_disk(str(project / "part"))
    assert told(workspace) == told(loaded(project))
