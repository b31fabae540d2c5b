"""Which env files code, a runner or another tool loads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.project import Project
from configvars.resolve.env_files import env_files_for, home_of, is_test_file, used_files
from configvars.resolve.env_places import places_of
from configvars.runs.env_readers import read_as
from configvars.runs.flask_files import flask_files
from configvars.runs.named import env_files_of, named_starts
from configvars.sources.env_names import is_backup_name

# Files that `flask`, `heroku local`, Compose, pipenv and VS Code read by themselves.
_BY_RUNNERS = frozenset({".env", ".flaskenv"})
# JavaScript build tools load `.env.local`, `.env.production` and similar files.
_JAVASCRIPT = "package.json"


def is_loaded(project: Project, path: str) -> bool:
    """Whether something may load an env file, or one of the same name elsewhere."""
    name = os.path.basename(path)
    if name in _BY_RUNNERS or _is_of_javascript(project, path):
        return True
    if path in loaded_by_hand(project, path) or any(
        is_loaded(project, link) for link in _links(project, path)
    ):
        return True
    return path in _loaded(project) or name in project.remembered(
        "names loaded", lambda: frozenset(map(os.path.basename, _loaded(project)))
    )


def is_old_state(project: Project, path: str) -> bool:
    """Whether an env file only keeps the old state of another one: `.env.bak`, unless something loads it."""
    return is_backup_name(os.path.basename(path)) and not is_loaded(project, path)


def _links(project: Project, path: str) -> Iterable[str]:
    """The env files that are links to a file."""
    return project.remembered("links", lambda: _all_links(project)).get(path, ())


def _all_links(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, facts in project.index.files.items():
        target = project.link_target(path) if facts.kind == "dotenv" else None
        if target is not None and target != path:
            found.setdefault(target, []).append(path)
    return found


def names_loaded_by_hand(project: Project, path: str) -> frozenset[str]:
    """The names in the env files that code near `path` may load without a library."""
    files = project.index.files
    return frozenset(
        each.variable.name for file in loaded_by_hand(project, path) for each in files[file].definitions
    )


def is_only_for_heroku_local(project: Project, path: str, name: str) -> bool:
    """Whether only `heroku local` reads an env file, and it sets the variable `name` from it.

    That is a `.env` next to a Procfile, in a project whose code and tools load no env file.
    """
    folder, file = os.path.split(path)
    if file != ".env" or os.path.join(folder, "Procfile") not in project.index.files:
        return False
    if project.remembered("loads env files", lambda: _loads_env_files(project)):
        return False
    return read_as(project, path, "heroku local").of(name) is not None


def _loads_env_files(project: Project) -> bool:
    """Whether code, the `flask` command or a start command loads an env file."""
    return any(
        facts.env_files or facts.flask.flows or any(start.env_files for start in facts.starts)
        for facts in project.index.files.values()
    )


def files_of_compose(project: Project) -> frozenset[str]:
    """The env files that Compose loads for a service."""

    def find() -> frozenset[str]:
        starts = (each for each in named_starts(project) if each.start.by == "compose")
        return frozenset(path for each in starts for path in env_files_of(project, each))

    return project.answered("env files of Compose", find)


def is_passed_on_by_compose(project: Project, path: str) -> bool:
    """Whether only Compose loads an env file: a name without = gets its value from the shell that runs it."""
    if os.path.basename(path) in _BY_RUNNERS:
        return False
    by = {each.start.by for each in named_starts(project) if path in env_files_of(project, each)}
    return by == {"compose"} and path not in project.remembered(
        "loaded by code", lambda: frozenset(_by_code(project))
    )


def _by_code(project: Project) -> Iterator[str]:
    files, root = project.index.files, project.root
    for loader, facts in files.items():
        for use in facts.env_files:
            yield from used_files(use, loader, files, root)


def loaded_by_hand(project: Project, path: str) -> frozenset[str]:
    """The env files of the app of `path`, if its code sets variables with computed names.

    An example is a loop over the lines of a file: which file it is, and what it contains, is known only at
    run time.
    """
    files, root = project.index.files, project.root
    home = home_of(path, files, root)

    def homes() -> frozenset[str]:
        return frozenset(
            home_of(loader, files, root)
            for loader, facts in files.items()
            if any(found.sets for found in facts.dynamic) and not is_test_file(loader, root)
        )

    if home not in project.answered("homes of loads by hand", homes):
        return frozenset()
    places = places_of(files, root)
    return places.once(("loaded by hand", home), lambda: frozenset(places.env_files_below(home)))


def _loaded(project: Project) -> frozenset[str]:
    return project.remembered("loaded", lambda: frozenset(_find(project)))


def _find(project: Project) -> Iterator[str]:
    files, root = project.index.files, project.root
    yield from loaded_by_programs(project)
    for facts in files.values():
        yield from (use.path or "" for use in facts.env_files)
    for named in named_starts(project):
        yield from named.start.env_files
    yield from env_files_for(os.path.join(root, "app.py"), files, root, project.settings)


def loaded_by_programs(project: Project) -> frozenset[str]:
    """The env files that some code loads, or a program that a file of the project starts."""

    def find() -> Iterator[str]:
        files, root = project.index.files, project.root
        for loader, facts in files.items():
            for use in facts.env_files:
                yield from used_files(use, loader, files, root)
        for named in named_starts(project):
            yield from env_files_of(project, named)
            if named.is_flask:
                yield from flask_files(project, named.working_folder or root).paths

    return project.remembered("loaded by programs", lambda: frozenset(find()))


def _is_of_javascript(project: Project, path: str) -> bool:
    folder = os.path.dirname(path)
    while True:
        if project.text_of(os.path.join(folder, _JAVASCRIPT)) is not None:
            return True
        if folder in (project.root, os.path.dirname(folder)):
            return False
        folder = os.path.dirname(folder)
