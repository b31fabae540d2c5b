"""Functions that raise an exception without a variable, and whose callers all catch it."""

from __future__ import annotations

from configvars.model import Example, Reference
from configvars.project import Project
from configvars.runs.branches import Branches
from configvars.runs.caught import Callers
from configvars.runs.when_read import is_field
from configvars.syntax.python_order import MODULE, NEVER


def is_caught(project: Project, path: str, read: Reference) -> bool:
    """Whether all callers of the function around a read catch what it raises without its variable."""
    is_at_import = project.code.order(path).where(read.span.start).body in (MODULE, NEVER)
    if is_at_import and not is_field(read):  # fields are read when an object is created
        return False
    return callers(project).catch(path, read, None)


def callers(project: Project, *, lenient: bool = False) -> Callers:
    """The callers of the functions of a project (see `Callers`), found once until something changes."""
    branches = Branches(project, lambda _: None)
    key = "callers that may catch" if lenient else "callers"
    return project.remembered(key, lambda: Callers(project, branches.code, lenient=lenient))


_LOAD = "-- .env --\nB=1\n-- app.py --\nimport os\ndef load():\n    return os.environ['A']\n"

CAUGHT = (
    Example(
        "-- .env --\nA=1\n-- need.py --\nimport os\ndef need(name):\n    return os.environ[name]\n"
        '-- tests/test_need.py --\nfrom need import need\nneed("FIRST")\n',
        note="a test's own name",
    ),
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    pass\n", note="the caller catches the exception"
    ),
    Example(
        f"{_LOAD}-- run.py --\nimport app\ntry:\n    key = app.load()\nexcept Exception:\n    key = None\n",
        note="a caller in another file catches it",
    ),
    Example(
        f"{_LOAD}import contextlib\ndef config():\n    return load()\nwith contextlib.suppress(KeyError):\n    config()\n",
        note="a caller of the caller suppresses it",
    ),
    Example(
        "-- .env --\nB=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str\n"
        "try:\n    s = S()\nexcept ValueError:\n    s = None\n",
        note="all code that creates the settings catches it",
    ),
)
NOT_CAUGHT = (
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    raise SystemExit('set A')\n",
        ("app.py:3:24 warning A is missing from .env; this code fails without it [fix: Add A to .env]",),
        note="the caller stops",
    ),
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    pass\nload()\n",
        ("app.py:3:24 warning A is missing from .env; this code fails without it [fix: Add A to .env]",),
        note="another call does not catch it",
    ),
)
