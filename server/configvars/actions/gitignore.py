"""Making git ignore an env file."""

from __future__ import annotations

import os
from collections.abc import Mapping

from configvars.edits.places import line_ending
from configvars.model import FileEdit, TextEdit
from configvars.syntax.git import GitState, Read
from configvars.text import Span

_EVERYWHERE = (".env", ".flaskenv")


def ignore_file(path: str, root: str, read: Read, environ: Mapping[str, str]) -> FileEdit | None:
    """Add a file to the topmost `.gitignore` of the workspace folder `root` with which git ignores it.

    `read` and `environ` are those of `GitState`. None if git already ignores the file, if that is not known,
    or if no line would make git ignore it.
    """
    state = GitState(read, environ)
    repository = state.repository(path)
    if repository is None or state.ignored(path) is not False:
        return None
    top = max(repository.root, root, key=len)  # one of them is inside the other
    for folder in dict.fromkeys((top, os.path.dirname(path))):
        edit, after = _appended(os.path.join(folder, ".gitignore"), _pattern(path, folder), read)
        if GitState(_with(read, edit.path, after), environ).ignored(path):
            return edit
    return None


def _pattern(path: str, folder: str) -> str:
    """The line to add: for `.env` a pattern for every folder, for other files a pattern for this folder."""
    name = os.path.basename(path)
    if name in _EVERYWHERE:
        return name
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    return "/" + "".join("\\" + char if char in "*?[\\ " else char for char in relative)


def _appended(path: str, pattern: str, read: Read) -> tuple[FileEdit, bytes]:
    before = read(path)
    text = (before or b"").decode("utf-8", "surrogateescape")
    ending = line_ending(text)
    added = pattern + ending if not text or text.endswith("\n") else ending + pattern + ending
    edit = TextEdit(Span(len(text), len(text)), added)
    after = (text + added).encode("utf-8", "surrogateescape")
    return FileEdit(path, (edit,), create=before is None), after


def _with(read: Read, path: str, data: bytes) -> Read:
    return lambda wanted: data if wanted == path else read(wanted)
