"""Variables that Heroku sets only on apps with a Labs feature, such as HEROKU_APP_NAME."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.app_states import AppStates
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import labs_feature, to_set
from configvars.checks.not_run import why_not_run
from configvars.checks.wording import heroku_apps, joined
from configvars.model import Access, Example, FileFacts, Finding, Need, Reference, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.givers import is_test


def by_labs(check: str, facts: FileFacts, deployed: Deployed, project: Project) -> Iterator[Finding]:
    """A finding for each required read of a variable that an app has only with a Labs feature."""
    if not project.apps or facts.kind != "python" or is_test(project, facts.path):
        return
    states = AppStates(project, facts.path, deployed)
    for each in facts.references:
        feature = _feature(each)
        if not feature or deployed.gives_itself(each) or _is_written(project, each):
            continue
        lacking = [app.app for app in project.apps if _lacks(app, each, states)]
        if lacking:
            yield _finding(check, facts, project, each, feature, lacking)


def _feature(reference: Reference) -> str:
    """The Labs feature that sets the variable of a required read; empty for other reads."""
    if reference.need is not Need.REQUIRED or reference.variable.scope != "env":
        return ""
    return labs_feature(reference.variable.name)


def _is_written(project: Project, reference: Reference) -> bool:
    """Whether any code sets the variable, in whatever order."""
    name = reference.variable.name
    return any(
        each.access is Access.WRITE and each.variable.name == name
        for facts in project.index.files.values()
        for each in facts.references
    )


def _lacks(app: AppSnapshot, reference: Reference, states: AppStates) -> bool:
    if reference.variable.name in app.variables or states.runs(app, reference) is False:
        return False
    return app.variables.keys().isdisjoint(reference.instead)


def _finding(
    check: str, facts: FileFacts, project: Project, found: Reference, feature: str, lacking: list[str]
) -> Finding:
    unset = f"not set on {heroku_apps(lacking)} unless the Labs feature {feature} is enabled there"
    message = f"{found.variable.name} is {unset}; the code fails without it"
    severity = Severity.WARNING
    if project.deploying and (why := why_not_run(facts.path, found, project)):
        severity, message = Severity.INFORMATION, f"{message}, but {why}"
    else:
        commands = joined(
            (f"`{command}`" for app in lacking for command in to_set([found.variable.name], app)), "and"
        )
        message += f". Enable it: {commands}; if it is enabled, list the variable in the `given` setting"
    return Finding(check, severity, message, facts.path, found.span, found.variable)


_APP = "-- app.py --\nimport os\n"
WITHOUT_LABS = (
    Example(
        f'-- heroku:shop --\nHEROKU_APP_NAME=shop\n{_APP}os.environ["HEROKU_APP_NAME"]\n',
        note="the app has it, as review apps do",
    ),
    Example(f'-- heroku:shop --\n{_APP}os.getenv("HEROKU_SLUG_COMMIT")\nos.getenv("HEROKU_APP_NAME", "x")\n'),
    Example(
        f'-- heroku:shop --\n{_APP}if "HEROKU_APP_NAME" in os.environ:\n    print(os.environ["HEROKU_APP_NAME"])\n',
        note="tested",
    ),
    Example(
        f'-- heroku:shop --\n{_APP}os.environ.setdefault("HEROKU_APP_NAME", "x")\nos.environ["HEROKU_APP_NAME"]\n',
        note="the code sets it",
    ),
)
WITH_LABS = Example(
    f'-- heroku:shop --\n{_APP}os.environ["HEROKU_RELEASE_VERSION"]\nos.environ["HEROKU_BUILD_COMMIT"][:7]\n',
    (
        "app.py:2:13 warning HEROKU_RELEASE_VERSION is not set on Heroku app shop unless the Labs feature runtime-dyno-metadata is enabled there; the code fails without it. Enable it: `heroku labs:enable runtime-dyno-metadata --app shop`; if it is enabled, list the variable in the `given` setting",
        "app.py:3:13 warning HEROKU_BUILD_COMMIT is not set on Heroku app shop unless the Labs feature runtime-dyno-build-metadata is enabled there; the code fails without it. Enable it: `heroku labs:enable runtime-dyno-build-metadata --app shop`; if it is enabled, list the variable in the `given` setting",
    ),
    "a Labs feature sets them",
)
