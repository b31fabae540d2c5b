"""What a program reads from an env file in an unexpected encoding, compared with python-dotenv."""

from __future__ import annotations

from pathlib import Path

import dotenv
import pytest

from configvars.workspace.encodings import for_people, read_as, written_in

WRITTEN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
READ = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "latin-1",
    "ascii",
    "no-such",
    "no\0such",
)
TEXTS = ("A=1\n", "NAME=René\nB=2\n", "# é\nA=1\n", "")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("read", READ)
def test_python_dotenv_gets_the_same(tmp_path: Path, written: str, read: str, text: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(text.encode(written))
    found = read_as(path.read_bytes(), read, written_in(path.read_bytes()))
    expected = dotenv.dotenv_values(_plain(tmp_path, text))
    try:
        got = dotenv.dotenv_values(path, encoding=read)
    except (ValueError, LookupError) as error:
        got, raised = {}, type(error).__name__
    else:
        raised = ""
    assert found.error == raised
    if raised:
        return
    assert found.wrong == ("" if got == expected else "values" if [*got] == [*expected] else "names")
    assert found.has_nuls == any("\0" in f"{name}{value}" for name, value in got.items())


def _plain(folder: Path, text: str) -> Path:
    plain = folder / "plain.env"
    plain.write_text(text, encoding="utf-8")
    return plain


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        (None, ""),
        ("latin-1", ""),
        ("utf", ""),
        ("utf_16_le", "UTF-16"),
        ("UTF_8", "UTF-8"),
        ("utf-32", "UTF-32"),
    ],
)
def test_the_name_of_an_encoding(encoding: str | None, name: str) -> None:
    assert for_people(encoding) == name


@pytest.mark.parametrize("written", WRITTEN)
def test_the_encoding_is_seen(written: str) -> None:
    assert for_people(written_in("A=1\nB=é\n".encode(written))) == for_people(written)


@pytest.mark.parametrize(
    "data", [b"A=1\0\n", b"A=\0\n", b"\0\1\2\3", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "é=1".encode("latin-1")]
)
def test_what_is_in_no_unicode_encoding(data: bytes) -> None:
    assert written_in(data) is None
