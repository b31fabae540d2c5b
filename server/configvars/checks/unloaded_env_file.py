"""unloaded-env-file: nothing loads an env file that sets variables which the code reads."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks import loaded_by_no_run as no_run
from configvars.checks.base import Check
from configvars.checks.loaded_by_no_run import loaded_by_no_run
from configvars.checks.settings_without_file import UnusedLines, unused_lines
from configvars.checks.subjects import Subject
from configvars.index import LocatedReference
from configvars.model import Definition, Example, FileFacts, Finding, Need, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.givers import is_test
from configvars.runs.loaded import is_loaded, is_old_state
from configvars.runs.remarks import place_of_read
from configvars.runs.without_dotenv import WHY, is_only_for_flask

NAME = "unloaded-env-file"
_MOST_NAMES = 5


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not is_env_file(facts.path, project.index.files) or not facts.definitions:
        return
    if is_test(project, facts.path) or is_old_state(project, facts.path):
        return
    is_of_flask = is_only_for_flask(project, facts.path)
    may_be_loaded = is_loaded(project, facts.path) and not is_of_flask
    if may_be_loaded:
        yield from (_not_loaded_by(facts.path, one, project) for one in unused_lines(facts, project))
    found = next(_wanted(facts, project), None)
    if found is None:
        return
    definition, read = found
    why: str | None = f": {WHY}" if is_of_flask else ""
    if may_be_loaded and (why := loaded_by_no_run(project, facts.path, read)) is None:
        return
    place = place_of_read(project, (read.path, read.reference))
    message = (
        f"Nothing loads {project.relative(facts.path)}, so {place} does not get "
        f"{definition.variable.name} from it{why}"
    )
    # People copy a file such as `.env.production`, or pass it on by hand.
    severity = Severity.INFORMATION if why else Severity.HINT
    yield Finding(NAME, severity, message, facts.path, definition.span, definition.variable)


def _not_loaded_by(path: str, one: UnusedLines, project: Project) -> Finding:
    names = [definition.variable.name for definition in one.definitions]
    listed = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    message = (
        f"{one.name} loads no env file, so it does not get {listed} from {project.relative(path)}: "
        f"only {one.loader} loads it"
    )
    first = one.definitions[0]
    related = ((one.place, f"{one.name} has no env_file"),)
    return Finding(NAME, Severity.INFORMATION, message, path, first.span, first.variable, related=related)


def _wanted(facts: FileFacts, project: Project) -> Iterator[tuple[Definition, LocatedReference]]:
    """The variables that the file sets and code needs, each with the read."""
    first = {each.variable: each for each in reversed(facts.definitions) if each.value is not None}
    for definition in sorted(first.values(), key=lambda each: each.span):
        for found in project.index.references(definition.variable):
            if found.reference.need is Need.REQUIRED and not is_test(project, found.path):
                yield definition, found


_APP = '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ["KEY"]\n'

_TWO_CLASSES = (
    "-- app.py --\nfrom pydantic_settings import BaseSettings\nclass Db(BaseSettings, env_prefix='DB_'):\n"
    "    host: str = ''\nclass S(BaseSettings, env_file='.env', extra='ignore'):\n    db: Db = Db()\n"
)

_FLASK = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\nos.environ['KEY']\n"
_FROZEN = (
    "-- requirements.txt --\nclick==8.1.8\nFlask==3.1.3\nitsdangerous==2.2.0\nJinja2==3.1.6\nMarkupSafe==3.0.2\n"
    "Werkzeug==3.1.3\n"
)

UNLOADED_ENV_FILE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="Nothing loads an env file that sets variables which the code reads.",
    what="""\
An env file such as `.env.local` or `prod.env` sets a variable that the code needs, but no code loads the
file (`load_dotenv`, pydantic's `env_file` …), no Compose file, Dockerfile, Makefile, justfile, `.envrc`,
service, debug configuration or task in pyproject.toml (Poe, taskipy, PDM, Rye) names it, and the `env-files` setting does not list it. This is a hint, because such
files are often copied to `.env`, or passed on by hand. It is placed once for each file, at the first such line.
A pydantic settings class without `env_file` reads the environment only, even where another class, of which
it is a field, loads the file: if nothing else loads the file, the check names the variables that the class
does not get from it.
Otherwise `.env` and `.flaskenv` are reported only if no code and no tool loads them (`heroku local`, Compose, Docker,
pipenv, an editor …, or a README that says how), and if all programs that Makefiles and shell scripts start run without
the `flask` command, or if the requirements list Flask with all its packages and not python-dotenv: `flask` loads
them by itself. Not reported either: a file next to a `package.json`, since JavaScript tools load
`.env.local` and similar files, a file whose name is loaded in another folder, and an old state (`.env.bak`). There is no automatic
fix, because configvars does not know whether the file should be loaded, and by what.""",
    why="""\
`load_dotenv()` loads `.env` and no other file: python-dotenv does not know `.env.local` or
`.env.production`. The program runs without the variable, or with the value from another file.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        *no_run.SILENT,
        Example(
            f"-- .env --\nKEY=1\n-- .env.bak --\nKEY=1\n-- prod.env.old --\nKEY=1\n{_APP}", note="old states"
        ),
        Example(
            f"-- prod.env --\nKEY=1\n-- Makefile --\nrun:\n\tdocker run --env-file prod.env shop\n{_APP}",
            note="`docker run` loads it",
        ),
        Example(f"-- .env --\nKEY=1\n{_APP}", note="loaded"),
        Example(f"-- .env --\nKEY=1\n{_FROZEN}python-dotenv==1.2.1\n{_FLASK}", note="flask loads it"),
        Example(f"-- .env --\nKEY=1\n-- requirements.txt --\nFlask\n{_FLASK}", note="not all packages"),
        Example(
            f"-- .env --\nKEY=1\n-- requirements-dev.txt --\npython-dotenv\n{_FROZEN}{_FLASK}",
            note="installed by developers",
        ),
        Example(f"-- .env --\nKEY=1\n-- Procfile --\nweb: gunicorn app:app\n{_FROZEN}{_FLASK}"),
        Example(
            f"-- dev.env --\nKEY=1\n-- pyproject.toml --\n[tool.poe.tasks.web]\ncmd = 'python app.py'\nenvfile = 'dev.env'\n{_APP}",
            note="a task in pyproject.toml loads it",
        ),
        Example(
            f"-- dev.env --\nKEY=1\n-- justfile --\nset dotenv-filename := 'dev.env'\n{_APP}",
            note="just loads it",
        ),
        Example(f"-- .env --\nKEY=1\n-- .env.local --\nOTHER=1\n{_APP}", note="no code reads what it sets"),
        Example(f"-- .env.local.example --\nKEY=1\n{_APP}", note="a template"),
        Example(f"-- .env.local --\nKEY=1\n-- package.json --\n{{}}\n{_APP}", note="a file for JavaScript"),
        Example(
            f"-- .env.local --\nKEY=1\n-- compose.yaml --\nservices:\n  web:\n    env_file: .env.local\n{_APP}",
            note="Compose loads it",
        ),
        Example(
            "-- .env.dev --\nKEY=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
            'load_dotenv(f".env.{STAGE}")\nos.environ["KEY"]\n',
            note="may be loaded",
        ),
        Example(
            f"-- .env --\nDB_HOST=x\n{_TWO_CLASSES}from dotenv import load_dotenv\nload_dotenv()\n",
            note="loaded for all code",
        ),
        Example(
            f"-- .env --\nDB_HOST=x\n-- compose.yaml --\nservices:\n  web:\n    env_file: .env\n{_TWO_CLASSES}",
            note="set before the program starts",
        ),
        Example(
            f"-- .env --\nDB_HOST=x\n{_TWO_CLASSES}Db(_env_file='.env')\n",
            note="loaded by the call that creates the object",
        ),
        Example(
            f"-- .env --\nDB_HOST=x\n-- Procfile --\nweb: python app.py\n{_TWO_CLASSES}", note="heroku local"
        ),
        Example(
            f"-- .env --\nDB_HOST=x\n{_TWO_CLASSES}from flask import Flask\nFlask('x')\n", note="flask run"
        ),
    ),
    examples=(
        *no_run.EXAMPLES,
        Example(
            f"-- .env --\nKEY=1\n{_FROZEN}{_FLASK}",
            (
                ".env:1:1 information Nothing loads .env, so app.py:4 does not get KEY from it: flask loads it only with python-dotenv, which the requirements do not list",
            ),
            note="python-dotenv is not installed",
        ),
        Example(
            f"-- .env --\nA=1\n-- .env.local --\nKEY=1\n{_APP}",
            (".env.local:1:1 hint Nothing loads .env.local, so app.py:4 does not get KEY from it",),
        ),
        Example(
            f"-- .env --\nA=1\nDB_HOST=x\n{_TWO_CLASSES}    a: str\n",
            (
                ".env:2:1 information Db loads no env file, so it does not get DB_HOST from .env: only S loads it [see app.py:2:7: Db has no env_file]",
            ),
            note="a settings class without `env_file`",
        ),
    ),
    of_all_files=True,
)
