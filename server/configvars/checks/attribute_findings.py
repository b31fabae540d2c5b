"""Findings about variables that code reads by the names of attributes and that an app does not have."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.attribute_reads import attribute_reads
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.wording import heroku_apps
from configvars.model import FileFacts, Finding, Reference, Severity, Variable
from configvars.project import Project


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
