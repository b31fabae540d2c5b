"""unknown-config-key: a key that looks like a misspelling of one of the project's own keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from configvars.catalog.flask_keys import flask_key, known_keys, removed_keys
from configvars.checks.base import Check
from configvars.checks.flask_project import occurrences
from configvars.checks.key_slips import Slips
from configvars.checks.misspelt_config_key import key_owners
from configvars.checks.subjects import Subject
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "unknown-config-key"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    places = [
        *((r.variable, r.span) for r in facts.references if r.written_at is None and r.via is None),
        *((d.variable, d.span) for d in facts.definitions),
    ]
    places = [(variable, span) for variable, span in places if _is_strange(variable)]
    if not places or is_test(project, facts.path):
        return
    owners = key_owners(project)
    others = {name for name, key in known_keys().items() if key.owner not in owners}
    slips = Slips({*others, *(one.name for one in project.index.defined() if one.scope == "flask")})
    is_alone = cache(lambda name: occurrences(project, name) == 1)
    for variable, span in places:
        meant = slips.meant(variable.name) if is_alone(variable.name) else None
        if meant is not None:
            yield _finding(facts, variable, span, meant)


def _is_strange(variable: Variable) -> bool:
    name = variable.name
    return variable.scope == "flask" and name[0] != "_" and not (flask_key(name) or name in removed_keys())


def _finding(facts: FileFacts, variable: Variable, span: Span, meant: str) -> Finding:
    known = flask_key(meant)
    what = f"{known.owner}'s {meant}" if known else meant
    edit = FileEdit(facts.path, (TextEdit(span, meant),))
    return Finding(
        NAME,
        Severity.WARNING,
        f"{variable.name} appears nowhere else in this workspace: did you mean {what}?",
        facts.path,
        span,
        variable,
        (Fix(f"Replace with {meant}", (edit,), preferred=True),),
    )


_APP = "from flask import Flask\napp = Flask(__name__)\n"

UNKNOWN_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A configuration key looks like a misspelling of one of the project's own keys.",
    what="""\
A key that appears only once, that neither Flask nor a known extension reads, and that differs by one typing
mistake (two in long names) from a key that the code defines, or that an extension reads which the project
does not use.
This check is off by default (turn it on with `--select unknown-config-key`, or with a severity in the
settings), because most of its findings in public repositories were wrong. `misspelt-config-key` reports
misspelt keys of Flask and of the extensions in use.""",
    why="""\
Flask does not report keys that nothing reads.""",
    run=_run,
    about=Subject.READS | Subject.SETS,
    silent=(
        Example(f"{_APP}app.config['SHOP_NAME'] = 'x'\n", note="the project defines the key"),
        Example(
            f"{_APP}app.config['SESION_TYPE'] = 'x'\nprint(app.config['SESION_TYPE'])\n", note="used twice"
        ),
        Example(
            f"{_APP}app.config['SHOP_HOST1'] = 1\napp.config['SHOP_HOST2'] = 2\n", note="a different number"
        ),
        Example(
            f"{_APP}app.config['SHOP_ADMINS'] = 1\nprint(app.config.get('SHOP_ADMIN'))\n", note="a plural"
        ),
        Example(f"{_APP}app.config['DEBUGS'] = 1\napp.config['HOST'] = 1\napp.config['PORT'] = 1\n"),
        Example(
            f"{_APP}app.config['JSON_SORT_KEYS'] = False\n", note="a removed key, which another check reports"
        ),
    ),
    examples=(
        Example(
            f"{_APP}app.config['SHOP_CURRENCY'] = 'EUR'\nprint(app.config['SHOP_CURENCY'])\n"
            "print(app.config['SHOP_CURRENCY'])\n",
            (
                "app.py:4:19 warning SHOP_CURENCY appears nowhere else in this workspace: did you mean SHOP_CURRENCY? [fix: Replace with SHOP_CURRENCY]",
            ),
        ),
    ),
    of_all_files=True,
)
