"""misspelt-config-key: a key of Flask, or of an extension that the project uses, is misspelt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from configvars.catalog.flask_keys import flask_key, former_keys, known_keys, removed_keys
from configvars.checks.base import Check
from configvars.checks.flask_project import steps_of
from configvars.checks.key_slips import Slips
from configvars.checks.prefixes import flask_prefixes
from configvars.checks.subjects import Subject
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit, Variable
from configvars.pinned import is_older
from configvars.project import Project
from configvars.requirements import imported_modules, imports_any, requirements_of
from configvars.resolve.env_files import is_env_file
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "misspelt-config-key"
_FLASK = "Flask"
# Ways to set a key that accept lower-case letters, too.
_KEEPING_CASE = frozenset({"[]=", "|=", "setdefault", "update"})


def key_owners(project: Project) -> frozenset[str]:
    """Flask, and the extensions with known keys that the project requires or imports."""
    version = requirements_of(project), imported_modules(project)

    def find() -> frozenset[str]:
        return frozenset({_FLASK, *filter(_is_used_in(project), _owners())})

    return project.code.kept("key owners", version, find)


def _owners() -> set[str]:
    return {key.owner for key in known_keys().values()} - {_FLASK}


def _is_used_in(project: Project) -> Callable[[str], bool]:
    requirements = requirements_of(project)

    def is_used(owner: str) -> bool:
        module = re.sub(r"[-.]", "_", owner.lower())
        return imports_any(project, (module,)) or requirements.asks_for(owner)

    return is_used


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_env_file(facts.path, project.index.files):
        yield from _in_env_file(facts, project)
        return
    places = [
        *((r.variable, r.span) for r in facts.references if r.written_at is None and r.via is None),
        *((d.variable, d.span) for d in facts.definitions),
    ]
    places = [(variable, span) for variable, span in places if _is_strange(variable)]
    if not is_test(project, facts.path):
        yield from _in_another_case(facts, project)
    if not places or is_test(project, facts.path):
        return
    slips = _slips(project)
    is_alone = cache(lambda name: _is_alone(name, project))
    for variable, span in places:
        meant = slips.meant(variable.name)
        if meant is not None and is_alone(variable.name) and not _is_former(variable.name, facts, project):
            yield _finding(facts, variable, span, meant)


def _in_another_case(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """`app.config["secret_key"] = …`: a key that Flask or an extension reads in upper case only."""
    for _, step in steps_of(facts):
        for key in step.feed.keys if step.method in _KEEPING_CASE else ():
            known = flask_key(key.name.upper()) if not key.name.isupper() and key.path == facts.path else None
            if known is not None and known.owner in key_owners(project) and _places(key.name, project) <= 1:
                yield _finding(facts, Variable("flask", key.name), key.span, key.name.upper())


def _slips(project: Project) -> Slips:
    owners = key_owners(project)

    def make() -> Slips:
        return Slips((name for name, key in known_keys().items() if key.owner in owners), plural=True)

    return project.code.kept("slips of known keys", owners, make)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The lines that `from_prefixed_env` makes keys of which nothing reads."""
    prefixes = flask_prefixes(project)
    given = [each for each in facts.definitions if prefixes and each.variable.name.startswith(prefixes)]
    names = {each.variable.name for each in given}
    slips = _slips(project) if given else None
    for each in given:
        prefix = next(prefix for prefix in prefixes if each.variable.name.startswith(prefix))
        key = Variable("flask", each.variable.name.removeprefix(prefix))
        meant = slips.meant(key.name) if slips is not None and key.name and _is_strange(key) else None
        if meant is None or f"{prefix}{meant}" in names or any(project.index.references(each.variable)):
            continue
        if _places(key.name, project) == 0:
            yield _finding(facts, each.variable, each.span, meant, prefix)


def _is_strange(variable: Variable) -> bool:
    name = variable.name
    return variable.scope == "flask" and name[0] != "_" and not (flask_key(name) or name in removed_keys())


def _is_former(name: str, facts: FileFacts, project: Project) -> bool:
    """Whether the version of an extension that the project requires still reads the key."""
    key = former_keys().get(name)
    if key is None:
        return False
    bounds = ((key.owner, key.version), (_FLASK, key.flask))
    return any(
        is_older(project, package, tuple(map(int, version.split("."))), facts.path)
        for package, version in bounds
    )


def _is_alone(name: str, project: Project) -> bool:
    """Whether nothing else uses the name as a key, an attribute, an argument or a string, or sets it."""
    variables = (Variable("env", f"{prefix}{name}") for prefix in flask_prefixes(project))
    is_given = any(any(project.index.definitions(variable)) for variable in variables)
    return not is_given and _places(name, project) <= 1


def _places(name: str, project: Project) -> int:
    word = re.compile(rf"\b{re.escape(name)}\b")
    files = (path for path, facts in project.index.files.items() if facts.kind in ("python", "jinja"))
    return sum(len(word.findall(project.text_of(path) or "")) for path in files)


def _finding(facts: FileFacts, variable: Variable, span: Span, meant: str, prefix: str = "") -> Finding:
    known = flask_key(meant)
    owner = f"{known.owner}'s " if known else ""
    edit = FileEdit(facts.path, (TextEdit(span, f"{prefix}{meant}"),))
    return Finding(
        NAME,
        Severity.WARNING,
        f"Nothing reads {variable.name}: did you mean {owner}{meant}?",
        facts.path,
        span,
        variable,
        (Fix(f"Replace with {prefix}{meant}", (edit,), preferred=True),),
    )


_APP = "from flask import Flask\napp = Flask(__name__)\n"

MISSPELT_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A key of Flask or of a Flask extension is misspelt.",
    what="""\
A key that appears only once and that differs by one typing mistake (two in long names; an added or missing
S also counts), or only in its case, from a key of Flask, or of a known extension that the project requires or imports.
Not reported if the version of the extension that the project requires still reads the key.
In an env file, a variable from which `from_prefixed_env` makes such a key.""",
    why="""\
Flask does not report keys that nothing reads: `SESSION_COOKIE_SECRUE = True` leaves the cookie insecure.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.READS | Subject.SETS | Subject.STEPS,
    silent=(
        Example(f"{_APP}app.config['SHOP_NAME'] = 'x'\n", note="the project defines the key"),
        Example(
            f"{_APP}app.config['server_name'] = 'x'\napp.config['name'] = app.config['server_name']\n",
            note="the project reads its own key",
        ),
        Example(
            f"{_APP}app.config['SESION_TYPE'] = 'x'\nprint(app.config['SESION_TYPE'])\n", note="used twice"
        ),
        Example(f"{_APP}app.config['MAIL_SERVE'] = 'x'\n", note="Flask-Mail is not used"),
        Example(
            f"{_APP}app.config['MAX_CONTENT_LENGTHS'] = 1\nshow(limits.MAX_CONTENT_LENGTHS)\n",
            note="an attribute",
        ),
        Example(f"-- .env --\nFLASK_SECERT_KEY=x\n-- app.py --\n{_APP}", note="no `from_prefixed_env`"),
        Example(
            f"-- .env --\nFLASK_MAIL_SERVE=x\nFLASK_RUN_PORT=1\n-- app.py --\n{_APP}app.config.from_prefixed_env()\n",
            note="Flask-Mail is not used; an option of the command line",
        ),
        Example(
            f"-- .env --\nFLASK_SECERT_KEY=x\n-- app.py --\n{_APP}app.config.from_prefixed_env()\n"
            "app.config['SECERT_KEY']\n",
            (),
            note="the key is used",
        ),
        Example(
            f"{_APP}app.config['JSON_SORT_KEYS'] = False\n", note="a removed key, which another check reports"
        ),
        Example(
            f"-- requirements.txt --\nflask==1.1.4\nflask-limiter\n-- app.py --\n{_APP}"
            "app.config['RATELIMIT_STORAGE_URL'] = 'redis://'\n",
            note="the Flask-Limiter for this Flask reads the key",
        ),
        Example(
            f"-- requirements.txt --\nFlask-Limiter<3\n-- app.py --\n{_APP}"
            "app.config['RATELIMIT_STORAGE_URL'] = 'redis://'\n",
        ),
    ),
    examples=(
        Example(
            f"-- requirements.txt --\nFlask-Limiter\n-- app.py --\n{_APP}"
            "app.config['RATELIMIT_STORAGE_URL'] = 'redis://'\n",
            (
                "app.py:3:13 warning Nothing reads RATELIMIT_STORAGE_URL: did you mean Flask-Limiter's RATELIMIT_STORAGE_URI? [fix: Replace with RATELIMIT_STORAGE_URI]",
            ),
            note="read only by versions before 3.0",
        ),
        Example(
            f"{_APP}app.config['Secret_Key'] = 'x'\napp.config.update(session_cookie_secure=True)\n",
            (
                "app.py:3:13 warning Nothing reads Secret_Key: did you mean Flask's SECRET_KEY? [fix: Replace with SECRET_KEY]",
                "app.py:4:19 warning Nothing reads session_cookie_secure: did you mean Flask's SESSION_COOKIE_SECURE? [fix: Replace with SESSION_COOKIE_SECURE]",
            ),
        ),
        Example(
            f"-- .env --\nFLASK_SECERT_KEY=x\n-- app.py --\n{_APP}app.config.from_prefixed_env()\n",
            (
                ".env:1:1 warning Nothing reads FLASK_SECERT_KEY: did you mean Flask's SECRET_KEY? [fix: Replace with FLASK_SECRET_KEY]",
            ),
        ),
        Example(
            f"{_APP}app.config['SESSION_COOKIE_SECRUE'] = True\n",
            (
                "app.py:3:13 warning Nothing reads SESSION_COOKIE_SECRUE: did you mean Flask's SESSION_COOKIE_SECURE? [fix: Replace with SESSION_COOKIE_SECURE]",
            ),
        ),
        Example(
            f"{_APP}from flask_sqlalchemy import SQLAlchemy\nclass C:\n    SQLALCHEMY_DATABSE_URI = 'x'\n"
            "app.config.from_object(C)\n",
            (
                "app.py:5:5 warning Nothing reads SQLALCHEMY_DATABSE_URI: did you mean Flask-SQLAlchemy's SQLALCHEMY_DATABASE_URI? [fix: Replace with SQLALCHEMY_DATABASE_URI]",
            ),
        ),
        Example(
            f"-- requirements.txt --\nFlask-SQLAlchemy==3.1\n-- app.py --\n{_APP}"
            "app.config.update(SESSION_COOKIE_SECURES=True, SQLALCHEMY_TRACK_MODIFICATION=False)\n",
            (
                "app.py:3:19 warning Nothing reads SESSION_COOKIE_SECURES: did you mean Flask's SESSION_COOKIE_SECURE? [fix: Replace with SESSION_COOKIE_SECURE]",
                "app.py:3:48 warning Nothing reads SQLALCHEMY_TRACK_MODIFICATION: did you mean Flask-SQLAlchemy's SQLALCHEMY_TRACK_MODIFICATIONS? [fix: Replace with SQLALCHEMY_TRACK_MODIFICATIONS]",
            ),
            note="an added S and a missing S",
        ),
    ),
    of_all_files=True,
)
