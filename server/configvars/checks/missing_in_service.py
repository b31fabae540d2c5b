"""Variables that are set on this machine, but not in a container or program that runs the code."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.loaded_by_no_run import may_be_loaded_by_hand
from configvars.checks.missing import Missing
from configvars.checks.wording import joined
from configvars.model import Example, FileFacts, Finding, Need, Place, Reference, Severity
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
        labels = joined((called(each, project) for each in services), "and")
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
        by_flask = having is not None and is_by_flask(having)
        if having is None or (by_flask and may_be_loaded_by_hand(project, facts.path)):
            continue
        if lacking and not comes_by_itself(project, facts.path, found.variable):
            labels = joined((called(each, project) for each in lacking), "and")
            name = found.variable.name
            message = (
                f"{name} is not set for {labels}, which loads no env file, unlike {having.name}; {_FAILS}"
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


def called(service: NamedStart, project: Project) -> str:
    """A service for people: `gunicorn app:app (compose.yaml)`."""
    return f"{service.start.label} ({project.relative(service.path)})"


_SERVICE = (
    "-- compose.yaml --\nservices:\n  web:\n    command: gunicorn app:app\n    environment:\n      A: 1\n"
)
_READS_BOTH = "-- app.py --\nimport os\nA, B = os.environ['A'], os.environ['B']\n"
_LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()"
WORKER = (
    "-- common.py --\nimport os\nKEY = os.environ['KEY']\n-- web.py --\nfrom dotenv import load_dotenv\n"
    "load_dotenv()\nimport common\napp = 1\n-- worker.py --\nimport common\n"
)
BOTH = "web:\n\tgunicorn web:app\nworker:\n\tpython worker.py\n"
_OWN_FILE = "    env_file: .env\n"
_SERVICES = (
    "-- .env --\nKEY=1\n-- compose.yaml --\nservices:\n  web:\n    command: gunicorn web:app\n"
    f"{_OWN_FILE}  worker:\n    command: python worker.py\n"
)
_OF_WORKER = f"services:\n  worker:\n{_OWN_FILE}"
_OTHER_PROGRAMS = WORKER.replace("from dotenv import load_dotenv\nload_dotenv()\n", "")
_LISTED_IN_THE_TEMPLATE = Example(
    f"-- .env --\nA=1\n-- .env.example --\nA=\nB=\n{_SERVICE}      B: 1\n{_READS_BOTH}",
    (
        "app.py:2:37 information B is missing from .env, although .env.example lists it; only compose.yaml sets it",
    ),
    note="deleted from the env file",
)
_BY_FLASK = "run:\n\tflask run\n"
_SERVED = "serve:\n\tgunicorn app:app\n"
_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\nos.environ['KEY']\n"
IN_ONE_PROGRAM = (
    Example(
        f"-- .flaskenv --\nKEY=1\n-- Makefile --\n{_BY_FLASK}{_SERVED}{_APP}",
        (
            "app.py:4:13 information KEY is not set for gunicorn app:app (Makefile), which loads no env file, unlike flask (Makefile); this code fails there without it [see Makefile:4:1: started here without KEY]",
        ),
        note="only the `flask` command loads the file",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{BOTH}{WORKER}",
        (
            "common.py:2:19 warning KEY is not set for python worker.py (Makefile), which loads no env file, unlike gunicorn web:app (Makefile); this code fails there without it [see Makefile:4:1: started here without KEY]",
        ),
        note="only one program loads the file",
    ),
    Example(
        f"{_SERVICES}{_OTHER_PROGRAMS}",
        (
            "common.py:2:19 warning KEY is not set for python worker.py (compose.yaml); this code fails there without it [see compose.yaml:6:14: started here without KEY]",
        ),
        note="only one service has the file",
    ),
    _LISTED_IN_THE_TEMPLATE,
    Example(
        f"-- .env --\nA=1\nB=1\n-- Dockerfile --\nENV A=1\nRUN python app.py\n{_READS_BOTH}",
        (
            "app.py:2:37 warning B is not set for RUN python app.py (Dockerfile); this code fails there without it [see Dockerfile:2:5: started here without B]",
        ),
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}{_READS_BOTH}",
        (
            "app.py:2:37 warning B is not set for gunicorn app:app (compose.yaml); this code fails there without it [see compose.yaml:3:14: started here without B]",
        ),
        note="set on this machine, but not in the container",
    ),
)
IN_CONTAINERS = (
    Example(
        f"{_SERVICES}-- compose.override.yaml --\n{_OF_WORKER}{_OTHER_PROGRAMS}",
        note="Compose merges this file by itself",
    ),
    Example(
        f"{_SERVICES}-- compose.prod.yaml --\n{_OF_WORKER}{_OTHER_PROGRAMS}",
        note="a Compose file that `docker compose -f` may add",
    ),
    Example(
        f"{_SERVICES}    extends:\n      file: common.yaml\n      service: app\n-- common.yaml --\n"
        f"{_OF_WORKER.replace('worker', 'app')}{_OTHER_PROGRAMS}",
        note="the service extends one of another file",
    ),
    Example(
        f"{_SERVICES.replace(_OWN_FILE, '')}{_OTHER_PROGRAMS}",
        note="the Compose file does not show how services get their variables",
    ),
    Example(
        f"-- .env --\nA=1\n-- .env.example --\nA=\n{_SERVICE}      B: 1\n{_READS_BOTH}",
        note="only Compose sets it, and the template does not list it",
    ),
    Example(
        '-- .env --\nA=1\n-- compose.yaml --\nservices:\n  web:\n    environment: {B: "1"}\n'
        '-- app.py --\nimport os\nos.environ["B"]\n',
        note="Compose sets it",
    ),
    Example(f"-- .env --\nKEY=1\n-- Makefile --\ninclude .env\nexport\n{BOTH}{WORKER}", note="make sets it"),
    Example(
        f"-- .env --\nKEY=1\n-- Procfile --\nweb: gunicorn web:app\nworker: python worker.py\n{WORKER}",
        note="config vars set it for both",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\nworker:\n\tpython worker.py\n{WORKER}", note="only one program"
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}-- Procfile --\nweb: gunicorn app:app\n{_APP}",
        note="config vars set it for gunicorn",
    ),
    Example(
        f"-- .flaskenv --\nKEY=1\n-- Procfile --\nweb: gunicorn app:app\nrelease: flask db upgrade\n{_APP}",
        note="config vars set it for both",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- README.md --\nset -a; source .env; set +a\n-- Makefile --\n{_BY_FLASK}{_SERVED}{_APP}",
        note="loaded by hand",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}serve:\n\tKEY=1 gunicorn app:app\n{_APP}",
        note="the command sets it",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\n{_BY_FLASK}serve:\n\tgunicorn app:app\n"
        f"{_APP.replace('[', '.get(').replace(']', ')')}",
        note="gunicorn goes on without it",
    ),
    Example(f"-- .env --\nA=1\nB=1\n{_SERVICE}      B:\n{_READS_BOTH}", note="Compose passes it on"),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}    env_file: secret.env\n{_READS_BOTH}",
        note="a file that is not here may set it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}{_READS_BOTH.replace('import os', _LOADS)}",
        note="the code loads .env",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "load_dotenv('/run/secrets/app.env')\nA, B = os.environ['A'], os.environ['B']\n",
        note="the code loads a file that is not in this folder",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- Dockerfile --\nENV B=1\nCMD python app.py\n{_READS_BOTH}",
        note="the image sets it",
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n-- Dockerfile --\nENV A=1\nRUN B=2 python app.py\nRUN python app.py || true\n{_READS_BOTH}"
    ),
    Example(
        f"-- .env --\nA=1\nB=1\n{_SERVICE}-- app.py --\nimport os\nA = os.environ['A']\ndef later():\n"
        "    return os.environ['B']\n",
        note="only another service may call this",
    ),
)
"""What must not be reported: examples of the check."""
