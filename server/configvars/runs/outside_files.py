"""Env files outside of the project that code loads. They are not read, so they may set any variable."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.model import EnvFileUse
from configvars.project import Project
from configvars.resolve.env_files import used_files
from configvars.resolve.env_places import places_of, upwards
from configvars.runs.apart import may_run_with
from configvars.runs.autoconfig import autoconfig_above
from configvars.runs.flask_files import flask_files, uses_flask
from configvars.runs.folders_above import first_above, is_outside
from configvars.runs.start_folders import home_for

OUTSIDE = "outside of the project"


def outside_files(project: Project, path: str) -> tuple[str, ...]:
    """The existing files outside of the project that the app of the code in `path` loads, sorted."""

    def find() -> tuple[str, ...]:
        by_itself = (*_by_flask(project, path), *autoconfig_above(project, path))
        return tuple(sorted({*_loaded(project, path), *by_itself}))

    return project.answered(f"files outside for {path}", find)


def _loaded(project: Project, path: str) -> Iterator[str]:
    """The files that calls load."""
    outside = project.answered("loads outside", lambda: _loads_outside(project))
    if not outside:
        return
    loaders = places_of(project.index.files, project.root).loaders(path)
    for loader in loaders:
        if may_run_with(project, path, loader.path):
            yield from outside.get(loader.path, ())


def _by_flask(project: Project, path: str) -> tuple[str, ...]:
    """The files that the `flask` command and `app.run()` find without a call in the code."""
    outside = flask_files(project, home_for(project, path)).outside
    return outside if outside and uses_flask(project) else ()


def _loads_outside(project: Project) -> dict[str, tuple[str, ...]]:
    """The files that load existing files outside of the project, with these."""
    found: dict[str, tuple[str, ...]] = {}
    for loader, uses in project.index.each("env_files").items():
        for use in uses:
            if files := outside_of(project, loader, use):
                found[loader] = (*found.get(loader, ()), *files)
    return found


def outside_of(project: Project, loader: str, use: EnvFileUse) -> tuple[str, ...]:
    """The existing files outside of the project that one load in the file `loader` may mean."""
    if use.pattern or project.partial:
        return ()
    if use.climbs:
        return _found_above(project, loader, use)
    if use.path is None:
        return ()
    folder, root = os.path.dirname(loader), project.root
    folders = [folder] if use.relative_to == "folder" else [root, *upwards(folder, root)]
    paths = dict.fromkeys(os.path.normpath(os.path.join(each, use.path)) for each in folders)
    return tuple(each for each in paths if is_outside(project, each) and project.is_file(each))


def _found_above(project: Project, loader: str, use: EnvFileUse) -> tuple[str, ...]:
    """The file that a library finds in a folder above the workspace, if no nearer one exists."""
    if used_files(use, loader, project.index.files, project.root):
        return ()
    folder = project.root if use.relative_to == "cwd" else os.path.dirname(loader)
    start, name = os.path.split(os.path.normpath(os.path.join(folder, use.path or ".env")))
    if use.path is not None and not os.path.isabs(use.path):
        start, name = folder, use.path
    return first_above(project, start, name)
