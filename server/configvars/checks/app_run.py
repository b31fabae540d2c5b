"""Whether `app.run()` can load env files, and whether people start the app in another way."""

from __future__ import annotations

from configvars.checks.flask_project import deploys_to_heroku
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.runs.env_readers import is_loaded_by_python_dotenv, is_read_by_python_dotenv
from configvars.runs.flask_app import flask_entries
from configvars.runs.named import named_starts


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
