"""The variables that a dyno sets before a program starts: in `.profile`, and in the command of its process.

https://devcenter.heroku.com/articles/dynos#the-profile-file
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import Starts
from configvars.runs.named import NamedStart
from configvars.syntax.procfile import parse_procfile

_WORD = r"""(?:[^\s;&|<>()"'`\\#]|"[^"\\`]*"|'[^']*')*"""
_ASSIGNMENT = re.compile(rf"(?P<name>[A-Za-z_]\w*)=(?P<value>{_WORD})(?=\s|$)", re.ASCII)
# A line that certainly does nothing but set variables, or nothing at all.
_SIMPLE = re.compile(rf"\s*(?:(?P<export>export\s+)?(?:[A-Za-z_]\w*={_WORD}(?:\s+|$))+)?(?:#.*)?", re.ASCII)
_DEFAULT = re.compile(r"\$\{\w+:?-([^}$]+)\}", re.ASCII)
_EXPANSION = re.compile(r"\$\([^)]*\)|\$\{[^}]*\}|\$\w*|[\"']", re.ASCII)


def is_set_on_dynos(project: Project, path: str, name: str) -> bool:
    """Whether every process of the app that may load the file `path` certainly has a variable."""
    home = home_of(path, project.index.files, project.root)
    exported = project.remembered(f"profile of {home}", lambda: frozenset(_profile(project, home)))
    return name in exported or _is_set_by_commands(project, home, path, name)


def exported_names(script: str) -> Iterator[str]:
    """The variables that a shell script certainly exports, and not to nothing.

    Commands that this does not understand may end the script or unset variables, so they end the search.
    """
    for line in script.splitlines():
        found = _SIMPLE.fullmatch(line)
        if found is None:
            return
        if found["export"]:
            yield from (each["name"] for each in _ASSIGNMENT.finditer(line) if _is_something(each["value"]))


def _is_something(value: str) -> bool:
    """Whether a word of a shell command is certainly not empty."""
    return bool(_EXPANSION.sub("", _DEFAULT.sub(r"\1", value)))


def _profile(project: Project, home: str) -> Iterator[str]:
    """What the files export that dynos source; containers (`heroku.yml`) source none."""
    if project.text_of(os.path.join(home, "heroku.yml")) is not None:
        return
    folder = os.path.join(home, ".profile.d")
    scripts = (
        each for each in project.index.files if os.path.dirname(each) == folder and each.endswith(".sh")
    )
    for path in (os.path.join(home, ".profile"), *scripts):
        if project.tracked_by_git(path):
            yield from exported_names(project.text_of(path) or "")


def _is_set_by_commands(project: Project, home: str, path: str, name: str) -> bool:
    """Whether the command of each process that loads the file sets it (`web: NAME=value gunicorn app:app`).

    Not if it is unknown what some process loads.
    """
    procfile = os.path.join(home, "Procfile")
    processes = list(parse_procfile(project.text_of(procfile) or ""))
    starts = project.remembered("starts", lambda: Starts(project))
    known = [each for each in starts.all_named() if each.path == procfile and each.entry is not None]
    if len({each.start.span for each in known}) < len(processes):
        return False
    loading = [each for each in known if _loads(starts, each, path)]
    return bool(loading) and all(any(gift.name == name for gift in each.start.given) for each in loading)


def _loads(starts: Starts, named: NamedStart, path: str) -> bool:
    return named.entry is not None and path in starts.reach(named.entry.path)
