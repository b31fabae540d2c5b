"""apps-differ: a config var that the code reads is set on one chosen app but not on another."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.deployed import Deployed
from configvars.checks.subjects import Subject
from configvars.checks.wording import heroku_apps, joined
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
            message = f"{variable.name} is set on {heroku_apps(having)} but not on {joined(lacking, 'or')}"
            yield Finding(NAME, Severity.INFORMATION, message, facts.path, reference.span, variable)


def _is_first(reference: Reference, path: str, project: Project) -> bool:
    """Whether no earlier file reads the variable, and no read anywhere requires it."""
    reads = [
        found
        for found in project.index.references(reference.variable)
        if found.reference.access is Access.READ and not is_test(project, found.path)
    ]
    return reads[0].path == path and all(found.reference.need is not Need.REQUIRED for found in reads)


def _by_itself(reference: Reference, deployed: Deployed, project: Project) -> bool:
    """Whether the platform, an add-on or a deployed file sets it, so that a difference is expected."""
    name = reference.variable.name
    owned = any(app.variables[name].addon for app in project.apps if name in app.variables)
    return owned or deployed.gives(reference)


_READ = '-- app.py --\nimport os\nos.getenv("FEATURE_X")\n'

APPS_DIFFER = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code reads a config var that is set on one chosen app but not on another.",
    what="""\
Two or more apps are chosen, such as staging and production. The code reads a variable and works without it,
and the variable is set on one of the apps but not on another. The finding is placed at the first read. A
variable that the code cannot do without is reported by `not-on-heroku` instead. Not reported: config vars
that an add-on owns, and variables that the platform, the code or a deployed file sets.""",
    why="""\
What you tested on staging is then not what runs in production: a feature is off or a default is used, and
no error shows it.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(f"-- heroku:shop --\n{_READ}", note="only one app is chosen"),
        Example(
            f"-- heroku:shop --\nFEATURE_X=1\n-- heroku:stage --\nFEATURE_X=2\n{_READ}",
            note="set on both apps",
        ),
        Example(f"-- heroku:shop --\nOTHER=1\n-- heroku:stage --\n{_READ}", note="the code does not read it"),
        Example(
            f"-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n{_READ.replace('getenv(', 'environ[').replace(')', ']')}",
            note="required: not-on-heroku reports it",
        ),
        Example(
            '-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n-- app.py --\nimport os\n"FEATURE_X" in os.environ\n',
            note="the code does not read the value",
        ),
        Example(
            "-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n-- app.py --\nfrom flask import Flask\n"
            'app = Flask(__name__)\napp.config.get("FEATURE_X")\n',
            note="a key of Flask's configuration",
        ),
    ),
    examples=(
        Example(
            f'-- heroku:shop --\n-- heroku:stage --\nFEATURE_X=1\n{_READ}os.getenv("FEATURE_X")\n',
            ("app.py:2:12 information FEATURE_X is set on Heroku app stage but not on shop",),
        ),
    ),
)
