"""File paths as URIs and back."""

from __future__ import annotations

import os
from urllib.parse import quote, unquote, urlsplit

from configvars.patterns import lazy_pattern

_WINDOWS = os.name == "nt"
_DRIVE = lazy_pattern(r"/([A-Za-z]):(?=/|$)")
_VIRTUAL = "/.virtual_documents/"
_UNRESERVED = "/~!$&'()*+,;=@"


def path_of(uri: str, *, windows: bool = _WINDOWS) -> str | None:
    """The normalised absolute path of a `file:` URI; None for any other URI.

    In JupyterLab, the code of `nb.ipynb` has the path `.virtual_documents/nb.ipynb`, which means the
    notebook.
    """
    path = path_as_written(uri, windows=windows)
    if path is None or not path.endswith(".ipynb"):
        return path
    separator = "\\" if windows else "/"
    return path.replace(_VIRTUAL.replace("/", separator), separator, 1)


def path_as_written(uri: str, *, windows: bool = _WINDOWS) -> str | None:
    """`path_of`, but with the path of JupyterLab's own document for the code of a notebook."""
    try:
        parts = urlsplit(uri)
        path = unquote(parts.path, errors="surrogateescape")
        os.fsencode(path)
    except ValueError:  # not a URI, or not a path that the file system supports
        return None
    if parts.scheme.lower() != "file" or not path.startswith("/") or "\0" in path:
        return None
    host = "" if parts.netloc.lower() == "localhost" else parts.netloc
    if not windows:
        return None if host else os.path.normpath(path)
    if host:
        return ("//" + unquote(host) + path).replace("/", "\\")
    drive = _DRIVE.match(path)
    if drive is None:
        return None
    return f"{drive[1].upper()}:" + (path[drive.end() :] or "/").replace("/", "\\")


def uri_of(path: str, *, windows: bool = _WINDOWS) -> str:
    """The `file:` URI of an absolute path."""
    if windows:
        path = path.replace("\\", "/")
        if path.startswith("//"):
            return "file:" + quote(path, safe=_UNRESERVED)
        return f"file:///{path[:2]}" + quote(path[2:], safe=_UNRESERVED)
    return "file://" + quote(os.fsencode(path), safe=_UNRESERVED)
