"""`check --deploy`, `--since` and `--against`: the variables that an app lacks and that a change adds."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from configvars.checks import run_checks
from configvars.checks.wording import the_processes
from configvars.cli.before import Before, in_inventory, needs_of, seen_in
from configvars.cli.errors import CannotRun
from configvars.cli.judging import Checked, judged
from configvars.cli.loaded import loaded_by, python_files, unrun
from configvars.cli.not_python import CHECK as SYNTAX
from configvars.cli.not_python import not_python
from configvars.cli.opening import Opener, opened
from configvars.cli.places import relative
from configvars.cli.processes import FLASK_APP, NotKnown, commands, no_procfile
from configvars.cli.reached import Loaded, LoadsByName
from configvars.cli.report import Diagnostic
from configvars.cli.targets import Target
from configvars.model import Finding, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.workspace import Workspace
from configvars.workspace.revision import NoRevision, files_at

_UNSET = frozenset({"not-on-heroku", "declared-not-on-heroku"})
_SEVERE = (Severity.ERROR, Severity.WARNING)


def check_apps(args: argparse.Namespace, apps: Sequence[str]) -> None:
    """Raises `CannotRun` for `--deploy` without an app."""
    if args.processes and not args.deploy:
        raise CannotRun("--process can only be used with --deploy.")
    if args.deploy and not apps:
        raise CannotRun("--deploy needs the app to deploy to: --app NAME, or set HEROKU_APP.")


def check_done(args: argparse.Namespace, done: Iterable[Checked]) -> None:
    """Raises `CannotRun` if a deploy would pass only because something that it needs was not checked."""
    for each in done if args.deploy else ():
        if not each.python:
            raise CannotRun("No Python file was checked, so it is not known whether this can be deployed.")
        if each.unread:
            raise CannotRun(f"{each.unread[0]}, so it is not known whether this can be deployed.")


def state_before(
    args: argparse.Namespace, folder: Target, cwd: str, opener: Opener, apps: Sequence[AppSnapshot]
) -> Before | None:
    """The state before the change; None without `--since` and `--against`."""
    if args.against:
        return in_inventory(args.against, cwd)
    if not args.since:
        return None
    try:
        with files_at(folder.root, args.since) as earlier:
            return _at(earlier, args, folder, opener, apps)
    except NoRevision as why:
        raise CannotRun(str(why)) from None


def _at(
    earlier: str, args: argparse.Namespace, folder: Target, opener: Opener, apps: Sequence[AppSnapshot]
) -> Before:
    """The state of the code in the folder `earlier`, all of whose files git tracks."""
    workspace = opened(earlier, opener.quietly_adjusted(earlier), apps)
    below = (os.path.relpath(path, folder.root) for path in folder.asked)
    there = Target(earlier, tuple(os.path.normpath(os.path.join(earlier, path)) for path in below))
    try:
        there, _ = of_processes(args, workspace, there, earlier)
    except CannotRun:  # the process is new
        there = replace(there, asked=())
    processes = frozenset(named_processes(args))
    not_run = unrun(workspace, earlier) if args.deploy else None
    project = judged(workspace, earlier, deploying=args.deploy, processes=processes, unrun=not_run)
    project = replace(project, tracked_by_git=lambda path: True)
    found = [each for path in project.index.files if there.wants(path) for each in run_checks(project, path)]
    return Before(needs_of(project, there.wants), seen_in(found, project))


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
    python = python_files(workspace)
    try:
        loaded = loaded_by(workspace, folder.root, python, commands(procfile, names))
    except NotKnown as process:
        return folder, [f"What {the_processes([str(process)])} loads is not known: all code was checked."]
    except LoadsByName as path:
        where, by = relative(str(path), cwd), the_processes([path.process])
        return folder, [f"{where}, which {by} loads, imports modules by name: all code was checked."]
    left_out = frozenset(python - loaded.files)
    return replace(folder, left_out=left_out), [_said(names, loaded, python, cwd)]


def _said(names: Sequence[str], loaded: Loaded, python: frozenset[str], cwd: str) -> str:
    """A sentence about how much of the code some processes load."""
    by = the_processes(names).replace("the", "The", 1)
    verb = "loads" if len(names) == 1 else "load"
    counts = f"{len(loaded.files)} of {len(python)} Python files"
    if not loaded.unsure:
        return f"{by} {verb} {counts}."
    why = (
        "it is not known which app FLASK_APP names"
        if loaded.unsure == FLASK_APP
        else f"it is not known exactly what {relative(loaded.unsure, cwd)} loads"
    )
    return f"{by} {verb} at most {counts}: {why}."


def not_parsed(
    args: argparse.Namespace, workspace: Workspace, project: Project, folder: Target
) -> Iterator[Finding]:
    """For a deploy, a finding for each file that is not valid Python and that a process may load."""
    if not args.deploy or SYNTAX in project.settings.ignore:
        return
    paths = python_files(workspace) - project.not_loaded
    yield from not_python(project, filter(folder.wants, paths))


def unset(found: Iterable[Diagnostic], apps: Iterable[AppSnapshot]) -> Mapping[str, tuple[str, ...]]:
    """The variables that, according to the errors and warnings, have to be set, by app."""
    severe = (each for each in found if each.check in _UNSET and each.severity in _SEVERE)
    names = dict.fromkeys(each.variable for each in severe if each.variable)
    lacking = {app.app: tuple(name for name in names if name not in app.variables) for app in apps}
    return {app: each for app, each in lacking.items() if each}
