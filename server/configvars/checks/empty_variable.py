"""empty-variable: an env file sets a variable to an empty value, but the code needs a value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from msgspec.structs import replace

from configvars.checks import fixes
from configvars.checks.base import Check
from configvars.checks.conditions import Conditions
from configvars.checks.env_values import wrong_lines
from configvars.checks.judge_truth import is_tested_for_truth
from configvars.checks.needed import needed_not_empty
from configvars.checks.reached import Lines, Reached
from configvars.checks.subjects import Subject
from configvars.flask.needs import needed_reads
from configvars.model import Example, FileFacts, Finding, Need, Severity
from configvars.project import Project
from configvars.text import Span

NAME = "empty-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    lines = Lines(facts, project)
    conditions = cache(lambda path: Conditions(lambda: project.tree_of(path)))
    empty: dict[Span, list[Reached]] = {}
    for reached in lines.reached():
        yield None
        if (
            reached is not None
            and _gets_nothing(reached)
            and (
                (_is_required(reached) and not _is_switched(reached, conditions(reached.path)))
                or _why(reached, project)
            )
        ):
            empty.setdefault(reached.definition.span, []).append(reached)
    spoken_of = (yield from wrong_lines(facts, project)) if empty else frozenset[Span]()
    for span, reads in empty.items():
        if span not in spoken_of:
            yield _finding(reads, lines, facts.path, project)


def _is_required(reached: Reached) -> bool:
    return reached.reference.need is Need.REQUIRED


def _is_switched(reached: Reached, conditions: Conditions) -> bool:
    """Whether another variable or a flag decides whether the read happens: the feature may be off."""
    read = reached.reference
    return read.switch is not None or conditions.of_flags(read.span) is not None


def _gets_nothing(reached: Reached) -> bool:
    """Whether a read gets an empty string without testing for it or having a default."""
    flow = reached.reference.flow
    if flow is None or not reached.facts or not all(value.is_empty for value in reached.facts):
        return False
    has_other = flow.default is not None and (flow.default.by_or or reached.reference.need is Need.DEFAULTED)
    is_asked = (
        any(use.kind == "type" and use.tested for use in flow.uses)
        or is_tested_for_truth(flow)
        or any(
            use.kind in ("truth", "compare") or (use.kind == "call" and use.what == "builtins.len")
            for use in flow.uses
        )
    )
    return not has_other and not is_asked


def _finding(reads: list[Reached], lines: Lines, path: str, project: Project) -> Finding:
    variable = reads[0].definition.variable
    why = next(filter(None, map(partial(_why, project=project), reads)), None)
    place = lines.place(reads[0].path, reads[0].reference)
    message = f"{variable.name} is empty; {place} reads an empty string"
    if why:
        message = f"{variable.name} is empty; {why} ({place})"
    severity = Severity.WARNING if why else Severity.INFORMATION
    span = reads[0].definition.span
    offered = tuple(replace(fix, preferred=True) for fix in fixes.pull(project, [variable.name], path))
    return Finding(NAME, severity, message, path, span, variable, offered)


def _why(reached: Reached, project: Project) -> str | None:
    """What fails without a value; None if nothing does."""
    place = (reached.path, reached.reference.span)
    needed = needed_not_empty(project.index.files[reached.path], project)
    return needed_reads(project).get(place) or needed.get(reached.reference.span)


_APP = "-- app.py --\nimport os\n"
_PYDANTIC = (
    "-- settings.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
    "    model_config = {'env_file': '.env'}\n"
)
_FLASK = "-- app.py --\nimport os\nfrom flask import Flask, session\napp = Flask(__name__)\n"

EMPTY_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file sets a variable that the code needs to an empty value.",
    what="""\
A line `NAME=` in an env file, and code that needs the variable: it reads it without a default, and does not test whether
the string is empty. The program does not fail at the read, because the variable is set; it continues with an empty string.
The severity is warning where something is known to fail with an empty string, such as Flask's sessions without a
`SECRET_KEY`.

Not reported: templates, tests, and code that tests the string (`if os.environ["A"]:`), compares it, or falls back to something else
(`os.environ["A"] or "x"`). For an empty string that cannot be converted, as in `int("")`, see `unconvertible-value`.""",
    why="""\
"Add NAME to .env" and a copied template leave `NAME=`. If nobody fills it in, mail is sent with an empty password or a
request goes to an empty host. Pull the value from Heroku, fill it in, or delete the line, so that the code reports
that the variable is missing.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            "-- .env --\nTEST_DATABASE_URL=\n-- app.py --\nimport os\nfrom flask import Flask\n"
            "from flask_sqlalchemy import SQLAlchemy\nclass TestingConfig:\n"
            "    SQLALCHEMY_DATABASE_URI = os.getenv('TEST_DATABASE_URL')\napp = Flask(__name__)\n"
            "app.config.from_object(TestingConfig)\nSQLAlchemy(app)\n",
            note="only for tests",
        ),
        Example(f'-- .env --\nA=1\n{_APP}os.environ["A"]\n'),
        Example(
            f'-- .env --\nA=\n{_APP}if os.environ["A"]: pass\nb = os.environ["A"] or "x"\n', note="tested"
        ),
        Example(
            f'-- .env --\nA=\nB=\nC=\n{_APP}a = os.environ["A"].lower() in ("1", "true")\n'
            'b = os.environ["B"]\nif b != "": pass\nc = len(os.environ["C"])\n',
            note="compared, or counted",
        ),
        Example(
            f"-- .env --\nA=\n{_APP}url = f\"postgres://app:{{os.getenv('A')}}@localhost/shop\"\n",
            note="a part of a URL that may be empty",
        ),
        Example(
            f'-- .env --\nA=\n{_APP}os.environ.get("A", "x"), os.getenv("A", "")\n', note="with a default"
        ),
        Example(
            f"-- .env --\nA=\n-- settings.py --\nUSE_S3 = False\n{_APP}import settings\n"
            'if settings.USE_S3:\n    os.environ["A"]\n',
            note="a feature that a flag turns on",
        ),
        Example(f'-- .env.example --\nA=\n{_APP}os.environ["A"]\n', note="a template"),
        Example('-- .env --\nA=\n-- test_app.py --\nimport os\nos.environ["A"]\n', note="a test"),
        Example(f'-- .env --\nA=\n{_APP}int(os.environ["A"])\n', note="that is unconvertible-value"),
        Example(f'-- .env --\nA=\n{_APP}if os.getenv("A"): pass\nx = os.getenv("A")\n', note="optional"),
        Example(f'-- .env --\nA=\n{_PYDANTIC}    a: str = ""\n', note="with a default"),
        Example(
            f"-- .env --\nA=\n{_PYDANTIC}    a: str\n    @field_validator('a')\n    def _a(cls, v): return v or 'x'\n",
            note="a validator may replace it",
        ),
    ),
    examples=(
        Example(
            f'-- .env --\nA=\n{_APP}mail(os.environ["A"])\n',
            (".env:1:1 information A is empty; app.py:2 reads an empty string",),
        ),
        Example(
            f"-- .env --\nA=\n{_PYDANTIC}    a: str\n",
            (".env:1:1 information A is empty; settings.py:4 reads an empty string",),
            "a field of a settings class",
        ),
        Example(
            f'-- .env --\nSECRET_KEY=\n{_FLASK}app.secret_key = os.environ.get("SECRET_KEY")\nsession["a"] = 1\n',
            (
                ".env:1:1 warning SECRET_KEY is empty; without SECRET_KEY in app.config, the session cannot be written to (RuntimeError) (app.py:4)",
            ),
            "Flask's sessions fail without it",
        ),
        Example(
            "-- .env --\nDJANGO_KEY=\n-- shop/settings.py --\nimport os\nINSTALLED_APPS = []\n"
            'SECRET_KEY = os.environ["DJANGO_KEY"]\n',
            (
                ".env:1:1 warning DJANGO_KEY is empty; Django does not start with an empty SECRET_KEY (shop/settings.py:3)",
            ),
        ),
    ),
    of_all_files=False,
)
