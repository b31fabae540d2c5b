"""Open files that the `exclude` setting excludes: as if the folder had been read with the setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from configvars import slices
from configvars.settings import Settings
from configvars.workspace import Workspace
from support.fixtures import fixture

FILES = """\
-- .env --
A=1
-- app.py --
import os
os.environ["A"]
-- legacy/.env --
OLD=1
-- legacy/old.py --
import os
os.environ["B"]
"""
OLD = 'import os\nos.environ["B"]\n'
OPENED = {"legacy/old.py": OLD, "legacy/.env": "NEWER=1\n"}
LEGACY = replace(Settings(), exclude=("legacy/",))


def load(workspace: Workspace) -> None:
    for _ in workspace.load():
        pass


def state(workspace: Workspace) -> list[str]:
    index = workspace.project().index
    findings = [each.message for path in sorted(index.files) for each in workspace.findings(path)]
    return [*sorted(index.files), *map(str, index.referenced()), *map(str, index.defined()), *findings]


def from_scratch(root: Path, settings: Settings) -> list[str]:
    workspace = Workspace(str(root), settings)
    load(workspace)
    for name, text in OPENED.items():
        workspace.open(str(root / name), text)
    return state(workspace)


def opened_before_the_settings(workspace: Workspace, opened: Callable[[], None]) -> None:
    opened()
    workspace.configure(LEGACY)
    load(workspace)


def opened_before_it_is_read(workspace: Workspace, opened: Callable[[], None]) -> None:
    opened()
    load(workspace)
    workspace.configure(LEGACY)
    load(workspace)


def opened_while_it_is_read(workspace: Workspace, opened: Callable[[], None]) -> None:
    steps = workspace.load()
    next(steps)
    opened()
    for _ in steps:
        pass
    workspace.configure(LEGACY)
    load(workspace)


def opened_after_it_was_read(workspace: Workspace, opened: Callable[[], None]) -> None:
    load(workspace)
    opened()
    workspace.configure(LEGACY)
    load(workspace)


ORDERS = [
    opened_before_the_settings,
    opened_before_it_is_read,
    opened_while_it_is_read,
    opened_after_it_was_read,
]


@pytest.mark.parametrize("order", ORDERS)
def test_an_open_file_that_is_excluded_and_included_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    order: Callable[[Workspace, Callable[[], None]], None],
) -> None:
    monkeypatch.setattr(slices, "SLICE", 0)  # a folder of few files is read in several steps, too
    fixture(FILES).write(tmp_path)
    workspace = Workspace(str(tmp_path))

    def opened() -> None:
        for name, text in OPENED.items():
            workspace.open(str(tmp_path / name), text)

    order(workspace, opened)
    assert state(workspace) == from_scratch(tmp_path, LEGACY)
    assert not any("legacy" in each for each in state(workspace))
    workspace.configure(Settings())
    load(workspace)
    assert state(workspace) == from_scratch(tmp_path, Settings())
    assert any("legacy" in each for each in state(workspace))


def test_a_new_file_that_is_only_open_stays(tmp_path: Path) -> None:
    workspace = Workspace(str(tmp_path))
    load(workspace)
    workspace.open(str(tmp_path / "new.py"), OLD)
    before = state(workspace)
    load(workspace)
    assert state(workspace) == before
    assert any("new.py" in each for each in before)
