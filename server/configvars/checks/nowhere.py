"""Loads of an env file that is nowhere, in a folder with a `.env` that has what the code needs."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from configvars.model import EnvFileUse, Example, FileFacts, Need, Severity, Variable
from configvars.project import Project
from configvars.resolve.env_files import home_of, is_template, nearest, used_files
from configvars.runs.givers import comes_by_itself, env_files, gives, is_test
from configvars.runs.loaded import names_loaded_by_hand
from configvars.runs.named import set_before
from configvars.runs.outcomes import outcome
from configvars.runs.outside_files import outside_of
from configvars.runs.ways import local_runs

_RAISING = "decouple.RepositoryEnv"
_FEW = 3
# With these files, a tool may load `.env` before the program starts.
_OF_TOOLS = ("Procfile", "Pipfile")
_TEMPLATES = (".example", ".sample", ".template", ".tmpl", ".dist")
_MENTIONING = ("Dockerfile", "Makefile", "README.md", "README.rst", "README", "justfile", "Taskfile.yml")


class Nowhere(Struct, frozen=True):
    """A load, what is said about it, and the variables that the code needs and another file sets."""

    use: EnvFileUse
    severity: Severity
    message: str
    names: tuple[str, ...]


def nowhere(facts: FileFacts, project: Project) -> Iterator[Nowhere]:
    """The loads of a file that find nothing, if the program then fails.

    Nothing is said if other code loads a file that exists, or if anything shows that the file is made elsewhere:
    git ignores it, a template has its name, or another file mentions it.
    """
    for use in () if project.partial else facts.env_files:
        if use.path is None or use.pattern or not _is_at_start(use, facts, project):
            continue
        if _may_exist(use, facts, project) or any(use.span == other.span for other in _others(use, facts)):
            continue
        is_raised = use.idiom == _RAISING
        beside = nearest(".env", os.path.dirname(facts.path), project.index.files, project.root)
        names = [] if beside is None else _needed(beside, facts, project)
        if beside is None or not (is_raised or (names and not _is_any_loaded(project))):
            continue
        then = "so RepositoryEnv raises FileNotFoundError" if is_raised else "so this loads nothing"
        has = f", which sets {', '.join(names[:_FEW])}" if names else ""
        message = f"{use.path} does not exist, {then}; the folder has {project.relative(beside)}{has}"
        is_grave = is_raised or not _may_be_loaded_first(names[:_FEW], facts, project)
        severity = Severity.WARNING if is_grave else Severity.INFORMATION
        yield Nowhere(use, severity, message, tuple(names))


def _may_be_loaded_first(names: list[str], facts: FileFacts, project: Project) -> bool:
    """Whether a tool may load the other file before the program starts.

    The `flask` command does, unless a file of the project starts a program that then fails.
    """
    if any(project.has_file(os.path.join(project.root, name)) for name in _OF_TOOLS):
        return True
    if not any(each.flask.flows for each in project.index.files.values()):
        return False
    return not any(_fails(name, facts, project) for name in names)


def _fails(name: str, facts: FileFacts, project: Project) -> bool:
    """Whether a program that a file starts on this machine certainly reads a variable that it does not get."""
    here = (run for run in local_runs(project, name, facts.path) if run.named and run.named.working_folder)
    return any(
        run.certain
        and run.first is not None
        and run.first[1].need is Need.REQUIRED
        and outcome(project, name, run).state == "unset"
        for run in here
    )


def _others(use: EnvFileUse, facts: FileFacts) -> Iterator[EnvFileUse]:
    return (other for other in facts.env_files if other is not use and other.path != use.path)


def _is_at_start(use: EnvFileUse, facts: FileFacts, project: Project) -> bool:
    """Whether the load is in a line that is not indented, so that it is in no branch and no function."""
    text = project.text_of(facts.path) or ""
    start = text.rfind("\n", 0, use.span.start) + 1
    return text[start : start + 1] not in ("", " ", "\t") and not text.startswith(("if ", "with "), start)


def _is_any_loaded(project: Project) -> bool:
    """Whether code may load an env file that exists."""

    def find() -> bool:
        files, root = project.index.files, project.root
        return any(
            use.path is None or used_files(use, path, files, root)
            for path, facts in files.items()
            for use in facts.env_files
        )

    return project.remembered("code may load an env file", find)


def _may_exist(use: EnvFileUse, facts: FileFacts, project: Project) -> bool:
    """Whether the file exists, or anything shows that it is made elsewhere."""
    path, name = use.path or "", os.path.basename(use.path or "")
    if os.path.isabs(path) and not path.startswith(project.root + os.sep):
        return True
    folders = {project.root, os.path.dirname(facts.path)}
    places = [os.path.normpath(os.path.join(folder, path)) for folder in folders]
    made = [f"{place}{ending}" for place in places for ending in ("", *_TEMPLATES)]
    is_ignored = name != ".env" and any(map(project.ignored_by_git, places))
    if is_ignored or any(map(project.has_file, made)):
        return True
    is_relative = use.relative_to == "cwd" and not os.path.isabs(path) and use.only_for != "dotenv_values"
    in_folder = is_relative and os.path.dirname(os.path.normpath(path)) != ""
    end = os.path.join(os.sep, os.path.normpath(path) if in_folder else name)
    if any(file.endswith(end) for file in env_files(project)) or outside_of(project, facts.path, use):
        return True
    stem = name.replace(".env", "").strip(".") or (path if in_folder else "")
    templates = (os.path.basename(file) for file in project.index.files if is_template(file))
    return (
        not stem
        or any(stem in template for template in templates)
        or _is_mentioned(path if name == ".env" else name, project)
    )


def _is_mentioned(name: str, project: Project) -> bool:
    """Whether the name of a file is written at more than the one place that loads it."""
    paths = {*project.index.files, *(os.path.join(project.root, each) for each in _MENTIONING)}
    return sum((project.text_of(path) or "").count(name) for path in paths) > 1


def _needed(beside: str, facts: FileFacts, project: Project) -> list[str]:
    """The variables that a `.env` sets, that the app of a file needs, and that nothing else sets."""
    files, root = project.index.files, project.root
    home = home_of(facts.path, files, root)
    given = set_before(project) | names_loaded_by_hand(project, facts.path)
    found: list[str] = []
    for definition in files[beside].definitions:
        variable = definition.variable
        if variable.name not in given and not comes_by_itself(project, facts.path, variable):
            found += [variable.name] * _is_required(variable, home, beside, project)
    return list(dict.fromkeys(found))


def _is_required(variable: Variable, home: str, beside: str, project: Project) -> bool:
    files, root = project.index.files, project.root
    is_set = any(each.path == beside and gives(project, each) for each in project.index.definitions(variable))
    return is_set and any(
        each.reference.need is Need.REQUIRED
        and not is_test(project, each.path)
        and home_of(each.path, files, root) == home
        for each in project.index.references(variable)
    )


_NOPE = "import os\nfrom dotenv import load_dotenv\nload_dotenv('nope.env')\nos.environ['A']\n"
_BESIDE = (
    "-- .env --\nA=1\n-- src/app.py --\nfrom pathlib import Path\nfrom pydantic_settings import BaseSettings\n"
    "class Settings(BaseSettings):\n    model_config = {'env_file': Path(__file__).parent / '.env'}\n    a: str\n"
)
SILENT = (
    Example(f"-- src/.env --\nA=1\n{_BESIDE}", note="a path computed from `__file__`, where the file is"),
    Example(
        _BESIDE.replace("Path(__file__).parent / '.env'", "'/etc/shop/.env'"),
        note="an absolute path on another machine",
    ),
    Example(f"-- app.py --\n{_NOPE}", note="a fresh clone without any env file"),
    Example(f"-- .env --\nB=1\n-- app.py --\n{_NOPE}", note="the .env has nothing that the code needs"),
    Example(
        f"-- .env --\nA=1\n-- app.py --\n{_NOPE}-- more.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n",
        note="other code loads it",
    ),
    Example(
        f"-- .env --\nA=1\n-- src/conf/.env --\nB=1\n-- app.py --\n{_NOPE.replace('nope.env', 'conf/.env')}",
        note="a file of that path, for another working directory",
    ),
    Example(
        f"-- .env --\nA=1\n-- conf/.env.example --\nA=\n-- app.py --\n{_NOPE.replace('nope.env', 'conf/.env')}",
        note="it has a template",
    ),
    Example(f"-- .env --\nA=1\n-- nope.env.example --\nA=\n-- app.py --\n{_NOPE}", note="it has a template"),
    Example(
        f"-- .env --\nA=1\n-- README.md --\ncp .env nope.env\n-- app.py --\n{_NOPE}",
        note="the README says how to make it",
    ),
    Example(
        f"-- .env --\nA=1\n-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n*.env\n-- app.py --\n{_NOPE}",
        note="git ignores it",
    ),
    Example(
        f"-- .env --\nA=1\n-- compose.yaml --\nservices:\n  web:\n    build: .\n    env_file: .env\n-- app.py --\n{_NOPE}",
        note="Compose loads the other file",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nif os.path.exists('nope.env'):\n"
        "    load_dotenv('nope.env')\nos.environ['A']\n",
        note="in a branch",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nfrom decouple import Config, RepositoryEnv\ntry:\n"
        "    config = Config(RepositoryEnv('nope.env'))\nexcept FileNotFoundError:\n    config = None\n",
        note="tried",
    ),
)
EXAMPLES = (
    Example(
        _BESIDE,
        (
            "src/app.py:3:1 information src/.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        note="a settings class with a path computed from `__file__`",
    ),
    Example(
        f"-- .env --\nA=1\n-- app.py --\n{_NOPE}",
        (
            "app.py:3:13 warning nope.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        "a file that is nowhere",
    ),
    Example(
        f"-- .env --\nA=1\n-- Procfile --\nweb: gunicorn app:app\n-- app.py --\n{_NOPE}",
        (
            "app.py:3:13 information nope.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        "heroku local loads the other file",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nfrom decouple import Config, RepositoryEnv\n"
        "config = Config(RepositoryEnv('.env.prod'))\nconfig('A')\n",
        (
            "app.py:2:31 warning .env.prod does not exist, so RepositoryEnv raises FileNotFoundError; the folder has .env, which sets A",
        ),
        "python-decouple",
    ),
    Example(
        f"-- .env --\nA=1\n-- app.py --\n{_NOPE.replace('nope.env', 'conf/.env')}",
        (
            "app.py:3:13 warning conf/.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        note="no folder has such a file",
    ),
    Example(
        f"-- .env --\nA=1\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n{_NOPE}",
        (
            "app.py:5:13 information nope.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        note="flask loads the other file",
    ),
    Example(
        f"-- .env --\nA=1\n-- Makefile --\nrun:\n\tgunicorn app:app\n-- app.py --\nfrom flask import Flask\n"
        f"app = Flask(__name__)\n{_NOPE}",
        (
            "app.py:5:13 warning nope.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        note="make starts it without flask",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nfrom environs import Env\nenv = Env()\nenv.read_env('x.env')\nenv('A')\n",
        (
            "app.py:3:14 warning x.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        "environs",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
        "    model_config = {'env_file': 'x.env'}\n    A: str\n",
        (
            "app.py:2:1 warning x.env does not exist, so this loads nothing; the folder has .env, which sets A",
        ),
        "pydantic-settings",
    ),
)
