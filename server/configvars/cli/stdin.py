"""Text on stdin that is checked as the content of a file: `check - --stdin-filename app.py`."""

from __future__ import annotations

import os
import sys

from msgspec import Struct

from configvars.cli.errors import CannotRun
from configvars.cli.targets import Target, project_root

WORD = "-"


class Stdin(Struct, frozen=True):
    """The text, the absolute path that it is checked as, and the project of this path."""

    text: str
    path: str
    target: Target


def read_stdin(paths: list[str], filename: str | None, cwd: str) -> Stdin | None:
    """The text on stdin, if `paths` contains `-`. Raises `CannotRun` if no file name is given for it."""
    if WORD not in paths:
        if filename is not None:
            raise CannotRun("--stdin-filename needs the path -, which reads the text from stdin.")
        return None
    if filename is None:
        raise CannotRun("Which file is on stdin? Name it with --stdin-filename.")
    if len(paths) > 1:
        raise CannotRun("- cannot be combined with other paths.")
    path = os.path.normpath(os.path.join(cwd, filename))
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        raise CannotRun(f"The folder of {filename} does not exist.")
    if os.path.isdir(path):
        raise CannotRun(f"{filename} is a folder: --stdin-filename needs the name of a file.")
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeError:
        raise CannotRun("The text on stdin is not UTF-8.") from None
    return Stdin(text, path, Target(project_root(folder, cwd), (path,)))
