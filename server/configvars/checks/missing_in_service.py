"""Variables that are set on this machine, but not in a container that runs the code."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.missing import Missing
from configvars.model import Example, FileFacts, Finding, Need, Place, Reference, Severity
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
        related = tuple((Place(each.path, each.start.span), "this fails") for each in services)
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
    if not reads or is_auxiliary(project, facts):
        return
    said = {found.span for found in missing.reads(Need.REQUIRED)}
    for found in reads:
        services = [] if found.span in said else list(services_without(project, facts.path, found))
        if services and not comes_by_itself(project, facts.path, found.variable):
            yield found, services


def called(service: NamedStart, project: Project) -> str:
    """A service for people: `gunicorn app:app (compose.yaml)`."""
    return f"{service.start.label} ({project.relative(service.path)})"


SERVICE = (
    "-- compose.yaml --\nservices:\n  web:\n    command: gunicorn app:app\n    environment:\n      A: 1\n"
)
READS_BOTH = "-- app.py --\nimport os\nA, B = os.environ['A'], os.environ['B']\n"
_LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()"
IN_CONTAINERS = (
    Example(f"-- .env --\nA=1\nB=1\n{SERVICE}      B:\n{READS_BOTH}", note="Compose hands it on"),
    Example(
        f"-- .env --\nA=1\nB=1\n{SERVICE}    env_file: secret.env\n{READS_BOTH}",
        note="a file that is not here may set it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{SERVICE}{READS_BOTH.replace('import os', _LOADS)}",
        note="the code loads .env",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{SERVICE}-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "load_dotenv('/run/secrets/app.env')\nA, B = os.environ['A'], os.environ['B']\n",
        note="the code loads a file that is not in this folder",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{SERVICE}-- Dockerfile --\nENV B=1\nCMD python app.py\n{READS_BOTH}",
        note="the image sets it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n-- Dockerfile --\nENV A=1\nRUN B=2 python app.py\nRUN python app.py || true\n{READS_BOTH}"
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{SERVICE}-- app.py --\nimport os\nA = os.environ['A']\ndef later():\n"
        "    return os.environ['B']\n",
        note="only another service may call this",
    ),
)
"""What must not be reported: examples of the check."""
