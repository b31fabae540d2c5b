"""Which source files Python refuses because of their encoding, compared with Python itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from configvars.workspace.python_bytes import refused_by_python
from support.forked import run_python

FILES = {
    "ASCII": b"x = 1\n",
    "UTF-8": "x = 'ü'\n".encode(),
    "a byte order mark": "\ufeffx = 'ü'\n".encode(),
    "Latin-1 that is named": b"# coding: latin-1\nx = '\xfc'\n",
    "a name on the second line": b"#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\x80'\n",
    "Latin-1 in a string": b"x = 1\ny = 'Gr\xfc\xdfe'\n",
    "Latin-1 in a docstring": b'"""Gr\xfc\xdfe"""\n',
    "Latin-1 in a name": b"\xfc = 1\n",
    "Latin-1 in a comment": b"x = 1\n# Gr\xfc\xdfe\n",
    "Latin-1 in a comment on the first line": b"# Gr\xfc\xdfe\nx = 1\n",
    "ASCII that is named": b"# coding: ascii\nx = '\xfc'\n",
    "UTF-8 that is named": b"# coding: utf-8\nx = '\xfc'\n",
    "an encoding that nobody knows": b"# coding: klingon\nx = 1\n",
}


def imported(folder: Path) -> bool:
    return run_python("-c", "import app", cwd=folder, env=os.environ).returncode == 0


def accepted(folder: Path, *arguments: str) -> bool:
    ran = subprocess.run([sys.executable, "-B", *arguments], cwd=folder, capture_output=True, timeout=20)
    return ran.returncode == 0


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_as_python(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "app.py").write_bytes(data)
    refused = refused_by_python("app.py", data)
    assert (refused is None) == accepted(tmp_path, "app.py")
    assert (refused is None or refused.is_importable) == imported(tmp_path)


def test_the_line_is_named() -> None:
    refused = refused_by_python("app.py", b"x = 1\r\ny = '\xfc'\n")
    assert refused is not None
    assert refused.why == "is not UTF-8 (line 2) and has no line that names another encoding"


@pytest.mark.parametrize("name", ["app.ipynb", "settings.cfg", "run"])
def test_other_files_are_not_source_files(name: str) -> None:
    assert refused_by_python(name, b"x = '\xfc'\n") is None
