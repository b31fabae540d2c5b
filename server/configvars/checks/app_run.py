"""Whether `app.run()` can load env files or start a second process, and whether people start the app in another way."""

from __future__ import annotations

from configvars.checks.flask_project import deploys_to_heroku
from configvars.model import Variable
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.runs.env_readers import is_loaded_by_python_dotenv, is_read_by_python_dotenv
from configvars.runs.flask_app import flask_entries
from configvars.runs.named import named_starts
from configvars.runs.origins import Origins
from configvars.runs.parsed_code import Code, arguments_of
from configvars.syntax.python import Node

_DEBUG = (Variable("env", "FLASK_DEBUG"), Variable("flask", "DEBUG"))
_RELOADS = ("use_reloader", "debug", "2")  # the third argument is `debug`


def may_reload(project: Project, path: str) -> bool:
    """Whether `app.run()` of a file may run the app in a second process, which inherits what the first has loaded."""
    code = Origins(project).code(path)
    is_debug = any(next(project.index.definitions(one), None) for one in _DEBUG)
    return any(_may_reload(code, leaf, is_debug) for leaf in code.tree.words("run"))


def _may_reload(code: Code, leaf: Node, is_debug: bool) -> bool:
    """The same for a name that may be the last one of `app.run(…)`."""
    function = leaf.parent
    call = function.parent if function is not None and function.type == "attribute" else None
    if call is None or call.type != "call":
        return False
    given = arguments_of(code, call)
    if given is None:  # `**options`
        return True
    option = next((given[name] for name in _RELOADS if name in given), None)
    return is_debug if option is None else code.source(option) != "False"


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
