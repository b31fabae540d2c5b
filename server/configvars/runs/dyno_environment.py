"""The variables that a dyno sets before a program starts: in `.profile`, and in the command of its process.

https://devcenter.heroku.com/articles/dynos#the-profile-file
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.heroku_processes import is_script, loading, processes_of
from configvars.runs.named import NamedStart, env_files_of
from configvars.runs.taken_away import taken_by_commands

_WORD = r"""(?:[^\s;&|<>()"'`\\#]|"[^"\\`]*"|'[^']*')*"""
_ASSIGNMENT = lazy_pattern(rf"(?P<name>[A-Za-z_]\w*)=(?P<value>{_WORD})(?=\s|$)", re.ASCII)
# A line that certainly does nothing but set variables, or nothing at all.
_SIMPLE = lazy_pattern(rf"\s*(?:(?P<export>export\s+)?(?:[A-Za-z_]\w*={_WORD}(?:\s+|$))+)?(?:#.*)?", re.ASCII)
# Commands that may unset or replace variables, and text that is no command.
_UNCERTAIN = lazy_pattern(
    r"(?:^|[\s;&|(])(?:unset|eval|source|\.|exec|function|env\s+-[iu])\s|\bexport\s+-n|<<|\(\)"
)
_OPENS = lazy_pattern(r"(?:^|[\s;&|])(?:if|for|while|until|case|\{)(?=\s)")
_CLOSES = lazy_pattern(r"(?:^|[\s;&|])(?:fi|done|esac|\})(?=[\s;&|)]|$)")
_DEFAULT = lazy_pattern(r"\$\{\w+:?-([^}$]+)\}", re.ASCII)
_EXPANSION = lazy_pattern(r"\$\([^)]*\)|\$\{[^}]*\}|\$\w*|[\"']", re.ASCII)


def is_set_on_dynos(project: Project, path: str, name: str) -> bool:
    """Whether every process of the app that may load the file `path` certainly has a variable."""
    home = home_of(path, project.index.files, project.root)
    exported = project.remembered(f"profile of {home}", lambda: frozenset(_profile(project, home)))
    return name in exported or _is_set_by_commands(project, path, name)


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


def _is_set_by_commands(project: Project, path: str, name: str) -> bool:
    """Whether the command of each process that loads the file sets it (`web: NAME=value gunicorn app:app`).

    Not if it is unknown what some process loads.
    """
    if not all(process.starts for process in processes_of(project, path)):
        return False
    if taken_by_commands(project, path, name):
        return False
    programs = [program for _, program in loading(project, path)]
    return bool(programs) and all(_is_set_before(project, each, name) for each in programs)


def _is_set_before(project: Project, program: NamedStart, name: str) -> bool:
    """Whether a command sets a variable for a program, or loads an env file that git tracks and that sets it.

    In a script, only what it certainly exports before counts.
    """
    if name in {gift.name for gift in program.start.given}:
        return True
    files = (path for path in env_files_of(project, program) if project.tracked_by_git(path))
    if any(_sets(project, path, name) for path in files):
        return True
    before = (project.text_of(program.path) or "")[: program.start.span.start] if is_script(program) else ""
    return name in exported_in_script(before)


def _sets(project: Project, path: str, name: str) -> bool:
    lines = project.index.files[path].definitions
    return any(each.variable.name == name and each.value is not None for each in lines)


def exported_in_script(script: str) -> frozenset[str]:
    """The variables that a script has certainly exported when it ends, and not to nothing.

    Other commands cannot change what is exported, except those of the shell itself; after one of these, or in
    a branch or loop, nothing is certain.
    """
    found, depth = set[str](), 0
    for line in script.splitlines():
        if _UNCERTAIN.search(line):
            return frozenset()
        depth += len(_OPENS.findall(line)) - len(_CLOSES.findall(line))
        if depth == 0 and not _CLOSES.search(line):
            found.update(exported_names(line))
    return frozenset(found)
