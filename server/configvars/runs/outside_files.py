"""Env files outside of the workspace that code loads. They are not read, so they may set any variable."""

from __future__ import annotations

import os
from itertools import islice

from configvars.model import EnvFileUse
from configvars.project import Project
from configvars.resolve.env_files import MAY_SEARCH, used_files
from configvars.resolve.env_places import places_of, upwards
from configvars.runs.apart import may_run_with

OUTSIDE = "outside of the workspace"


def outside_files(project: Project, path: str) -> tuple[str, ...]:
    """The existing files outside of the workspace that the app of the code in `path` loads, sorted."""
    outside = project.remembered("loads outside", lambda: _loads_outside(project))
    if not outside:
        return ()
    loaders = places_of(project.index.files, project.root).loaders(path)
    found = (outside.get(each.path, ()) for each in loaders if may_run_with(project, path, each.path))
    return tuple(sorted({file for files in found for file in files}))


def _loads_outside(project: Project) -> dict[str, tuple[str, ...]]:
    """The files that load existing files outside of the workspace, with these."""
    found: dict[str, tuple[str, ...]] = {}
    for loader, facts in project.index.files.items():
        for use in facts.env_files:
            if files := outside_of(project, loader, use):
                found[loader] = (*found.get(loader, ()), *files)
    return found


def outside_of(project: Project, loader: str, use: EnvFileUse) -> tuple[str, ...]:
    """The existing files outside of the workspace that one load in the file `loader` may mean."""
    if use.pattern or project.partial:
        return ()
    if use.path is None:
        return _found_above(project, loader, use)
    folder, root = os.path.dirname(loader), project.root
    folders = [folder] if use.relative_to == "folder" else [root, *upwards(folder, root)]
    paths = dict.fromkeys(os.path.normpath(os.path.join(each, use.path)) for each in folders)
    return tuple(each for each in paths if _is_outside(each, root) and project.is_file(each))


def _found_above(project: Project, loader: str, use: EnvFileUse) -> tuple[str, ...]:
    """The `.env` that `load_dotenv()` finds in a folder above the workspace, if no nearer one exists."""
    if use.idiom not in MAY_SEARCH or used_files(use, loader, project.index.files, project.root):
        return ()
    return found_above(project)


def found_above(project: Project) -> tuple[str, ...]:
    """The nearest `.env` in the folders above the workspace; none for a folder that is not trusted."""
    above = upwards(os.path.dirname(project.root), os.path.abspath(os.sep))
    return tuple(islice(filter(project.is_file, (os.path.join(each, ".env") for each in above)), 1))


def _is_outside(path: str, root: str) -> bool:
    """Whether a path leads out of a folder, on this computer: Windows would log in to another one."""
    return not path.startswith((os.path.join(root, ""), "//", "\\\\"))
