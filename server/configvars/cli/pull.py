"""`configvars pull [NAME…]`: writes config vars of a Heroku app to an env file."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from configvars.actions.exposure import exposure, sentence, template_refusal
from configvars.actions.gitignore import ignore_file
from configvars.actions.pull import PullOptions, PullPlan, plan_pull
from configvars.actions.pull_target import is_another_kind
from configvars.actions.pull_words import addon_question, summary
from configvars.checks.local_values import held_back
from configvars.cli.apps import one_app
from configvars.cli.asking import Asker, asker
from configvars.cli.consent import ask_for_consent, consent_for
from configvars.cli.errors import CannotRun
from configvars.cli.heroku import fetch, heroku
from configvars.cli.linked_target import link_to, without_links
from configvars.cli.opening import open_folder, say, settings_of
from configvars.cli.parser import did_you_mean
from configvars.cli.places import relative
from configvars.cli.pull_folders import without_others
from configvars.cli.pull_names import absent_names, checked_names, missing_names, reads_environment
from configvars.cli.targets import current_folder, folder, project_root
from configvars.cli.writing import write
from configvars.features.unread_code import sentences, unread_code
from configvars.model import Variable
from configvars.platforms.base import AppSnapshot
from configvars.platforms.heroku.command import is_app_name
from configvars.printable import printable
from configvars.project import Project
from configvars.runs.givers import nearest
from configvars.secret import Secret
from configvars.sources.env_names import is_template_name
from configvars.workspace import Workspace
from configvars.workspace.git import git_state, read_git_file
from configvars.workspace.reading import Unread, read_text


class Pull(Struct, frozen=True):
    """What a pull is about: the folder, the env file (with its text, None if it does not exist), the app.

    `into` is the env file's path relative to the current folder.
    """

    workspace: Workspace
    path: str
    into: str
    text: str | None
    app: AppSnapshot
    values: Mapping[str, Secret]
    template: str | None

    def plan(self, names: Iterable[str], options: PullOptions) -> PullPlan:
        """What would happen to these names."""
        return plan_pull(self.path, self.text, self.app, names, self.values, options, self.template)

    def live(self, plan: PullPlan) -> dict[str, str]:
        """The names that a plan writes whose values act on real accounts or data, with their kinds.

        Nobody is asked again about a database whose credentials they have asked for by an option.
        """
        kinds = {name: self.values[name].facts().live_kind for name in plan.names("add", "replace")}
        return {name: kind for name, kind in kinds.items() if kind and not held_back(name, self.app)}


def run(args: argparse.Namespace) -> int:
    """Pull the named config vars, otherwise the missing ones.

    Returns 1 if a requested one was not written.
    """
    named = checked_names(args.names, every=args.all)
    cwd = current_folder()
    ask = asker(yes=args.yes)
    here, asked = _places(args.into, cwd)
    path = without_links(asked, here, cwd, ask)
    asked, root = link_to(path, cwd) or asked, here
    if path != asked:  # the code here shows what is missing; the file belongs to another project, perhaps
        here, root = folder(None, cwd), project_root(os.path.dirname(path), cwd)
    _check_writable(path, root, cwd)
    app = one_app(args.apps, root, ask, hint=partial(_perhaps_an_app, named, root))
    with heroku([root]) as platform:
        snapshot = fetch(platform, app)
        workspace = open_folder(root, [snapshot])
        text = workspace.text_of(path)
        if text is None and os.path.lexists(path):
            raise CannotRun(f"{relative(path, cwd)} cannot be read, and was not changed.")
        code = workspace.project() if root == here else open_folder(here, [snapshot]).project()
        names = named or (
            sorted(snapshot.variables) if args.all else missing_names(code, snapshot, asked, text)
        )
        if args.into is None and not args.all:
            names, said = without_others(code, names, asked, app, cwd)
            say([said] if said else [])
        if not args.names and not args.all:
            say(sentences(unread_code(replace(code, seen_from=cwd))))
        absent = [] if named else absent_names(code, snapshot, asked, text)
        values = platform.fetch_values(app, names) if names else {}
    template = _template(workspace.project(), path)
    pull = Pull(workspace, path, relative(path, cwd), text, snapshot, values, template)
    plan, agreed = _chosen(pull, names, args, ask)
    if plan.edit is not None and not args.dry_run:
        _make_sure(pull, plan, agreed, ask)
        write(workspace, plan.edit, text, pull.into)
    _report(pull, plan, absent, args)
    return _status(plan, explicit=bool(args.names))


def _perhaps_an_app(names: Iterable[str], root: str) -> str:
    """A name that may be the app rather than a variable, because no code reads it; empty if there is none."""
    index = None
    for name in reversed([*filter(is_app_name, names)]):  # `pull A from shop`
        index = index or open_folder(root, []).project().index
        if not any(True for _ in index.references(Variable("env", name))):
            return name
    return ""


def _places(into: str | None, cwd: str) -> tuple[str, str]:
    """The project's folder and the env file in it, both absolute: its `.env`, unless `into` is given."""
    if into is None:
        root = folder(None, cwd)
        return root, os.path.join(root, ".env")
    path = os.path.normpath(os.path.join(cwd, into))
    if os.path.isdir(path):
        raise CannotRun(f"{into} is a folder: name the env file in it, such as {os.path.join(into, '.env')}.")
    if is_another_kind(path):
        raise CannotRun(f"{into} is not an env file, and was not changed.")
    if not os.path.isdir(os.path.dirname(path)):
        raise CannotRun(f"The folder of {into} does not exist.")
    return project_root(os.path.dirname(path), cwd), path


def _check_writable(path: str, root: str, cwd: str) -> None:
    """Raises `CannotRun` for a file that must not get values, before Heroku is contacted."""
    if is_template_name(os.path.basename(path)):
        why = template_refusal(relative(path, cwd))
        raise CannotRun(f"{why} Name another file with --into, or leave it out for .env.")
    found = read_text(path, root, settings_of(root)[0].max_file_size, python=False)
    if isinstance(found, Unread) and not found.missing:
        raise CannotRun(f"{relative(path, cwd)} {found.why}, and was not changed.")


def _template(project: Project, path: str) -> str | None:
    templates = nearest(project, path, "dotenv")
    return project.text_of(templates[0]) if templates else None


def _make_sure(pull: Pull, plan: PullPlan, agreed: frozenset[str], ask: Asker) -> None:
    """Ask the necessary questions before anything is written, and first make git ignore the env file."""
    root, git = pull.workspace.root, git_state()
    exposed = exposure(pull.path, git.tracked, git.ignored)
    ignore = ignore_file(pull.path, root, read_git_file, os.environ) if exposed == "not-ignored" else None
    before = None if ignore is None or ignore.create else pull.workspace.text_of(ignore.path)
    live, ignoring = pull.live(plan), ignore is not None
    asked = consent_for(plan, pull.into, exposed, ignoring=ignoring, agreed=agreed, live=live)
    if asked is not None:
        ask_for_consent(asked, ask)
    if ignore is not None:
        where = relative(ignore.path, current_folder())
        write(pull.workspace, ignore, before, where)
        say([f"{pull.into} was added to {where}."])
    elif exposed and ask.yes:
        say([sentence(exposed, pull.into)])


def _chosen(
    pull: Pull, names: list[str], args: argparse.Namespace, ask: Asker
) -> tuple[PullPlan, frozenset[str]]:
    """The plan, and the names that the user was asked about on the way.

    A local value is replaced if `--overwrite` says so, or if its name is given and the user agrees.
    """
    every = frozenset(names)
    is_answered = ask.yes or (ask.interactive and not args.dry_run)
    options = PullOptions(
        overwrite=every if args.overwrite or (args.names and is_answered) else frozenset(),
        include_addons=every if args.include_addons else frozenset(),
    )
    plan = pull.plan(names, options)
    if not args.names or not is_answered:
        return plan, frozenset()
    held_back = plan.names("held-back")
    local = frozenset(name for name in held_back if _takes_local(plan, name, ask))
    others = (name for name in held_back if name not in local)
    addons = frozenset(name for name in others if ask.confirm(addon_question(plan, name, pull.into)))
    return pull.plan(names, PullOptions(options.overwrite, options.include_addons | addons, local)), addons


def _takes_local(plan: PullPlan, name: str, ask: Asker) -> bool:
    offer = next(item.local for item in plan.items if item.name == name)
    return offer is not None and ask.confirm(
        f"{name} of {plan.app} should not be copied. Write {offer.words} for this machine instead?"
    )


def _report(pull: Pull, plan: PullPlan, absent: list[str], args: argparse.Namespace) -> None:
    message = summary(plan, pull.into, command=True, would=args.dry_run, needed=absent)
    if not plan.items and (not absent or not pull.app.variables):
        nothing, *needed = message.split("; ", 1)
        message = "; ".join([f"{nothing.rstrip('.')}: {_why_nothing(pull, every=args.all)}", *needed])
        message = message.rstrip(".") + "."
    for name in plan.names("not-on-app"):
        if meant := did_you_mean(name, pull.app.variables):
            message += f" {name}: {meant[:1].lower()}{meant[1:]}"
    if args.output_format == "text":
        print(printable(message))
        return
    items = [
        {"name": item.name, "state": item.state, "why": item.why, "heroku_local": item.elsewhere}
        for item in plan.items
    ]
    document = {
        "version": 1,
        "app": plan.app,
        "production": plan.production,
        "path": relative(pull.path, pull.workspace.root),
        "dry_run": args.dry_run,
        "items": items,
        "message": message,
    }
    json.dump(document, sys.stdout, indent=2)
    print()


def _why_nothing(pull: Pull, *, every: bool) -> str:
    """Why a pull without names found nothing to do."""
    app = pull.app.app
    if every or not pull.app.variables:
        return f"{app} has no config vars"
    if not any(reads_environment(facts) for facts in pull.workspace.project().index.files.values()):
        return "no code here reads a variable; name the config vars, or use --all"
    return f"no variable that the code reads is missing here and set on {app}; --all pulls every config var"


def _status(plan: PullPlan, *, explicit: bool) -> int:
    left = plan.names("unwritable")
    if explicit:
        left += plan.names("conflict", "held-back", "not-on-app")
    return int(bool(left))
