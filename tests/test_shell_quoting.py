"""Commands to copy: a real shell passes exactly these words to the program."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configvars import shell_quoting
from support.properties import share_of

ODD = (
    "a b",
    "it's",
    '"q"',
    "$HOME",
    "`x`",
    "a\\b",
    "ż",
    "new\nline",
    "\x1b[31m'\\",
    "*",
    "!x",
    "~",
    "#",
    "\udcff",
)
WORDS = st.text(st.characters(exclude_characters="\0", codec="utf-8"))


def words_in(command: str) -> list[str]:
    """The words that bash passes to a program."""
    ran = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True, timeout=20
    )
    return ran.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def test_odd_words() -> None:
    command = shell_quoting.command(*ODD)
    assert command.isprintable()
    assert words_in(command) == list(ODD)


def test_plain_words_stay_as_they_are() -> None:
    assert shell_quoting.command("chmod", "600", "api/.env") == "chmod 600 api/.env"


@settings(max_examples=share_of(30), deadline=None)
@given(st.lists(WORDS, min_size=1))
def test_any_words(words: list[str]) -> None:
    assert words_in(shell_quoting.command(*words)) == words


@pytest.mark.parametrize("name", ["-rf", "--help", "- x", "plain"])
def test_a_path_is_no_option(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    command = f"ls {shell_quoting.path(name)}"
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.strip().removeprefix("./") == name
