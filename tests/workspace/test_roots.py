"""The project folder of a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.workspace.roots import project_root
from support.fixtures import fixture


def root(folder: Path, start: str, *names: str) -> str | None:
    fixture("".join(f"-- {name} --\n" for name in names)).write(folder / "home")
    (folder / "home" / start).mkdir(parents=True, exist_ok=True)
    found = project_root(str(folder / "home" / start))
    return None if found is None else Path(found).relative_to(folder / "home").as_posix()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a/b/notes.txt"], None),
        (["a/Procfile"], "a"),
        (["a/Procfile", "a/b/.env"], "a/b"),
        (["a/manage.py"], "a"),
        (["a/manage.py", "Procfile"], "a"),
        (["a/Procfile", "a/b/manage.py"], "a"),
        (["a/b/manage.py", "a/setup.py"], "a/b"),
        (["a/configvars.toml"], "a"),
    ],
)
def test_the_nearest_folder_that_looks_like_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], expected: str | None
) -> None:
    """The home folder is none. A strong sign further up counts more than a weak one."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert root(tmp_path, "a/b", *names) == expected


def test_the_home_folder_itself_is_a_project_if_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert root(tmp_path, ".", ".env") == "."


def test_a_folder_that_all_users_share_is_no_project(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    (shared / "a").mkdir(parents=True)
    (shared / ".env").touch()
    shared.chmod(0o1777)
    assert project_root(str(shared / "a")) is None
    shared.chmod(0o777)
    assert project_root(str(shared / "a")) == str(shared)
