"""`pull` never writes through a symbolic link: it names the target, and offers to write to that."""

from __future__ import annotations

import os

from configvars import shell_quoting
from configvars.actions.pull_target import may_be_named, may_be_offered, why_not_through
from configvars.cli.asking import Asker
from configvars.cli.errors import CannotRun, Declined
from configvars.cli.places import relative
from configvars.cli.targets import folder
from configvars.workspace import Workspace
from configvars.workspace.git import git_state
from configvars.workspace.reading import inside, links_on


def without_links(path: str, root: str, cwd: str, ask: Asker) -> str:
    """The file to write to: `path`, or the file that it leads to, if a person agrees.

    Only an answer in the terminal agrees to a link of the repository; `--yes` agrees to those that git does
    not track. Otherwise raises `CannotRun` with the option that names the target, if it may be written.
    """
    project = Workspace(cwd if inside(path, cwd) else root).project()
    target = project.link_target(path)
    if target is None:
        return path
    link, shown = relative(path, cwd), relative(target, cwd)
    why = why_not_through(path, link, shown)
    named = " Name another file with --into."
    if may_be_named(target):
        named = f" To write to that file, name it: --into {shell_quoting.path(shown)}"
    if not (ask.yes or ask.interactive) or not may_be_offered(path, target, project):
        raise CannotRun(why + named)
    if ask.yes and any(map(_may_be_tracked, links_on(path))):
        raise CannotRun(f"{why} Git tracks the link, so --yes does not agree to it.{named}")
    if not ask.confirm(f"{why} Write to {shown} itself?"):
        raise Declined(f"Nothing was written. {why}{named}")
    return target


def _may_be_tracked(link: str) -> bool:
    git = git_state()
    return git.repository(link) is not None and git.tracked(link) is not False


def link_to(path: str, cwd: str) -> str | None:
    """The `.env` of the project around `cwd` if it leads to a file: its code shows what is missing there."""
    own = os.path.join(folder(None, cwd), ".env")
    is_link = own != path and os.path.realpath(own) == os.path.realpath(path)
    return own if is_link else None
