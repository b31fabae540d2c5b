"""postgres-scheme: a URL that starts with `postgres://` is passed to SQLAlchemy unchanged."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import cache

from configvars.checks.base import Check
from configvars.checks.fixes import replace_text
from configvars.checks.flows import UnchangedUse, unchanged_uses
from configvars.checks.handed_over import handed_over
from configvars.checks.subjects import Subject
from configvars.model import Definition, Example, FileFacts, Finding, Fix, Severity, TextEdit, Variable
from configvars.patterns import lazy_pattern
from configvars.pinned import is_older
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.givers import is_test
from configvars.runs.heroku_files import asked_for
from configvars.text import Span

NAME = "postgres-scheme"
_FIRST = (1, 4)
_WHY = "SQLAlchemy 1.4 and later accepts only postgresql://"

_KEYS = frozenset({"SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_DATABASE_URL"})
_ENGINES = frozenset({"create_engine", "create_async_engine"})
_WORDS = (*sorted(_KEYS), *sorted(_ENGINES))
_MENDED = lazy_pattern(r"""postgres:|["']postgres(?:ql)?(?:\+\w+)?["']""")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if facts.kind == "python":
        yield from _in_code(facts, project)
    elif is_env_file(facts.path, project.index.files):
        yield from _in_env_file(facts, project)


def _in_code(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if is_test(project, facts.path):
        return
    is_mended = cache(lambda: _is_handled(project))
    is_postgres = cache(lambda variable: _is_postgres(variable, facts.path, project))
    reported: set[Span] = set()
    for handed in (yield from _handed_on(project, facts.path)):
        reference, read = handed.reference, handed.read
        if reference.span in reported or not is_postgres(reference.variable) or is_mended():
            continue
        reported.add(reference.span)
        fixes: tuple[Fix, ...] = ()
        if read is not None and _is_text(read.of(project.text_of(facts.path) or "")):
            edit = TextEdit(Span(read.end, read.end), '.replace("postgres://", "postgresql://", 1)')
            fixes = (replace_text(facts.path, edit, "Replace the scheme"),)
        given = [found.definition for found in project.index.definitions(reference.variable)]
        where = "" if any(map(_begins_postgres, given)) else "On Heroku, "
        message = f"{where}{reference.variable.name} starts with postgres://, but {_WHY}"
        yield Finding(NAME, Severity.WARNING, message, facts.path, reference.span, reference.variable, fixes)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    text = project.text_of(facts.path)
    is_mended = cache(lambda: _is_handled(project))
    reached: frozenset[Variable] | None = None
    for definition in facts.definitions:
        if text is None or not _begins_postgres(definition) or definition.value_span is None:
            continue
        if reached is None:
            reached = yield from _reaches_sqlalchemy(project)
        if definition.variable in reached and not is_mended():
            start = definition.value_span.start
            scheme = Span(start, start + len("postgres"))
            fix = replace_text(facts.path, TextEdit(scheme, "postgresql"), "Write postgresql://")
            name = definition.variable.name
            message = f"{name} starts with postgres://, but {_WHY}"
            yield Finding(
                NAME, Severity.WARNING, message, facts.path, definition.span, definition.variable, (fix,)
            )


def _handed_on(project: Project, path: str) -> Generator[None, None, list[UnchangedUse]]:
    """The reads of a file that are passed to SQLAlchemy unchanged; in slices."""
    elsewhere = yield from handed_over(project, path, _WORDS)
    return [
        handed
        for handed in (*unchanged_uses(project, path, _WORDS), *elsewhere)
        if handed.key in _KEYS
        or (handed.callee in _ENGINES and handed.key in ("", "url") and not handed.position)
    ]


def _reaches_sqlalchemy(project: Project) -> Generator[None, None, frozenset[Variable]]:
    found: set[Variable] = set()
    for path, facts in project.index.files.items():
        if facts.kind == "python" and not is_test(project, path):
            handed_on = yield from _handed_on(project, path)
            found.update(handed.reference.variable for handed in handed_on)
            yield
    return frozenset(found)


def _is_postgres(variable: Variable, path: str, project: Project) -> bool:
    """Whether an app or an env file sets such a URL, or app.json lists Heroku Postgres."""
    on_apps = [app.variables[variable.name].facts for app in project.apps if variable.name in app.variables]
    if on_apps:
        return any(value.scheme == "postgres" for value in on_apps)
    given = [found.definition for found in project.index.definitions(variable)]
    if any(_begins_postgres(definition) for definition in given):
        return True
    return variable.name == "DATABASE_URL" and asked_for(project, path, "heroku-postgresql")


def _begins_postgres(definition: Definition) -> bool:
    return definition.value is not None and definition.value.facts().scheme == "postgres"


def _is_handled(project: Project) -> bool:
    """Whether some code mentions these schemes and may replace them, or the SQLAlchemy version accepts them."""
    if is_older(project, "sqlalchemy", _FIRST):
        return True
    return any(project.contains(path, _MENDED) for path in project.code.paths() if not is_test(project, path))


def _is_text(read: str) -> bool:
    """Whether a read is never None, so that a string method can be called on it."""
    return "environ[" in read or "," in read


_APP = "-- app.py --\nimport os\n"
_CONFIG = 'SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]\n'
_HEROKU = "-- heroku:shop --\nDATABASE_URL=postgres://u@h/d @heroku-postgresql\n"

POSTGRES_SCHEME = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A URL that starts with `postgres://` is passed to SQLAlchemy unchanged.",
    what="""\
Heroku's `DATABASE_URL` starts with `postgres://`. The check reports code that passes such a variable to
SQLAlchemy unchanged (as `SQLALCHEMY_DATABASE_URI`, or to `create_engine` or `create_async_engine`),
directly, through a variable, as an attribute of a module, a class or an object of a settings class, or as a key of `app.config`, and the line of an env file that sets it to such a URL. It reports this
only if the scheme is known from the chosen app or an env file, or because app.json or heroku.yml asks for
`heroku-postgresql`. It does not report it if code anywhere in the folder mentions these schemes, or if a
requirements or lock file asks for an older SQLAlchemy.""",
    why="""\
SQLAlchemy 1.4 removed this name: `NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres`. You
cannot change the value on Heroku, so the code has to: `url.replace("postgres://", "postgresql://", 1)`.
From SQLAlchemy 2.1 on, `postgresql://` means psycopg 3; for psycopg2, write `postgresql+psycopg2://`.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.READS,
    silent=(
        Example(f"{_APP}{_CONFIG}", note="not known to be a Postgres URL"),
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
            note="replaced in another file",
        ),
        Example("-- .env --\nDATABASE_URL=postgres://h/d\n", note="no code passes it to SQLAlchemy"),
        Example(
            f"{_HEROKU}-- requirements.txt --\nSQLAlchemy==1.3.24\n{_APP}{_CONFIG}",
            note="a SQLAlchemy version that accepts it",
        ),
        Example(
            f"{_HEROKU}{_APP}url = os.environ['DATABASE_URL']\nurl = fixed(url)\nSQLALCHEMY_DATABASE_URI = url\n",
            note="a changed value",
        ),
        Example(f"{_HEROKU}{_APP}create_engine('sqlite://', echo=os.environ['DATABASE_URL'])\n"),
    ),
    examples=(
        Example(
            f"{_HEROKU}{_APP}{_CONFIG}",
            (
                "app.py:2:39 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql:// [fix: Replace the scheme]",
            ),
        ),
        Example(
            f'-- app.json --\n{{"addons": ["heroku-postgresql:mini"]}}\n{_APP}'
            'app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("DATABASE_URL", "sqlite://")  # ours\n',
            (
                "app.py:2:52 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql:// [fix: Replace the scheme]",
            ),
        ),
        Example(
            f"-- .env --\nDB=postgres://h/d\n{_APP}engine = sa.create_engine(os.environ['DB'], echo=True)\n",
            (
                ".env:1:1 warning DB starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql:// [fix: Write postgresql://]",
                "app.py:2:39 warning DB starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql:// [fix: Replace the scheme]",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}url = os.environ['DATABASE_URL']\napp.config['SQLALCHEMY_DATABASE_URI'] = url\n",
            (
                "app.py:2:19 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql://",
            ),
            note="through a variable",
        ),
        Example(
            f"{_HEROKU}{_APP}app.config.from_mapping(SQLALCHEMY_DATABASE_URI=os.environ['DATABASE_URL'])\n",
            (
                "app.py:2:61 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql:// [fix: Replace the scheme]",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}class Config:\n    SQLALCHEMY_DATABASE_URI = (\n"
            "        os.environ.get('DATABASE_URL')\n        or 'sqlite:///x.db'\n    )\n",
            (
                "app.py:4:25 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql://",
            ),
            note="over several lines",
        ),
        Example(
            f"{_HEROKU}{_APP}def connect():\n    url = os.getenv('DATABASE_URL')\n    return create_async_engine(url)\n",
            (
                "app.py:3:22 warning On Heroku, DATABASE_URL starts with postgres://, but SQLAlchemy 1.4 and later accepts only postgresql://",
            ),
        ),
    ),
)
