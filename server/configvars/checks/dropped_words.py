"""Options in the Procfile whose value is only a variable: the shell leaves out the word if it is not set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.wording import heroku_apps, in_processes
from configvars.model import FileFacts, Finding, Severity
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.syntax.procfile import Process, parse_procfile
from configvars.text import Span

# An option and the start of its value, which is not in quotes.
_BEFORE = lazy_pattern(r"(?:^|\s)(?P<option>--?[A-Za-z][\w-]*)[ \t]+\$\{?\Z")
_AFTER = lazy_pattern(r"\}?(?:[\s;&|]|$)")


def dropped_words(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each option that has no value on an app: `gunicorn --workers $WORKERS app:app`."""
    text = project.text_of(facts.path) or ""
    processes = list(parse_procfile(text)) if facts.kind == "procfile" else []
    for found in facts.references:
        process = next((each for each in processes if _contains(each.command_span, found.span)), None)
        if process is None or not _is_deployed(process, project):
            continue
        name = found.variable.name
        option = _BEFORE.search(text[process.command_span.start : found.span.start])
        lacking = [app.app for app in project.apps if name not in app.variables]
        if option is None or not lacking or not _AFTER.match(text, found.span.end):
            continue
        if _is_handled(name, process.command) or deployed.gives(found):
            continue
        unset = f"not set on {heroku_apps(lacking)}"
        message = f"{name} is {unset}; {option['option']} has no value there without it"
        message += in_processes([process.name])
        message += f". {advice(name, lacking, plans(project))}"
        yield Finding(check, Severity.WARNING, message, facts.path, found.span, found.variable, clause=unset)


def _is_handled(name: str, command: str) -> bool:
    """Whether a command sets a variable, tests it, or says what happens if it is not set: `${NAME:?}`."""
    tested = rf"(?:\[\[?|\btest)\s[^;&|\]]*\$\{{?{name}\b"
    return re.search(rf"\b{name}:?[=?+-]|{tested}", command) is not None


def _contains(command: Span, name: Span) -> bool:
    return command.start <= name.start < command.end


def _is_deployed(process: Process, project: Project) -> bool:
    return not project.processes or process.name in project.processes
