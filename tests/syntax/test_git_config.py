import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from configvars.syntax.git_config import heroku_remotes, parse_git_config, preferred_remote
from support.properties import share_of


def listed(config_text: str) -> list[tuple[str, str]]:
    """The settings as `git config --list` prints them."""
    return [
        (".".join(part for part in (s.section, s.subsection, s.key) if part), s.value)
        for s in parse_git_config(config_text).settings
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("# [core]\n; a = b\n", []),
        ("[core]\n", []),
        ("[core]\nbare\n", [("core.bare", "true")]),
        ("[Core]\n\tIgnoreCase = True # yes\n", [("core.ignorecase", "True")]),
        ("[core] bare = false\n", [("core.bare", "false")]),
        ('[remote "My Origin"]\nurl = x\n', [("remote.My Origin.url", "x")]),
        ("[remote.Origin]\nurl = x\n", [("remote.origin.url", "x")]),
        ('[a "b\\"c\\\\d"]\nk = v\n', [('a.b"c\\d.k', "v")]),
        ('[a]\nk = " x ; y " z ; no\n', [("a.k", " x ; y  z")]),
        ("[a]\nk = one \\\n  two\n", [("a.k", "one   two")]),
        ("[a]\nk = a\\tb\\\\c\n", [("a.k", "a\tb\\c")]),
        ("[a]\r\nk = v\r\n", [("a.k", "v")]),
        ("[a]\nk =\n", [("a.k", "")]),
    ],
)
def test_settings(text: str, found: list[tuple[str, str]]) -> None:
    assert listed(text) == found


@pytest.mark.parametrize(
    "text",
    ["[a\n", "[a]\nk = \"x\n", "[a]\nk = \\x\n", "[a]\n1k = v\n", "[a]\nk v\n", "[a] ]\n"],
)  # fmt: skip
def test_an_incomplete_configuration_is_marked(text: str) -> None:
    assert not parse_git_config(text).complete


PIECES = st.sampled_from(
    ["[a]", '[a "B c"]', "[A.b]", "\n", "\n", "k", "Key-2", " = ", "=", "v", "two words", '"q # q"', '"',
     "\\n", "\\\\", "\\\n", " ", "\t", " # c", ";", "x#y", "1", "ż"]
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=share_of(400), deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("[a]k = \\\n = ")
@example('[a]k = "" \\\n x')
@example('[a]k = v ""')
def test_git_reads_the_same(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "config"
    path.write_bytes(text.encode())
    git = subprocess.run(
        ["git", "config", "--file", str(path), "-z", "--list"], capture_output=True, check=False
    )
    config = parse_git_config(text)
    assert config.complete == (git.returncode == 0)
    if git.returncode == 0:
        entries = [entry.partition("\n") for entry in git.stdout.decode().split("\0")[:-1]]
        # Inside a value, git before 2.45 prints a tab as a blank; for a name without `=`, it prints no value.
        expected = [(name, value if newline else "true") for name, newline, value in entries]
        assert [(n, v.replace("\t", " ")) for n, v in listed(text)] == [
            (n, v.replace("\t", " ")) for n, v in expected
        ]


@pytest.mark.parametrize(
    ("url", "app"),
    [
        ("https://github.com/me/shop.git", None),
        ("https://git.heroku.com/shop", None),
        ("https://user:token@git.heroku.com/shop.git", None),
        ("git@github.com:heroku/shop.git", None),
        ("https://git.heroku.com.evil.example/shop.git", None),
        ("https://git.heroku.com/.git", None),
        ("git@heroku.com:shop.git", "shop"),
        ("ssh://git@heroku.com/shop.git", "shop"),
        ("https://git.heroku.com/shop.git", "shop"),
    ],
)
def test_remotes_of_heroku(url: str, app: str | None) -> None:
    remotes = heroku_remotes(parse_git_config(f'[remote "heroku"]\n\turl = {url}\n'))
    assert [remote.app for remote in remotes] == ([app] if app else [])


def test_the_preferred_remote_of_several() -> None:
    config = parse_git_config(
        """
[remote "production"]
	url = https://git.heroku.com/shop.git
	fetch = +refs/heads/*:refs/remotes/production/*
[remote "origin"]
	url = https://github.com/me/shop.git
[remote "staging"]
	url = h:shop-staging.git
	url = https://git.heroku.com/not-fetched-from.git
[url "https://git.heroku.com/"]
	insteadOf = h:
[heroku]
	remote = staging
"""
    )
    assert [(r.name, r.app) for r in heroku_remotes(config)] == [
        ("production", "shop"),
        ("staging", "shop-staging"),
    ]
    assert preferred_remote(config) == "staging"


def test_a_configuration_that_git_wrote(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "remote", "add", "heroku", "https://git.heroku.com/shop.git"], check=True)
    subprocess.run([*git, "config", "heroku.remote", "heroku"], check=True)
    config = parse_git_config((tmp_path / ".git/config").read_text())
    assert [r.app for r in heroku_remotes(config)] == ["shop"]
    assert preferred_remote(config) == "heroku"
    assert config.complete
