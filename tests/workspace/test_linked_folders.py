"""Symbolic links to folders: which are followed, and by which path a file is known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.limits import LINKED_FILES
from configvars.workspace import disk
from configvars.workspace.linked_folders import LinkedFolders
from configvars.workspace.walk import walk
from support.fixtures import fixture

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")


class Walked:
    """What a walk of the folder `ws` below `base` lists, with all paths relative to it."""

    def __init__(self, base: Path, files: str, *, trusted: bool = True) -> None:
        fixture(files).write(base)
        self.root = str(base / "ws")
        self.links = LinkedFolders(self.root, trusted=trusted)
        self.files = [
            self.below(f"{folder.path}/{name}")
            for folder in walk(self.root, linked=self.links)
            for name in folder.files
            if name.endswith(".py")
        ]

    def below(self, path: str) -> str:
        return os.path.relpath(path, self.root)

    @property
    def targets(self) -> dict[str, str]:
        return {self.below(link): self.below(to) for link, to in self.links.targets.items()}

    @property
    def unread(self) -> list[str]:
        return [f"{self.below(link)} {why.rpartition(', ')[2]}" for link, why in self.links.unread.items()]


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/", "which contains this folder"),
        ("..", "which contains this folder"),
        ("~", "which contains this folder"),
        ("/tmp", "which contains this folder"),
    ],
)
def test_what_contains_the_folder_is_not_listed(
    tmp_path: Path, link: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    target = {"~": str(tmp_path), "/tmp": str(tmp_path.parent)}.get(link, link)
    it = Walked(tmp_path, f"-- b.py --\n-- ws/a.py --\n-- ws/x -> {target} --\n")
    assert it.files == ["a.py"]
    assert it.unread == [f"x {why}"]


def test_a_home_folder_beside_the_folder_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    it = Walked(tmp_path, "-- home/b.py --\n-- ws/a.py --\n-- ws/x -> ../home --\n")
    assert it.files == ["a.py"]
    assert it.unread == ["x which is not a folder of a project"]


def test_what_contains_the_home_folder_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a link to /home from a project outside of it."""
    monkeypatch.setenv("HOME", str(tmp_path / "homes" / "me"))
    it = Walked(tmp_path, "-- homes/you/b.py --\n-- ws/a.py --\n-- ws/x -> ../homes --\n")
    assert it.files == ["a.py"]
    assert it.unread == ["x which is not a folder of a project"]


def test_nothing_outside_of_an_untrusted_folder_is_listed(tmp_path: Path) -> None:
    it = Walked(tmp_path, "-- c/b.py --\n-- ws/a.py --\n-- ws/x -> ../c --\n", trusted=False)
    assert it.files == ["a.py"]
    assert it.unread == ["x which is outside of this folder"]


@pytest.mark.parametrize("place", ["site-packages", "venv", "node_modules"])
def test_libraries_are_not_read(tmp_path: Path, place: str) -> None:
    it = Walked(tmp_path, f"-- e/{place}/b/c.py --\n-- ws/a.py --\n-- ws/x -> ../e/{place}/b --\n")
    assert it.files == ["a.py"]
    assert not it.unread


@pytest.mark.parametrize("pointer", ["gitdir: ../main/.git/worktrees/w\n", ""])
def test_another_checkout_is_not_listed(tmp_path: Path, pointer: str) -> None:
    git = f"-- w/.git --\n{pointer}" if pointer else "-- w/.git/HEAD --\nref: refs/heads/main\n"
    it = Walked(tmp_path, f"{git}-- w/b.py --\n-- ws/a.py --\n-- ws/x -> ../w --\n")
    assert it.files == ["a.py"]
    assert it.unread == ["x which is a repository of its own"]


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    back = "-- c/back -> ../ws --\n-- c/self -> . --\n-- c/up -> .. --\n-- c/a.py -> ../ws/a.py --\n"
    it = Walked(tmp_path, f"{back}-- c/b.py --\n-- ws/a.py --\n-- ws/loop -> loop --\n-- ws/x -> ../c --\n")
    assert it.files == ["a.py", "x/b.py"]
    assert it.targets == {"x/back": ".", "x/self": "x"}
    assert it.unread == ["x/up which contains this folder"]


def test_a_folder_elsewhere_is_listed_once_and_last(tmp_path: Path) -> None:
    links = "-- ws/a/x -> ../../c --\n-- ws/b/y -> ../../c --\n-- ws/b/z -> ../../c/d --\n"
    it = Walked(tmp_path, f"-- c/1.py --\n-- c/d/2.py --\n{links}-- ws/z.py --\n")
    assert it.files == ["z.py", "a/x/1.py", "b/z/2.py"]
    assert it.targets == {"b/y": "a/x", "a/x/d": "b/z"}
    assert [it.below(link) for link in it.links.followed] == ["a/x", "b/z"]


def test_a_link_inside_the_folder_is_only_another_name(tmp_path: Path) -> None:
    it = Walked(tmp_path, "-- ws/code/a.py --\n-- ws/pkg -> code --\n-- ws/up -> . --\n")
    assert it.files == ["code/a.py"]
    assert it.targets == {"pkg": "code", "up": "."}


@pytest.mark.beyond_limits
@pytest.mark.parametrize(("name", "unread"), [("b.py", ["x"]), ("b.png", [])])
def test_a_folder_elsewhere_with_too_many_files(tmp_path: Path, name: str, unread: list[str]) -> None:
    many = tmp_path / "c/m"
    many.mkdir(parents=True)
    for number in range(LINKED_FILES.most):
        (many / f"{number}.bin").touch()
    it = Walked(tmp_path, f"-- c/{name} --\n-- c/m/o/d.py --\n-- ws/a.py --\n-- ws/x -> ../c --\n")
    assert it.files == ["a.py", *(["x/b.py"] if unread else [])]
    assert [self.split()[0] for self in it.unread] == unread
    assert it.links.is_cut


def test_targets_are_those_of_the_system_and_a_folder_is_looked_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = "".join(f"-- out/inner/m{number}.py --\n" for number in range(20))
    inside = "-- ws/a.py --\n-- ws/b.py -> a.py --\n-- ws/sub/c.py --\n-- ws/in -> sub --\n"
    links = "-- ws/lib -> ../out --\n-- out/here.py -> inner/m1.py --\n-- out/back.py -> ../ws/a.py --\n"
    fixture(f"{files}{inside}{links}-- ws/gone -> nowhere --\n").write(tmp_path)
    (tmp_path / "opened").symlink_to("ws")
    (tmp_path / "above").symlink_to(".")
    below = [
        "a.py",
        "b.py",
        "sub/c.py",
        "in/c.py",
        "in/new.py",
        "lib",
        "lib/here.py",
        "lib/back.py",
        "gone",
        "",
    ]
    below += [f"lib/inner/m{number}.py" for number in range(20)]
    looked_up: list[str] = []
    monkeypatch.setattr(disk, "link_free", lambda path: looked_up.append(path) or os.path.realpath(path))
    for root in (tmp_path / "ws", tmp_path / "opened", tmp_path / "above/ws"):
        known = disk.Disk(str(root), trusted=True)
        for path in [os.path.join(root, each) if each else str(root) for each in below]:
            real = os.path.realpath(path)
            target = known.own_path(real) or real
            assert known.link_target(path) == (None if target == path else target), path
    assert len(looked_up) < 3 * 20
    (tmp_path / "ws/in").unlink()
    (tmp_path / "ws/in").symlink_to("../out")
    known.forget_links()
    assert known.link_target(f"{root}/in/new.py") == str(tmp_path / "out/new.py")
