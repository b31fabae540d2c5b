from __future__ import annotations

import pytest

from configvars.lsp.convert.uris import path_of, uri_of


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "vscode-notebook-cell:/home/a/b.ipynb#W0",
        "git:/home/a/.env?ref",
        "http://example.org/.env",
        "file://server/share/.env",
        "file:relative",
        "file:///a%00b",
        "file:///\ud800",
        "/home/a/.env",
        "",
        "file://[::1/.env",
    ],
)
def test_a_uri_of_no_local_file_has_no_path(uri: str) -> None:
    assert path_of(uri, windows=False) is None


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a/.env", "/home/a/.env"),
        ("file://localhost/home/a", "/home/a"),
        ("FILE:///home/a", "/home/a"),
        ("file:///home/a%20b/%C3%BC%23%3F%25.py", "/home/a b/ü#?%.py"),
        ("file:///home/ü/😀", "/home/ü/😀"),
        ("file:///home/a/../b/./c/", "/home/b/c"),
        ("file:///bad%FFname", "/bad\udcffname"),
        ("file:///c%3A/x", "/c:/x"),
    ],
)
def test_paths(uri: str, path: str) -> None:
    assert path_of(uri, windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/Users/a%20b/.env", "C:\\Users\\a b\\.env"),
        ("file:///C:/Users/.env", "C:\\Users\\.env"),
        ("file:///c:", "C:\\"),
        ("file://server/share/.env", "\\\\server\\share\\.env"),
        ("file:///no/drive", None),
    ],
)
def test_windows_paths(uri: str, path: str | None) -> None:
    assert path_of(uri, windows=True) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/home/a b/ü#?%.py", "file:///home/a%20b/%C3%BC%23%3F%25.py"),
        ("/app/[slug]/x:y.py", "file:///app/%5Bslug%5D/x%3Ay.py"),
        ("/bad\udcffname", "file:///bad%FFname"),
    ],
)
def test_uris_are_restored(path: str, uri: str) -> None:
    assert uri_of(path, windows=False) == uri
    assert path_of(uri, windows=False) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("C:\\a b\\.env", "file:///C:/a%20b/.env"),
        ("\\\\server\\share\\.env", "file://server/share/.env"),
    ],
)
def test_windows_uris_are_restored(path: str, uri: str) -> None:
    assert uri_of(path, windows=True) == uri
    assert path_of(uri, windows=True) == path
