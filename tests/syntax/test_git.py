"""Git is the oracle: every answer that is not None must equal git's."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configvars.syntax.git import GitState
from support.properties import share_of


def read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    git(tmp_path, home, "init", "-q", "repo")
    return tmp_path / "repo"


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"]}


def git(
    folder: Path, home: Path, *arguments: str, codes: tuple[int, ...] = (0,), stdin: bytes | None = None
) -> bytes:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(home), input=stdin, capture_output=True, check=False
    )
    assert done.returncode in codes, done.stderr
    return done.stdout


def ignored_by_git(root: Path, home: Path, path: str) -> bool:
    return bool(git(root, home, "check-ignore", "--no-index", path, codes=(0, 1)))


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())


def state(home: Path) -> GitState:
    return GitState(read, environment(home))


@pytest.mark.parametrize(
    ("files", "ignored"),
    [
        ({}, False),
        ({".gitignore": ".env"}, True),
        ({"app/.gitignore": ".env"}, True),
        ({".gitignore": ".env", "app/.gitignore": "!.env"}, False),
        ({".gitignore": "app/", "app/.gitignore": "!.env"}, True),
        ({".gitignore": "app/*\n!app/.env"}, False),
        ({".git/info/exclude": ".env"}, True),
        ({".git/info/exclude": ".env", ".gitignore": "!.env"}, False),
        ({"../home/.config/git/ignore": ".env"}, True),
        ({"../home/.gitconfig": "[core]\nexcludesFile = ~/mine", "../home/mine": ".env"}, True),
        ({"../home/.config/git/config": "[core]\nexcludesFile = ~/mine", "../home/mine": ".env"}, True),
        ({"../home/.gitconfig": "[core]\nexcludesFile =", "../home/.config/git/ignore": ".env"}, False),
        ({"../home/.config/git/ignore": "app", ".gitignore": "!app/.env"}, True),
    ],
)  # fmt: skip
def test_every_ignore_file_has_git_s_precedence(
    root: Path, home: Path, files: dict[str, str], ignored: bool
) -> None:
    write(root, {"app/.env": "", **files})
    assert state(home).ignored(str(root / "app/.env")) is ignored
    assert ignored_by_git(root, home, "app/.env") is ignored


@pytest.mark.parametrize(("other", "ignored"), [({}, True), ({"GIT_CONFIG_NOSYSTEM": "1"}, False)])
def test_another_system_configuration(root: Path, home: Path, other: dict[str, str], ignored: bool) -> None:
    write(root, {"../home/system": "[core]\nexcludesFile = ~/mine", "../home/mine": ".env"})
    environ = {**environment(home), "GIT_CONFIG_SYSTEM": str(home / "system"), **other}
    assert GitState(read, environ).ignored(str(root / ".env")) is ignored


def test_a_split_index(root: Path, home: Path) -> None:
    write(root, {".env": "", "new.env": ""})
    git(root, home, "add", "-f", ".env")
    git(root, home, "update-index", "--split-index")
    assert [state(home).tracked(str(root / name)) for name in (".env", "new.env")] == [True, False]


GLOBS = st.text("ab.*?[]!^-\\/ #\u017c", min_size=1, max_size=8)
PATHS = (
    st.lists(st.text("ab.\u017c -", min_size=1, max_size=3), min_size=1, max_size=3)
    .map(lambda parts: "/".join(part.replace(".", "x") if set(part) == {"."} else part for part in parts))
    .filter(lambda path: path != "a")
)  # a folder


@settings(
    max_examples=share_of(250), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.sampled_from([".gitignore", "a/.gitignore", ".git/info/exclude"]),
                    st.lists(GLOBS, max_size=4).map("\n".join), min_size=1),
    st.lists(PATHS, min_size=1, max_size=8),
)  # fmt: skip
def test_git_ignores_the_same(root: Path, home: Path, files: dict[str, str], paths: list[str]) -> None:
    for old in (".gitignore", "a/.gitignore"):
        (root / old).unlink(missing_ok=True)
    write(root, {".git/info/exclude": "", **files})
    stdin = b"".join(path.encode() + b"\0" for path in paths)
    told = git(root, home, "check-ignore", "--no-index", "-z", "--stdin", stdin=stdin, codes=(0, 1))
    answers = state(home)
    assert [path for path in paths if answers.ignored(str(root / path))] == [
        path for path in paths if path in told.decode().split("\0")
    ]


def test_tracked_and_not(root: Path, home: Path) -> None:
    write(root, {".gitignore": ".env", ".env": "", "app/.env": "", "new": ""})
    git(root, home, "add", "--force", ".env")
    answers = state(home)
    assert answers.tracked(str(root / ".env")) is True
    assert answers.ignored(str(root / ".env")) is True
    assert answers.tracked(str(root / "app/.env")) is False
    assert answers.tracked(str(root / "new")) is False


def test_a_worktree_has_its_own_index_and_shares_the_rest(root: Path, home: Path, tmp_path: Path) -> None:
    git(
        root,
        home,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "commit",
        "-qm",
        "x",
        "--allow-empty",
    )
    git(root, home, "worktree", "add", "-q", "../tree")
    git(root, home, "remote", "add", "heroku", "https://git.heroku.com/shop.git")
    tree = tmp_path / "tree"
    write(root, {".git/info/exclude": "secret"})
    write(tree, {"secret": "", ".env": ""})
    git(tree, home, "add", ".env")
    answers = state(home)
    assert answers.ignored(str(tree / "secret")) is True
    assert answers.tracked(str(tree / ".env")) is True
    assert answers.tracked(str(root / ".env")) is False
    assert answers.own_config(str(tree)).get("remote", "url", "heroku")


@pytest.mark.parametrize("config", ["shared", "of each worktree", "of each worktree, but bare in all"])
@pytest.mark.parametrize("name", [".bare", ".git"])
def test_worktrees_beside_a_bare_repository(
    root: Path, home: Path, tmp_path: Path, name: str, config: str
) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    git(root, home, *author, "commit", "-qm", "x", "--allow-empty")
    around = tmp_path / "around"
    around.mkdir()
    git(around, home, "clone", "-q", "--bare", str(root), name)
    if name != ".git":
        write(around, {".git": f"gitdir: ./{name}\n"})
    if config != "shared":
        git(around / name, home, "config", "extensions.worktreeConfig", "true")
    if config == "of each worktree":  # as the manual of `git worktree` says
        git(around / name, home, "config", "--unset", "core.bare")
        git(around / name, home, "config", "--worktree", "core.bare", "true")
    git(around, home, "worktree", "add", "-q", "-b", "feature", "feature")
    write(around, {".env": "", "feature/.env": "", "feature/app/.env": ""})
    answers, places = state(home), (".env", "feature/.env", "feature/app/.env")
    added = [can_add(around / each, home) for each in places]
    assert added == [False, *[config != "of each worktree, but bare in all"] * 2]
    assert [answers.ignored(str(around / each)) is False for each in places] == added


def can_add(path: Path, home: Path) -> bool:
    return "add" in git(path.parent, home, "add", "-n", path.name, codes=(0, 128)).decode()


def test_the_configuration_is_that_of_the_repository_around_a_folder(root: Path, home: Path) -> None:
    git(root, home, "remote", "add", "heroku", "https://git.heroku.com/shop.git")
    (root / "app").mkdir()
    for folder in (root, root / "app"):
        assert state(home).own_config(str(folder)).get("remote", "url", "heroku")
    assert state(home).own_config(str(root.parent)).settings == ()


def test_the_inner_repository_counts(root: Path, home: Path) -> None:
    git(root, home, "init", "-q", "inner")
    write(root, {".gitignore": ".env", "inner/.env": ""})
    assert state(home).ignored(str(root / "inner/.env")) is False


def test_without_a_repository_the_answer_is_not_known(home: Path, tmp_path: Path) -> None:
    assert state(home).ignored(str(tmp_path / ".env")) is None
    assert state(home).tracked(str(tmp_path / ".env")) is None
    assert state(home).repository(str(tmp_path / ".env")) is None


@pytest.mark.parametrize(
    "config",
    ["[include]\npath = ~me/x", "[include]\npath = .gitconfig", "[core]\nexcludesFile = ~me/x", "["],
)  # fmt: skip
def test_with_unknown_excludes_undecided_files_are_not_known(root: Path, home: Path, config: str) -> None:
    write(root, {"../home/.gitconfig": config, ".gitignore": ".env"})
    answers = state(home)
    assert answers.ignored(str(root / ".env")) is True
    assert answers.ignored(str(root / "app.py")) is None


def test_unreadable_git_files_make_the_answer_not_known(root: Path, home: Path) -> None:
    def inside_only(path: str) -> bytes | None:
        if not Path(path).is_relative_to(root):
            raise PermissionError
        return read(path)

    answers = GitState(inside_only, environment(home))
    assert answers.ignored(str(root / ".env")) is None
    assert GitState(read, {}).ignored(str(root / ".env")) is None


def test_nothing_in_a_hostile_repository_is_run(root: Path, home: Path) -> None:
    marker = root / "PWNED"
    config = f"[core]\nfsmonitor = touch {marker}\nhooksPath = .\n[alias]\nstatus = !touch {marker}\n"
    write(root, {".git/config": config})
    write(root, {".env": "", "git": f"#!/bin/sh\ntouch {marker}\n"})
    (root / "git").chmod(0o755)
    answers = state(home)
    assert answers.ignored(str(root / ".env")) is False
    assert answers.tracked(str(root / ".env")) is False
    assert not marker.exists()
