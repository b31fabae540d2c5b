"""overwritten-variable: the code overwrites a key that an environment variable has set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.flask.apps import effective_apps
from configvars.flask.effective import EffectiveApp, Giving
from configvars.flask.story import variables_of
from configvars.model import Access, Example, FileFacts, Finding, Place, Severity, Variable
from configvars.project import Project
from configvars.runs.env_files import definitions_for
from configvars.runs.givers import is_test

NAME = "overwritten-variable"
_LITERALS = {"text", "bytes", "number", "bool", "none", "list", "dict", "duration"}


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python" or is_test(project, facts.path):
        return
    literals = project.answered_for(facts.path, "literals", lambda: _by_file(project)) or ()
    reads = _first_reads(facts) if literals else {}
    for app, giving in literals:
        end = (giving.value or giving.span).end
        if reads.get(giving.name, end) >= end:  # a use above, also in the new value: int(app.config["X"])
            yield from _overwrites(project, app, giving)


def _by_file(project: Project) -> Mapping[str, list[tuple[EffectiveApp, Giving]]]:
    found: defaultdict[str, list[tuple[EffectiveApp, Giving]]] = defaultdict(list)
    for app in effective_apps(project):
        for giving in _literals(app):
            found[giving.path].append((app, giving))
    return found


def _literals(app: EffectiveApp) -> Iterator[Giving]:
    """The steps that always win and set a key to a literal."""
    for name in app.givings:
        outcomes = app.outcomes(name)
        is_certain = len(outcomes) == 1 and outcomes[0].sure and outcomes[0].method != "setdefault"
        if is_certain and set(outcomes[0].kinds) <= _LITERALS:
            yield outcomes[0]


def _first_reads(facts: FileFacts) -> Mapping[str, int]:
    """The offset at which a file first reads each key: until then, its value has no effect."""
    found: dict[str, int] = {}
    for one in facts.references:
        if one.variable.scope == "flask" and one.access is Access.READ:
            found[one.variable.name] = min(one.span.start, found.get(one.variable.name, one.span.start))
    return found


def _overwrites(project: Project, app: EffectiveApp, last: Giving) -> Iterator[Finding]:
    loaded = _prefixed(project, app).get(last.name) if app.prefixes else None
    if loaded is not None and loaded[0] < last.order:
        yield _finding(last, loaded[1], loaded[2], "from_prefixed_env loads it")
        return
    for giving in app.givings[last.name]:
        is_read = set(giving.kinds) & {"environment"} and giving.method != "setdefault"
        if giving.order < last.order and is_read and giving.sure and not giving.in_main:
            for reference in variables_of(project, giving):
                at = Place(giving.path, reference.span)
                yield _finding(last, reference.variable.name, at, "The key first gets its value here")
                return


def _prefixed(project: Project, app: EffectiveApp) -> dict[str, tuple[int, str, Place]]:
    """For each key that `from_prefixed_env` loads from an env file: its first step, the variable, its place."""
    return project.remembered(
        f"prefixed variables of {app.path}:{app.span.start}", lambda: _found_prefixed(project, app)
    )


def _found_prefixed(project: Project, app: EffectiveApp) -> dict[str, tuple[int, str, Place]]:
    orders = {one.prefix: one.order for one in reversed(app.prefixes)}
    found: dict[str, tuple[int, str, Place]] = {}
    for path, definition in definitions_for(project, app.path):
        name = definition.variable.name
        for at in (at for at, letter in enumerate(name) if letter == "_"):
            order, key = orders.get(name[:at]), name[at + 1 :]
            if order is not None and (key not in found or order < found[key][0]):
                found[key] = order, name, Place(path, definition.span)
    return found


def _finding(last: Giving, variable: str, at: Place, what: str) -> Finding:
    message = f"This overwrites the value that {variable} sets for {last.name}: the variable has no effect"
    key = Variable("flask", last.name)
    return Finding(NAME, Severity.INFORMATION, message, last.path, last.span, key, related=((at, what),))


_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"

OVERWRITTEN_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code overwrites a Flask key that an environment variable has set.",
    what="""\
A Flask configuration key gets its value from the environment, through `app.config.from_prefixed_env()` and
a variable in an env file, or through `os.environ["X"]`. A later statement that always runs then sets the
key to a literal. The other order is the usual one: first the defaults, then the environment.""",
    why="""\
Setting the variable has no effect, here or on Heroku.""",
    run=_run,
    about=Subject.PYTHON,
    silent=(
        Example(
            f"{_APP}app.config['PAGES'] = os.environ['PAGES']\napp.config['PAGES'] = int(app.config['PAGES'])\n"
            "app.config['SIZE'] = os.environ['SIZE']\napp.config.update(SIZE=5 * int(app.config.get('SIZE')))\n"
            "app.config['LEVEL'] = os.environ['LEVEL']\nlevel = app.config['LEVEL'].upper()\napp.config['LEVEL'] = 10\n",
            note="made from the old value, or used before",
        ),
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config['PAGES'] = 5\napp.config.from_prefixed_env()\n",
            note="defaults first",
        ),
        Example(
            f"{_APP}app.config.from_prefixed_env()\napp.config['PAGES'] = 5\n", note="the variable is not set"
        ),
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\n"
            "app.config.setdefault('PAGES', 5)\n"
        ),
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\n"
            "if app.debug:\n    app.config['PAGES'] = 5\n",
            note="inside a condition",
        ),
        Example(
            f"{_APP}app.config['A'] = os.environ['A']\ndef later():\n    app.config['A'] = 'x'\n",
            note="a function that is perhaps not called",
        ),
        Example(
            f"{_APP}class Base:\n    A = os.environ['A']\nclass Dev(Base):\n    A = 'x'\n"
            "app.config.from_object(Dev)\n",
            note="a class that sets its own value",
        ),
    ),
    examples=(
        Example(
            f"-- .env --\nFLASK_PAGES=3\n{_APP}app.config.from_prefixed_env()\napp.config['PAGES'] = 5\n",
            (
                "app.py:5:13 information This overwrites the value that FLASK_PAGES sets for PAGES: the variable has no effect [see .env:1:1: from_prefixed_env loads it]",
            ),
        ),
        Example(
            f"{_APP}app.config['A'] = os.environ['A']\napp.config.update(A='x')\n",
            (
                "app.py:5:19 information This overwrites the value that A sets for A: the variable has no effect [see app.py:4:31: The key first gets its value here]",
            ),
        ),
        Example(
            f"-- .env --\nFLASK_A=3\n{_APP}app.config['A'] = os.environ['B']\napp.config.from_prefixed_env()\n"
            "app.config['A'] = 5\n",
            (
                "app.py:6:13 information This overwrites the value that FLASK_A sets for A: the variable has no effect [see .env:1:1: from_prefixed_env loads it]",
            ),
            note="both",
        ),
    ),
    of_all_files=True,
)
