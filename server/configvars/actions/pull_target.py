"""The files into which values may be pulled: by their names, and by the links that lead to them."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.sources.dotenv import KIND
from configvars.sources.env_names import is_template_name
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


def why_not_through(path: str, link: str, target: str) -> str:
    """Why nothing is pulled into a path that is or leads through a link; `link` and `target` are shown."""
    verb = "is" if os.path.islink(path) else "leads through"
    return f"{link} {verb} a symbolic link to {target}, and configvars does not write through a link."


def may_be_offered(path: str, target: str, project: Project) -> bool:
    """Whether to ask if the target of a link may be written: only if it looks like an env file."""
    unread = project.unread_on_disk(path)
    return may_be_named(target) and (unread is None or unread.missing)


def may_be_named(target: str) -> bool:
    """Whether values may be pulled into the target of a link if a person names it: no device, no code."""
    if is_another_kind(target) or is_template_name(os.path.basename(target)):
        return False
    return os.path.isfile(target) or (os.path.isdir(os.path.dirname(target)) and not os.path.lexists(target))
