"""declared-not-on-heroku: app.json requires a config var that the chosen app does not have."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog import never_missing
from configvars.checks.base import Check
from configvars.checks.heroku_commands import advice, plans
from configvars.checks.subjects import Subject
from configvars.checks.wording import heroku_apps
from configvars.model import Example, FileFacts, Finding, Need, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import given_elsewhere
from configvars.syntax.json import JsonAtom, JsonMember, JsonObject, parse_json

NAME = "declared-not-on-heroku"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "app.json" or not project.apps:
        return
    for member in _declared(project.text_of(facts.path) or ""):
        name = member.key.value
        severity = _severity(member, project)
        lacking = [app.app for app in project.apps if name not in app.variables]
        if severity and lacking and not never_missing(name) and not given_elsewhere(project, name):
            message = f"{name} is required by app.json but not set on {heroku_apps(lacking)}"
            message += f". {advice(name, lacking, plans(project))}" if project.deploying else ""
            yield Finding(NAME, severity, message, facts.path, member.key.inner, Variable("env", name))


def _declared(text: str) -> Iterator[JsonMember]:
    """The variables of the app itself, without those of its test and review environments."""
    root = parse_json(text).root
    env = root.get("env") if isinstance(root, JsonObject) else None
    if isinstance(env, JsonObject):
        yield from (member for member in env.members if member.key.value)


def _severity(member: JsonMember, project: Project) -> Severity | None:
    """The severity if the app needs the variable; None if it does not. Without `required`, app.json requires it."""
    fields = member.value
    if not isinstance(fields, JsonObject) or fields.get("generator") is not None:
        return None
    required = fields.get("required")
    if isinstance(required, JsonAtom):
        surely = required.text == "true"
        return (Severity.ERROR if project.deploying else Severity.INFORMATION) if surely else None
    implied = fields.get("value") is None and not _runs_without(member.key.value, project)
    return Severity.WARNING if implied and project.deploying else None


def _runs_without(name: str, project: Project) -> bool:
    """Whether the code reads the variable but does not require it."""
    found = project.index.references(Variable("env", name))
    needs = {each.reference.need for each in found}
    return bool(needs & {Need.OPTIONAL, Need.DEFAULTED, Need.GUARDED})


_REQUIRED = '-- app.json --\n{"env": {"A": {"required": true}, "B": {"required": false}}}\n'

DECLARED_NOT_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="app.json requires a config var that the chosen Heroku app does not have.",
    what="""\
An entry under `env` in `app.json` has `"required": true`, and at least one chosen app has no such config
var. With `check --deploy` this is an error. An entry that has neither `required` nor `value` nor
`generator` also counts then, as a warning, because Heroku treats it as required; it is not reported if the
code reads the variable and works without it.""",
    why="""\
Heroku reads `app.json` only when it creates an app. If the entry was added later, the variable is missing
until somebody sets it.""",
    run=_run,
    about=Subject.OTHER,
    silent=(
        Example(_REQUIRED, note="no app is chosen"),
        Example(f"-- heroku:shop --\nA=1\n{_REQUIRED}"),
        Example('-- heroku:shop --\n-- app.json --\n{"env": {"A": "x", "B": {"value": "x"}}}\n'),
        Example(
            '-- heroku:shop --\n-- app.json --\n{"env": {"A": {"generator": "secret", "required": true}}}\n'
        ),
        Example(
            '-- heroku:shop --\n-- app.json --\n{"environments": {"test": {"env": {"A": {"required": true}}}}}\n'
        ),
        Example('-- heroku:shop --\n-- app.json --\n{"env": {"A": {}}}\n', note="only with `check --deploy`"),
    ),
    examples=(
        Example(
            f"-- heroku:shop --\nB=1\n{_REQUIRED}",
            ("app.json:1:11 information A is required by app.json but not set on Heroku app shop",),
        ),
    ),
)
