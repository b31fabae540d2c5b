"""`check --deploy`, `--since` and `--against`: what an app lacks, and what a change adds."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence

from configvars.cli.added import Needs, needs_in_inventory, needs_of
from configvars.cli.errors import CannotRun
from configvars.cli.judging import Checked
from configvars.cli.opening import Opener, opened
from configvars.cli.report import Diagnostic
from configvars.platforms.base import AppSnapshot
from configvars.workspace.revision import NoRevision, files_at

_UNSET = frozenset({"not-on-heroku", "declared-not-on-heroku"})


def check_apps(args: argparse.Namespace, apps: Sequence[str]) -> None:
    """`CannotRun` for a deploy without an app to deploy to."""
    if args.deploy and not apps:
        raise CannotRun("--deploy needs the app to deploy to: --app NAME, or set HEROKU_APP.")


def check_done(args: argparse.Namespace, done: Iterable[Checked]) -> None:
    """`CannotRun` where a deploy would pass because its code was not looked at."""
    for each in done if args.deploy else ():
        if not each.python:
            raise CannotRun("No Python file was looked at: whether this can be deployed is not known.")
        if each.unread:
            raise CannotRun(f"{each.unread[0]}: whether this can be deployed is not known.")


def needs_before(args: argparse.Namespace, root: str, cwd: str, opener: Opener) -> Needs | None:
    """What the code of a project needed before the change; None where that is not asked."""
    if args.against:
        return needs_in_inventory(args.against, cwd)
    if not args.since:
        return None
    try:
        with files_at(root, args.since) as folder:
            return needs_of(opened(folder, opener.settings(root)).project())
    except NoRevision as why:
        raise CannotRun(str(why)) from None


def unset(found: Iterable[Diagnostic], apps: Iterable[AppSnapshot]) -> Mapping[str, tuple[str, ...]]:
    """The variables that findings say are to be set, by app."""
    names = dict.fromkeys(each.variable for each in found if each.check in _UNSET and each.variable)
    lacking = {app.app: tuple(name for name in names if name not in app.variables) for app in apps}
    return {app: each for app, each in lacking.items() if each}
