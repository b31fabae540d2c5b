"""not-on-heroku: code would fail on the chosen app, because a config var is not set there."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.needed import needed_all_the_same
from configvars.checks.wording import heroku_apps
from configvars.model import Example, FileFacts, Finding, Need, Reference, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.entries import Starts
from configvars.runs.givers import among, is_test

NAME = "not-on-heroku"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    for reference, lacking in missing_on_apps(facts, project):
        yield _finding(facts.path, reference, lacking, project)


def missing_on_apps(facts: FileFacts, project: Project) -> Iterator[tuple[Reference, list[str]]]:
    """The reads in a file that fail on a chosen app, each with the apps on which the variable is not set."""
    if not project.apps or facts.kind != "python" or is_test(project, facts.path):
        return
    deployed = Deployed(project, facts.path)
    has = {app.app: among(app.variables) for app in project.apps}
    needed = needed_all_the_same(facts, project)
    for reference in facts.references:
        is_needed = reference.need is Need.REQUIRED or reference.span in needed
        if not is_needed or reference.variable.scope != "env":
            continue
        lacking = [
            app.app
            for app in project.apps
            if _is_reached(app, reference)
            and not has[app.app](reference)
            and app.variables.keys().isdisjoint(reference.instead)
        ]
        if lacking and not deployed.gives(reference):
            yield reference, lacking


def _is_reached(app: AppSnapshot, reference: Reference) -> bool:
    """Whether a read is executed on an app, as far as its config vars decide it."""
    return reference.switch is None or reference.switch in app.variables


def _in_processes(project: Project, path: str) -> str:
    """The processes of the Procfile that load the code, such as `, in web and worker`; empty if none is known."""
    starts = project.remembered("starts", lambda: Starts(project))
    found: list[str] = []
    for named in starts.all_named():
        entry = named.entry
        if named.start.by == "procfile" and entry is not None and path in starts.reach(entry.path):
            text = project.text_of(named.path) or ""
            line = text[text.rfind("\n", 0, named.start.span.start) + 1 : named.start.span.start]
            found.append(line.partition(":")[0].strip())
    return f", in {' and '.join(dict.fromkeys(found))}" if found else ""


def _finding(path: str, found: Reference, lacking: list[str], project: Project) -> Finding:
    name = found.variable.name
    unset = f"not set on {heroku_apps(lacking)}"
    message = " or ".join([f"{name} is {unset}; the code fails there without it", *found.instead])
    if project.deploying:
        message += f"{_in_processes(project, path)}. {advice(name, lacking, plans(project))}"
    severity = Severity.ERROR if project.deploying else Severity.WARNING
    return Finding(NAME, severity, message, path, found.span, found.variable, clause=unset)


_READ = '-- app.py --\nimport os\nos.environ["A"]\n'

NOT_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code needs a variable that is not set on the chosen Heroku app.",
    what="""\
A read that fails without its variable (`os.environ["X"]`, `int(os.getenv("X"))`), while at least one chosen
app has no such config var. Only the app counts: a template, `app.json` or a local env file sets nothing on
Heroku. Not reported: variables that Heroku or its buildpacks set, names in the `given` setting, variables
that the code itself sets, variables from an env file that git tracks (so it is deployed) and that is loaded
there, and reads in tests. With `check --deploy` this is an error.""",
    why="""\
The code works here, where `.env` sets the variable. After the next deploy it fails at the first request
that reads the variable, or the dyno crashes at startup. Set it first: `heroku config:set NAME=value --app
APP`.""",
    run=_run,
    silent=(
        Example(_READ, note="no app is chosen"),
        Example(f"-- heroku:shop --\nA=1\n{_READ}"),
        Example('-- heroku:shop --\nB=1\n-- app.py --\nimport os\nos.getenv("A")\nos.getenv("C", "x")\n'),
        Example('-- heroku:shop --\nB=1\n-- app.py --\nimport os\nos.environ["PORT"]\nos.environ["DYNO"]\n'),
        Example('-- heroku:shop --\nB=1\n-- app.py --\nimport os\nos.environ["A"] = "x"\nos.environ["A"]\n'),
        Example(f"-- heroku:shop --\nB=1\n{_READ.replace('app.py', 'tests/test_app.py')}", note="a test"),
        Example(
            "-- heroku:shop --\nHOST=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    host: str\n",
            note="pydantic ignores case",
        ),
    ),
    examples=(
        Example(
            f"-- heroku:shop --\nB=1\n-- .env --\nA=1\n{_READ}",
            ("app.py:2:13 warning A is not set on Heroku app shop; the code fails there without it",),
        ),
        Example(
            f"-- heroku:shop --\nA=1\n-- heroku:shop-staging --\n{_READ}",
            ("app.py:2:13 warning A is not set on Heroku app shop-staging; the code fails there without it",),
            "one of two apps lacks it",
        ),
        Example(
            f"-- heroku:shop --\nB=1\n-- heroku:shop-staging --\n{_READ}",
            (
                "app.py:2:13 warning A is not set on Heroku apps shop and shop-staging; the code fails there without it",
            ),
        ),
        Example(
            f'-- heroku:shop --\n-- .env.example --\nA=\n-- app.json --\n{{"env": {{"A": {{"value": "x"}}}}}}\n{_READ}',
            ("app.py:2:13 warning A is not set on Heroku app shop; the code fails there without it",),
            "a template and app.json set nothing on an existing app",
        ),
    ),
    of_all_files=True,
)
