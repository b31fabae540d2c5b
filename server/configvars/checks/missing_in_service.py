"""Variables that are set on this machine, but not in a Compose service that runs the code."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.aside import is_aside
from configvars.checks.missing import Missing
from configvars.model import FileFacts, Finding, Need, Place, Reference, Severity
from configvars.project import Project
from configvars.runs.givers import comes_by_itself
from configvars.runs.lacking import services_without
from configvars.runs.named import NamedStart


def missing_in_services(
    check: str, missing: Missing, facts: FileFacts, project: Project
) -> Iterator[Finding]:
    """The reads of a file that certainly fail at the start of a service, and are not reported anyway."""
    for found, services in reads_without_service(missing, facts, project):
        labels = " and ".join(called(each, project) for each in services)
        name = found.variable.name
        message = f"{name} is not set for {labels}; this code fails there without it"
        related = tuple((Place(each.path, each.start.span), "the service") for each in services)
        yield Finding(
            check, Severity.WARNING, message, facts.path, found.span, found.variable, related=related
        )


def reads_without_service(
    missing: Missing, facts: FileFacts, project: Project
) -> Iterator[tuple[Reference, list[NamedStart]]]:
    """The required reads whose variable is set on this machine, but not in some services, with these."""
    reads = [
        found
        for found in facts.references
        if found.need is Need.REQUIRED
        and found.variable.scope == "env"
        and not found.switch
        and not found.instead
    ]
    if not reads or is_aside(project, facts):
        return
    said = {found.span for found in missing.reads(Need.REQUIRED)}
    for found in reads:
        services = [] if found.span in said else list(services_without(project, facts.path, found))
        if services and not comes_by_itself(project, facts.path, found.variable):
            yield found, services


def called(service: NamedStart, project: Project) -> str:
    """A service for people: `gunicorn app:app (compose.yaml)`."""
    return f"{service.start.label} ({project.relative(service.path)})"
