"""Links inside the folder and the files that they lead to, some of them open: one file has one text."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from configvars.checks.through_links import refusal
from configvars.features.references import references_to
from configvars.features.rename import RenameRefused, rename
from configvars.model import Variable
from configvars.slices import finish
from configvars.workspace import Workspace
from configvars.workspace.unreported_changes import UnreportedChanges
from support.fixtures import fixture
from support.properties import share_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

FILES = """\
-- shared/conf.py --
import os
TOKEN = os.environ["TOKEN"]
-- svc/__init__.py --
-- svc/conf.py -> ../shared/conf.py --
-- svc/notes -> ../shared/conf.py --
-- svc/app.py --
from svc.conf import TOKEN
import conf
-- env/dev.env --
TOKEN=1
-- .env -> env/dev.env --
-- folder -> shared --
"""
CONF = 'import os\n\nTOKEN = os.environ["TOKEN"]\n'
MORE = f'{CONF}MORE = os.environ["MORE"]\n'
LESS = "import os\n"
LINK, REAL = "svc/conf.py", "shared/conf.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fixture(FILES).write(tmp_path)
    return tmp_path


def loaded(root: Path, texts: dict[str, str] | None = None, *, trusted: bool = True) -> Workspace:
    workspace = Workspace(str(root), trusted=trusted)
    for path, text in (texts or {}).items():
        workspace.open(str(root / path), text)
    finish(workspace.load())
    return workspace


def places(workspace: Workspace, name: str = "TOKEN") -> list[str]:
    """Every place that refers to a variable or sets it, with the line that the editor shows there."""
    project, found = workspace.project(), []
    for place in references_to(project, Variable("env", name), declarations=True):
        text = project.text_of(place.path) or ""
        assert place.span.of(text) == name
        line = text.count("\n", 0, place.span.start) + 1
        found.append(f"{project.relative(place.path)}:{line}")
    return found


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("opened_first", [True, False])
@pytest.mark.parametrize("path", [LINK, REAL, "svc/notes"])
def test_a_file_that_is_open_under_one_path(root: Path, path: str, opened_first: bool, trusted: bool) -> None:
    shown = REAL if path == "svc/notes" else path
    workspace = loaded(root, {path: MORE} if opened_first else None, trusted=trusted)
    workspace.open(str(root / path), MORE)
    assert places(workspace) == ["env/dev.env:1", f"{shown}:3"]
    assert places(workspace, "MORE") == [f"{shown}:4"]
    workspace.open(str(root / path), LESS)
    assert places(workspace) == ["env/dev.env:1"]
    workspace.close(str(root / path))
    assert places(workspace) == ["env/dev.env:1", f"{REAL}:2"]


@pytest.mark.parametrize("paths", [(LINK, REAL), (REAL, LINK)])
def test_a_file_that_is_also_open_as_a_link_counts_where_it_is(root: Path, paths: tuple[str, ...]) -> None:
    workspace = loaded(root)
    for path in paths:
        workspace.open(str(root / path), MORE)
    assert places(workspace, "MORE") == [f"{REAL}:4"]


def test_an_env_file_that_is_open_as_a_link(root: Path) -> None:
    workspace = loaded(root)
    workspace.open(str(root / ".env"), "A=1\nTOKEN=1\nMORE=1\n")
    assert places(workspace) == [".env:2", f"{REAL}:2"]
    assert places(workspace, "MORE") == [".env:3"]
    workspace.close(str(root / ".env"))
    assert places(workspace) == ["env/dev.env:1", f"{REAL}:2"]


def test_documents_with_other_texts_each_show_their_own(root: Path) -> None:
    workspace = loaded(root)
    workspace.open(str(root / LINK), MORE)
    workspace.open(str(root / REAL), CONF)
    assert places(workspace) == ["env/dev.env:1", f"{REAL}:3", f"{LINK}:3"]
    assert places(workspace, "MORE") == [f"{LINK}:4"]
    workspace.open(str(root / REAL), MORE)
    assert places(workspace) == ["env/dev.env:1", f"{REAL}:3"]
    workspace.close(str(root / REAL))
    assert places(workspace) == ["env/dev.env:1", f"{LINK}:3"]


@pytest.mark.parametrize("path", [LINK, "svc/notes"])
@pytest.mark.parametrize("text", [CONF, MORE, LESS])
def test_a_rename_is_refused_while_a_link_has_unsaved_changes(root: Path, path: str, text: str) -> None:
    workspace = loaded(root)
    workspace.open(str(root / path), text)
    found = (workspace.project(), str(root / "env/dev.env"), 0, "NEW")
    if text == LESS:
        assert [each.path for each in rename(*found).changes] == [str(root / "env/dev.env")]
        return
    with pytest.raises(RenameRefused, match=f"^{path} is a symbolic link to {REAL} and has unsaved changes"):
        rename(*found)


@pytest.mark.parametrize("link", [LINK, "svc/notes"])
@pytest.mark.parametrize(("in_link", "in_file"), [(CONF, MORE), (MORE, CONF)])
def test_nothing_changes_a_file_that_a_link_shows_with_another_text(
    root: Path, link: str, in_link: str, in_file: str
) -> None:
    """It does not say which one is unsaved: that may be both."""
    workspace = loaded(root)
    workspace.open(str(root / link), in_link)
    workspace.open(str(root / REAL), in_file)
    why = (
        f"{link} is a symbolic link to {REAL} and their texts in the editor differ, and configvars does not"
        " write through a link. Save the changes first."
    )
    assert {refusal(str(root / path), workspace.project()) for path in (link, REAL)} == {why}
    workspace.open(str(root / link), in_file)
    assert refusal(str(root / REAL), workspace.project()) == ""


@pytest.mark.parametrize("path", [LINK, "svc/notes", REAL])
def test_a_rename_changes_the_file_of_a_link_without_changes(root: Path, path: str) -> None:
    workspace = loaded(root)
    workspace.open(str(root / path), (root / REAL).read_text())
    changes = rename(workspace.project(), str(root / "env/dev.env"), 0, "NEW").changes
    assert [each.path for each in changes] == [str(root / "env/dev.env"), str(root / REAL)]


@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("path", [LINK, REAL])
@pytest.mark.parametrize("now", ["file", "other link", "nothing"])
def test_a_link_that_is_replaced_while_it_is_open(root: Path, path: str, now: str, reported: bool) -> None:
    workspace = loaded(root)
    workspace.open(str(root / path), MORE)
    changes = UnreportedChanges(workspace)
    list(changes.changed())
    (root / LINK).unlink()
    (root / "other.py").write_text(MORE)
    if now == "file":
        (root / LINK).write_text(LESS)
    elif now == "other link":
        (root / LINK).symlink_to("../other.py")
    for each in [str(root / LINK), str(root / "other.py")] if reported else filter(None, changes.changed()):
        workspace.changed_on_disk(each)
    assert facts(workspace) == facts(loaded(root, {path: MORE}))


def facts(workspace: Workspace) -> object:
    project = workspace.project()
    return {
        project.relative(path): (
            [(r.variable.name, r.span) for r in its.references],
            [(d.variable.name, d.span) for d in its.definitions],
            [(f.check, f.span, f.message) for f in workspace.findings(path)],
        )
        for path, its in project.index.files.items()
    }


LINKS = {LINK: ("../shared/conf.py", "../shared/other.py"), ".env": ("env/dev.env", "env/prod.env")}
TEXTS = {".py": (CONF, MORE, LESS, 'import os\nos.environ["A"]\n'), ".env": ("TOKEN=1\n", "A=1\nA=2\n", "")}
PATHS = (LINK, REAL, "shared/other.py", "svc/second.py", ".env", "env/dev.env", "env/prod.env")


@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_any_changes_lead_to_what_is_read_from_scratch(root: Path, seed: int, reported: bool) -> None:
    random = Random(seed)
    (root / "shared/other.py").write_text(MORE)
    (root / "env/prod.env").write_text("MORE=1\n")
    (root / "svc/second.py").symlink_to("conf.py")
    workspace, texts = loaded(root), dict[str, str]()
    changes = UnreportedChanges(workspace)
    list(changes.changed())
    done = []
    for number in range(share_of(60)):
        path = random.choice(PATHS)
        text = random.choice(TEXTS[os.path.splitext(path)[1] or ".env"])
        match random.choice(("open", "open", "close", "write", "link")):
            case "open":
                done.append(f"open {path} {text!r}")
                texts.pop(path, None)
                texts[path] = text
                workspace.open(str(root / path), text)
            case "close" if path in texts:
                done.append(f"close {path}")
                del texts[path]
                workspace.close(str(root / path))
            case "write" if not (root / path).is_symlink():
                done.append(f"write {path} {text!r}")
                (root / path).write_text(text)
                changed(workspace, changes, root / path, reported)
            case "link" if path in LINKS:
                (root / path).unlink()
                target = random.choice((*LINKS[path], ""))
                done.append(f"link {path} {target}")
                (root / path).symlink_to(target) if target else (root / path).write_text(text)
                changed(workspace, changes, root / path, reported)
        if number % 6 == 5:
            assert facts(workspace) == facts(loaded(root, texts)), "\n".join(done)


def changed(workspace: Workspace, changes: UnreportedChanges, path: Path, reported: bool) -> None:
    for each in [str(path)] if reported else list(filter(None, changes.changed())):
        workspace.changed_on_disk(each)
