"""Variables that are set on this machine, but not in a Compose service that runs the code."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.missing import Missing
from configvars.model import FileFacts, Finding, Need, Place, Severity
from configvars.project import Project
from configvars.runs.givers import comes_by_itself
from configvars.runs.lacking import services_without


def missing_in_services(
    check: str, missing: Missing, facts: FileFacts, project: Project
) -> Iterator[Finding]:
    """The reads of a file that certainly fail at the start of a service, and are not reported anyway."""
    reads = [
        found
        for found in facts.references
        if found.need is Need.REQUIRED
        and found.variable.scope == "env"
        and not found.switch
        and not found.instead
    ]
    said = {found.span for found in missing.reads(Need.REQUIRED)} if reads else set()
    for found in reads:
        services = [] if found.span in said else list(services_without(project, facts.path, found))
        if services and not comes_by_itself(project, facts.path, found.variable):
            labels = " and ".join(f"{each.start.label} ({project.relative(each.path)})" for each in services)
            name = found.variable.name
            message = f"{name} is not set for {labels}; this code fails there without it"
            related = tuple((Place(each.path, each.start.span), "the service") for each in services)
            yield Finding(
                check, Severity.WARNING, message, facts.path, found.span, found.variable, related=related
            )
