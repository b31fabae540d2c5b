"""not-on-heroku: code would fail on the chosen app, because a config var is not set there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.checks.app_states import AppStates
from configvars.checks.base import Check
from configvars.checks.conditions import Conditions
from configvars.checks.deployed import Deployed
from configvars.checks.dropped_words import dropped_words
from configvars.checks.dyno_metadata import WITH_LABS, WITHOUT_LABS, by_labs
from configvars.checks.findings_on_apps import by_attributes, by_refusals, by_start
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.needed import (
    fails_at,
    needed_at_start_on,
    needed_on_every_app,
    only_a_key,
    only_in_a_url,
)
from configvars.checks.needed_on_apps import is_caught_on
from configvars.checks.not_run import is_for_development, why_not_run
from configvars.checks.required_options import required_options
from configvars.checks.set_in_parts import because_of_parts, is_set_by_part, part_set_on
from configvars.checks.wording import does_not_run, heroku_apps, in_processes, may_catch, may_run, without
from configvars.flask.reads import Filled, need_of
from configvars.model import Example, FileFacts, Finding, Need, Reference, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.alternatives import alternatives
from configvars.runs.at_start import is_at_import
from configvars.runs.givers import among, is_test
from configvars.runs.heroku_processes import loading
from configvars.runs.taken_away import taken_away

NAME = "not-on-heroku"
_COMMANDS = frozenset({"procfile", "shell", "makefile"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if project.apps:
        yield from _on_apps(facts, project)


def _on_apps(facts: FileFacts, project: Project) -> Iterator[Finding]:
    deployed, conditions = Deployed(project, facts.path), Conditions(lambda: project.tree_of(facts.path))
    for each in _lacks(facts, project, deployed):
        condition = conditions.at(each.reference.span)
        if each.taken_by:
            yield _taken(facts.path, each, project)
        elif each.fails:
            yield _finding(facts.path, each.reference, each.fails, deployed, project)
        of_maybe = may_run(each.reference, each.maybe, condition)
        of_caught = may_catch(each.reference, each.perhaps_caught)
        for apps, message in (each.maybe, of_maybe), (each.perhaps_caught, of_caught):
            if apps:
                yield _if_needed(facts.path, each.reference, apps, message, project)
        if each.off and project.deploying:
            message = does_not_run(each.reference, each.off, condition, each.because)
            yield _under_condition(facts.path, each.reference, each.off, message)
    yield from by_labs(NAME, facts, deployed, project)
    if project.deploying:
        yield from dropped_words(NAME, facts, deployed, project)
    if project.deploying and facts.kind == "python":
        for find in by_attributes, by_refusals:
            yield from (_if_loaded(found, project) for found in find(NAME, facts, deployed, project))
        yield from by_start(NAME, facts, deployed, project)


def missing_on_apps(facts: FileFacts, project: Project) -> Iterator[tuple[Reference, list[str]]]:
    """The reads in a file that fail on a chosen app, each with the apps on which the variable is not set."""
    for each in _lacks(facts, project, Deployed(project, facts.path)):
        if each.fails:
            yield each.reference, each.fails


class _Lack(Struct, frozen=True):
    """A read that needs its variable, and the apps on which it is not set.

    `taken_by`: it is set there, but this removes it. It `fails` there; or it may: `maybe`, if its condition
    holds, or `perhaps_caught`, if nothing catches the exception; or it is `off`: it does not run, and `because`
    says why, if one variable is the reason.
    """

    reference: Reference
    fails: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)
    perhaps_caught: list[str] = field(default_factory=list)
    because: str = ""
    taken_by: str = ""


def _lacks(facts: FileFacts, project: Project, deployed: Deployed) -> Iterator[_Lack]:
    kinds = {"python", *_COMMANDS} if project.deploying else {"python"}
    if not project.apps or facts.kind not in kinds or is_test(project, facts.path):
        return
    has = {app.app: among(app.variables) for app in project.apps}
    filled = {app.app: Filled(app.variables) for app in project.apps}
    needed, at_start = {*needed_on_every_app(facts, project)}, needed_at_start_on(facts, project)
    if project.deploying:
        needed |= required_options(facts, project)
    states = AppStates(project, facts.path, deployed)
    for reference in facts.references:
        if reference.need is None or reference.variable.scope != "env":
            continue
        need = need_of(facts, project, reference)
        on_all = (
            need is Need.REQUIRED or reference.span in needed or (project.deploying and reference.needs_write)
        )
        read = reference.variable.name, reference.span
        needing = [
            app
            for app in project.apps
            if on_all or read in at_start.get(app.app, ()) or (need and part_set_on(app, reference))
        ]
        lacking = [
            app
            for app in needing
            if not any(map(has[app.app], alternatives(reference)))
            and not filled[app.app].has_items(reference)
            and not is_set_by_part(app, reference)
        ]
        if lacking and not deployed.gives(reference):
            yield _lack(facts.path, reference, lacking, project, states)
        elif (
            project.deploying
            and needing
            and not lacking
            and (by := taken_away(project, facts.path, reference))
        ):
            yield _Lack(reference, [app.app for app in project.apps], taken_by=by)


def _lack(
    path: str, reference: Reference, lacking: list[AppSnapshot], project: Project, states: AppStates
) -> _Lack:
    found = _Lack(reference)
    at_import = project.deploying and is_at_import(project, path, reference)
    for app in lacking:
        if (caught := project.deploying and is_caught_on(project, app, path, reference)) is True:
            continue
        runs = states.runs(app, reference)
        if runs is None and reference.switch in (None, reference.variable.name) and not at_import:
            runs = True  # no variable decides it, and functions are called in many ways
        if runs is None and not project.deploying:
            runs = reference.switch in app.variables
        if runs and (is_entered := states.is_entered(app, reference)) is not True:
            runs = is_entered
        fails = found.perhaps_caught if caught is None else found.fails
        (found.maybe if runs is None else fails if runs else found.off).append(app.app)
    off = [app for app in lacking if app.app in found.off]
    return replace(found, because=states.why_off(off, reference)) if off else found


def _finding(
    path: str, found: Reference, lacking: list[str], deployed: Deployed, project: Project
) -> Finding:
    name = found.variable.name
    unset = f"not set on {heroku_apps(lacking)}"
    at = fails_at(project, path, found)
    because = because_of_parts(project, found, lacking)
    fails = f"{because}the code fails there {without(name, found.instead)}{f', at {at}' if at else ''}"
    facts = project.index.files[path]
    key = only_a_key(facts, project, found) or only_in_a_url(facts, project, found)
    message = f"{name} is {unset}; {key or fails}"
    severity = Severity.WARNING
    if project.deploying and (why := why_not_run(path, found, project)):
        severity = Severity.INFORMATION
        message += f", but {why}"
    elif project.deploying and path in project.by_settings:
        severity = _by_settings(path)
        message += ", if DJANGO_SETTINGS_MODULE selects this file"
        if severity is Severity.WARNING:
            message += _what_to_do(path, found, lacking, project)
    elif project.deploying:
        maybe, never = deployed.doubt(found)
        severity = Severity.WARNING if maybe or key else Severity.ERROR
        message += f", unless {maybe} before" if maybe else f" ({never})" if never else ""
        message += _what_to_do(path, found, lacking, project)
    return Finding(NAME, severity, message, path, found.span, found.variable, clause=unset)


def _taken(path: str, each: _Lack, project: Project) -> Finding:
    """For a variable that the app has, and that something removes before the code reads it."""
    found = each.reference
    unset = f"removed by {each.taken_by}"
    where = f"set on {heroku_apps(each.fails)}, but {each.taken_by} removes it"
    message = f"{found.variable.name} is {where}; the code fails without it"
    message += in_processes(name for name, _ in loading(project, path))
    severity = Severity.INFORMATION if why_not_run(path, found, project) else Severity.ERROR
    return Finding(NAME, severity, message, path, found.span, found.variable, clause=unset)


def _what_to_do(path: str, found: Reference, lacking: list[str], project: Project) -> str:
    """The end of a message: the processes that load the code, and the command that sets the variable."""
    processes = in_processes(name for name, _ in loading(project, path))
    return f"{processes}. {advice(found.variable.name, lacking, plans(project))}"


def _if_needed(path: str, read: Reference, lacking: list[str], message: str, project: Project) -> Finding:
    """For code of which it is not known whether the app runs it, or whether it fails."""
    found = _under_condition(path, read, lacking, message)
    if why_not_run(path, read, project):
        return found
    message = f"{message}{_what_to_do(path, read, lacking, project)}"
    severity = _by_settings(path) if path in project.by_settings else Severity.WARNING
    return replace(found, severity=severity, message=message)


def _under_condition(path: str, found: Reference, lacking: list[str], message: str) -> Finding:
    clause = f"not set on {heroku_apps(lacking)}"
    return Finding(NAME, Severity.INFORMATION, message, path, found.span, found.variable, clause=clause)


def _by_settings(path: str) -> Severity:
    """For code that runs only with some value of `DJANGO_SETTINGS_MODULE`."""
    return Severity.INFORMATION if is_for_development(path) else Severity.WARNING


def _if_loaded(found: Finding, project: Project) -> Finding:
    """A finding about a whole file, which counts less if it is not certain that a process loads it."""
    if found.path in project.not_loaded:
        message = f"{found.message.partition('. ')[0]}, but no process of the Procfile loads this file"
        return replace(found, severity=Severity.INFORMATION, message=message)
    if found.path in project.by_settings:
        return replace(found, severity=_by_settings(found.path))
    return found


_READ = '-- app.py --\nimport os\nos.environ["A"]\n'

NOT_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code needs a variable that is not set on the chosen Heroku app.",
    what="""\
A read that fails without its variable (`os.environ["X"]`, `int(os.getenv("X"))`), while at least one chosen
app has no such config var. Only the app counts: a template, `app.json` or a local env file sets nothing on
Heroku. Variables that Heroku sets only with a Labs feature (`HEROKU_APP_NAME`) are a warning if they are not
config vars. Not reported: other variables that Heroku or its buildpacks set, names in the `given` setting, variables
that the code itself sets, variables from an env file that git tracks (so it is deployed) and that is loaded
there, and reads in tests. With `check --deploy` this is an error, and what the code itself sets or loads
counts only if it certainly does so on the app, before the read, in each process of the Procfile that loads
the code. If that is not known, this is a warning. A read under a condition that certainly does not hold on the app
(`if USE_S3:`, and the app has no `USE_S3`) is then information; it is a warning if that is not known. `--deploy` also reports variables that a `__getattr__` reads by the
names of attributes, exceptions that the code raises without a variable under a condition about others, reads
whose `None` breaks a program of the Procfile elsewhere while it starts (`from config import API; URL = API +
"/x"`, `Config.validate()`), variables that the app has but that a command, `.profile` or the code removes before
the read, and options in the Procfile whose value is a variable that is not set.""",
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
        *WITHOUT_LABS,
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
        WITH_LABS,
    ),
    of_all_files=True,
)
