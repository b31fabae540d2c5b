"""dotenv-as-python: `from_pyfile` loads an env file, which it runs as Python."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.flask_project import steps_of
from configvars.checks.subjects import Subject
from configvars.flask.files import loaded_env_file
from configvars.model import Example, FileFacts, Finding, Place, Severity
from configvars.project import Project
from configvars.resolve.flask_places import pyfiles
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "dotenv-as-python"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_test(project, facts.path):
        return
    for flow, step in steps_of(facts):
        if step.method == "from_pyfile" and step.file:
            env_file = loaded_env_file(project, pyfiles(facts.path, flow, step.file))
            if env_file is not None:
                name = project.relative(env_file)
                message = f"from_pyfile runs {name} as Python: a value without quotes raises NameError or SyntaxError"
                related = ((Place(env_file, Span(0, 0)), "The env file"),)
                yield Finding(NAME, Severity.WARNING, message, facts.path, step.span, related=related)


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

DOTENV_AS_PYTHON = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code loads an env file as if it were Python.",
    what="""\
`app.config.from_pyfile(".env")`, where the file is an env file in the folder.""",
    why="""\
`from_pyfile` runs the file as Python. `SECRET_KEY=abc` is a `NameError` there, and `URL=postgres://…` is a
`SyntaxError`. `DEBUG=False` becomes the bool `False`, while every other reader of the file sees a string.
Load the file with python-dotenv and read the values from the environment: `load_dotenv()`, then
`app.config.from_prefixed_env()` or `os.environ["SECRET_KEY"]`.""",
    run=_run,
    about=Subject.STEPS,
    silent=(
        Example(f"-- .env --\nA=1\n-- shop.cfg --\nA = 1\n{_APP}app.config.from_pyfile('shop.cfg')\n"),
        Example(f"{_APP}app.config.from_pyfile('.env', silent=True)\n", note="the file does not exist"),
    ),
    examples=(
        Example(
            f"-- .env --\nA=x\n{_APP}app.config.from_pyfile('.env')\n",
            (
                "app.py:3:1 warning from_pyfile runs .env as Python: a value without quotes raises NameError or SyntaxError [see .env:1:1: The env file]",
            ),
        ),
    ),
)
