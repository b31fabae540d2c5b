"""The containers and programs that fail because a variable is not among those that are handed to them.

A container has the variables of its image and of its Compose service, and nothing else; a `RUN` command has
those of the Dockerfile. Only reads count that certainly happen when the program starts.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Reference, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, used_files
from configvars.runs.entries import Starts, starts_of
from configvars.runs.named import NamedStart, env_files_of
from configvars.runs.outcomes import outcome
from configvars.runs.reach import Reach
from configvars.runs.ways import Run, local_runs
from configvars.sources.shell_script import KIND as SCRIPT

_COMPOSE, _IMAGE, _BUILD = "compose", "docker", "build"
_BY_HAND = frozenset({"make", "procfile", "shell"})
_SETTINGS = "DJANGO_SETTINGS_MODULE"


def services_without(project: Project, path: str, reference: Reference) -> Iterator[NamedStart]:
    """The services that certainly execute a read at their start, and in which nothing sets its variable."""
    services = project.remembered("services", lambda: tuple(_services(project)))
    name = reference.variable.name
    if not services:
        return
    starts = starts_of(project)
    runs: tuple[Run, ...] = ()
    for service in services:
        if _is_mentioned(project, service, name) or not _has_all_it_gets(project, starts, service, name):
            continue
        if service.entry is None or path not in starts.reach(service.entry.path):
            continue
        if _reads_at_start(project, starts, service, path, reference):
            runs = runs or local_runs(project, name, path)
            run = next((run for run in runs if run.named == service), None)
            if run is not None and not run.late and outcome(project, name, run).state == "unset":
                yield service


def programs_without(
    project: Project, path: str, reference: Reference
) -> tuple[list[NamedStart], tuple[Run, str] | None]:
    """The programs that certainly make a read at their start without the variable, and one that has it.

    That one comes with the env file, which its code loads, or the `flask` command. Only programs of Makefiles
    and shell scripts count, and those of a Procfile if git tracks the env file that another program loads by
    its code: elsewhere the environment may set it.
    """
    starts = starts_of(project)
    if not any(named.start.by in _BY_HAND for named in starts.all_named()):
        return [], None
    name = reference.variable.name
    runs = [run for run in local_runs(project, name, path) if run.named is not None]
    found = [(run, outcome(project, name, run)) for run in runs]
    files = project.index.files
    having = [
        (run, one.by)
        for run, one in found
        if one.state == "set" and one.by is not None and is_env_file(one.by.path, files)
    ]
    by_code = [(run, by) for run, by in having if _is_loaded(run)]
    loading = by_code or [(run, by) for run, by in having if is_by_flask(run)]
    if not loading:
        return [], None
    is_deployed = any(map(project.tracked_by_git, {by.path for _, by in by_code}))
    lacking = [
        run.named
        for run, one in found
        if run.named is not None
        and run.named.start.by in _BY_HAND
        and (run.named.start.by != "procfile" or is_deployed)
        and one.state == "unset"
        and not (run.late or run.in_main or run.perhaps or _is_loaded(run))
        and _reads_at_start(project, starts, run.named, path, reference)
    ]
    run, by = loading[0]
    return lacking, (run, by.path)


def is_by_flask(run: Run) -> bool:
    """Whether the `flask` command starts a program of the project whose code loads no env file."""
    return run.named is not None and run.named.is_flask and not _is_loaded(run)


def _is_loaded(run: Run) -> bool:
    """Whether the code of a program loads an env file by itself."""
    return any(step.load is not None for step in run.steps)


def _reads_at_start(
    project: Project, starts: Starts, program: NamedStart, path: str, reference: Reference
) -> bool:
    """Whether a program certainly makes a read when it starts, and loads no file that is not here."""
    if program.entry is None or _loads_what_is_not_here(project, starts.reach(program.entry.path)):
        return False
    trace = starts.whole_trace(program.entry)
    at = trace.position(path, reference)
    return at is not None and trace.events[at].certain


def _services(project: Project) -> Iterator[NamedStart]:
    """The services whose environment is known, because files of this folder define all of it."""
    starts = starts_of(project)
    for named in starts.all_named():
        start = named.start
        is_build = start.by == _BUILD and _SETTINGS not in {gift.name for gift in start.given}
        is_service = start.by == _COMPOSE and bool(start.service) and not _is_defined_elsewhere(starts, named)
        defined_in = (named, *starts.services(named)) if is_service else (named,)
        if (is_build or is_service) and all(_has_all_files(project, each) for each in defined_in):
            yield named


def _is_defined_elsewhere(starts: Starts, service: NamedStart) -> bool:
    """Whether the environment of a service may come from a Compose file that another command adds."""
    merged = list(starts.services(service))
    others = (each.start for each in starts.same_service(service) if each not in merged)
    return any(start.given or start.env_files for start in others)


def _has_all_files(project: Project, named: NamedStart) -> bool:
    return len(list(env_files_of(project, named))) == len(named.start.env_files)


def _has_all_it_gets(project: Project, starts: Starts, named: NamedStart, name: str) -> bool:
    """Whether the files show how services get their variables, so that one without `name` lacks it.

    They do if they set some variable for the service itself, or load a file with `name` for another service.
    """
    own = (each.start for each in (named, *starts.services(named)))
    if named.start.by == _BUILD or any(start.given or start.env_files for start in own):
        return True
    others = (each for each in starts.all_named() if each.path == named.path and each.start.env_files)
    paths = {path for each in others for path in env_files_of(project, each)}
    return bool(paths & project.index.defining_paths(Variable("env", name)))


def _loads_what_is_not_here(project: Project, reach: Reach) -> bool:
    """Whether code loads an env file that does not exist here, as in a fresh clone: it may set anything."""
    files, root = project.index.files, project.root
    return any(
        not any(used_files(use, path, files, root))
        for path in (reach.start, *reach.importers)
        if path in files
        for use in files[path].env_files
    )


def _is_mentioned(project: Project, service: NamedStart, name: str) -> bool:
    """Whether the Dockerfile mentions the variable; or for a service, a Compose file, an image or a script.

    A shell script may be the entry point of the image, and set it.
    """
    if service.start.by == _BUILD:
        return name in project.index.files[service.path].mentions
    words = project.remembered("words that services may get", lambda: _words(project))
    return name in words


def _words(project: Project) -> frozenset[str]:
    found: set[str] = set()
    for facts in project.index.files.values():
        by = {start.by for start in facts.starts}
        if _COMPOSE in by or facts.kind == SCRIPT:
            found |= facts.mentions
        if _IMAGE in by:
            found.update(gift.name for start in facts.starts for gift in start.given)
    return frozenset(found)
