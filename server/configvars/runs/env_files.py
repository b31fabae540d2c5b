"""Which env files apply to the code in a file, if it is known in which programs it runs."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Definition
from configvars.project import Project
from configvars.resolve import env_files
from configvars.runs.apart import loaders_apart
from configvars.runs.start_folders import start_folders


def env_files_for(project: Project, path: str) -> tuple[str, ...]:
    """The env files that apply to the code in `path`, without those that only other programs load."""
    files, settings = project.index.files, project.settings
    apart, starts = loaders_apart(project, path), start_folders(project, path)
    return env_files.env_files_for(path, files, project.root, settings, apart, starts)


def loaded_files(project: Project, path: str) -> Iterator[str]:
    """The env files that code of the same app loads, without those that only other programs load."""
    apart = loaders_apart(project, path)
    yield from (file for _, file in env_files.loads(path, project.index.files, project.root, apart))


def definitions_for(project: Project, path: str) -> Iterator[tuple[str, Definition]]:
    """The definitions, except bare names, in the env files that apply to `path`, with their paths."""
    for file in env_files_for(project, path):
        yield from ((file, each) for each in project.index.files[file].definitions if each.value is not None)
