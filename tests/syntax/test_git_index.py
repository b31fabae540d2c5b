import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configvars.syntax.git_index import UnreadableIndexError, tracked_paths


def git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), "-c", "core.autocrlf=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    names = [
        ".env",
        "app/.env",
        "app/config.py",
        "app/configs/a b.py",
        "żółć/✓.txt",
        "x" * 200,
        *map(str, range(100, 300)),
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    git(tmp_path, "add", "--all")
    return tmp_path


def listed(folder: Path) -> frozenset[bytes]:
    return frozenset(git(folder, "ls-files", "-z").split(b"\0")[:-1])


def read(folder: Path) -> frozenset[bytes]:
    return tracked_paths((folder / ".git/index").read_bytes())


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_version(repository: Path, version: str) -> None:
    git(repository, "add", "--intent-to-add", "--all")
    git(repository, "update-index", "--index-version", version)
    if version == "3":  # git writes version 3 where an entry needs its longer flags
        git(repository, "update-index", "--skip-worktree", "app/.env")
    assert read(repository) == listed(repository)
    assert b".env" in read(repository)
    assert (repository / ".git/index").read_bytes()[7] == int(version)


def test_sha256(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / ".env").touch()
    git(tmp_path, "add", ".env")
    assert tracked_paths((tmp_path / ".git/index").read_bytes(), id_size=32) == {b".env"}


def test_a_split_index_does_not_hold_all_names(repository: Path) -> None:
    git(repository, "update-index", "--split-index")
    with pytest.raises(UnreadableIndexError):
        read(repository)


def test_a_sparse_index_does_not_hold_all_names(repository: Path) -> None:
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "all")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index", "app")
    with pytest.raises(UnreadableIndexError):
        read(repository)


@pytest.mark.parametrize(
    "data", [b"", b"DIRC", b"DIRX" + bytes(8), b"DIRC\0\0\0\5" + bytes(4),
     b"DIRC\0\0\0\2\0\0\0\1", b"DIRC\0\0\0\2\xff\xff\xff\xff"],
)  # fmt: skip
def test_what_is_no_index_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableIndexError):
        tracked_paths(data)


@given(st.binary(max_size=300), st.sampled_from([2, 3, 4]), st.integers(0, 4))
def test_no_bytes_do_any_harm(tail: bytes, version: int, count: int) -> None:
    data = b"DIRC" + version.to_bytes(4, "big") + count.to_bytes(4, "big") + tail
    try:
        tracked_paths(data)
    except UnreadableIndexError:
        return
