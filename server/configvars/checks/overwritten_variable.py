"""overwritten-variable: what the environment gives a key is overwritten by the code."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.flask.apps import effective_apps
from configvars.flask.effective import EffectiveApp, Giving
from configvars.flask.story import variables_of
from configvars.model import Example, FileFacts, Finding, Place, Severity, Variable
from configvars.project import Project
from configvars.resolve.env_files import definitions_for
from configvars.runs.givers import is_test

NAME = "overwritten-variable"
_LITERALS = {"text", "bytes", "number", "bool", "none", "list", "dict", "duration"}


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python" or is_test(project, facts.path):
        return
    for app in effective_apps(project):
        for giving in _literals(app):
            if giving.path == facts.path:
                yield from _overwrites(project, app, giving)


def _literals(app: EffectiveApp) -> Iterator[Giving]:
    """The steps that win for certain, with a value that is written in the code."""
    for name in app.givings:
        outcomes = app.outcomes(name)
        is_certain = len(outcomes) == 1 and outcomes[0].sure and outcomes[0].method != "setdefault"
        if is_certain and set(outcomes[0].kinds) <= _LITERALS:
            yield outcomes[0]


def _overwrites(project: Project, app: EffectiveApp, last: Giving) -> Iterator[Finding]:
    for prefix, order in app.prefixes:
        name = f"{prefix}_{last.name}"
        if order < last.order:
            for path, definition in definitions_for(
                app.path, project.index.files, project.root, project.settings
            ):
                if definition.variable.name == name:
                    yield _finding(
                        last, name, Place(path, definition.span), "from_prefixed_env has loaded it"
                    )
                    return
    for giving in app.givings[last.name]:
        is_read = set(giving.kinds) & {"environment"} and giving.method != "setdefault"
        if giving.order < last.order and is_read and giving.sure and not giving.in_main:
            for reference in variables_of(project, giving):
                at = Place(giving.path, reference.span)
                yield _finding(last, reference.variable.name, at, "The key has its value from there first")
                return


def _finding(last: Giving, variable: str, at: Place, what: str) -> Finding:
    message = f"This overwrites what {variable} gives {last.name}: the variable has no effect"
    key = Variable("flask", last.name)
    return Finding(NAME, Severity.INFORMATION, message, last.path, last.span, key, related=((at, what),))


_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"

OVERWRITTEN_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="What the environment gives a key of Flask's configuration is overwritten by the code.",
    what="""\
A key gets its value from the environment, by `app.config.from_prefixed_env()` and a variable that an env file has, or
by `os.environ["X"]`; and a later step that is always run gives it a value that is written in the code. The other
way round, defaults first and then what the environment has, is how it should be.""",
    why="""\
Whoever sets the variable, here or on Heroku, wonders why nothing changes.""",
    run=_run,
    silent=(
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config['PAGES'] = 5\napp.config.from_prefixed_env()\n",
            note="defaults first",
        ),
        Example(f"{_APP}app.config.from_prefixed_env()\napp.config['PAGES'] = 5\n", note="no such variable"),
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\n"
            "app.config.setdefault('PAGES', 5)\n"
        ),
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\n"
            "if app.debug:\n    app.config['PAGES'] = 5\n",
            note="under a condition",
        ),
        Example(
            f"{_APP}class Base:\n    A = os.environ['A']\nclass Dev(Base):\n    A = 'x'\n"
            "app.config.from_object(Dev)\n",
            note="a class that has its own",
        ),
    ),
    examples=(
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\napp.config['PAGES'] = 5\n",
            (
                "app.py:5:13 information This overwrites what FLASK_PAGES gives PAGES: the variable has no effect [see .env:1:1: from_prefixed_env has loaded it]",
            ),
        ),
        Example(
            f"{_APP}app.config['A'] = os.environ['A']\napp.config.update(A='x')\n",
            (
                "app.py:5:19 information This overwrites what A gives A: the variable has no effect [see app.py:4:31: The key has its value from there first]",
            ),
        ),
    ),
    of_all_files=True,
)
