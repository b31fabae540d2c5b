"""`pull` never writes through a symbolic link: it names the target, and offers to write to that."""

from __future__ import annotations

import os

from configvars import shell_quoting
from configvars.actions.pull_target import is_another_kind
from configvars.cli.asking import Asker
from configvars.cli.errors import CannotRun, Declined
from configvars.cli.places import relative
from configvars.project import Project
from configvars.sources.env_names import is_template_name
from configvars.workspace import Workspace
from configvars.workspace.reading import inside


def without_links(path: str, root: str, cwd: str, ask: Asker) -> str:
    """The file to write to: `path`, or the file that it leads to, if a person agrees.

    A repository can contain a link, so nothing but an answer in the terminal agrees, not even `--yes`.
    Otherwise raises `CannotRun` with the command that names the target.
    """
    project = Workspace(cwd if inside(path, cwd) else root).project()
    target = project.link_target(path)
    if target is None:
        return path
    link, shown = relative(path, cwd), relative(target, cwd)
    verb = "is" if os.path.islink(path) else "leads through"
    why = f"{link} {verb} a symbolic link to {shown}, and configvars does not write through a link."
    named = f" To write to that file, name it: --into {shell_quoting.path(shown)}"
    if ask.yes or not ask.interactive or not _is_env_file(path, target, project):
        raise CannotRun(why + named)
    if not ask.confirm(f"{why} Write to {shown} itself?"):
        raise Declined(f"Nothing was written. {why}{named}")
    return target


def _is_env_file(path: str, target: str, project: Project) -> bool:
    """Whether a target may be offered: no code, no template, nothing that does not look like an env file."""
    if is_another_kind(target) or is_template_name(os.path.basename(target)):
        return False
    unread = project.unread_on_disk(path)
    return os.path.isdir(os.path.dirname(target)) and (unread is None or unread.missing)
