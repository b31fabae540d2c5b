import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configvars.syntax.git_index import UnreadableIndexError, parse_index
from support.properties import share_of


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
    return parse_index((folder / ".git/index").read_bytes(), shared=lambda name: shared(folder, name)).paths


def shared(folder: Path, name: str) -> bytes | None:
    path = folder / ".git" / name
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_version(repository: Path, version: str) -> None:
    git(repository, "add", "--intent-to-add", "--all")
    git(repository, "update-index", "--index-version", version)
    if version == "3":  # git writes version 3 if an entry needs the extended flags
        git(repository, "update-index", "--skip-worktree", "app/.env")
    assert read(repository) == listed(repository)
    assert b".env" in read(repository)
    assert (repository / ".git/index").read_bytes()[7] == int(version)


def test_sha256(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    (tmp_path / ".env").touch()
    git(tmp_path, "add", ".env")
    assert parse_index((tmp_path / ".git/index").read_bytes(), id_size=32).paths == {b".env"}


CHANGES = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(["new", "app/new", "zz", "0", ".env.local"])),
    st.tuples(st.just("change"), st.sampled_from([".env", "app/.env", "150", "new"])),
    st.tuples(st.just("remove"), st.sampled_from([".env", "app/config.py", "100", "299", "new", "app/new"])),
    st.tuples(st.just("split"), st.just("")),
)


@settings(
    max_examples=share_of(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, max_size=6), st.sampled_from(["2", "4"]))
def test_a_split_index(repository: Path, changes: list[tuple[str, str]], version: str) -> None:
    """Entries that were added, replaced and removed since the index was split count."""
    git(repository, "reset", "-q")
    git(repository, "update-index", "--no-split-index")
    git(repository, "add", "--all")
    git(repository, "update-index", "--index-version", version)
    split = ("-c", "core.splitIndex=true", "-c", "splitIndex.maxPercentChange=100")
    git(repository, *split, "update-index", "--split-index")
    for change, path in changes:
        if change == "split":
            git(repository, *split, "update-index", "--split-index")
        elif change == "remove":
            git(repository, *split, "rm", "-q", "--cached", "--ignore-unmatch", path)
        else:
            (repository / path).write_text(change)
            git(repository, *split, "update-index", "--add", path)
    assert b"link" in (repository / ".git/index").read_bytes()
    assert read(repository) == listed(repository)


def test_a_split_index_from_which_most_was_taken_out(repository: Path) -> None:
    """What was taken out is a run of bits."""
    git(repository, "add", "--all")
    split = ("-c", "core.splitIndex=true", "-c", "splitIndex.maxPercentChange=100")
    git(repository, *split, "update-index", "--split-index")
    git(repository, *split, "rm", "-q", "--cached", "-r", "1*", "2*")
    assert b"link" in (repository / ".git/index").read_bytes()
    assert read(repository) == listed(repository)


def test_a_split_index_without_its_other_part_is_refused(repository: Path) -> None:
    git(repository, "update-index", "--split-index")
    with pytest.raises(UnreadableIndexError):
        parse_index((repository / ".git/index").read_bytes())


def test_a_sparse_index_has_trees_instead_of_files(repository: Path) -> None:
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "all")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index", "app")
    index = parse_index((repository / ".git/index").read_bytes())
    told = {path: index.has(path) for path in listed(repository)}
    assert told[b".env"] is True
    assert told[b"app/.env"] is True
    assert told["żółć/✓.txt".encode()] is None
    assert index.has(b"other/.env") is False
    tree, name = index.tree_of("żółć/✓.txt".encode()) or (b"", b"")
    assert tree.hex().encode() == git(repository, "rev-parse", "HEAD:żółć").strip()
    assert name == "✓.txt".encode()


@pytest.mark.parametrize(
    "data", [b"", b"DIRC", b"DIRX" + bytes(8), b"DIRC\0\0\0\5" + bytes(4),
     b"DIRC\0\0\0\2\0\0\0\1", b"DIRC\0\0\0\2\xff\xff\xff\xff"],
)  # fmt: skip
def test_invalid_indexes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableIndexError):
        parse_index(data)


@given(st.binary(max_size=300), st.sampled_from([2, 3, 4]), st.integers(0, 4))
def test_arbitrary_bytes_are_refused(tail: bytes, version: int, count: int) -> None:
    data = b"DIRC" + version.to_bytes(4, "big") + count.to_bytes(4, "big") + tail
    try:
        parse_index(data)
    except UnreadableIndexError:
        return
