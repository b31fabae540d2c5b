"""`configvars template`: creates `.env.example` or app.json, or adds the variables that they lack."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from configvars import shell_quoting
from configvars.actions.declared import Listing, lacking_in_manifests, lacking_in_templates
from configvars.actions.pull_words import listed
from configvars.actions.template import Completion, completions, reason
from configvars.cli.errors import CannotRun
from configvars.cli.judging import PYTHON
from configvars.cli.masked_diff import masked_diff
from configvars.cli.opening import Opener, say
from configvars.cli.places import inside, relative
from configvars.cli.targets import current_folder, folder, project_root
from configvars.cli.terminal import style_for
from configvars.cli.writing import write
from configvars.features.unread_code import sentences, unread_code
from configvars.printable import printable
from configvars.sources.env_names import is_env_file_name, is_template_name
from configvars.workspace import Workspace
from configvars.workspace.git import git_state


def run(args: argparse.Namespace) -> int:
    """Complete the files; with --check or --diff, print what they lack and return 1 if it is anything."""
    cwd = current_folder()
    root, into = _places(args, cwd)
    workspace = Opener(args.config, args.isolated).open(root)
    project = workspace.project()
    check_code(workspace, cwd)
    listing = lacking_in_manifests(project) if args.app_json else lacking_in_templates(project, into)
    if not listing:
        print("The code reads no variable that somebody has to set.")
        return 0
    lacking = list(completions(project, listing))
    if args.diff:
        for each in lacking:
            sys.stdout.write(shown(each, workspace, cwd))
    elif args.check:
        _report_lacking(lacking, _command(args), cwd)
    else:
        for each in lacking:
            print(printable(complete(each, workspace, cwd)))
    _report_complete(listing, args, cwd)
    say(ignored_by_git(listing, cwd))
    return int(bool(lacking) and (args.diff or args.check))


def check_code(workspace: Workspace, cwd: str) -> None:
    """Raises `CannotRun` if there is no code; prints which files could not be read."""
    files = workspace.project().index.files
    if not any(path.endswith(PYTHON) for path in workspace.known()) and not any(
        facts.kind == "python" for facts in files.values()
    ):
        where = relative(workspace.root, cwd)
        raise CannotRun(f"There is no Python file in {'this folder' if where == '.' else where}.")
    unread(workspace, cwd)


def unread(workspace: Workspace, cwd: str) -> None:
    """Print which files could not be read."""
    say(sentences(unread_code(replace(workspace.project(), seen_from=cwd))))


def shown(each: Completion, workspace: Workspace, cwd: str) -> str:
    """What a completion changes, as a diff without values."""
    _check(each, cwd)
    path = relative(each.path, cwd)
    style = style_for(sys.stdout, os.environ)
    return masked_diff(each.path, path, each.before or "", each.after, workspace.facts_of, style, each.own)


def complete(each: Completion, workspace: Workspace, cwd: str) -> str:
    """Carry a completion out; returns a sentence on what was done."""
    _check(each, cwd)
    path = relative(each.path, cwd)
    write(workspace, each.edit, each.before, path)
    names = listed(entry.name for entry in each.entries)
    return f"Wrote {path} with {names}." if each.before is None else f"Added {names} to {path}."


def ignored_by_git(paths: Iterable[str], cwd: str) -> Iterator[str]:
    """Sentences about templates that nobody else will get, because git ignores them."""
    git = git_state()
    for path in paths:
        if git.ignored(path) and git.tracked(path) is False:
            name = os.path.basename(path)
            where = relative(path, cwd)
            yield f"Git ignores {where}, so it is not committed: add the line !{name} to .gitignore."


def _places(args: argparse.Namespace, cwd: str) -> tuple[str, str | None]:
    """The project's folder and the template that is named, both absolute."""
    if args.into is None:
        return folder(args.path, cwd), None
    path = os.path.normpath(os.path.join(cwd, args.into))
    name, parent = os.path.basename(path), os.path.dirname(path)
    if not (is_template_name(name) and is_env_file_name(name)):
        raise CannotRun(f"{args.into} is not named like a template, such as .env.example.")
    if not os.path.isdir(parent):
        raise CannotRun(f"The folder of {args.into} does not exist.")
    root = folder(args.path, cwd)
    if args.path is None and not inside(path, root):
        root = project_root(parent, cwd)
    if not inside(path, root):
        raise CannotRun(f"{args.into} is outside {args.path}.")
    return root, path


def _check(each: Completion, cwd: str) -> None:
    path = relative(each.path, cwd)
    if each.before is None and os.path.lexists(each.path):
        raise CannotRun(f"{path} cannot be read, and was not changed.")
    if each.refused:
        raise CannotRun(f"{path} was not changed: {each.refused}.")


def _report_lacking(lacking: Sequence[Completion], command: str, cwd: str) -> None:
    for each in lacking:
        path = relative(each.path, cwd)
        if each.before is None and os.path.lexists(each.path):
            raise CannotRun(f"{path} cannot be read, so it is not known what it lists.")
        for entry in each.entries:
            print(printable(f"{path} does not list {entry.name} ({reason(entry, cwd)})."))
    if lacking:
        print(printable(f"To add {'it' if sum(len(e.entries) for e in lacking) == 1 else 'them'}: {command}"))


def _report_complete(listing: Listing, args: argparse.Namespace, cwd: str) -> None:
    if args.diff:
        return
    what = "that the code cannot run without" if args.app_json else "that the code reads without a default"
    for path, entries in listing.items():
        if not entries:
            print(printable(f"{relative(path, cwd)} is complete: it lists every variable {what}."))


def _command(args: argparse.Namespace) -> str:
    """The command that adds what this one found missing, with paths relative to the current folder."""
    path = shell_quoting.path
    words = ["configvars template", *([path(args.path)] if args.path else [])]
    words += ["--app-json"] if args.app_json else ["--into", path(args.into)] if args.into else []
    words += ["--isolated"] if args.isolated else ["--config", path(args.config)] if args.config else []
    return " ".join(words)
