"""Modules that are added, removed or renamed: the results equal those of a folder that is read from
scratch.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from configvars.slices import finish
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.properties import share_of

WRAPPER = "import os\ndef need(name): return os.environ[name]\n"
PLAIN = "def need(name): return name\n"
APP = "-- app.py --\nfrom conf import need\nneed('A')\n"
INSIDE = "-- shop/app.py --\nfrom conf import need\nneed('A')\n"
INSIDE_CONF = f"{INSIDE}-- shop/conf.py --\n"
PYTHON = (
    "",
    "import os\n",
    PLAIN,
    WRAPPER,
    "from conf import need\nneed('A')\n",
    "from .conf import need\nneed('B')\n",
    "import conf\nconf.need('C')\n",
    "from shop import conf\nconf.need('D')\n",
    "from . import need\nneed('E')\n",
    "from .. import conf\nconf.need('F')\n",
    "from app import need\n",
)
SHOP = ("shop/__init__.py", "shop/app.py", "shop/conf.py")
PATHS = ("app.py", "conf.py", "conf/__init__.py", *SHOP, "src/conf.py")
STEPS = share_of(150)


def loaded(root: Path) -> Workspace:
    workspace = Workspace(str(root))
    finish(workspace.load())
    return workspace


def read(workspace: Workspace) -> list[str]:
    return sorted(
        f"{Path(path).relative_to(workspace.root)} {one.variable.name}"
        for path, facts in workspace.project().index.files.items()
        for one in facts.references
    )


def change(workspace: Workspace, name: str, text: str | None) -> None:
    """Write a file, or remove it if the text is None, and report the change to the workspace."""
    path = Path(workspace.root) / name
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    workspace.changed_on_disk(str(path))


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        (APP, {"other.py": WRAPPER}, []),
        (APP, {"conf.py": WRAPPER}, ["app.py A"]),
        (APP, {"conf.py": "", "conf.py ": WRAPPER}, ["app.py A"]),
        (APP, {"conf/__init__.py": WRAPPER}, ["app.py A"]),
        (f"{APP}-- conf.py --\n{PLAIN}", {"conf/__init__.py": WRAPPER}, ["app.py A"]),
        (
            f"{APP}-- conf.py --\n{WRAPPER}-- conf/__init__.py --\n{PLAIN}",
            {"conf/__init__.py": None},
            ["app.py A"],
        ),
        (
            f"{INSIDE_CONF}{WRAPPER}-- shop/__init__.py --\n",
            {"shop/__init__.py": None},
            ["shop/app.py A"],
        ),
        (
            f"{INSIDE_CONF}{PLAIN}-- conf.py --\n{WRAPPER}",
            {"shop/__init__.py": ""},
            ["shop/app.py A"],
        ),
        (
            f"{APP}-- conf.py --\n{WRAPPER}",
            {"conf.py": None, "app.py": "from conf import need\nneed('B')\n", "conf.py ": WRAPPER},
            ["app.py B"],
        ),
    ],
)
def test_a_file_is_read_if_a_module_that_it_imports_is_added_later(
    tmp_path: Path, before: str, changes: dict[str, str | None], after: list[str]
) -> None:
    fixture(before).write(tmp_path)
    workspace = loaded(tmp_path)
    for name, text in changes.items():
        change(workspace, name.strip(), text)
    assert read(workspace) == read(loaded(tmp_path)) == after


@pytest.mark.parametrize("seed", range(4))
def test_added_and_removed_files(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    workspace = loaded(tmp_path)
    for _ in range(STEPS):
        name, text = random.choice(PATHS), random.choice((None, *PYTHON))
        change(workspace, name, text)
        assert read(workspace) == read(loaded(tmp_path)), (name, text)


def test_an_unrelated_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture(APP).write(tmp_path)
    workspace = loaded(tmp_path)
    opened: list[str] = []
    read_bytes = workspace.disk.read_bytes

    def counted(path: str, limit: int) -> object:
        opened.append(Path(path).name)
        return read_bytes(path, limit)

    monkeypatch.setattr(workspace.disk, "read_bytes", counted)
    change(workspace, "other.py", PLAIN)
    change(workspace, "conf.py", WRAPPER)
    change(workspace, "conf.py", f"{WRAPPER}\n")
    assert opened == ["other.py", "conf.py", "app.py", "conf.py"]
