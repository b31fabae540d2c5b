"""misspelt-variable: an env file misspells the name of a variable that the code needs."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog import known_names, lookup
from configvars.checks.base import Check
from configvars.checks.missing import at
from configvars.checks.name_slips import meant_by
from configvars.checks.prefixes import flask_prefixes
from configvars.checks.subjects import Subject
from configvars.checks.unused_names import needs, slips_in
from configvars.index import LocatedReference
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.named import set_before

NAME = "misspelt-variable"
_FLASK = "FLASK_"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not is_env_file(facts.path, project.index.files):
        return
    slips = slips_in(facts, project)
    for definition in facts.definitions:
        read = slips.get(definition.variable.name)
        if read is not None:
            yield _finding(facts.path, definition, read, project)
    yield from _of_flask(facts, project)


def _of_flask(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The misspelt names of variables that the `flask` command reads: `FLASK_RUN_PROT`."""
    files = project.index.files.values()
    if _FLASK in flask_prefixes(project) or not any(each.flask.flows for each in files):
        return
    options = [name for name in known_names() if name.startswith(_FLASK)]
    for definition in facts.definitions:
        name = definition.variable.name
        if definition.declaration or not name.startswith(_FLASK) or lookup(name) is not None:
            continue
        meant = meant_by(name, options)
        is_read = any(True for _ in project.index.references(definition.variable))
        if meant is not None and not is_read and name not in project.mentioned(frozenset({name})):
            message = f"Nothing reads {name}: the flask command reads {meant}"
            yield _renamed(facts.path, definition, meant, message, Severity.WARNING)


def _finding(path: str, definition: Definition, read: LocatedReference, project: Project) -> Finding:
    name, meant = definition.variable.name, read.reference.variable.name
    place = at(project, read.path, read.reference.span)
    sets = "no env file" if meant in set_before(project) else "nothing"
    message = f"Nothing reads {name}; {place} reads {meant}, which {sets} sets"
    severity = Severity.WARNING if needs(read, project) else Severity.INFORMATION
    return _renamed(path, definition, meant, message, severity)


def _renamed(path: str, definition: Definition, meant: str, message: str, severity: Severity) -> Finding:
    fix = Fix(f"Rename to {meant}", (FileEdit(path, (TextEdit(definition.span, meant),)),), preferred=True)
    return Finding(NAME, severity, message, path, definition.span, definition.variable, (fix,))


MISSPELT_VARIABLE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file misspells the name of a variable that the code needs.",
    what="""\
Nothing reads a name in an env file, and the code reads a very similar name that nothing sets: one letter of
one word is wrong (two in words of eight or more letters), two letters are swapped, or there is an
underscore too many or too few. Names that differ in a whole word (`DB_HOST`, `DB_PORT`) do not count
as misspellings, nor does a name that appears anywhere in code or configuration.
If the code works without the variable, this is information. The names that the `flask` command reads
(`FLASK_RUN_PORT`) count, too, unless the code calls `from_prefixed_env`.""",
    why="""\
The env file sets the value, but under a name that the code does not read.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            "-- .env --\nTEST_DB_URL=1\nDB_URL=1\n-- compose.yaml --\nservices:\n  web:\n    environment: {DB_URL: a, DB_URI: b}\n"
            "-- app.py --\nimport os\nos.environ['DB_URL']\nos.environ['DB_URI']\nprint('TEST_DB_URL')\n",
            note="used, or another variable",
        ),
        Example(
            "-- .env --\nDB_PORT=1\n-- app.py --\nimport os\nos.environ['DB_HOST']\n", note="a different word"
        ),
        Example(
            "-- .env --\nSECRT_KEY=1\nSECRET_KEY=2\n-- app.py --\nimport os\nos.environ['SECRET_KEY']\n",
            note="nothing is missing",
        ),
        Example(
            "-- .env --\nUPLOADS_FOLDER=1\n-- app.py --\nimport os\nos.environ['UPLOAD_FOLDER']\n"
            "UPLOADS_FOLDER = 1\n",
            note="used as a Python name",
        ),
        Example(
            "-- .flaskenv --\nFLASK_RUN_PORT=1\nFLASK_SEED_COUNT=1\nFLASK_RUN_PROT=1\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            note="from_prefixed_env reads all of them",
        ),
        Example("-- .env.example --\nSECRT_KEY=1\n-- app.py --\nimport os\nos.environ['SECRET_KEY']\n"),
    ),
    examples=(
        Example(
            "-- .env --\nPROJCT_NAME=1\n-- compose.yaml --\nservices:\n  web:\n    environment: {PROJECT_NAME: shop}\n"
            "-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['PROJECT_NAME']\n",
            (
                ".env:1:1 warning Nothing reads PROJCT_NAME; app.py:4 reads PROJECT_NAME, which no env file sets [fix: Rename to PROJECT_NAME]",
            ),
            note="only a Compose service has the variable",
        ),
        Example(
            "-- .env --\nMAIL_SECRT=1\n-- a.py --\nimport os\nkey = os.getenv('MAIL_SECRET')\n-- b.py --\nimport os\n"
            "os.environ['MAIL_SECRET']\n",
            (
                ".env:1:1 warning Nothing reads MAIL_SECRT; b.py:2 reads MAIL_SECRET, which nothing sets [fix: Rename to MAIL_SECRET]",
            ),
            note="the read that fails counts",
        ),
        Example(
            "-- .flaskenv --\nFLASK_RUN_PROT=1\nFLASK_SEED_COUNT=1\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n",
            (
                ".flaskenv:1:1 warning Nothing reads FLASK_RUN_PROT: the flask command reads FLASK_RUN_PORT [fix: Rename to FLASK_RUN_PORT]",
            ),
            note="an option of the flask command",
        ),
        Example(
            "-- .env --\nSECRT_KEY=1\n-- app.py --\nimport os\nos.environ['SECRET_KEY']\n",
            (
                ".env:1:1 warning Nothing reads SECRT_KEY; app.py:2 reads SECRET_KEY, which nothing sets [fix: Rename to SECRET_KEY]",
            ),
        ),
        Example(
            "-- .env --\nFLASK_SECET_KEY=1\n-- app.py --\nimport os\nos.environ['FLASK_SECRET_KEY']\n",
            (
                ".env:1:1 warning Nothing reads FLASK_SECET_KEY; app.py:2 reads FLASK_SECRET_KEY, which nothing sets [fix: Rename to FLASK_SECRET_KEY]",
            ),
            note="Flask reads no such variable",
        ),
        Example(
            "-- .env --\nMAIL_SERVR=1\n-- app.py --\nimport os\nif os.getenv('MAIL_SERVER'): pass\n",
            (
                ".env:1:1 information Nothing reads MAIL_SERVR; app.py:2 reads MAIL_SERVER, which nothing sets [fix: Rename to MAIL_SERVER]",
            ),
            note="the code works without it: information",
        ),
    ),
    of_all_files=True,
)
