"""not-on-heroku: code would fail on the chosen app, because a config var is not set there."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.checks.base import Check
from configvars.checks.conditions import Conditions
from configvars.checks.deployed import Deployed
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.needed import needed_all_the_same
from configvars.checks.wording import heroku_apps
from configvars.flask.reads import has_items, need_of
from configvars.flow_model import YES
from configvars.model import Example, FileFacts, Finding, Need, Reference, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.givers import among, is_test
from configvars.runs.heroku_processes import loading
from configvars.runs.loads import is_in_main

NAME = "not-on-heroku"
_COMMANDS = frozenset({"procfile", "shell", "makefile"})
# A condition that holds if its variable is not set: `not DEBUG`.
_NEGATED = lazy_pattern(r"not [\w.]+")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    deployed, conditions = Deployed(project, facts.path), Conditions(lambda: project.text_of(facts.path))
    for each in _lacks(facts, project, deployed, conditions):
        if each.fails:
            yield _finding(facts.path, each, deployed, project)
        if each.off and project.deploying:
            yield _behind_switch(facts.path, each, conditions.at(each.reference.span))


def missing_on_apps(facts: FileFacts, project: Project) -> Iterator[tuple[Reference, list[str]]]:
    """The reads in a file that fail on a chosen app, each with the apps on which the variable is not set."""
    deployed, conditions = Deployed(project, facts.path), Conditions(lambda: project.text_of(facts.path))
    for each in _lacks(facts, project, deployed, conditions):
        if each.fails:
            yield each.reference, each.fails


class _Lack(Struct, frozen=True):
    """A read that needs its variable, the apps on which it `fails`, and those on which its switch is `off`.

    `sure` is false if it depends on the default of the switch whether the read is executed.
    """

    reference: Reference
    fails: list[str]
    off: list[str]
    sure: bool = True


def _lacks(facts: FileFacts, project: Project, deployed: Deployed, conditions: Conditions) -> Iterator[_Lack]:
    if not project.apps or not _is_judged(facts, project) or is_test(project, facts.path):
        return
    has = {app.app: among(app.variables) for app in project.apps}
    needed = needed_all_the_same(facts, project)
    for reference in facts.references:
        if reference.need is None or reference.variable.scope != "env":
            continue
        if need_of(facts, project, reference) is not Need.REQUIRED and reference.span not in needed:
            continue
        lacking = [
            app
            for app in project.apps
            if not has[app.app](reference)
            and app.variables.keys().isdisjoint(reference.instead)
            and not has_items(reference, app.variables)
        ]
        if lacking and not deployed.gives(reference):
            yield _lack(reference, lacking, deployed, project, conditions)


def _is_judged(facts: FileFacts, project: Project) -> bool:
    """Whether a file counts: Python, and for a deploy also the commands of the Procfile and shell scripts."""
    return facts.kind == "python" or (project.deploying and facts.kind in _COMMANDS)


def _lack(
    reference: Reference,
    lacking: list[AppSnapshot],
    deployed: Deployed,
    project: Project,
    conditions: Conditions,
) -> _Lack:
    switch = reference.switch
    if switch is None:
        return _Lack(reference, [app.app for app in lacking], [])
    on = [app.app for app in lacking if switch in app.variables]
    off = [app.app for app in lacking if switch not in app.variables and switch != reference.variable.name]
    if not off or not project.deploying:
        return _Lack(reference, on, off)
    is_negated = bool(_NEGATED.fullmatch(conditions.at(reference.span) or ""))
    if deployed.gives(replace(reference, variable=Variable("env", switch))):
        return _Lack(reference, on, off) if is_negated else _Lack(reference, on + off, [])
    reads = [each.reference for each in project.index.references(Variable("env", switch))]
    if is_negated:
        return _Lack(reference, on + off, [], all(each.need is not Need.DEFAULTED for each in reads))
    return (
        _Lack(reference, on + off, [], sure=False) if any(map(_is_on, reads)) else _Lack(reference, on, off)
    )


def _is_on(read: Reference) -> bool:
    """Whether a read of a switch counts as true if the variable is not set: `os.getenv("USE_S3", "1")`."""
    return read.flow is not None and read.flow.default is not None and read.flow.default.word.lower() in YES


def _in_processes(project: Project, path: str) -> str:
    """The processes of the Procfile that load the code, such as `, in web and worker`; empty if none is known."""
    found = dict.fromkeys(name for name, _ in loading(project, path))
    return f", in {' and '.join(found)}" if found else ""


def _finding(path: str, each: _Lack, deployed: Deployed, project: Project) -> Finding:
    found, lacking = each.reference, each.fails
    name = found.variable.name
    unset = f"not set on {heroku_apps(lacking)}"
    message = " or ".join([f"{name} is {unset}; the code fails there without it", *found.instead])
    severity = Severity.WARNING
    if project.deploying and not _is_run(path, found, project):
        severity = Severity.INFORMATION
    elif project.deploying:
        maybe, never = deployed.doubt(found)
        severity = Severity.WARNING if maybe or not each.sure else Severity.ERROR
        message += f", unless {maybe} before" if maybe else f" ({never})" if never else ""
        message += f"{_in_processes(project, path)}. {advice(name, lacking, plans(project))}"
    return Finding(NAME, severity, message, path, found.span, found.variable, clause=unset)


def _is_run(path: str, found: Reference, project: Project) -> bool:
    """Whether a read may happen on Heroku: not in commands that the Procfile neither contains nor runs.

    Nor in the main block of a file that the processes only import.
    """
    if project.index.files[path].kind == "python":
        programs = [program.entry for _, program in loading(project, path)]
        as_main = any(each and each.main and each.path == path for each in programs)
        return as_main or not programs or not is_in_main(project, path, found)
    procfile = os.path.join(home_of(path, project.index.files, project.root), "Procfile")
    return path == procfile or project.inner(path) in (project.text_of(procfile) or "")


def _behind_switch(path: str, each: _Lack, condition: str | None) -> Finding:
    found = each.reference
    unset = f"not set on {heroku_apps(each.off)}"
    fails = f"the code fails there without it if `{condition}`"
    depends = f"whether the code needs it there depends on {found.switch}"
    message = f"{found.variable.name} is {unset}; {fails if condition else depends}"
    return Finding(NAME, Severity.INFORMATION, message, path, found.span, found.variable, clause=unset)


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
there, and reads in tests. With `check --deploy` this is an error, and what the code itself sets or loads
counts only if it certainly does so on the app, before the read, in each process of the Procfile that loads
the code. If that is not known, this is a warning. A read behind a switch that is not set on the app
(`if USE_S3:`) is then information.""",
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
