"""The findings about missing variables in a project without an env file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks import fixes
from configvars.checks.auxiliary import is_auxiliary, is_for_tests
from configvars.checks.missing import Missing
from configvars.checks.needed import needed_all_the_same
from configvars.checks.reported_once import is_reported_before
from configvars.flask.reads import need_of
from configvars.index import LocatedReference
from configvars.model import Example, FileFacts, Finding, Need, Reference, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import givers, nearest
from configvars.runs.named import lacking_compose


def without_env_file(check: str, missing: Missing, facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The findings of `check`: each required variable once, and nothing in tests."""
    if is_for_tests(project, facts.path):
        return
    severity = Severity.HINT if is_auxiliary(project, facts) else Severity.INFORMATION
    first: dict[Variable, Reference] = {}
    for found in (*missing.reads(Need.REQUIRED), *missing.reads(Need.OPTIONAL)):
        if is_needed(found, facts, project) and found.span <= first.setdefault(found.variable, found).span:
            first[found.variable] = found

    def is_alike(other: LocatedReference) -> bool:
        path = other.path
        needed = is_needed(other.reference, project.index.files[path], project)
        return needed and not is_for_tests(project, path) and not givers(project, path)

    first = {
        each: found
        for each, found in first.items()
        if not is_reported_before(each, facts.path, project, is_alike)
    }
    offered = (
        tuple(fixes.create_env_file(project, any(nearest(project, facts.path, "dotenv")))) if first else ()
    )
    is_link = project.link_target(os.path.join(project.root, ".env")) is not None
    for variable, found in first.items():
        if is_link:  # its target is missing, and may be created by a pull
            offered = tuple(fixes.pull(project, [variable.name]))
        message = f"{variable.name} is required here, and there is no env file that could set it"
        message += missing.set_elsewhere(variable.name)
        if compose := lacking_compose(project, variable.name):
            handing, lacking = map(project.relative, compose)
            message = f"{variable.name} is missing from {lacking}, from which {handing} hands it on"
        yield Finding(
            check,
            severity,
            message,
            facts.path,
            found.span,
            variable,
            offered,
            clause="set by no env file here",
        )


def is_needed(read: Reference, facts: FileFacts, project: Project) -> bool:
    """Whether code fails without the variable of a read, at the read or further on."""
    if need_of(facts, project, read) is Need.REQUIRED:
        return read.switch != read.variable.name
    return read.span in needed_all_the_same(facts, project)


NO_ENV_FILE = (
    Example(
        'import os\nos.environ["B"], os.environ["C"]\n',
        (
            "app.py:2:13 information B is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
            "app.py:2:30 information C is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
        ),
        note="no env file at all: information",
    ),
    Example(
        '-- app.py --\nimport os\nos.environ["B"]\nos.environ["B"]\n'
        '-- bin/a.py --\nimport os\nos.environ["B"]\n-- views.py --\nimport os\nos.environ["B"]\n',
        (
            "app.py:2:13 information B is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
        ),
        note="no env file at all: information, at the first read",
    ),
    Example(
        "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
        'app.config["SECRET_KEY"] = os.getenv("SECRET_KEY")\n'
        "-- shop/settings.py --\nimport os\nINSTALLED_APPS = []\nSECRET_KEY = os.environ.get('DJANGO_KEY')\n",
        (
            "app.py:4:39 information SECRET_KEY is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
            "shop/settings.py:3:30 information DJANGO_KEY is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
        ),
        note="Flask and Django need them",
    ),
    Example(
        "-- .flaskenv --\nFLASK_APP=app\n-- .env.test --\nC=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        'load_dotenv(".env.test" if TESTS else ".env")\nos.environ["B"], os.environ["FLASK_APP"], os.environ["C"]\n',
        (
            "app.py:4:13 information B is required here, and there is no env file that could set it [fix: Create .env with the names that the code reads]",
        ),
        note="`.flaskenv` and `.env.test` do not count as env files",
    ),
    Example(
        "-- .flaskenv.example --\nB=\n-- .flaskenv --\nFLASK_APP=app\n-- app.py --\nimport os\nfrom flask import Flask\n"
        "app = Flask(__name__)\nos.environ['B']\n",
        (
            "app.py:4:13 warning B is missing from .flaskenv; this code fails without it [fix: Add B to .flaskenv]",
        ),
        note="a copy of a template counts",
    ),
)
