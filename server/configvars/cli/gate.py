"""`check --deploy`, `--since` and `--against`: the variables that an app lacks and that a change adds."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from configvars.cli.added import Needs, needs_in_inventory, needs_of
from configvars.cli.errors import CannotRun
from configvars.cli.judging import PYTHON, Checked
from configvars.cli.opening import Opener, opened
from configvars.cli.places import relative
from configvars.cli.processes import GUNICORN_CONFIG, NotKnown, commands, entries, no_procfile
from configvars.cli.reached import LoadsByName, Reached
from configvars.cli.report import Diagnostic
from configvars.cli.targets import Target
from configvars.platforms.base import AppSnapshot
from configvars.workspace import Workspace
from configvars.workspace.revision import NoRevision, files_at

_UNSET = frozenset({"not-on-heroku", "declared-not-on-heroku"})


def check_apps(args: argparse.Namespace, apps: Sequence[str]) -> None:
    """Raises `CannotRun` for `--deploy` without an app."""
    if args.processes and not args.deploy:
        raise CannotRun("--process can only be used with --deploy.")
    if args.deploy and not apps:
        raise CannotRun("--deploy needs the app to deploy to: --app NAME, or set HEROKU_APP.")


def check_done(args: argparse.Namespace, done: Iterable[Checked]) -> None:
    """Raises `CannotRun` if a deploy would pass only because its code was not checked."""
    for each in done if args.deploy else ():
        if not each.python:
            raise CannotRun("No Python file was checked, so it is not known whether this can be deployed.")
        if each.unread:
            raise CannotRun(f"{each.unread[0]}, so it is not known whether this can be deployed.")


def needs_before(args: argparse.Namespace, root: str, cwd: str, opener: Opener) -> Needs | None:
    """The variables that the code needed before the change; None without `--since` and `--against`."""
    if args.against:
        return needs_in_inventory(args.against, cwd)
    if not args.since:
        return None
    try:
        with files_at(root, args.since) as folder:
            return needs_of(opened(folder, opener.settings(root)).project())
    except NoRevision as why:
        raise CannotRun(str(why)) from None


def named_processes(args: argparse.Namespace) -> list[str]:
    """The names after `--process`, which commas separate."""
    return [name for word in args.processes for name in word.split(",") if name]


def of_processes(
    args: argparse.Namespace, workspace: Workspace, folder: Target, cwd: str
) -> tuple[Target, list[str]]:
    """The project without the code that the processes do not load, and sentences about it for the user.

    If it is not known what a process loads, all code counts.
    """
    names = named_processes(args)
    if not names:
        return folder, []
    procfile = workspace.text_of(os.path.join(folder.root, "Procfile"))
    if procfile is None:
        raise CannotRun(no_procfile(workspace.root, workspace.project().index.files, cwd))
    facts = workspace.project().index.files
    python = {path for path, each in facts.items() if each.kind == "python"}
    python |= {path for path in workspace.known() if path.endswith(PYTHON)}
    reached = Reached(folder.root, python, workspace.text_of)
    loaded: set[str] = set()
    for name, command in commands(procfile, names):
        try:
            loaded |= reached.from_(_starts(command, reached))
        except NotKnown:
            return folder, [f"What the process {name} loads is not known: all code was checked."]
        except LoadsByName as path:
            where = relative(str(path), cwd)
            return folder, [
                f"{where}, which the process {name} loads, imports modules by name: all code was checked."
            ]
    left_out = frozenset(python - loaded)
    words = f"{' and '.join(names)} load{'s' if len(names) == 1 else ''}"
    return replace(folder, left_out=left_out), [f"{words} {len(loaded)} of {len(python)} Python files."]


def _starts(command: str, reached: Reached) -> list[str]:
    starts: list[str] = []
    for entry in entries(command):
        found = reached.starts(entry)
        if not found and entry != GUNICORN_CONFIG:
            raise NotKnown(command)
        starts += found
    if not starts:
        raise NotKnown(command)
    return starts


def unset(found: Iterable[Diagnostic], apps: Iterable[AppSnapshot]) -> Mapping[str, tuple[str, ...]]:
    """The variables that, according to the findings, have to be set, by app."""
    names = dict.fromkeys(each.variable for each in found if each.check in _UNSET and each.variable)
    lacking = {app.app: tuple(name for name in names if name not in app.variables) for app in apps}
    return {app: each for app, each in lacking.items() if each}
