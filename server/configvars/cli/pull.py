"""`configvars pull [NAME…]`: config vars of a Heroku app, written into an env file."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from configvars.actions.gitignore import ignore_file
from configvars.actions.pull import PullOptions, PullPlan, plan_pull
from configvars.actions.pull_words import addon_question, conflict_question, question, summary
from configvars.catalog import never_missing
from configvars.checks.local import givers, is_given, nearest
from configvars.cli.apps import one_app
from configvars.cli.asking import Asker, asker
from configvars.cli.errors import CannotRun
from configvars.cli.heroku import heroku
from configvars.cli.opening import open_folder, say, settings_of
from configvars.cli.places import inside, relative
from configvars.cli.targets import current_folder
from configvars.model import FileEdit, Need
from configvars.platforms.base import AppSnapshot
from configvars.printable import printable
from configvars.project import Project
from configvars.secret import Secret
from configvars.workspace import Workspace, WriteRefused
from configvars.workspace.git import read_git_file
from configvars.workspace.reading import Unread, link_target, read_text


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull is about: the folder, the env file (its text, None if there is none), the app."""

    workspace: Workspace
    path: str
    text: str | None
    app: AppSnapshot
    values: Mapping[str, Secret]
    template: str | None

    @property
    def into(self) -> str:
        """The env file as the user knows it."""
        return relative(self.path, self.workspace.root)

    def plan(self, names: Iterable[str], options: PullOptions) -> PullPlan:
        """What would happen to some names."""
        return plan_pull(self.path, self.text, self.app, names, self.values, options, self.template)


def run(args: argparse.Namespace) -> int:
    """Pull what is named, else what the code here lacks; 1 where something that was asked for is left."""
    ask = asker(yes=args.yes)
    root, path = _no_link(*_places(args.into, current_folder()), ask)
    _check_readable(path, root)
    app = one_app(args.app, root, ask)
    with heroku([root]) as platform:
        snapshot = platform.fetch(app)
        workspace = open_folder(root, [snapshot])
        names = _names(args, workspace.project(), snapshot)
        values = platform.fetch_values(app, names) if names else {}
    text = workspace.text_of(path)
    if text is None and os.path.lexists(path):
        raise CannotRun(f"{relative(path, root)} cannot be read, and was left as it is.")
    pull = Pull(workspace, path, text, snapshot, values, _template(workspace.project(), path))
    plan = _agreed(pull, names, args, ask)
    if plan.edit is not None and not args.dry_run:
        pulled = plan.names("add", "replace")
        if pulled and not ask.confirm(question(plan, pull.into), otherwise=True):
            raise CannotRun("Nothing was written.")
        _ignore(pull, ask)
        _write(workspace, plan.edit, pull.into)
    _tell(pull, plan, args)
    return _status(plan, explicit=bool(args.names))


def _places(into: str | None, cwd: str) -> tuple[str, str]:
    """The folder, and the env file in it, both absolute: the current one and its `.env`, unless `into`."""
    path = os.path.normpath(os.path.join(cwd, into or ".env"))
    return (cwd if inside(path, cwd) else os.path.dirname(path)), path


def _no_link(root: str, path: str, ask: Asker) -> tuple[str, str]:
    """The same two, or those of the file that a link leads to, if the user says so: --yes does not."""
    target = link_target(path)
    if target is None:
        return root, path
    cwd = current_folder()
    shown = relative(target, cwd)
    why = f"{relative(path, cwd)} is a symbolic link to {shown}, and nothing is written through a link"
    if not replace(ask, yes=False).confirm(f"{why}. Pull into {shown} itself?"):
        raise CannotRun(f"{why}. To write to that file, name it: --into {shlex.quote(shown)}")
    return _places(target, cwd)


def _check_readable(path: str, root: str) -> None:
    """Say what keeps an env file from being read before Heroku is asked for anything."""
    found = read_text(path, root, settings_of(root)[0].max_file_size, python=False)
    if isinstance(found, Unread) and not found.missing:
        raise CannotRun(f"{relative(path, root)} {found.why}, and was left as it is.")


def _names(args: argparse.Namespace, project: Project, app: AppSnapshot) -> list[str]:
    if args.names and args.all:
        raise CannotRun("Name the variables or give --all, not both.")
    if args.names:
        return list(dict.fromkeys(args.names))
    return sorted(app.variables) if args.all else missing_names(project, app)


def missing_names(project: Project, app: AppSnapshot) -> list[str]:
    """The names that code here reads and nothing here gives, and that the app has; sorted."""
    lacking = {
        reference.variable.name
        for path, facts in project.index.files.items()
        for reference in facts.references
        if reference.need in (Need.REQUIRED, Need.OPTIONAL)
        and reference.variable.scope == "env"
        and not never_missing(reference.variable.name)
        and not is_given(project, path, givers(project, path), reference.variable)
    }
    return sorted(lacking & app.variables.keys())


def _template(project: Project, path: str) -> str | None:
    templates = nearest(project, path, "dotenv")
    return project.text_of(templates[0]) if templates else None


def _agreed(pull: Pull, names: list[str], args: argparse.Namespace, ask: Asker) -> PullPlan:
    """The plan after all questions that only a user at a terminal can answer."""
    every = frozenset(names)
    options = PullOptions(
        overwrite=every if args.overwrite else frozenset(),
        include_addons=every if args.include_addons else frozenset(),
    )
    plan = pull.plan(names, options)
    if not ask.interactive or ask.yes or args.dry_run:
        return plan
    local = {name for name in _held_back(plan) if args.names and _takes_local(plan, name, ask)}
    addons = {
        name for name in _held_back(plan) - local if args.names and ask.confirm(addon_question(plan, name))
    }
    overwrite = {
        name for name in plan.names("conflict") if ask.confirm(conflict_question(plan, name, pull.into))
    }
    answered = PullOptions(options.overwrite | overwrite, options.include_addons | addons, frozenset(local))
    return pull.plan(names, answered)


def _held_back(plan: PullPlan) -> set[str]:
    return set(plan.names("held-back"))


def _takes_local(plan: PullPlan, name: str, ask: Asker) -> bool:
    offer = next(item.local for item in plan.items if item.name == name)
    return offer is not None and ask.confirm(
        f"{name} of {plan.app} is not for copying. Write {offer.words} for this machine instead?"
    )


def _ignore(pull: Pull, ask: Asker) -> None:
    """Have git ignore the env file first, if it would not."""
    edit = ignore_file(pull.path, pull.workspace.root, read_git_file, os.environ)
    if edit is None:
        return
    where = relative(edit.path, pull.workspace.root)
    if ask.confirm(f"git would take {pull.into} into the repository. Add it to {where} first?"):
        _write(pull.workspace, edit, where)
        say([f"{pull.into} was added to {where}."])
    else:
        say([f"git does not ignore {pull.into}: add it to {where}, or answer with --yes."])


def _write(workspace: Workspace, edit: FileEdit, shown: str) -> None:
    try:
        workspace.write(edit, None if edit.create else workspace.text_of(edit.path))
    except WriteRefused as why:
        raise CannotRun(f"{shown} was left as it is: {why}.") from None


def _tell(pull: Pull, plan: PullPlan, args: argparse.Namespace) -> None:
    said = summary(plan, pull.into)
    message = f"Nothing was written; without --dry-run: {said}" if args.dry_run else said
    if args.output_format == "text":
        print(printable(message))
        return
    items = [
        {"name": item.name, "state": item.state, "why": item.why, "heroku_local": item.elsewhere}
        for item in plan.items
    ]
    told = {
        "version": 1,
        "app": plan.app,
        "production": plan.production,
        "path": pull.into,
        "dry_run": args.dry_run,
        "items": items,
        "message": message,
    }
    json.dump(told, sys.stdout, indent=2)
    print()


def _status(plan: PullPlan, *, explicit: bool) -> int:
    left = plan.names("unwritable")
    if explicit:
        left += plan.names("conflict", "held-back", "not-on-app")
    return int(bool(left))
