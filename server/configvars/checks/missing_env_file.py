"""missing-env-file: code loads an env file from a path where no file exists."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.nowhere import EXAMPLES, SILENT, nowhere
from configvars.checks.working_folder import astray
from configvars.model import EnvFileUse, Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.resolve.env_files import used_file
from configvars.runs.givers import env_files, is_test
from configvars.runs.loaded import files_of_compose
from configvars.runs.outside_files import outside_of

NAME = "missing-env-file"
_FEW = 3
_VSCODE = frozenset({"launch.json", "tasks.json"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_test(project, facts.path):
        return
    files, root = project.index.files, project.root
    yield from _of_starts(facts, project)
    for problem in facts.problems:
        if problem.check == NAME:
            yield Finding(NAME, Severity.INFORMATION, problem.message, facts.path, problem.span)
    for load in astray(facts, project):
        related = ((load.place, "It starts here"),)
        yield Finding(NAME, load.severity, load.message, facts.path, load.use.span, related=related)
    for lost in nowhere(facts, project):
        yield Finding(NAME, lost.severity, lost.message, facts.path, lost.use.span)
    for use in facts.env_files:
        if (
            use.path is None
            or (use.relative_to == "cwd" and _may_be_found(use, project))
            or use.pattern
            or any(_is_alternative(use, other) for other in facts.env_files)
        ):
            continue
        if used_file(use, facts.path, files, root) is None and not _is_there(use, facts.path, project):
            elsewhere = _of_that_name(use, facts, project)
            if elsewhere:
                where = ", ".join(project.relative(path) for path in elsewhere)
                names = ", ".join(_read_from(elsewhere, facts, project)[:_FEW])
                why = project.why_no_file(*_paths(use, facts.path, project))
                message = (
                    f"{_shown(use, facts.path, project)} {why}, so this loads nothing; "
                    f"the folder has {where}, which {'sets' if len(elsewhere) == 1 else 'set'} {names}"
                )
                yield Finding(NAME, Severity.INFORMATION, message, facts.path, use.span)


def _of_starts(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """VS Code's starts that name an env file which does not exist, in a folder that has another one."""
    for start in facts.starts if os.path.basename(facts.path) in _VSCODE else ():
        for file in start.env_files:
            path = os.path.normpath(os.path.join(os.path.dirname(facts.path), start.folder, file))
            is_told = "${" not in file and path.startswith(project.root + os.sep)
            if not is_told or project.has_file(path) or os.path.basename(path) == ".env":
                continue
            others = env_files(project)
            if others:
                where = ", ".join(sorted(map(project.relative, others))[:_FEW])
                message = f"{project.relative(path)} {project.why_no_file(path)}, so the {start.label} loads nothing; the folder has {where}"
                yield Finding(NAME, Severity.INFORMATION, message, facts.path, start.span)


def _is_alternative(use: EnvFileUse, other: EnvFileUse) -> bool:
    """Whether the same call loads another path, so that one of the files need not exist."""
    return other is not use and other.span == use.span


def _is_there(use: EnvFileUse, loader: str, project: Project) -> bool:
    """Whether any file exists at the path, perhaps outside of the project."""
    is_here = any(map(project.has_file, _paths(use, loader, project)))
    return is_here or bool(outside_of(project, loader, use))


def _paths(use: EnvFileUse, loader: str, project: Project) -> list[str]:
    """The paths that a load may mean."""
    folders = (os.path.dirname(loader), *([] if use.relative_to == "folder" else [project.root]))
    return [os.path.normpath(os.path.join(folder, use.path or "")) for folder in folders]


def _of_that_name(use: EnvFileUse, facts: FileFacts, project: Project) -> list[str]:
    """The env files of the same name elsewhere that set a variable which the loading file reads.

    Those that Compose loads set it without this load.
    """
    name = os.path.basename(use.path or "")
    known = project.remembered("env files by name", lambda: _by_name(project)).get(name, ())
    loaded = files_of_compose(project) if known else frozenset()
    return [path for path in known if path not in loaded and _read_from([path], facts, project)]


def _read_from(paths: list[str], facts: FileFacts, project: Project) -> list[str]:
    """The variables that some env files set and the code of a file reads."""
    read = {found.variable for found in facts.references}
    given = (each for path in paths for each in project.index.files[path].definitions)
    return list(dict.fromkeys(each.variable.name for each in given if each.variable in read))


def _by_name(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in env_files(project):
        found.setdefault(os.path.basename(path), []).append(path)
    return found


def _may_be_found(use: EnvFileUse, project: Project) -> bool:
    """Whether a path relative to the working directory may lead to a file.

    A program that loads a file into its environment may start anywhere, and the variables may come from elsewhere;
    what `dotenv_values` returns can only come from its file.
    """
    path = os.path.normpath(use.path or "")
    if path.startswith(os.path.join(project.root, "")):
        return False  # an absolute path, computed from `__file__`
    if use.only_for != "dotenv_values" or os.sep not in path or os.path.isabs(path) or path[0] in "~.":
        return True
    return any(known.endswith(os.path.join(os.sep, path)) for known in env_files(project))


def _shown(use: EnvFileUse, loader: str, project: Project) -> str:
    path = use.path or ""
    if use.relative_to == "folder":
        path = os.path.join(os.path.dirname(loader), path)
    return project.relative(path) if os.path.isabs(path) else path


_SETTINGS = (
    "-- src/app.py --\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n"
    "    model_config = {'env_file': '.env'}\n    a: str\n"
)

MISSING_ENV_FILE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code loads an env file from a path where no file exists.",
    what="""\
`load_dotenv(Path(__file__).parent / ".env")` or a similar call names a path where there is no file, but a
file of the same name exists elsewhere in the folder and sets a variable that this code reads: the path
probably has one directory too many or too few. Not reported if Compose loads that file. django-environ's `read_env()` without a path reads `.env`
from the folder of the calling file only.
The same holds for `envFile` in VS Code's `launch.json` and `--env-file` in its `tasks.json`. An `envFile` of a task
is reported too, because [VS Code has no such setting for tasks](https://github.com/microsoft/vscode/issues/36769).
A path relative to the working directory (`env_file=".env"` of pydantic-settings, `load_dotenv("conf/.env")`) is
reported if a Procfile, Makefile or shell script starts the program in a folder that has no such file, another
folder has it, and it sets a variable that the code needs and does not get otherwise: `cd src && gunicorn app:app`.
A path in `dotenv_values("conf/.env")` is reported if no folder has such a file.
`load_dotenv("nope.env")` is a warning if no such file is anywhere, no other code loads an env file, and a `.env` sets
what the code needs; it is information if a Procfile, a Pipfile or a Flask app shows that a tool may load `.env`, and
no Makefile or shell script starts a program that fails. The same holds for the
other libraries; `RepositoryEnv` of python-decouple raises FileNotFoundError, which is always a warning.
Not reported: folders without a `.env` (as in a fresh clone), `load_dotenv()` without a path, paths that are computed at
run time, loads in a branch or a function, and a file that git ignores, that has a template, or that another file mentions.""",
    why="""\
`load_dotenv` returns False for a path that does not exist and raises nothing. The program continues without
the file and fails at the first read that needs it. There is no automatic fix, because either the path or
the location of the file may be wrong. A task loads an env file if its command does: `uv run --env-file dev.env app.py`,
`dotenv -f dev.env run -- flask run`.""",
    run=_run,
    silent=(
        *SILENT,
        Example(
            "-- web.env --\nA=1\n-- compose.yaml --\nservices:\n  web:\n    build: shop\n    env_file: web.env\n-- shop/app.py --\n"
            "import os\nfrom pathlib import Path\nfrom dotenv import load_dotenv\n"
            "load_dotenv(Path(__file__).parent / 'web.env')\nos.environ['A']\n",
            note="Compose sets the variable",
        ),
        Example(
            "-- .env --\nA=1\n-- conf/prod.env --\nA=1\n-- app.py --\nfrom dotenv import dotenv_values\n"
            "dotenv_values('~/.env')['A']\ndotenv_values('/etc/shop/.env')['A']\ndotenv_values('conf/prod.env')['A']\n",
            note="files that exist, or may exist elsewhere",
        ),
        Example(
            '-- .env --\nA=1\n-- .vscode/launch.json --\n{"configurations": [{"name": "Shop", "envFile": "${workspaceFolder}/.env"},'
            ' {"name": "New", "envFile": "${input:file}"}]}\n',
            note="a launch configuration and its env file",
        ),
        Example(
            '-- .env --\nA=1\n-- .vscode/tasks.json --\n{"tasks": [{"label": "Serve", "command": "flask run",'
            ' "options": {"env": {"A": "1"}}}, {"label": "Load", "command": "uv run --env-file .env load.py"}]}\n',
            note="tasks that get variables from options.env or from an env file that exists",
        ),
        Example("from dotenv import load_dotenv\nload_dotenv('conf/.env')\n", note="a fresh clone"),
        Example(
            "-- .env --\nA=1\n-- src/app.py --\nfrom environs import Env\nenv = Env()\nenv.read_env()\nenv('A')\n",
            note="environs searches upwards",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('.env')\n"
            "os.environ['A']\n",
            note="the file exists",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
            "load_dotenv(os.getenv('ENV_FILE', 'conf/.env'))\nos.environ['A']\n",
            note="a path that is computed at run time",
        ),
        Example(
            f"-- src/.env --\nA=1\n-- Procfile --\nweb: cd src && gunicorn app:app\n{_SETTINGS}",
            note="the file is in the working directory",
        ),
        Example(
            f"-- .env --\nA=1\n-- Makefile --\nrun:\n\tcd src && A=1 gunicorn app:app\n{_SETTINGS}",
            note="the command sets it",
        ),
        Example(
            f"-- .env --\nA=1\n-- Dockerfile --\nWORKDIR /app\nCOPY .env src .\nCMD gunicorn app:app\n{_SETTINGS}",
            note="another folder in the image",
        ),
        Example(
            f"-- .env --\nA=1\n-- backend/start.sh --\npython /app/src/app.py\n{_SETTINGS.replace('src/', 'backend/src/')}",
            note="a script of an image",
        ),
        Example(
            f"-- .env --\nA=1\n-- backend/Dockerfile --\nCOPY ./start.sh /start.sh\n-- backend/start.sh --\npython src/app.py\n"
            f"{_SETTINGS.replace('src/', 'backend/src/')}",
            note="a script that a Dockerfile names",
        ),
        Example(
            "-- .env --\nB=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('conf/.env')\n"
            "os.environ['A']\n",
            note="the other file sets other variables",
        ),
    ),
    examples=(
        *EXAMPLES,
        Example(
            "-- .env --\nA=1\n-- app.py --\nfrom dotenv import dotenv_values\nprint(dotenv_values('settings/.env')['A'])\n",
            (
                "app.py:2:21 information settings/.env does not exist, so this loads nothing; the folder has .env, which sets A",
            ),
            note="a folder that does not exist",
        ),
        Example(
            f"-- .env --\nA=1\n-- Makefile --\nrun:\n\tcd src && gunicorn app:app\n{_SETTINGS}",
            (
                "src/app.py:2:1 warning .env is relative to the working directory: gunicorn app:app (Makefile) starts in src, which has no such file; .env sets A [see Makefile:2:1: It starts here]",
            ),
        ),
        Example(
            f"-- .env --\nA=1\n-- Procfile --\nweb: cd src && gunicorn app:app\n{_SETTINGS}",
            (
                "src/app.py:2:1 information .env is relative to the working directory: gunicorn app:app (Procfile) starts in src, which has no such file; .env sets A [see Procfile:1:6: It starts here]",
            ),
            note="config vars may set it: information",
        ),
        Example(
            "-- .env --\nA=1\n-- .vscode/launch.json --\n"
            '{"configurations": [{"name": "Shop", "envFile": "${workspaceFolder}/dev.env"}]}\n',
            (
                ".vscode/launch.json:1:31 information dev.env does not exist, so the launch configuration Shop"
                " loads nothing; the folder has .env",
            ),
            "a launch configuration of VS Code",
        ),
        Example(
            "-- .env --\nA=1\n-- .vscode/tasks.json --\n"
            '{"tasks": [{"label": "Load", "command": "uv run --env-file dev.env load.py"},\n'
            '{"label": "Serve", "command": "flask run", "options": {"envFile": "${workspaceFolder}/.env"}}]}\n',
            (
                ".vscode/tasks.json:1:42 information dev.env does not exist, so the task Load loads nothing; the folder has .env",
                ".vscode/tasks.json:2:68 information VS Code ignores envFile here, so the task Serve loads no env file",
            ),
            "tasks of VS Code",
        ),
        Example(
            "-- .env --\nA=1\n-- src/app.py --\nimport os\nfrom pathlib import Path\n"
            "from dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / '.env')\nos.environ['A']\n",
            (
                "src/app.py:4:13 information src/.env does not exist, so this loads nothing; the folder has .env, which sets A",
            ),
        ),
        Example(
            "-- .env --\nA=1\n-- src/.env/file --\n-- src/app.py --\nimport os\nfrom pathlib import Path\n"
            "from dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / '.env')\nos.environ['A']\n",
            (
                "src/app.py:4:13 information src/.env is a folder, so this loads nothing; the folder has .env, which sets A",
            ),
            "a folder of that name",
        ),
        Example(
            "-- .env --\nA=1\n-- shop/settings.py --\nimport environ\nenv = environ.Env()\nenv.read_env()\nenv('A')\n",
            (
                "shop/settings.py:3:1 information shop/.env does not exist, so this loads nothing; the folder has .env, which sets A",
            ),
            "django-environ does not search upwards",
        ),
    ),
    of_all_files=True,
)
