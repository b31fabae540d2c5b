"""Generated repositories and user settings, compared with what git reports about each file."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configvars.syntax.git import GitState
from configvars.workspace.git import read_git_file

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("CONFIGVARS_EXAMPLES", "4000")) // 100
FILES = (".env", "sub/.env", "app.log", "sub/notes.txt")

EXCLUDES = {"x1": ".env\n", "x2": "*.log\n!.env\n", "x3": "/sub/\n", "config/x4": "notes.txt\n"}
EXCLUDE_LINES = st.sampled_from(
    ["~/x1", "~/x2", "~/x3", "~/config/x4", "", "x1", "../x1", "~/none"]
).map(lambda path: f"[core]\n\texcludesFile = {path}\n")  # fmt: skip
PATTERNS = st.sampled_from(
    ["gitdir:~/", "gitdir:~/repo/", "gitdir:~/Repo/", "gitdir/i:~/REPO/", "gitdir:repo/", "gitdir:repo",
     "gitdir:repo/.git", "gitdir:**/.git", "gitdir:./", "gitdir:./repo/", "gitdir:*/", "gitdir:other/",
     "gitdir:~/re*/", "gitdir:~/re?o/**", "gitdir:~/repo**", "gitdir:/", "gitdir:worktrees/",
     "gitdir:modules/", "onbranch:main", "onbranch:feature/", "onbranch:f**", "onbranch:feature/*",
     "onbranch:*", "hasconfig:remote.*.url:https://*/**", "hasconfig:remote.*.url:git@*", "nonsense:x", ""]
)  # fmt: skip
INCLUDED = ("one", "config/two", "three")
PATHS = st.sampled_from([*INCLUDED, *(f"~/{path}" for path in INCLUDED), "missing", "~/missing", "../one"])
INCLUDES = st.one_of(
    PATHS.map(lambda path: f"[include]\n\tpath = {path}\n"),
    st.tuples(PATTERNS, PATHS).map(lambda both: f'[includeIf "{both[0]}"]\n\tpath = {both[1]}\n'),
)
REMOTE = st.just('[remote "origin"]\n\turl = https://example.org/shop.git\n')
CONFIG = st.lists(st.one_of(EXCLUDE_LINES, INCLUDES, INCLUDES), max_size=4).map("".join)
LAYOUTS = st.sampled_from(["plain", "worktree", "submodule", "separate", "linked worktree config"])
BRANCHES = st.sampled_from(["main", "feature/a"])


class Made:
    """A home folder with a repository in it, and functions that run git in it."""

    def __init__(self, home: Path, layout: str, branch: str) -> None:
        self.home = home
        self.environ = {"HOME": str(home), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}
        for name, text in EXCLUDES.items():
            self.write(name, text)
        self.root = self._made(layout, branch)
        assert self.git(self.root, "rev-parse", "--git-dir")
        for name in FILES:
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).touch()

    def _made(self, layout: str, branch: str) -> Path:
        repository = self.home / "repo"
        (self.home / "kept").mkdir()
        separate = ["--separate-git-dir", str(self.home / "kept/repo.git")] if layout == "separate" else []
        self.git(self.home, "init", "-q", "-b", branch, *separate, str(repository))
        if layout in ("plain", "separate"):
            return repository
        self.git(repository, "commit", "-q", "--allow-empty", "-m", "first")
        if layout == "submodule":
            outer = self.home / "outer"
            self.git(self.home, "init", "-q", str(outer))
            self.git(
                outer, "-c", "protocol.file.allow=always", "submodule", "-q", "add", str(repository), "part"
            )
            return outer / "part"
        if layout == "linked worktree config":
            self.git(repository, "config", "extensions.worktreeConfig", "true")
        self.git(repository, "worktree", "add", "-q", str(self.home / "tree"), "-b", "other")
        return self.home / "tree"

    def write(self, name: str, text: str) -> None:
        (self.home / name).parent.mkdir(exist_ok=True)
        (self.home / name).write_text(text)

    def git(self, folder: Path, *words: str, statuses: tuple[int, ...] = (0,)) -> str | None:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
        done = subprocess.run(
            command, cwd=folder, env=self.environ, capture_output=True, check=False, text=True
        )
        return done.stdout if done.returncode in statuses else None

    def state(self) -> GitState:
        return GitState(read, self.environ)


def read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def made(layout: str, branch: str) -> Iterator[Made]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve() / "home"
        home.mkdir()
        yield Made(home, layout, branch)


@settings(max_examples=EXAMPLES, deadline=None)
@given(LAYOUTS, BRANCHES, CONFIG, st.lists(CONFIG, min_size=3, max_size=3), st.one_of(st.just(""), REMOTE))
def test_git_ignores_the_same(layout: str, branch: str, config: str, included: list[str], own: str) -> None:
    with made(layout, branch) as it:
        it.write(".gitconfig", config + own)
        for name, text in zip(INCLUDED, included, strict=True):
            it.write(name, text)
        asked = [it.git(it.root, "check-ignore", "--no-index", "-v", name, statuses=(0, 1)) for name in FILES]
        state = it.state()
        answers = {name: state.ignored(str(it.root / name)) for name in FILES}
        if None in asked:  # git gives up, for example because includes form a loop
            assert set(answers.values()) <= {None, True}
        else:
            expected = {
                name: bool(said) and not said.split("\t")[0].split(":", 2)[2].startswith("!")
                for name, said in zip(FILES, asked, strict=True)
                if said is not None
            }
            assert answers == expected


@pytest.mark.parametrize("layout", ["plain", "worktree", "submodule", "separate", "linked worktree config"])
def test_git_tracks_the_same(layout: str) -> None:
    with made(layout, "main") as it:
        it.git(it.root, "add", "--force", ".env", "app.log")
        for split in (False, True):
            if split:
                it.git(it.root, "update-index", "--split-index")
            tracked = (it.git(it.root, "ls-files") or "").split()
            state = it.state()
            assert {name: state.tracked(str(it.root / name)) for name in FILES} == {
                name: name in tracked for name in FILES
            }


def test_git_does_not_follow_a_gitignore_that_is_a_link() -> None:
    with made("plain", "main") as it:
        (it.root / ".gitignore").symlink_to(it.home / "x1")
        assert it.git(it.root, "check-ignore", "--no-index", ".env", statuses=(0, 1)) == ""
        assert it.state().ignored(str(it.root / ".env")) is False


@pytest.mark.parametrize(
    ("variable", "value", "ignored"),
    [
        ("GIT_CONFIG_GLOBAL", "~/other", True),
        ("GIT_CONFIG_GLOBAL", "", False),
        ("GIT_CONFIG_SYSTEM", "~/other", True),
        ("GIT_CONFIG_NOSYSTEM", "1", False),
    ],
)
def test_the_user_may_configure_other_files(variable: str, value: str, ignored: bool) -> None:
    with made("plain", "main") as it:
        it.write("other", "[core]\n\texcludesFile = ~/x1\n")
        it.environ.pop("GIT_CONFIG_NOSYSTEM")
        it.environ[variable] = value.replace("~", str(it.home))
        said = it.git(it.root, "check-ignore", "--no-index", ".env", statuses=(0, 1))
        assert bool(said) is ignored
        assert it.state().ignored(str(it.root / ".env")) is ignored


@pytest.mark.parametrize(
    "pairs",
    [
        ("core.excludesFile", "~/x1"),
        ("CORE.EXCLUDESFILE", "~/x1"),
        ("core.excludesFile", "~/x2", "core.excludesFile", "~/x1"),
        ("safe.directory", "*"),
        ("core.excludesFile", "/dev/null"),
    ],
)
def test_settings_in_the_environment_override_all_files(pairs: tuple[str, ...]) -> None:
    with made("plain", "main") as it:
        it.write(".gitconfig", "[core]\n\texcludesFile = ~/x2\n")
        it.environ["GIT_CONFIG_COUNT"] = str(len(pairs) // 2)
        it.environ |= {f"GIT_CONFIG_KEY_{n}": key for n, key in enumerate(pairs[::2])}
        it.environ |= {f"GIT_CONFIG_VALUE_{n}": value for n, value in enumerate(pairs[1::2])}
        for name in FILES:
            said = it.git(it.root, "check-ignore", "--no-index", name, statuses=(0, 1))
            assert it.state().ignored(str(it.root / name)) is bool(said)


@pytest.mark.parametrize(
    "environ",
    [
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "include.path", "GIT_CONFIG_VALUE_0": "/x"},
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.excludesFile"},
        {"GIT_CONFIG_COUNT": "x"},
        {"GIT_CONFIG_COUNT": "9" * 400},
        {"GIT_CONFIG_PARAMETERS": "'core.excludesfile'='/x'"},
    ],
)
def test_too_many_settings_in_the_environment_are_not_known(environ: dict[str, str]) -> None:
    with made("plain", "main") as it:
        it.environ |= environ
        assert it.state().ignored(str(it.root / ".env")) is None


@pytest.mark.parametrize("variable", ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"])
def test_dev_null_means_no_configuration(variable: str) -> None:
    with made("plain", "main") as it:
        it.environ.pop("GIT_CONFIG_NOSYSTEM")
        it.environ[variable] = os.devnull
        assert it.git(it.root, "check-ignore", "--no-index", ".env", statuses=(0, 1)) == ""
        assert GitState(read_git_file, it.environ).ignored(str(it.root / ".env")) is False
