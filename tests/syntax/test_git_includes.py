"""Which included files count, compared with git itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars.syntax.git_includes import Where, read_config
from support.git import git

# In these conditions, REAL is the repository, and LINK is a link to its folder.
FALSE = [
    "gitdir:other/",
    "gitdir:shop",
    "gitdir:SHOP/",
    "gitdir:REAL",
    "gitdir:~/elsewhere/",
    "gitdir:../shop/",
    "gitdir:op/",
    "gitdir:./",
    "onbranch:next",
    "hasconfig:remote.*.url:https://example.org/**",
    "unknown:x",
]
TRUE = [
    "gitdir:shop/",
    "gitdir:shop/.git",
    "gitdir:apps/shop/",
    "gitdir:apps/",
    "gitdir:a*/**",
    "gitdir:~/apps/",
    "gitdir:REAL/",
    "gitdir:REAL/.git",
    "gitdir:LINK/",
    "gitdir/i:SHOP/",
    "gitdir/i:REAL/.GIT",
    "onbranch:main",
    "onbranch:m*",
    "hasconfig:remote.*.url:https://example.com/**",
]


@pytest.fixture(scope="module")
def repository(folders: Iterator[Path]) -> Path:
    folder = next(folders) / "apps" / "shop"
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    (folder.parents[1] / "link").symlink_to(folder.parent)
    (folder / ".git" / "extra").write_text("[core]\n\texcludesFile = found\n")
    return folder


@pytest.mark.parametrize(
    ("condition", "counts"), [*((each, False) for each in FALSE), *((each, True) for each in TRUE)]
)
def test_a_condition(repository: Path, monkeypatch: pytest.MonkeyPatch, condition: str, counts: bool) -> None:
    home = repository.parents[1]
    monkeypatch.setenv("HOME", str(home))
    link = home / "link" / "shop"
    written = condition.replace("REAL", str(repository)).replace("LINK", str(link))
    config = repository / ".git" / "config"
    config.write_text(
        f'[includeIf "{written}"]\n\tpath = extra\n[remote "a"]\n\turl = https://example.com/shop.git\n'
    )
    at = link if "LINK" in condition else repository
    real = git(at, "--git-dir", str(at / ".git"), "config", "--default", "", "core.excludesFile").strip()
    assert real == ("found" if counts else "")
    urls = ("https://example.com/shop.git",)
    where = Where(str(at / ".git"), "ref: refs/heads/main\n", str(home), urls)
    found = read_config(str(config), lambda path: Path(path).read_bytes(), where)
    assert (found.get("core", "excludesfile") or "", found.complete) == (real, True)


@pytest.mark.parametrize("condition", ["gitdir:~me/apps/", "gitdir:%(prefix)/apps/"])
def test_a_condition_that_is_not_known(repository: Path, condition: str) -> None:
    text = f'[includeIf "{condition}"]\n\tpath = extra\n'.encode()
    where = Where(str(repository / ".git"), "ref: refs/heads/main\n", "/home/me")
    found = read_config("/w/.git/config", lambda path: text, where)
    assert (found.get("core", "excludesfile"), found.complete) == (None, False)
