"""What the code of a folder is judged by, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from configvars.checks.local import Givers, givers
from configvars.cli.places import relative
from configvars.cli.targets import Target
from configvars.model import Access, FileFacts
from configvars.project import Project
from configvars.workspace import Workspace


def judged(workspace: Workspace) -> Project:
    """A folder as the command line judges it: where there is no env file, templates and apps stand in."""
    return replace(workspace.project(), templates_stand_in=True)


def remarks(project: Project, folder: Target) -> Iterator[str]:
    """Sentences on what was not looked at, and on what stood in for an env file."""
    wanted = [facts for path, facts in sorted(project.index.files.items()) if folder.wants(path)]
    for facts in wanted:
        if facts.skipped:
            yield f"{relative(facts.path, project.root)} {facts.skipped} and was not looked at."
    judges = [givers(project, facts.path) for facts in wanted if _reads_environment(facts)]
    if judges and all(by.stand_in or not by for by in judges):
        yield _stand_ins(judges, project.root)


def _stand_ins(judges: list[Givers], root: str) -> str:
    files = sorted({relative(path, root) for by in judges for path in by.files})
    apps = sorted({f"Heroku app {app}" for by in judges for app in by.apps})
    if not files and not apps:
        return "There is no env file here, and no template or app.json to judge the code by."
    return f"There is no env file here: the code was judged by {' and '.join([*files, *apps])}."


def _reads_environment(facts: FileFacts) -> bool:
    return any(found.access is Access.READ and found.variable.scope == "env" for found in facts.references)
