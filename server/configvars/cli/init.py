"""`configvars init`: sets a project up and shows each file before it is written."""

from __future__ import annotations

import argparse
import os
import sys

from configvars.actions.declared import lacking_in_templates
from configvars.actions.setup import Part, gitignore_part, hook_part, settings_part
from configvars.actions.template import Completion, completions
from configvars.cli.asking import Asker, asker
from configvars.cli.errors import CannotRun
from configvars.cli.masked_diff import masked_diff
from configvars.cli.opening import open_folder, say
from configvars.cli.places import relative
from configvars.cli.targets import current_folder, folder
from configvars.cli.template import ignored_by_git, shown, unread
from configvars.cli.terminal import style_for
from configvars.cli.writing import write
from configvars.printable import printable
from configvars.workspace import Workspace
from configvars.workspace.git import read_git_file

_NEXT = (
    "Next: copy .env.example to .env and fill it in, or `configvars pull --app APP`; then `configvars check`."
)
_NEXT_WITH_ENV_FILE = "Next: `configvars check` compares the code with .env."
_TRACKED = (
    "Git tracks .env, so .gitignore does not affect it. To keep the file but not commit it: "
    "`git rm --cached .env`."
)

_NEXT_WITHOUT_VARIABLES = (
    "No code here reads a variable yet. When it does, `configvars template` creates .env.example."
)


def run(args: argparse.Namespace) -> int:
    """Show each file and ask whether to write it; returns 1 after a no, or if --diff shows a change."""
    cwd = current_folder()
    workspace = open_folder(folder(args.path, cwd))
    unread(workspace, cwd)
    ask = asker(yes=args.yes)
    every = _parts(workspace, cwd)
    steps = [step for step in every if not _why_not(step)]
    say(f"{relative(step.path, cwd)}{why}." for step in every if (why := _why_not(step)))
    if not steps:
        return _all_done(every)
    declined = 0
    for step in steps:
        sys.stdout.write(_shown(step, workspace, cwd))
        sys.stdout.flush()
        if args.diff or not (ask.yes or ask.interactive):
            continue
        declined += not _written(step, workspace, cwd, ask)
    if args.diff:
        return 1
    if not (ask.yes or ask.interactive):
        raise CannotRun(
            "Nothing was written, because there is no terminal to answer in. Use --yes to write all of it."
        )
    say(ignored_by_git((step.path for step in steps if isinstance(step, Completion)), cwd))
    if not declined:
        say(_next(every, workspace))
    return int(declined > 0)


def _next(every: list[Part | Completion], workspace: Workspace) -> list[str]:
    """What to do after everything was written."""
    env_file = os.path.join(workspace.root, ".env")
    tracked = [_TRACKED] if workspace.project().tracked_by_git(env_file) else []
    if not any(os.path.basename(step.path).startswith(".env.") for step in every):
        return [*tracked, _NEXT_WITHOUT_VARIABLES]
    return [*tracked, _NEXT_WITH_ENV_FILE if os.path.lexists(env_file) else _NEXT]


def _parts(workspace: Workspace, cwd: str) -> list[Part | Completion]:
    """All files of a set-up, in order."""
    root, text_of = workspace.root, workspace.text_on_disk
    listing = lacking_in_templates(workspace.project())
    return [
        settings_part(root, text_of),
        *(Part(path, there="it already lists every variable") for path in listing if not listing[path]),
        *completions(workspace.project(), listing),
        gitignore_part(root, text_of, read_git_file),
        hook_part(root, text_of, read_git_file),
    ]


def _why_not(step: Part | Completion) -> str:
    """Why a file is not written, to be printed after its path; empty if it is written."""
    if isinstance(step, Part) and step.there:
        return f": {step.there}"
    left = " was not changed: "
    if isinstance(step, Part) and step.cannot:
        return left + step.cannot
    if isinstance(step, Completion) and step.refused:
        return left + step.refused
    return left + "it cannot be read" if step.before is None and os.path.lexists(step.path) else ""


def _all_done(every: list[Part | Completion]) -> int:
    if all(isinstance(step, Part) and step.there for step in every):
        print("Everything is set up already.")
        return 0
    return 1


def _shown(step: Part | Completion, workspace: Workspace, cwd: str) -> str:
    if isinstance(step, Completion):
        return shown(step, workspace, cwd)
    path = relative(step.path, cwd)
    style = style_for(sys.stdout, os.environ)
    facts = workspace.facts_of
    return masked_diff(step.path, path, step.before or "", step.after, facts, style, step.own, context=0)


def _written(step: Part | Completion, workspace: Workspace, cwd: str, ask: Asker) -> bool:
    path = relative(step.path, cwd)
    if not ask.confirm(f"{'Create' if step.before is None else 'Change'} {path}?"):
        print(printable(f"{path} was not changed."))
        return False
    write(workspace, step.edit, step.before, path)
    print(printable(f"{'Created' if step.before is None else 'Changed'} {path}."))
    return True
