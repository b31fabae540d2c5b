"""Variables that the code of a folder reads from an env file of its own: a pull puts them nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.actions.pull_words import listed
from configvars.cli.errors import CannotRun
from configvars.cli.places import relative
from configvars.model import Variable
from configvars.project import Project
from configvars.resolve.env_files import nearest
from configvars.runs.givers import givers, is_test
from configvars.shell_quoting import path as quoted


def without_others(
    project: Project, names: Iterable[str], into: str, app: str, cwd: str
) -> tuple[list[str], str]:
    """The names that belong in the env file `into`, and a sentence about the others; empty if there are none.

    A name belongs elsewhere if all code that reads it gets its variables from another existing `.env`.
    Raises `CannotRun` with that sentence if no name is left.
    """
    kept: list[str] = []
    others: dict[str, list[str]] = {}
    for name in names:
        files = set(_files(project, name, into))
        if not files or None in files or into in files:
            kept.append(name)
        else:
            others.setdefault(min(file for file in files if file is not None), []).append(name)
    said = " ".join(_sentence(found, file, app, cwd) for file, found in sorted(others.items()))
    if said and not kept:
        raise CannotRun(said)
    return kept, said


def _files(project: Project, name: str, into: str) -> Iterator[str | None]:
    """For each file that reads a variable, the `.env` that counts; `into` if that one does."""
    for found in project.index.references(Variable("env", name)):
        if is_test(project, found.path):
            continue
        if into in givers(project, found.path).files:
            yield into
        else:
            yield nearest(".env", os.path.dirname(found.path), project.index.files, project.root)


def _sentence(names: list[str], file: str, app: str, cwd: str) -> str:
    where = relative(file, cwd)
    command = f"configvars pull {' '.join(names)} --app {app} --into {quoted(where)}"
    return f"The code that reads {listed(names)} uses {where}: `{command}`."
