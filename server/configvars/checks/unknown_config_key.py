"""unknown-config-key: a key that is nearly one that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from configvars.catalog.flask_keys import flask_key, known_keys, removed_keys
from configvars.checks.base import Check
from configvars.checks.flask_project import occurrences
from configvars.checks.local import is_test
from configvars.limits import SIMILAR_NAMES
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.text import Span

NAME = "unknown-config-key"
_MIN_LENGTH = 6
_LONG = 12


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    places = [
        *((r.variable, r.span) for r in facts.references if r.written_at is None and r.via is None),
        *((d.variable, d.span) for d in facts.definitions),
    ]
    places = [(variable, span) for variable, span in places if _is_strange(variable)]
    if not places or is_test(project, facts.path):
        return
    ends = _by_ends({*known_keys(), *(one.name for one in project.index.defined() if one.scope == "flask")})
    is_alone = cache(lambda name: occurrences(project, name) == 1)
    for variable, span in places:
        if not is_alone(variable.name):
            continue
        found = [ends.get(end, ()) for end in _ends(variable.name)]
        if sum(map(len, found)) > SIMILAR_NAMES.most:
            continue
        near = {key for keys in found for key in keys} - {variable.name}
        meant = [key for key in near if is_slip(variable.name, key)]
        if len(meant) == 1:
            yield _finding(facts, variable, span, meant[0])


def _by_ends(keys: Iterable[str]) -> Mapping[tuple[str, str], list[str]]:
    """The keys by what they begin and what they end with: a slip leaves one end alone."""
    found: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        for end in _ends(key):
            found.setdefault(end, []).append(key)
    return found


def _ends(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("first", name[:3]), ("last", name[-3:])


def _is_strange(variable: Variable) -> bool:
    name = variable.name
    return variable.scope == "flask" and name[0] != "_" and not (flask_key(name) or name in removed_keys())


def is_slip(written: str, meant: str) -> bool:
    """Whether one name is the other mistyped: one edit, in long names two; not in a number or a plural."""
    limit = 2 if len(meant) >= _LONG else 1
    if min(len(written), len(meant)) < _MIN_LENGTH or abs(len(written) - len(meant)) > limit:
        return False
    if not set(_ends(written)) & set(_ends(meant)):
        return False
    short, long = sorted((written, meant), key=len)
    if (
        long == f"{short}S"
        or short.strip("_") == long.strip("_")
        or _without_digits(short) == _without_digits(long)
    ):
        return False
    return 0 < _distance(written, meant, limit) <= limit


def _without_digits(name: str) -> str:
    return "".join(character for character in name if not character.isdigit())


def _distance(first: str, second: str, most: int) -> int:
    """How many letters to insert, remove, replace or swap with their neighbour (Damerau, Levenshtein).

    Where there are more than `most`, any larger number.
    """
    rows = [list(range(len(second) + 1))]
    for i, a in enumerate(first, 1):
        above, row = rows[-1], [i]
        for j, b in enumerate(second, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
        if min(row) > most and min(above) > most:
            break
    return rows[-1][-1]


def _finding(facts: FileFacts, variable: Variable, span: Span, meant: str) -> Finding:
    known = flask_key(meant)
    what = f"{known.owner}'s {meant}" if known else meant
    edit = FileEdit(facts.path, (TextEdit(span, meant),))
    return Finding(
        NAME,
        Severity.WARNING,
        f"{variable.name} is nowhere else in this workspace: did you mean {what}?",
        facts.path,
        span,
        variable,
        (Fix(f"Replace by {meant}", (edit,), preferred=True),),
    )


_APP = "from flask import Flask\napp = Flask(__name__)\n"

UNKNOWN_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A configuration key is nearly one that is known.",
    what="""\
A key that stands at one place alone, that neither Flask nor a known extension reads, and that is one mistyped letter
(in long names two) away from one that they read, or that the code defines.""",
    why="""\
Nothing complains of a key that nobody reads: `SESSION_COOKIE_SECRUE = True` leaves the cookie insecure.""",
    run=_run,
    silent=(
        Example(f"{_APP}app.config['SHOP_NAME'] = 'x'\n", note="the project's own"),
        Example(
            f"{_APP}app.config['SESION_TYPE'] = 'x'\nprint(app.config['SESION_TYPE'])\n", note="used twice"
        ),
        Example(f"{_APP}app.config['SHOP_HOST1'] = 1\napp.config['SHOP_HOST2'] = 2\n", note="numbers"),
        Example(
            f"{_APP}app.config['SHOP_ADMINS'] = 1\nprint(app.config.get('SHOP_ADMIN'))\n", note="a plural"
        ),
        Example(f"{_APP}app.config['DEBUGS'] = 1\napp.config['HOST'] = 1\napp.config['PORT'] = 1\n"),
        Example(f"{_APP}app.config['JSON_SORT_KEYS'] = False\n", note="removed, which is another matter"),
    ),
    examples=(
        Example(
            f"{_APP}app.config['SESSION_COOKIE_SECRUE'] = True\n", ("app.py:3:13 SESSION_COOKIE_SECRUE",)
        ),
        Example(
            f"{_APP}class C:\n    SQLALCHEMY_DATABSE_URI = 'x'\napp.config.from_object(C)\n",
            ("app.py:4:5 SQLALCHEMY_DATABSE_URI",),
        ),
        Example(
            f"{_APP}app.config['SHOP_CURRENCY'] = 'EUR'\nprint(app.config['SHOP_CURENCY'])\n"
            "print(app.config['SHOP_CURRENCY'])\n",
            ("app.py:4:19 SHOP_CURENCY",),
        ),
    ),
    of_all_files=True,
)
