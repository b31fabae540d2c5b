"""postgres-scheme: an address that begins `postgres://`, handed to SQLAlchemy as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache

from configvars.checks.base import Check
from configvars.checks.fixes import replace_text
from configvars.checks.local import is_test
from configvars.model import Definition, Example, FileFacts, Finding, Reference, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.text import Span

NAME = "postgres-scheme"
_WHY = "SQLAlchemy 1.4 and later only knows postgresql://"

# The whole line must be the read and its way to SQLAlchemy: any call in between may mend the scheme.
_KEY = r"""(?:\w+\.)*(?:config\[["']SQLALCHEMY_DATABASE_URI["']\]|SQLALCHEMY_DATABASE_URI)\s*(?::[\w\s|]+)?=\s*"""
_ENGINE = r"(?:\w+\s*=\s*)?(?:\w+\.)*create_engine\(\s*"
_READ = (
    r"""(?:\w+\.)?(?:environ\[["']\w+["']\]|(?:environ\.get|getenv)\(["']\w+["'](?:,\s*["'][^"']*["'])?\))"""
)
_LINE = re.compile(rf"\s*(?:{_KEY}|{_ENGINE})(?P<read>{_READ})(?:\s+or\s+[^#]*)?(?:,[^#]*)?\)?\s*(?:#.*)?")
_MENDED = re.compile(r"""postgres:|["']postgres(?:ql)?(?:\+\w+)?["']""")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind == "python":
        yield from _in_code(facts, project)
    elif is_env_file(facts.path, project.index.files):
        yield from _in_env_file(facts, project)


def _in_code(facts: FileFacts, project: Project) -> Iterator[Finding]:
    text = project.text_of(facts.path)
    if text is None or is_test(project, facts.path) or not any(_handed_on(r, text) for r in facts.references):
        return
    is_mended = cache(lambda: _is_mended(project))
    is_postgres = cache(lambda variable: _is_postgres(variable, project))
    for reference in facts.references:
        read = _handed_on(reference, text)
        if read and is_postgres(reference.variable) and not is_mended():
            name = reference.variable.name
            message = f"{name} begins with postgres://, and {_WHY}"
            edit = TextEdit(Span(read.end, read.end), '.replace("postgres://", "postgresql://", 1)')
            fixes = (replace_text(facts.path, edit, "Replace the scheme"),) if _is_text(read.of(text)) else ()
            yield Finding(
                NAME, Severity.WARNING, message, facts.path, reference.span, reference.variable, fixes
            )


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    text = project.text_of(facts.path)
    is_mended = cache(lambda: _is_mended(project))
    reaches_sqlalchemy = cache(lambda variable: _reaches_sqlalchemy(variable, project))
    for definition in facts.definitions:
        if text is None or not _begins_postgres(definition) or definition.value_span is None:
            continue
        if reaches_sqlalchemy(definition.variable) and not is_mended():
            start = definition.value_span.start
            scheme = Span(start, start + len("postgres"))
            fix = replace_text(facts.path, TextEdit(scheme, "postgresql"), "Write postgresql://")
            name = definition.variable.name
            message = f"{name} begins with postgres://, and {_WHY}"
            yield Finding(
                NAME, Severity.WARNING, message, facts.path, definition.span, definition.variable, (fix,)
            )


def _handed_on(reference: Reference, text: str) -> Span | None:
    """The read, if it stands alone on its line and goes to SQLAlchemy without a detour."""
    if reference.variable.scope != "env" or reference.need is None:
        return None
    at = reference.span.start
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    found = _LINE.fullmatch(text, start, len(text) if end < 0 else end)
    if found is None:
        return None
    read = Span(*found.span("read"))
    return read if read.start <= reference.span.start and reference.span.end <= read.end else None


def _reaches_sqlalchemy(variable: Variable, project: Project) -> bool:
    for found in project.index.references(variable):
        text = project.text_of(found.path)
        if text is not None and not is_test(project, found.path) and _handed_on(found.reference, text):
            return True
    return False


def _is_postgres(variable: Variable, project: Project) -> bool:
    """Whether an app or an env file shows such an address, or app.json asks for Heroku Postgres."""
    on_apps = [app.variables[variable.name].facts for app in project.apps if variable.name in app.variables]
    if on_apps:
        return any(value.scheme == "postgres" for value in on_apps)
    given = [found.definition for found in project.index.definitions(variable)]
    if any(_begins_postgres(definition) for definition in given):
        return True
    return variable.name == "DATABASE_URL" and _asks_for_postgres(project)


def _begins_postgres(definition: Definition) -> bool:
    return definition.value is not None and definition.value.facts().scheme == "postgres"


def _asks_for_postgres(project: Project) -> bool:
    """Whether the root's app.json does; one without `env` has no facts."""
    return "heroku-postgresql" in (project.text_of(os.path.join(project.root, "app.json")) or "")


def _is_mended(project: Project) -> bool:
    """Whether some code speaks of such schemes: it may well replace them, wherever that is."""
    python = (path for path, facts in project.index.files.items() if facts.kind == "python")
    return any(_MENDED.search(project.text_of(path) or "") for path in python if not is_test(project, path))


def _is_text(read: str) -> bool:
    """Whether a read cannot be None, so that a method can be called on it."""
    return "environ[" in read or "," in read


_APP = "-- app.py --\nimport os\n"
_CONFIG = 'SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]\n'
_HEROKU = "-- heroku:shop --\nDATABASE_URL=postgres://u@h/d @heroku-postgresql\n"

POSTGRES_SCHEME = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An address that begins `postgres://` goes to SQLAlchemy as it is.",
    what="""\
Heroku's `DATABASE_URL` begins with `postgres://`. Told is code that hands such a variable to SQLAlchemy
(`SQLALCHEMY_DATABASE_URI`, `create_engine`) just as it is read, and the line of an env file that has such an address for
it. Only where it is known to begin so: from the chosen app, from an env file, or because app.json asks for
`heroku-postgresql`; and never where code anywhere in the folder speaks of such schemes.""",
    why="""\
SQLAlchemy 1.4 removed that name: `NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres`. Heroku does not
let you change the value, so the code must: `url.replace("postgres://", "postgresql://", 1)`. From SQLAlchemy 2.1 on,
`postgresql://` means psycopg 3; with psycopg2 write `postgresql+psycopg2://`.""",
    run=_run,
    silent=(
        Example(f"{_APP}{_CONFIG}", note="nothing says that it is Postgres"),
        Example(f"-- .env --\nDATABASE_URL=postgresql://h/d\n{_APP}{_CONFIG}"),
        Example(
            f"-- .env --\nDATABASE_URL=postgres://h/d\n{_APP}psycopg.connect(os.environ['DATABASE_URL'])\n"
        ),
        Example(f"{_HEROKU}{_APP}SQLALCHEMY_DATABASE_URI = fixed(os.environ['DATABASE_URL'])\n"),
        Example(
            f"{_HEROKU}{_APP}url = os.environ['DATABASE_URL']\n"
            'if url.startswith("postgres://"):\n    url = url.replace("postgres://", "postgresql://", 1)\n'
            "SQLALCHEMY_DATABASE_URI = url\n"
        ),
        Example(
            f"{_HEROKU}{_APP}{_CONFIG}-- db.py --\nimport os\n"
            'os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")\n',
            note="mended in another file",
        ),
        Example("-- .env --\nDATABASE_URL=postgres://h/d\n", note="no code hands it to SQLAlchemy"),
    ),
    examples=(
        Example(f"{_HEROKU}{_APP}{_CONFIG}", ("app.py:2:39 DATABASE_URL",)),
        Example(
            f'-- app.json --\n{{"addons": ["heroku-postgresql:mini"]}}\n{_APP}'
            'app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DATABASE_URL", "sqlite://")  # ours\n',
            ("app.py:2:52 DATABASE_URL",),
        ),
        Example(
            f"-- .env --\nDB=postgres://h/d\n{_APP}engine = sa.create_engine(os.environ['DB'], echo=True)\n",
            (".env:1:1 DB", "app.py:2:39 DB"),
        ),
    ),
)
