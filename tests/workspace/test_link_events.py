"""Links to folders that come, go and change while a workspace is open: as if it were read from scratch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.workspace import Workspace
from configvars.workspace.unreported_changes import UnreportedChanges
from support.fixtures import fixture

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

FILES = """\
-- common/a.py --
import os
KEY = "A"
os.environ["IN_A"]
-- other/a.py --
import os
KEY = "B"
os.environ["IN_B"]
-- ws/inner/a.py --
KEY = "C"
-- ws/main.py --
import os
from shared.a import KEY
os.environ[KEY]
"""


def loaded(root: Path, *, trusted: bool = True) -> Workspace:
    workspace = Workspace(str(root), trusted=trusted)
    for _ in workspace.load():
        pass
    return workspace


def read(workspace: Workspace) -> list[str]:
    project = workspace.project()
    return sorted(
        f"{project.relative(path)} {one.variable.name}"
        for path, facts in project.index.files.items()
        for one in facts.references
    )


COMMON, OTHER = ["main.py A", "shared/a.py IN_A"], ["main.py B", "shared/a.py IN_B"]
STATES = {"../common": COMMON, "../other": OTHER, "inner": ["main.py C"], "": []}


@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_a_link_that_changes(tmp_path: Path, before: str, after: str, *, reported: bool) -> None:
    fixture(FILES).write(tmp_path)
    link = tmp_path / "ws/shared"
    if before:
        link.symlink_to(before)
    workspace = loaded(tmp_path / "ws")
    changes = UnreportedChanges(workspace)
    list(changes.changed())
    assert read(workspace) == STATES[before]
    link.unlink(missing_ok=True)
    if after:
        link.symlink_to(after)
    for path in [str(link)] if reported else list(filter(None, changes.changed())):
        workspace.changed_on_disk(path)
    assert read(workspace) == read(loaded(tmp_path / "ws")) == STATES[after]


def test_a_folder_with_a_link_that_comes(tmp_path: Path) -> None:
    fixture(FILES).write(tmp_path)
    (tmp_path / "ws/sub").mkdir()
    workspace = loaded(tmp_path / "ws")
    (tmp_path / "ws/sub/shared").symlink_to("../../common")
    workspace.changed_on_disk(str(tmp_path / "ws/sub"))
    assert read(workspace) == read(loaded(tmp_path / "ws")) == ["sub/shared/a.py IN_A"]


def test_an_open_document_behind_a_link(tmp_path: Path) -> None:
    fixture(FILES).write(tmp_path)
    (tmp_path / "ws/shared").symlink_to("../common")
    (tmp_path / "ws/second").symlink_to("../common")
    workspace = loaded(tmp_path / "ws")
    own = workspace.own_path(str(tmp_path / "ws/shared/a.py"))
    assert own == str(tmp_path / "ws/second/a.py")
    workspace.open(own, 'import os\nKEY = "NEW"\n')
    assert read(workspace) == ["main.py NEW"]
    workspace.close(own)
    assert read(workspace) == read(loaded(tmp_path / "ws")) == ["main.py A", "second/a.py IN_A"]


def test_trust_that_comes_later(tmp_path: Path) -> None:
    fixture(FILES).write(tmp_path)
    (tmp_path / "ws/shared").symlink_to("../common")
    workspace = loaded(tmp_path / "ws", trusted=False)
    assert read(workspace) == []
    workspace.disk.trusted = True
    for _ in workspace.load():
        pass
    assert read(workspace) == COMMON
