"""Which project a path on the command line belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.cli.errors import CannotRun
from configvars.cli.targets import folder, targets
from support.fixtures import fixture

TREE = """\
-- pyproject.toml --
-- src/shop/app.py --
-- services/mail/Procfile --
-- services/mail/app.py --
-- services/mail/templates/a.txt --
-- tools/requirements.txt --
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    fixture(TREE).write(tmp_path)
    return tmp_path


def shown(paths: list[str], cwd: Path) -> list[tuple[str, list[str]]]:
    return [
        (os.path.relpath(target.root, cwd), [os.path.relpath(path, cwd) for path in target.asked])
        for target in targets(paths, str(cwd))
    ]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], [(".", ["."])]),
        (["src"], [(".", ["src"])]),
        (["src/shop/app.py", "src"], [(".", ["src/shop/app.py", "src"])]),
        (["services/mail"], [("services/mail", ["services/mail"])]),
        (["services/mail/app.py"], [("services/mail", ["services/mail/app.py"])]),
        (["src", "services/mail"], [(".", ["src"]), ("services/mail", ["services/mail"])]),
        (["./src/../src/"], [(".", ["src"])]),
    ],
)
def test_in_a_project(tree: Path, paths: list[str], expected: list[tuple[str, list[str]]]) -> None:
    assert shown(paths, tree) == expected


@pytest.mark.parametrize(
    ("cwd", "paths", "expected"),
    [
        ("src/shop", [], [("../..", ["."])]),
        ("src", ["shop", "shop/app.py"], [("..", ["shop", "shop/app.py"])]),
        ("services/mail/templates", [], [("..", ["."])]),
        ("services/mail", ["../../src"], [("../..", ["../../src"])]),
        ("tools", [], [("..", ["."])]),
    ],
)
def test_a_project_is_found_upwards(
    tree: Path, cwd: str, paths: list[str], expected: list[tuple[str, list[str]]]
) -> None:
    assert shown(paths, tree / cwd) == expected


def test_without_a_project_above_the_folder_itself_is_the_root(tmp_path: Path) -> None:
    fixture("-- deep/app.py --\n").write(tmp_path)
    assert shown([], tmp_path) == [(".", ["."])]
    assert shown(["deep", "deep/app.py"], tmp_path) == [("deep", ["deep"]), (".", ["deep/app.py"])]
    fixture("-- deep/requirements.txt --\n").write(tmp_path)
    assert shown(["deep/app.py"], tmp_path) == [("deep", ["deep/app.py"])]


def test_the_home_folder_and_shared_folders_are_not_projects(hermetic: Path, tmp_path: Path) -> None:
    for above in (hermetic, tmp_path / "tmp"):
        fixture("-- .git/HEAD --\n-- work/app.py --\n").write(above)
    (tmp_path / "tmp").chmod(0o1777)
    for above in (hermetic, tmp_path / "tmp"):
        assert shown([], above / "work") == [(".", ["."])]
        assert shown([], above) == [(".", ["."])]


def test_the_files_that_were_asked_for(tree: Path) -> None:
    target = targets(["src"], str(tree))[0]
    assert target.wants(str(tree / "src" / "shop" / "app.py"))
    assert not target.wants(str(tree / "src2" / "app.py"))


@pytest.mark.parametrize("path", ["nowhere", "src/nowhere", "pyproject.toml/x", "a\0b"])
def test_paths_that_do_not_exist(tree: Path, path: str) -> None:
    with pytest.raises(CannotRun, match=r"does not exist|cannot be read"):
        targets([path], str(tree))


def test_a_named_folder_is_used_as_the_root(tree: Path) -> None:
    assert folder("src", str(tree)) == str(tree / "src")
    assert folder(None, str(tree / "src")) == str(tree)


def test_a_file_is_not_a_folder(tree: Path) -> None:
    with pytest.raises(CannotRun, match=r"pyproject\.toml is not a folder"):
        folder("pyproject.toml", str(tree))


LINKS = """\
-- pyproject.toml --
-- src/app.py --
-- lib -> src --
-- src/same.py -> app.py --
-- src/theirs.py -> ../../theirs/lib/o.py --
-- theirs -> ../theirs/lib --
-- self -> . --
"""


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["lib"], [(".", ["src"])]),
        (["lib/app.py", "src/same.py"], [(".", ["src/app.py", "src/app.py"])]),
        (["src/theirs.py"], [(".", ["src/theirs.py"])]),
        (["theirs", "theirs/o.py"], [("../theirs", ["../theirs/lib", "../theirs/lib/o.py"])]),
        (["self/src"], [("self", ["self/src"])]),
    ],
)
def test_through_links(tmp_path: Path, paths: list[str], expected: list[tuple[str, list[str]]]) -> None:
    fixture(LINKS).write(tmp_path / "ours")
    fixture("-- setup.py --\n-- lib/o.py --\n").write(tmp_path / "theirs")
    assert shown(paths, tmp_path / "ours") == expected
