"""apps-differ: a config var that one chosen app has and another has not, and that code reads."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.deployed import Deployed
from configvars.model import Access, Example, FileFacts, Finding, Need, Reference, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import is_test

NAME = "apps-differ"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if len(project.apps) < 2 or facts.kind != "python" or is_test(project, facts.path):
        return
    deployed = Deployed(project, facts.path)
    seen: set[Variable] = set()
    for reference in facts.references:
        variable = reference.variable
        if variable in seen or reference.access is not Access.READ or variable.scope != "env":
            continue
        seen.add(variable)
        if not _is_first(reference, facts.path, project):
            continue
        having = [app.app for app in project.apps if variable.name in app.variables]
        lacking = [app.app for app in project.apps if variable.name not in app.variables]
        if having and lacking and not _by_itself(reference, deployed, project):
            message = (
                f"{variable.name} is set on Heroku app {', '.join(having)} and not on {', '.join(lacking)}"
            )
            yield Finding(NAME, Severity.INFORMATION, message, facts.path, reference.span, variable)


def _is_first(reference: Reference, path: str, project: Project) -> bool:
    """Whether no file before this one reads the variable; none of the reads may be a required one."""
    reads = [
        found
        for found in project.index.references(reference.variable)
        if found.reference.access is Access.READ and not is_test(project, found.path)
    ]
    return reads[0].path == path and all(found.reference.need is not Need.REQUIRED for found in reads)


def _by_itself(reference: Reference, deployed: Deployed, project: Project) -> bool:
    """Whether the platform, an add-on or a deployed file gives it: what differs then is not config."""
    name = reference.variable.name
    owned = any(app.variables[name].addon for app in project.apps if name in app.variables)
    return owned or deployed.gives(reference)


_READ = '-- app.py --\nimport os\nos.getenv("FEATURE_X")\n'

APPS_DIFFER = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code reads a config var that one chosen app has and another has not.",
    what="""\
With two or more apps chosen, such as staging and production: a variable that code reads and goes on without, set on one of
them and not on another. The first read is marked. What the code cannot do without is told by `not-on-heroku`. Not
reported: what an add-on owns, and what the platform, the code or a deployed file sets.""",
    why="""\
What was tried on staging is not what runs in production then: a feature is off, a default is used, and nothing fails.""",
    run=_run,
    silent=(
        Example(f"-- heroku:shop --\n{_READ}", note="one app"),
        Example(
            f"-- heroku:shop --\nFEATURE_X=1\n-- heroku:stage --\nFEATURE_X=2\n{_READ}", note="both have it"
        ),
        Example(f"-- heroku:shop --\nOTHER=1\n-- heroku:stage --\n{_READ}", note="no code reads it"),
        Example(
            f"-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n{_READ.replace('getenv(', 'environ[').replace(')', ']')}",
            note="the code needs it: not-on-heroku",
        ),
    ),
    examples=(
        Example(
            f"-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n{_READ}",
            ("app.py:2:12 information FEATURE_X is set on Heroku app stage and not on shop",),
        ),
    ),
)
