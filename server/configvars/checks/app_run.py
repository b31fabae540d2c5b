"""Whether `app.run()` can load env files or start a second process, and whether people start the app in another way."""

from __future__ import annotations

from configvars.checks.flask_project import deploys_to_heroku
from configvars.model import Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.runs.env_readers import is_loaded_by_python_dotenv, is_read_by_python_dotenv
from configvars.runs.flask_app import flask_entries
from configvars.runs.named import named_starts

_RUNS = lazy_pattern(r"\.run\(")
_RELOADS = lazy_pattern(r"\.run\([^#\n]*\b(?:debug|use_reloader)\s*=\s*(?!False\b)")
_DEBUG = (Variable("env", "FLASK_DEBUG"), Variable("flask", "DEBUG"))


def may_reload(project: Project, path: str) -> bool:
    """Whether `app.run()` of a file may run the app in a second process, which inherits what the first has loaded."""
    text = project.text_of(path) or ""
    if _RELOADS.search(text):
        return True
    return bool(_RUNS.search(text)) and any(next(project.index.definitions(one), None) for one in _DEBUG)


def is_run_by_flask(project: Project) -> bool:
    """Whether a file shows that people start the app by a command that loads env files first."""
    return bool(
        deploys_to_heroku(project)
        or flask_entries(project)
        or any(named.is_flask for named in named_starts(project))
    )


def has_python_dotenv(project: Project) -> bool:
    """Whether `app.run()` can load env files: nothing says which packages there are, or python-dotenv is one."""
    requirements = requirements_of(project)
    return requirements.asks_for("python-dotenv") or not requirements.asks_for("flask")


def may_be_loaded(project: Project) -> bool:
    """Whether python-dotenv may load the files before a library of its own dialect reads them.

    Flask does so only with python-dotenv, which the requirements name. Without requirements, a file that
    shows how the app is started decides.
    """
    if is_loaded_by_python_dotenv(project) or not is_read_by_python_dotenv(project):
        return is_loaded_by_python_dotenv(project)
    requirements = requirements_of(project)
    if requirements.asks_for("python-dotenv") or requirements.asks_for("flask"):
        return requirements.asks_for("python-dotenv")
    return is_run_by_flask(project)
