"""Variables that are set on this machine, but not in a container or program that runs the code."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.loaded_by_no_run import may_be_loaded_by_hand
from configvars.checks.missing import Missing
from configvars.checks.wording import joined
from configvars.model import FileFacts, Finding, Need, Place, Reference, Severity
from configvars.project import Project
from configvars.runs.givers import comes_by_itself, nearest
from configvars.runs.lacking import is_by_flask, programs_without, services_without
from configvars.runs.named import NamedStart, named_starts, set_before

_FAILS = "this code fails there without it"


def missing_in_services(
    check: str, missing: Missing, facts: FileFacts, project: Project
) -> Iterator[Finding]:
    """The reads of a file that certainly fail at the start of a program, and are not reported anyway."""
    reads = _set_here(missing, facts, project)
    yield from _missing_in_programs(check, reads, facts, project)
    if not missing.by:
        return  # an env file may still be created for the services
    yield from _only_in_services(check, missing, facts, project)
    for found, services in _without_service(reads, facts, project):
        labels = _labels(services, project)
        name = found.variable.name
        message = f"{name} is not set for {labels}; {_FAILS}"
        related = _starts(services, name)
        yield Finding(
            check, Severity.WARNING, message, facts.path, found.span, found.variable, related=related
        )


def _only_in_services(check: str, missing: Missing, facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The required reads whose variable only a service has, although the template of the env file lists it."""
    reads = list(only_before(facts, missing, project))
    if not reads or missing.by.stand_in or is_auxiliary(project, facts):
        return
    folders = {os.path.dirname(file): file for file in missing.by.lacking}
    for found in reads:
        name = found.variable.name
        listing = (
            each for each in nearest(project, facts.path, "dotenv") if os.path.dirname(each) in folders
        )
        template = next((each for each in listing if name in _names(each, project)), None)
        services = (
            each for each in named_starts(project) if any(one.name == name for one in each.start.given)
        )
        service = next(services, None)
        if template is None or service is None or found.switch:
            continue
        file, listed, by = map(project.relative, (folders[os.path.dirname(template)], template, service.path))
        message = f"{name} is missing from {file}, although {listed} lists it; only {by} sets it"
        yield Finding(check, Severity.INFORMATION, message, facts.path, found.span, found.variable)


def _names(path: str, project: Project) -> frozenset[str]:
    return frozenset(one.variable.name for one in project.index.files[path].definitions)


def only_before(facts: FileFacts, missing: Missing, project: Project) -> Iterator[Reference]:
    """The required reads whose variable no env file for this code sets, only a Compose service or the like."""
    before = set_before(project) if missing.by.files else frozenset()
    if not before:
        return
    files = project.index.files
    written = {one.variable.name for path in missing.by.files for one in files[path].definitions}
    for read in facts.references:
        name = read.variable.name
        if read.need is Need.REQUIRED and read.variable.scope == "env" and name in before - written:
            yield read


def _missing_in_programs(
    check: str, reads: list[Reference], facts: FileFacts, project: Project
) -> Iterator[Finding]:
    """The reads that fail in one program because it loads no env file, although another program does.

    If that is the `flask` command, people may load the file by hand for the others: this is information.
    """
    for found in reads:
        lacking, having = programs_without(project, facts.path, found)
        if having is None:
            continue
        loading, file = having
        by_flask = is_by_flask(loading)
        if by_flask and may_be_loaded_by_hand(project, file):
            continue
        if lacking and not comes_by_itself(project, facts.path, found.variable):
            labels, loads = _labels(lacking, project), "loads" if len(lacking) == 1 else "load"
            name = found.variable.name
            message = (
                f"{name} is not set for {labels}, which {loads} no env file, unlike {loading.name}; {_FAILS}"
            )
            related = _starts(lacking, name)
            is_certain = not by_flask and all(each.start.by != "shell" for each in lacking)
            severity = Severity.WARNING if is_certain else Severity.INFORMATION
            yield Finding(check, severity, message, facts.path, found.span, found.variable, related=related)


def reads_without_service(
    missing: Missing, facts: FileFacts, project: Project
) -> Iterator[tuple[Reference, list[NamedStart]]]:
    """The required reads whose variable is set on this machine, but not in some services, with these."""
    yield from _without_service(_set_here(missing, facts, project), facts, project)


def _without_service(
    reads: list[Reference], facts: FileFacts, project: Project
) -> Iterator[tuple[Reference, list[NamedStart]]]:
    for found in reads:
        services = list(services_without(project, facts.path, found))
        if services and not comes_by_itself(project, facts.path, found.variable):
            yield found, services


def _set_here(missing: Missing, facts: FileFacts, project: Project) -> list[Reference]:
    """The required reads of a file whose variable is set on this machine."""
    reads = [
        found
        for found in facts.references
        if found.need is Need.REQUIRED
        and found.variable.scope == "env"
        and not found.switch
        and not found.instead
    ]
    if not reads or is_auxiliary(project, facts):
        return []
    said = {found.span for found in missing.reads(Need.REQUIRED)}
    return [found for found in reads if found.span not in said]


def _starts(services: list[NamedStart], name: str) -> tuple[tuple[Place, str], ...]:
    """Where programs without a variable are started, for the places of a finding."""
    return tuple((Place(each.path, each.start.span), f"started here without {name}") for each in services)


def _labels(programs: list[NamedStart], project: Project) -> str:
    return joined(dict.fromkeys(called(each, project) for each in programs), "and")


def called(service: NamedStart, project: Project) -> str:
    """A service for people: `gunicorn app:app (compose.yaml)`."""
    return f"{service.start.label} ({project.relative(service.path)})"
