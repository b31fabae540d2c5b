"""Which config vars to pull: the named ones, all, or those that are missing."""

from __future__ import annotations

import os
from collections.abc import Sequence

from configvars.cli.errors import CannotRun
from configvars.edits import is_writable_name
from configvars.model import FileFacts, Need, Variable
from configvars.platforms.base import AppSnapshot
from configvars.platforms.heroku import is_app_name
from configvars.project import Project
from configvars.runs.givers import comes_by_itself, givers, is_empty_here, is_given
from configvars.syntax.dotenv import parse_env

_EVERY = frozenset({"*", "all", "ALL"})
NAME_RULE = "only letters, digits and underscores are allowed, and no digit at the start"


def checked_names(names: Sequence[str], *, every: bool) -> list[str]:
    """The names on the command line, each once. Invalid names may be values and are not shown."""
    if names and every:
        raise CannotRun("Name the variables or use --all, not both.")
    if any(name in _EVERY for name in names):
        raise CannotRun("`configvars pull --all` pulls all variables of the app.")
    for number, name in enumerate(names, 1):
        before = name.partition("=")[0]
        if "=" in name and is_writable_name(before):
            raise CannotRun(
                f"{before} comes with a value: pull takes only names and reads the values from Heroku."
            )
        if "," in name and all(map(is_writable_name, name.split(","))):
            raise CannotRun(f"Separate the names with spaces: `configvars pull {name.replace(',', ' ')} …`.")
        if not is_writable_name(name) and os.path.lexists(name):
            raise CannotRun(f"{name} is a file: name the env file to write with --into.")
        if not is_writable_name(name):
            app = " If it is an app, write `--app` before it." if is_app_name(name) else ""
            raise CannotRun(f"Name {number} cannot be the name of a config var: {NAME_RULE}.{app}")
    return list(dict.fromkeys(names))


def missing_names(project: Project, app: AppSnapshot, into: str, text: str | None) -> list[str]:
    """The names that code here reads, that the app has, and that nothing here sets; sorted."""
    lacking = _lacking(project, into, text, (Need.REQUIRED, Need.OPTIONAL))
    return sorted(lacking & app.variables.keys())


def absent_names(project: Project, app: AppSnapshot, into: str, text: str | None) -> list[str]:
    """The names that code here requires, and that neither anything here nor the app sets; sorted."""
    return sorted(_lacking(project, into, text, (Need.REQUIRED,)) - app.variables.keys())


def reads_environment(facts: FileFacts) -> bool:
    """Whether a file reads an environment variable."""
    return any(each.need is not None and each.variable.scope == "env" for each in facts.references)


def _lacking(project: Project, into: str, text: str | None, needs: tuple[Need, ...]) -> set[str]:
    """The names that code here reads and that nothing here sets.

    If the env file `into`, whose text is `text`, applies to no code (`.env.local`), the names that it does
    not set count.
    """
    answers = os.path.basename(into) == ".env"
    answers = answers or any(into in givers(project, path).files for path in project.index.files)
    has = {b.key for b in parse_env(text or "") if b.value is not None and not b.value.facts().is_empty}

    def is_here(path: str, variable: Variable) -> bool:
        if answers:
            by = givers(project, path)
            return is_given(project, path, by, variable) and not is_empty_here(project, path, by, variable)
        return variable.name in has or comes_by_itself(project, path, variable)

    return {
        reference.variable.name
        for path, facts in project.index.files.items()
        for reference in facts.references
        if reference.need in needs
        and reference.variable.scope == "env"
        and not is_here(path, reference.variable)
    }
