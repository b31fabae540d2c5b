"""The file that python-decouple's `config` reads by itself: the nearest `settings.ini` or `.env`, upwards."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.model import EnvFileUse, Reference
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.folders_above import first_above
from configvars.runs.loads import Load

INI = "settings.ini"
_IDIOM, _NAMES_FILE = "decouple.config", "decouple.RepositoryEnv"


def autoconfig_loads(project: Project, reads: Iterable[tuple[str, Reference]]) -> Iterator[Load]:
    """The load for each file that reads through `config`.

    Its file is a `settings.ini` if that is found before a `.env`, or next to it.
    """
    every, seen = list(reads), set[str]()
    if any(read.idiom != _IDIOM for _, read in every):
        return  # another reader gets only what is in the environment
    for path, read in every:
        if path in seen:
            continue
        seen.add(path)
        facts = project.index.files.get(path)
        names_file = facts is not None and any(use.idiom == _NAMES_FILE for use in facts.env_files)
        found = None if names_file else _nearest(project, os.path.dirname(path))
        outside = () if found is not None or names_file else _above(project, path)
        if found is not None or outside:
            use = EnvFileUse(None, read.span, _IDIOM, relative_to="file", only_for="decouple")
            yield Load(path, use, () if found is None else (found,), outside=outside)


def autoconfig_above(project: Project, path: str) -> tuple[str, ...]:
    """The file outside of the project that decouple finds for the reads in `path`."""
    facts = project.index.files.get(path)
    reads = facts is not None and any(each.idiom == _IDIOM for each in facts.references)
    return _above(project, path) if reads and _nearest(project, os.path.dirname(path)) is None else ()


def _above(project: Project, path: str) -> tuple[str, ...]:
    if project.partial:
        return ()
    found = first_above(project, os.path.dirname(path), INI, ".env")
    # decouple does not look into the root of the file system.
    return tuple(each for each in found if os.path.dirname(each) != os.path.abspath(os.sep))


def _nearest(project: Project, folder: str) -> str | None:
    while True:
        ini, env = os.path.join(folder, INI), os.path.join(folder, ".env")
        if project.text_of(ini) is not None:
            return ini
        if is_env_file(env, project.index.files):
            return env
        if folder in (project.root, os.path.dirname(folder)):
            return None
        folder = os.path.dirname(folder)
