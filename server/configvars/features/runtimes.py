"""Which env files are loaded, in which order, by each way to run the app on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from configvars.project import Project
from configvars.resolve.env_files import home_of, loads, nearest


@dataclass(frozen=True, slots=True)
class Step:
    """Files read in one go, those later in `paths` winning; then set where not set, or `override`.

    `by_heroku`: read by `heroku local`, in its own way.
    """

    paths: tuple[str, ...]
    override: bool = False
    by_heroku: bool = False


@dataclass(frozen=True, slots=True)
class Runtime:
    """One way to run the app. `note` says what holds for all variables, if there is something."""

    name: str
    steps: tuple[Step, ...]
    note: str = ""


def local_runtimes(project: Project, path: str) -> Iterator[Runtime]:
    """How the code in `path` may be run here. What code loads itself comes after what its runner loads."""
    files, root = project.index.files, project.root
    home = home_of(path, files, root)
    by_code = tuple(
        Step((found,), use.override) for use, found in loads(path, files, root) if "load_dotenv" in use.idiom
    )
    # Flask looks for both from the working directory upwards, and merges them before it sets anything.
    flask = tuple(found for name in (".flaskenv", ".env") if (found := nearest(name, home, files, root)))
    yield Runtime("flask run", (Step(flask), *by_code))
    if by_code:
        yield Runtime("load_dotenv()", by_code)
    else:
        beside = nearest(".env", os.path.dirname(path), files, root)
        yield Runtime("load_dotenv()", (Step((beside,)),) if beside else (), "no code calls it")
    yield Runtime("gunicorn", by_code, "" if by_code else "it loads no env file, and no code does")
    given = os.path.join(home, ".env")
    yield Runtime("heroku local", (Step((given,) if given in files else (), by_heroku=True), *by_code))
