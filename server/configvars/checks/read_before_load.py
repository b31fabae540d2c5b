"""read-before-load: code reads a variable before it loads the env file that sets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.checks import read_too_early
from configvars.checks.app_run import has_python_dotenv, is_run_by_flask, may_reload
from configvars.checks.base import Check
from configvars.checks.independent_loads import EXAMPLES, SILENT, is_independent
from configvars.checks.read_too_early import Lack, given_by_loads, lacking, raises_at_once
from configvars.checks.subjects import Subject
from configvars.checks.wording import joined
from configvars.model import Example, FileFacts, Finding, Reference, Severity, Variable
from configvars.project import Project
from configvars.runs.follow import APP_RUN
from configvars.runs.givers import comes_by_itself, is_test
from configvars.runs.loads import Load
from configvars.runs.outcomes import outcome
from configvars.runs.remarks import place_of_load
from configvars.runs.ways import Run, local_runs
from configvars.text import Place

NAME = "read-before-load"

# Programs that these start get the variable from elsewhere: the platform, the runner's secrets.
_PREPARED = frozenset({"platform", "ci", "tests"})
# Files that start a program where nobody sets variables by hand before.
_STARTED_ALONE = frozenset({"compose", "docker", "service"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    wanted = [found for found in facts.references if found.need is not None and not found.switch]
    if not wanted or is_test(project, facts.path):
        return
    given = project.answered("given by loads", lambda: given_by_loads(project))
    for reference in wanted:
        variable = reference.variable
        if variable.scope == "env" and variable.name in given:
            lack = lacking(facts, project, reference)
            failing = list(_failing(facts.path, reference, lack, project)) if lack is not None else []
            if failing and lack is not None and not comes_by_itself(project, facts.path, variable):
                yield _finding(facts.path, reference, lack, failing, project)


def _failing(path: str, reference: Reference, lack: Lack, project: Project) -> Iterator[tuple[Run, Load]]:
    """The runs in which this read certainly comes before the load, and nothing has set the variable yet."""
    is_late = not raises_at_once(path, reference, project)
    for run in local_runs(project, reference.variable.name, path):
        if run.named is not None and run.named.start.by in _PREPARED:
            continue
        if is_late and run.entry is not None and run.entry.main and may_reload(project, run.entry.path):
            continue
        if not lack.fails:
            loads = tuple(load for load in run.late if is_independent(load, project))
        else:
            loads = run.late or (run.in_main if _is_server(run, reference, project) else ()) or run.unseen
        if loads and run.certain and run.first == (path, reference):
            late = next((load for load in loads if _gives(load, reference, project)), None)
            by_app_run = late is not None and late.use.idiom == APP_RUN and run.named is None
            if by_app_run and is_run_by_flask(project):
                continue
            if late is not None and outcome(project, reference.variable.name, run).state == "unset":
                yield run, late


def _is_server(run: Run, reference: Reference, project: Project) -> bool:
    """Whether a file starts the program without its main block, and nothing says that config vars set it."""
    if run.named is None:
        return False
    return run.named.start.by != "procfile" or not _is_config_var(reference.variable.name, project)


def _is_config_var(name: str, project: Project) -> bool:
    """Whether a chosen app has a variable, or an app.json or a template lists it."""
    declared = project.index.definitions(Variable("env", name))
    return any(name in app.variables for app in project.apps) or any(
        found.definition.declaration for found in declared
    )


def _gives(load: Load, reference: Reference, project: Project) -> bool:
    if load.use.idiom == APP_RUN and not has_python_dotenv(project):
        return False
    definitions = (each for path in load.paths for each in project.index.files[path].definitions)
    return load.certain and any(
        each.variable == reference.variable and each.value is not None for each in definitions
    )


def _finding(
    path: str, reference: Reference, lack: Lack, failing: list[tuple[Run, Load]], project: Project
) -> Finding:
    load = failing[0][1]
    called = dict.fromkeys(_called(run, project) for run, _ in failing)
    runs = joined((each for each in called if not _has_place(each, called)), "and")
    files = joined((project.relative(each) for each in load.paths), "or")
    name, place = reference.variable.name, place_of_load(project, load)
    if load in failing[0][0].late:
        what = f"{name} is read before {place} loads {files}"
    elif load in failing[0][0].unseen:
        what = f"{place} loads {files} only for reads through environs, since version 15, and not for {name}"
    else:
        what = f"{place} loads {files} for {name} only under python {project.relative(load.loader)}"
    message = f"{what}: {lack.happens} under {runs}, unless the environment sets it{lack.why}"
    related = ((Place(load.loader, load.use.span), f"loads {files}"),)
    is_certain = any(_fails_for_certain(run, late, project) for run, late in failing)
    severity = Severity.WARNING if is_certain and lack.fails else Severity.INFORMATION
    return Finding(NAME, severity, message, path, reference.span, reference.variable, related=related)


def _fails_for_certain(run: Run, load: Load, project: Project) -> bool:
    """Whether a file of the project starts the program where nobody is likely to set the variable by hand."""
    if run.named is None:
        return False
    by = run.named.start.by
    if by == "procfile":  # config vars are set by hand, unless the env file is deployed with the code
        return any(map(project.tracked_by_git, load.paths))
    return load in run.late or (load in run.in_main and by in _STARTED_ALONE)


def _has_place(command: str, others: Iterable[str]) -> bool:
    """Whether one of other commands is the same, with the file that contains it: `python app.py (Makefile)`."""
    return any(other.startswith(f"{command} (") for other in others)


def _called(run: Run, project: Project) -> str:
    """A run as the command that people type."""
    if run.named is None and run.entry is not None and run.entry.main:
        return f"python {project.relative(run.entry.path)}"
    return run.name


_CONFIG = '-- config.py --\nimport os\nKEY = os.environ["KEY"]\n'

_RUNS_FLASK = (
    "-- app.py --\nfrom flask import Flask\nimport config\napp = Flask(__name__)\n"
    "if __name__ == '__main__':\n    app.run()\n"
)
_MAIN = "-- app.py --\nfrom dotenv import load_dotenv\nif __name__ == '__main__':\n    load_dotenv()\nimport config\n"

_ENVIRONS = "-- app.py --\nimport os\nfrom environs import Env\nenv = Env()\nenv.read_env()\n"

READ_BEFORE_LOAD = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code reads a variable before it loads the env file that sets it.",
    what="""\
A read that fails without its variable and that runs while modules are imported, where `load_dotenv()` (or another call that loads
an env file) runs later: below the import that leads to the read, or in a function that is called after it; or in `app.run()`, which
loads `.env` and `.flaskenv` when the modules have long been imported. configvars follows imports and calls in the order in which
Python runs them, starting from the file that starts the app: `wsgi.py`, `app.py`, `main.py`, `manage.py` and so on. This is a
warning if a file of the project (a Dockerfile, a Compose file, a Makefile) starts a program in which the read fails; otherwise it
is information. Where a file starts the app in a server, the check also reports env files that only the main block (`if __name__ ==
"__main__":`) loads. A Procfile makes it information, because config vars set the variable on Heroku, or a warning if git tracks the
env file. Not reported: reads inside a branch, reads in tests, code whose order is not known, and for a Procfile and a main block
variables that `app.json`, a template or a chosen app lists.
`app.config.from_prefixed_env()` reads the variables of all keys that the code uses by subscript.
A read with a default or of `os.getenv("X")` does not fail there, but it never gets what the file sets: this is information. It
counts as one that fails if the app needs the value: as `SECRET_KEY` of an app with sessions, or in a URL.
environs loads env files only for its own reads since version 15, unless the requirements name an older one: reads
by other means, such as `os.environ["X"]` after `env.read_env()`, are reported as information.
Not reported for `python app.py`, if the code does not fail at the read itself and `app.run()` may start the reloader
(`debug=True`, `FLASK_DEBUG`): its second process inherits the variables that the first one has loaded.
There is no automatic fix, because which line to move depends on the other modules. Usually `load_dotenv()`
belongs at the top of the file that starts the app, above the imports of the app's own modules.""",
    why="""\
`flask run` and `heroku local` load `.env` before they import the app, which hides the mistake. Under
gunicorn, celery or plain `python`, the same code stops with a `KeyError` although the variable is in
`.env`.""",
    run=_run,
    about=Subject.READS,
    silent=(
        *SILENT,
        *read_too_early.SILENT,
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG.replace('[', '.get(').replace(']', ', 1)')}{_RUNS_FLASK}",
            note="a default, and `app.run()` loads it",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
            "from config import KEY\n",
            note="loaded above the import",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}-- app.py --\nfrom config import KEY\nfrom dotenv import load_dotenv\n"
            "def main():\n    load_dotenv()\n",
            note="no call of main is known",
        ),
        Example(
            f"-- .env --\nOTHER=1\n{_CONFIG}-- app.py --\nfrom config import KEY\n"
            "from dotenv import load_dotenv\nload_dotenv()\n",
            note="no env file sets it: missing-variable reports it",
        ),
        Example(
            '-- .env --\nKEY=1\n-- config.py --\nimport os\ndef key():\n    return os.environ["KEY"]\n'
            "-- app.py --\nfrom config import key\nfrom dotenv import load_dotenv\nload_dotenv()\nkey()\n",
            note="read when the function is called",
        ),
        Example(
            f"-- .env --\nKEY=1\n-- settings/__init__.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
            f"{_CONFIG}-- app.py --\nimport settings\nfrom config import KEY\n",
            note="a package loads it first",
        ),
        Example(
            f"-- .env --\nHOME=/x\n{_CONFIG.replace('KEY', 'HOME')}-- app.py --\nfrom config import HOME\n"
            "from dotenv import load_dotenv\nload_dotenv()\n",
            note="the system sets it",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_RUNS_FLASK}-- .flaskenv --\nFLASK_APP=app\n",
            note="started by flask",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_RUNS_FLASK}-- requirements.txt --\nflask\n",
            note="python-dotenv is not installed",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_MAIN}-- Procfile --\nweb: python app.py\n",
            note="the Procfile runs the main block",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_MAIN}-- compose.yaml --\nservices:\n  web:\n    command: gunicorn app:app\n"
            "    env_file: .env\n",
            note="Compose sets it",
        ),
    ),
    examples=(
        *EXAMPLES,
        *read_too_early.EXAMPLES,
        Example(
            f"-- .env --\nKEY=1\n{_ENVIRONS}os.environ['KEY']\n",
            (
                "app.py:5:13 information app.py:4 loads .env only for reads through environs, since version 15, and not for KEY: this code fails under python app.py and gunicorn, unless the environment sets it [see app.py:4:1: loads .env]",
            ),
            note="environs 15 or newer",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}-- app.py --\nfrom dotenv import load_dotenv\nfrom config import KEY\n"
            "load_dotenv()\n",
            (
                "config.py:2:19 information KEY is read before app.py:3 loads .env: this code fails under python app.py and gunicorn, unless the environment sets it [see app.py:3:1: loads .env]",
            ),
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}-- wsgi.py --\nfrom shop import create_app\napp = create_app()\n"
            "-- shop/__init__.py --\nfrom dotenv import load_dotenv\ndef create_app():\n"
            "    import config\n    load_dotenv()\n",
            (
                "config.py:2:19 information KEY is read before shop/__init__.py:4 loads .env: this code fails under python wsgi.py and gunicorn, unless the environment sets it [see shop/__init__.py:4:5: loads .env]",
            ),
            note="inside the factory",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}-- app.py --\nfrom config import KEY\nfrom dotenv import load_dotenv\n"
            "load_dotenv()\n-- Dockerfile --\nCMD gunicorn app:app\n",
            (
                "config.py:2:19 warning KEY is read before app.py:3 loads .env: this code fails under python app.py, gunicorn and gunicorn app:app (Dockerfile), unless the environment sets it [see app.py:3:1: loads .env]",
            ),
            note="a warning: the image fails",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_RUNS_FLASK}",
            (
                "config.py:2:19 information KEY is read before app.py:5 loads .env: this code fails under python app.py, unless the environment sets it [see app.py:5:13: loads .env]",
            ),
            note="`app.run()` loads it",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_RUNS_FLASK}-- Makefile --\nrun:\n\tpython app.py\n",
            (
                "config.py:2:19 warning KEY is read before app.py:5 loads .env: this code fails under python app.py (Makefile), unless the environment sets it [see app.py:5:13: loads .env]",
            ),
            note="a warning: `make run` fails",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_MAIN}-- Dockerfile --\nCMD gunicorn app:app\n",
            (
                "config.py:2:19 warning app.py:3 loads .env for KEY only under python app.py: this code fails under gunicorn app:app (Dockerfile), unless the environment sets it [see app.py:3:5: loads .env]",
            ),
            note="only the main block loads it",
        ),
        Example(
            f"-- .env --\nKEY=1\n{_CONFIG}{_MAIN}-- Procfile --\nweb: gunicorn app:app\n",
            (
                "config.py:2:19 information app.py:3 loads .env for KEY only under python app.py: this code fails under gunicorn app:app (Procfile), unless the environment sets it [see app.py:3:5: loads .env]",
            ),
        ),
        Example(
            f"-- .env --\nKEY=1\n-- worker/tasks.py --\n{_CONFIG.partition(chr(10))[2]}-- api/main.py --\n"
            "from dotenv import load_dotenv\nfrom worker.tasks import KEY\nload_dotenv()\n"
            "-- Procfile --\nweb: uvicorn api.main:app\n",
            (
                "worker/tasks.py:2:19 information KEY is read before api/main.py:3 loads .env: this code fails under uvicorn api.main:app (Procfile), unless the environment sets it [see api/main.py:3:1: loads .env]",
            ),
            note="as the Procfile starts it, on this machine",
        ),
    ),
    of_all_files=True,
)
