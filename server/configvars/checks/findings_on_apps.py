"""Findings about variables that an app does not have and that no single read shows to be required."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.attribute_reads import attribute_reads
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.refused_on_apps import Refusal, read_of, refusals
from configvars.checks.wording import heroku_apps
from configvars.model import FileFacts, Finding, Reference, Severity, Variable
from configvars.project import Project
from configvars.text import LineIndex


def by_attributes(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each variable that the `__getattr__` of a file reads and that an app does not have."""
    for read in attribute_reads(project, facts.path):
        variable = Variable("env", read.name)
        lacking = [app.app for app in project.apps if read.name not in app.variables]
        if not lacking or deployed.gives(Reference(variable, read.key, "os.environ[]")):
            continue
        unset = f"not set on {heroku_apps(lacking)}"
        message = (
            f"{read.name} is {unset}; {read.where} reads it as an attribute, and the code fails without it"
        )
        message += f". {advice(read.name, lacking, plans(project))}"
        severity = Severity.ERROR if read.sure else Severity.WARNING
        yield Finding(check, severity, message, facts.path, read.key, variable, clause=unset)


def by_refusals(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each variable without which a file raises an exception on an app."""
    found: dict[Refusal, list[str]] = {}
    for app in project.apps:
        for each in refusals(facts, app, deployed, project):
            found.setdefault(each, []).append(app.app)
    lines = LineIndex(project.text_of(facts.path) or "")
    for each, apps in found.items():
        read = read_of(facts, each.name)
        where = f"{project.relative(facts.path)}:{lines.position(each.span.start).line + 1}"
        unset = f"not set on {heroku_apps(apps)}"
        verb = "fails" if each.sure else "may fail"
        message = f"{each.name} is {unset}; the code {verb} there without it, at {where}"
        message += f". {advice(each.name, apps, plans(project))}"
        severity = Severity.ERROR if each.sure else Severity.WARNING
        span = each.span if read is None else read.span
        yield Finding(check, severity, message, facts.path, span, Variable("env", each.name), clause=unset)
