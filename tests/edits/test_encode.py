"""Values are written in the simplest form from which python-dotenv reads exactly the same value."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import example, given

from configvars.edits import encode_value
from configvars.edits.encode import quote_value
from support.properties import thorough, values

NASTY = [
    "", " ", "\t", "x ", " x", "'", '"', "''", '""', "\\", "\\\\", "a\\", "a\\\\", "it's $5!", "a\\\\b",
    "${HOME}", "${", "$${A}", "${:-$}{A}", "\\${A}", "#", " #", "x #y", "x#y", "\n", "\r", "\r\n", "a\nb",
    "C:\\new\\", "C:\\new", "'a'", '"a"', "'\"", "\\n", "\\'", '\\"', "\x0b", "\x0c", "\x1c", "\x85",
    "\u2028", "\xa0", "x\xa0#", "\ufeff", "\ufeffx", "=", "==", "a=b", "export A=1", "`id`", "$(id)",
    "\0", "\x1b[0m", "-----BEGIN KEY-----\nMIIC\n-----END KEY-----\n",
    '{"a": "b c"}', "😀", "e\u0301", "x" * 100_000,
]  # fmt: skip


def read_back(path: Path, written: str) -> str | None:
    path.write_bytes(f"BEFORE=1\nNAME={written}\nAFTER=2\n".encode())
    found = dotenv_values(path)
    assert list(found) == ["BEFORE", "NAME", "AFTER"]
    return found["NAME"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "plain"),
        ("", ""),
        ("two words", "two words"),
        ("it's $5!", "it's $5!"),
        ("C:\\new\\", "C:\\new\\"),
        ('{"a": 1}', '{"a": 1}'),
        ("postgres://u:p@h/db?x=1&y=2", "postgres://u:p@h/db?x=1&y=2"),
        (" padded ", '" padded "'),
        ("http://h/#top", '"http://h/#top"'),
        ('"quoted"', "'\"quoted\"'"),
        ("'quoted'", "\"'quoted'\""),
        ("two\nlines", r'"two\nlines"'),
        ("a\r\nb", r'"a\r\nb"'),
        ("${HOME}", "${:-$}{HOME}"),
        ("#\\", r'"#${:-\}"'),
    ],
)
def test_the_simplest_form_is_chosen(value: str, written: str) -> None:
    assert encode_value(value) == written


@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value)[:30])
@pytest.mark.parametrize("write", [encode_value, quote_value])
def test_difficult_values_are_restored(tmp_path: Path, write, value: str) -> None:
    assert read_back(tmp_path / ".env", write(value)) == value


@pytest.mark.slow
@thorough
@given(values)
@example("\\${:-\\}")
def test_every_value_is_restored(tmp_path: Path, value: str) -> None:
    assert read_back(tmp_path / ".env", encode_value(value)) == value
    assert read_back(tmp_path / ".env", quote_value(value)) == value


@pytest.mark.slow
@thorough
@given(values)
def test_the_encoded_value_is_one_line(value: str) -> None:
    assert not {"\n", "\r"} & {*encode_value(value), *quote_value(value)}


@pytest.mark.parametrize("value", ["\ud800", "secret\udfff"])
def test_values_that_no_file_can_contain_are_refused_without_being_shown(value: str) -> None:
    with pytest.raises(ValueError, match=r"^a lone surrogate cannot be written to an env file$"):
        encode_value(value)


def test_the_process_gets_the_value(tmp_path: Path) -> None:
    nasty = [value for value in NASTY if "\0" not in value and len(value) < 1000]
    lines = [f"V{n}={encode_value(value)}" for n, value in enumerate(nasty)]
    (tmp_path / ".env").write_bytes("\n".join(lines).encode())
    read = "import os, dotenv; dotenv.load_dotenv('.env'); print(ascii([os.environ[f'V{n}'] for n in %s]))"
    command = [sys.executable, "-c", read % range(len(nasty))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ascii(nasty)
