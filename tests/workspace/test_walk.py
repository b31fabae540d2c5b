"""Which folders and files are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.limits import FOLDER_FILES, FOLDER_LEVELS
from configvars.workspace.walk import Folder, Listing, excluder, listed, pruned, walk
from support.fixtures import fixture
from support.growth import calls_of


def tree(root: Path, *names: str) -> str:
    fixture("".join(f"-- {name} --\n" for name in names)).write(root)
    return str(root)


def found(root: str, *exclude: str, start: str | None = None) -> list[str]:
    paths = [f"{folder.path}/{name}" for folder in walk(root, exclude, start) for name in folder.files]
    return [path.removeprefix(f"{root}/") for path in paths]


def test_folders_of_tools_are_not_entered(tmp_path: Path) -> None:
    root = tree(
        tmp_path, "a.py", "venv/b.py", ".git/c.py", "node_modules/d.py", "x/__pycache__/e.py", "x/f.py"
    )
    assert found(root) == ["a.py", "x/f.py"]


def test_folders_are_listed_in_order(tmp_path: Path) -> None:
    root = tree(tmp_path, "b/1.py", "a/2.py", "c.py", "a/d/3.py", "B.py")
    assert found(root) == ["B.py", "c.py", "a/2.py", "a/d/3.py", "b/1.py"]
    assert found(root, start=f"{root}/a") == ["a/2.py", "a/d/3.py"]


@pytest.mark.parametrize("builder", ["package.json", "pyproject.toml", "setup.py", "setup.cfg"])
def test_what_a_build_creates_is_not_read(tmp_path: Path, builder: str) -> None:
    root = tree(tmp_path, "build/a.py", "dist/b.py", "web/build/c.py", f"web/{builder}")
    assert found(root) == ["build/a.py", "dist/b.py", f"web/{builder}"]


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "CACHEDIR.TAG"])
def test_a_marked_folder_is_left_out_but_not_the_root(tmp_path: Path, marker: str) -> None:
    root = tree(tmp_path, f"own/{marker}", "own/a.py", "b.py", marker)
    assert found(root) == sorted(["b.py", marker])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    root = tree(tmp_path, "a/x.py")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert found(root) == ["b", "a/x.py"]


def test_the_exclude_setting(tmp_path: Path) -> None:
    root = tree(tmp_path, "a.py", "old/b.py", "x/old/c.py", "x/d.log", "x/e.py")
    assert found(root, "old/", "*.log", "[") == ["a.py", "x/e.py"]
    assert found(root, "/old", "x/*", "!x/e.py") == ["a.py", "x/e.py"]
    is_excluded = excluder(root, ["old/"])
    assert [is_excluded(f"{root}/old", True), is_excluded(f"{root}/old", False)] == [True, False]


def test_a_temporary_folder_is_noted_but_not_entered(tmp_path: Path) -> None:
    left = f".env.configvars-{'0' * 16}.env"
    root = tree(tmp_path, f"a/{left}/.env", "b/x.py")
    assert [folder.has_staging for folder in walk(root)] == [False, True, False]
    assert found(root) == ["b/x.py"]


def test_a_folder_that_may_not_be_listed_is_denied() -> None:
    folders: dict[str, Listing] = {
        "/ws": (["a", "b"], ["x.py"], []),
        "/ws/a": None,
        "/ws/b": ([], ["y.py"], []),
    }
    assert list(walk("/ws", listing=lambda path: folders[path])) == [
        Folder("/ws", ("x.py",)),
        Folder("/ws/a", (), denied=True),
        Folder("/ws/b", ("y.py",)),
    ]


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert listed(str(tmp_path / "gone")) == ([], [], [])
    assert listed(tree(tmp_path, "b/x", "a/y", "d", "c")) == (["a", "b"], ["c", "d"], [])


@pytest.mark.beyond_limits
def test_the_walk_ends_at_its_limits() -> None:
    deep = list(walk("/ws", listing=lambda path: (["a"], [], [])))
    assert len(deep) == FOLDER_LEVELS.most + 1
    names = [str(number) for number in range(FOLDER_FILES.most)]
    wide = list(walk("/ws", listing=lambda path: ([], names, []) if path != "/ws" else (["a", "b"], [], [])))
    assert [folder.path for folder in wide] == ["/ws", "/ws/a"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app.py", False),
        ("venv", False),
        ("venv/x.py", True),
        ("a/.git/config", True),
        (f"a/.env.configvars-{'0' * 16}.env", True),
        ("a/build/x.py", False),
    ],
)
def test_paths_that_a_walk_does_not_reach(path: str, expected: bool) -> None:
    assert pruned("/ws", f"/ws/{path}") is expected


def test_many_patterns_are_compiled_once_and_not_for_each_walk() -> None:
    patterns = [f"**/only_here_{number}/*.py" for number in range(200)]
    first = calls_of(lambda: excluder("/ws", patterns))
    assert first > 1000
    assert calls_of(lambda: excluder("/ws", patterns)) < 1000
