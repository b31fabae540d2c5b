"""Findings about variables that an app does not have and that no single read shows to be required."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.attribute_reads import attribute_reads
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.needed_on_apps import needed_on, place_of, probe
from configvars.checks.not_run import is_for_development, why_not_run
from configvars.checks.refused_on_apps import Refusal, is_required, read_of, refusals
from configvars.checks.wording import heroku_apps, joined
from configvars.model import FileFacts, Finding, Need, Reference, Severity, Variable
from configvars.project import Project
from configvars.runs.at_start import may_run_at_start
from configvars.runs.starting.endings import Use
from configvars.runs.starting.values import Read
from configvars.text import Span, line_at


def by_attributes(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each variable that the `__getattr__` of a file reads and that an app does not have."""
    for read in attribute_reads(project, facts.path):
        variable = Variable("env", read.name)
        lacking = [app.app for app in project.apps if read.name not in app.variables]
        if not lacking or deployed.gives(_read(read.name, read.key)):
            continue
        unset = f"not set on {heroku_apps(lacking)}"
        message = (
            f"{read.name} is {unset}; {read.where} reads it as an attribute, and the code fails without it"
        )
        severity, end = _weighed(read.sure, facts.path, read.key, project, lacking, read.name)
        message += end
        yield Finding(check, severity, message, facts.path, read.key, variable, clause=unset)


def by_refusals(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each variable without which a file raises an exception on an app."""
    found: dict[Refusal, list[str]] = {}
    for app in project.apps:
        for each in refusals(facts, app, deployed, project):
            found.setdefault(each, []).append(app.app)
    text, later = (project.text_of(facts.path) or "") if found else "", set[str]()
    for each, apps in found.items():
        read = read_of(facts, each.name)
        where = f"{project.relative(facts.path)}:{line_at(text, each.span.start) + 1}"
        unset = f"not set on {heroku_apps(apps)}"
        verb = "fails" if each.sure else "may fail"
        message = f"{each.name} is {unset}; the code {verb} there without it, at {where}"
        severity, end = _weighed(each.sure, facts.path, each.span, project, apps, each.name)
        if read is None and not may_run_at_start(project, facts.path, each.span):
            if each.name in later:
                continue
            later.add(each.name)
            severity, end = Severity.INFORMATION, ", if something calls this function"
        message += end
        span = each.span if read is None else read.span
        yield Finding(check, severity, message, facts.path, span, Variable("env", each.name), clause=unset)


_LATER = {True: "what uses the client fails", False: "the code fails"}


def by_start(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each variable without which a program fails while it starts, if no single read shows it.

    Either the code only tests whether the environment contains it, or a configuration needs it that the app
    perhaps selects.
    """
    found: dict[tuple[Read, Use], list[str]] = {}
    for app in project.apps:
        for read, use in needed_on(project, app).items():
            if read.path != facts.path or read.name in app.variables or _is_shown(facts, read, use):
                continue
            if not (use.choices and is_required(project, app, read.name)):
                found.setdefault((read, use), []).append(app.app)
    for (read, use), apps in found.items():
        choices = [each for each in use.choices if not is_for_development(f"{each.lower()}.py")]
        if deployed.gives(probe(read.name, read.span)) or (use.choices and not choices):
            continue
        unset = f"not set on {heroku_apps(apps)}"
        when = f", if {use.chooser} is {joined(choices, 'or')}" if choices else ""
        fails = "what uses the database fails" if use.later else "the code fails"
        if use.local:
            fails = f"its default is a server on the dyno, where none runs, so {_LATER[use.later]}"
        message = f"{read.name} is {unset}; {fails} there without it, at {place_of(use.place, project)}{when}"
        severity, end = _weighed(
            not choices and not use.later, facts.path, read.span, project, apps, read.name
        )
        message += end
        yield Finding(
            check, severity, message, facts.path, read.span, Variable("env", read.name), clause=unset
        )


def _is_shown(facts: FileFacts, read: Read, use: Use) -> bool:
    """Whether a read that is known without the start of the program is reported."""
    here = [each for each in facts.references if each.variable == Variable("env", read.name)]
    if not (use.choices or use.later) and any(each.span == read.span for each in here):
        return True
    required = (each.span for each in here if each.need is Need.REQUIRED)
    return any(each.start < read.span.end and read.span.start < each.end for each in required)


def _weighed(
    sure: bool, path: str, span: Span, project: Project, apps: list[str], name: str
) -> tuple[Severity, str]:
    """The severity of a finding about code at a place, and the end of its message."""
    if why := why_not_run(path, _read(name, span), project):
        return Severity.INFORMATION, f", but {why}"
    severity = Severity.ERROR if sure else Severity.WARNING
    return severity, f". {advice(name, apps, plans(project))}"


def _read(name: str, span: Span) -> Reference:
    return Reference(Variable("env", name), span, "os.environ[]")
