"""The files into which values may be pulled, by their names."""

from __future__ import annotations

import os

from configvars.sources.dotenv import KIND
from configvars.workspace.kinds import by_name

# Files of git and other programs, whose names look like no kind that configvars reads.
_OF_PROGRAMS = frozenset(
    {".bash_profile", ".bashrc", ".netrc", ".npmrc", ".profile", ".pypirc", ".zprofile", ".zshenv", ".zshrc"}
)
# Formats that no kind covers.
_FORMATS = (".css", ".csv", ".htm", ".html", ".lock", ".log", ".md", ".rst", ".svg", ".xml")
_ANY_TEXT = frozenset({KIND, "jinja"})  # Jinja templates can end in `.txt`, which may also be an env file


def is_another_kind(path: str) -> bool:
    """Whether the name of a file shows that it is code or has another format than an env file."""
    name = os.path.basename(path)
    if name in _OF_PROGRAMS or name.startswith(".git") or name.endswith(("ignore", *_FORMATS)):
        return True
    if ".git" in os.path.dirname(path).split(os.sep):
        return True
    kind = by_name(name)
    return kind is not None and kind.name not in _ANY_TEXT and not kind.needs_shebang
