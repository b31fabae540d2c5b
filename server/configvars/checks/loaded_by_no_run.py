"""A `.env` that no run of the project loads, and no tool either."""

from __future__ import annotations

import os

from configvars.index import LocatedReference
from configvars.model import Example
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import imports_any
from configvars.runs.env_files import env_files_for
from configvars.runs.outcomes import outcome
from configvars.runs.ways import Run, local_runs
from configvars.runs.without_dotenv import is_loaded_otherwise

# Their commands load `.env` with python-dotenv.
_FRAMEWORKS = ("flask", "quart")
_READMES = ("README.md", "README.rst", "README.txt", "README", "CONTRIBUTING.md")
_BY_HAND = lazy_pattern(
    r"(?:\bsource|(?<!\S)\.)[ \t]+\S*\.env\b|--env-file|\bset -a\b|\bdirenv\b|\bdotenv[ \t]+(?:run|-f|-e)\b"
    r"|\$\([^)\n]*\.env\b|\bxargs\b"
)
_CODE = frozenset({"python", "notebook", "dotenv"})


def loaded_by_no_run(project: Project, file: str, read: LocatedReference) -> str | None:
    """Why a read gets nothing from a `.env`, as the end of a message; None if something may load the file.

    If no file of the project starts a program on this machine, people may load it by any means.
    """
    by_itself = not read.reference.idiom.startswith("os.")  # a library that may find the file
    is_plain = os.path.basename(file) == ".env" and read.path.endswith(".py") and not by_itself
    if not is_plain or file not in env_files_for(project, read.path) or may_be_loaded_by_hand(project, file):
        return None
    name = read.reference.variable.name
    runs = [run for run in local_runs(project, name, read.path) if run.named or run.name == "gunicorn"]
    here = [run for run in runs if run.named is not None and run.named.working_folder is not None]
    if not here or len(here) + 1 < len(runs) or any(_may_load(project, name, run) for run in runs):
        return None
    if imports_any(project, _FRAMEWORKS):
        return f": of flask and {here[0].name}, only flask loads it"
    return f": {here[0].name} starts without it"


def may_be_loaded_by_hand(project: Project, file: str) -> bool:
    """Whether code, a tool or people may load an env file, as far as the files of the project tell."""
    return is_loaded_otherwise(project, file) or project.remembered(
        "text about .env", lambda: _is_mentioned(project)
    )


def _may_load(project: Project, name: str, run: Run) -> bool:
    is_late = run.late or run.in_main or run.perhaps or run.unseen
    return bool(is_late) or outcome(project, name, run).state != "unset"


def _is_mentioned(project: Project) -> bool:
    """Whether another file than code names a `.env`, or a text says how to load one by hand, as `docker run` can."""
    if any(os.path.basename(path) == "Dockerfile" for path in project.index.files):
        return True
    texts = (
        project.text_of(path) or "" for path, facts in project.index.files.items() if facts.kind not in _CODE
    )
    if any(".env" in text for text in texts):
        return True
    readmes = (project.text_of(os.path.join(project.root, name)) or "" for name in _READMES)
    return any(_BY_HAND.search(text) for text in readmes)


_READS = "-- bot.py --\nimport os\nos.environ['KEY']\n"
_FLASK = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\nos.environ['KEY']\n"

SILENT = (
    Example(f"-- .env --\nKEY=1\n{_FLASK}", note="flask loads it"),
    Example(f"-- .env --\nKEY=1\n{_READS}", note="nothing shows how the program is started"),
    Example(
        f"-- .env --\nKEY=1\n-- Procfile --\nworker: python bot.py\n{_READS}", note="heroku local loads it"
    ),
    Example(f"-- .env --\nKEY=1\n-- README.md --\nset -a; source .env\n{_READS}", note="loaded by hand"),
    Example(f"-- .env --\nKEY=1\n-- Makefile --\ninclude .env\nexport\nrun:\n\tpython bot.py\n{_READS}"),
    Example(
        f"-- .env --\nKEY=1\n-- Dockerfile --\nCMD python bot.py\n{_READS}", note="docker run may load it"
    ),
    Example(
        "-- .env --\nKEY=1\n-- bot.py --\nfrom prettyconf import config\nconfig('KEY')\n",
        note="the library loads it",
    ),
    Example(f"-- .env --\nKEY=1\n-- load.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n{_READS}"),
    Example(
        "-- .env --\nKEY=1\n-- bot.py --\nimport os\nos.environ.get('KEY')\n", note="it may not be needed"
    ),
)
EXAMPLES = (
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\nrun:\n\tpython bot.py\n{_READS}",
        (
            ".env:1:1 information Nothing loads .env, so bot.py:2 does not get KEY from it: python bot.py (Makefile) starts without it",
        ),
        note="a script without Flask",
    ),
    Example(
        f"-- .env --\nKEY=1\n-- Makefile --\nrun:\n\tgunicorn app:app\n{_FLASK}",
        (
            ".env:1:1 information Nothing loads .env, so app.py:4 does not get KEY from it: of flask and gunicorn app:app (Makefile), only flask loads it",
        ),
        note="make starts it without flask",
    ),
)
