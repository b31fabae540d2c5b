"""The variables that a dyno sets before a program starts: in `.profile`, its image, and its command.

https://devcenter.heroku.com/articles/dynos#the-profile-file
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.heroku_processes import is_script, loading, processes_of
from configvars.runs.images import set_by_images
from configvars.runs.named import NamedStart, env_files_of
from configvars.runs.taken_away import taken_by_commands
from configvars.syntax.shell_exports import exported_names

# The operating system of a dyno sets these.
_OF_DYNOS = frozenset({"DYNO", "HOME", "PATH", "PWD"})


def is_set_on_dynos(project: Project, path: str, name: str) -> bool:
    """Whether every process of the app that may load the file `path` certainly has a variable."""
    home = home_of(path, project.index.files, project.root)
    exported = project.remembered(f"profile of {home}", lambda: frozenset(_profile(project, home)))
    by_commands = project.remembered(f"set by commands for {path}", lambda: _set_by_commands(project, path))
    if name in exported or (name in by_commands and not taken_by_commands(project, path, name)):
        return True
    return name in project.remembered(f"images of {home}", lambda: set_by_images(project, home))


def _has(project: Project, name: str) -> bool:
    """Whether a variable is set on every app before a script runs."""
    return name in _OF_DYNOS or all(name in app.variables for app in project.apps)


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
            yield from exported_names(project.text_of(path) or "", partial(_has, project))


def _set_by_commands(project: Project, path: str) -> frozenset[str]:
    """What the command of each process that loads a file sets (`web: NAME=value gunicorn app:app`).

    Nothing if it is unknown what some process loads.
    """
    if not all(process.starts for process in processes_of(project, path)):
        return frozenset()
    programs = [program for _, program in loading(project, path)]
    names = [frozenset(_set_before(project, each)) for each in programs]
    return frozenset.intersection(*names) if names else frozenset()


def _set_before(project: Project, program: NamedStart) -> Iterator[str]:
    """What a command sets for a program, also by loading an env file that git tracks.

    In a script, only what it certainly exports before counts.
    """
    yield from (gift.name for gift in program.start.given)
    for path in env_files_of(project, program):
        if project.tracked_by_git(path):
            lines = project.index.files[path].definitions
            yield from (each.variable.name for each in lines if each.value is not None)
    before = (project.text_of(program.path) or "")[: program.start.span.start] if is_script(program) else ""
    yield from exported_names(before, partial(_has, project))
