"""missing-env-file: code loads an env file from a path where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.model import EnvFileUse, Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, used_file
from configvars.runs.givers import is_test

NAME = "missing-env-file"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_test(project, facts.path):
        return
    files, root = project.index.files, project.root
    for use in facts.env_files:
        if (
            use.path is None
            or use.relative_to != "file"
            or use.pattern
            or any(_is_alternative(use, other) for other in facts.env_files)
        ):
            continue
        if used_file(use, facts.path, files, root) is None and not _is_there(use, facts.path, project):
            elsewhere = _of_that_name(use, facts, project)
            if elsewhere:
                where = ", ".join(project.relative(path) for path in elsewhere)
                message = (
                    f"{_shown(use, project)} does not exist, so nothing is loaded here; there is {where}"
                )
                yield Finding(NAME, Severity.INFORMATION, message, facts.path, use.span)


def _is_alternative(use: EnvFileUse, other: EnvFileUse) -> bool:
    """Whether another path is loaded by the same call, so that one of them need not be there."""
    return other is not use and other.span == use.span


def _is_there(use: EnvFileUse, loader: str, project: Project) -> bool:
    """Whether the folder has a file, of whatever kind, where the path leads."""
    folders = (os.path.dirname(loader), project.root)
    return any(
        project.text_of(os.path.normpath(os.path.join(folder, use.path or ""))) is not None
        for folder in folders
    )


def _of_that_name(use: EnvFileUse, facts: FileFacts, project: Project) -> list[str]:
    """The env files of that name elsewhere which give what the file reads that loads it."""
    files, name = project.index.files, os.path.basename(use.path or "")
    read = {found.variable for found in facts.references}
    return [
        path
        for path in sorted(files)
        if os.path.basename(path) == name
        and is_env_file(path, files)
        and any(each.variable in read for each in files[path].definitions)
    ]


def _shown(use: EnvFileUse, project: Project) -> str:
    path = use.path or ""
    return project.relative(path) if os.path.isabs(path) else path


MISSING_ENV_FILE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="Code loads an env file from a path where there is none.",
    what="""\
`load_dotenv(Path(__file__).parent / ".env")` and the like, where the folder has no file at that path, but one of the
same name elsewhere that gives a variable which this file reads: a folder too many, or one too few, in the path.

Nothing is said where no env file of that name exists (a fresh clone has none), of `load_dotenv()` without a path, of
paths that are relative to the working directory, which is not known, and of paths that only a run tells.""",
    why="""\
`load_dotenv` returns False for a path that is not there and says nothing. The program goes on without the file,
and fails at the first read that needs it. There is no fix to apply: the path or the file may be what is wrong.""",
    run=_run,
    silent=(
        Example("from dotenv import load_dotenv\nload_dotenv('conf/.env')\n", note="a fresh clone"),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('.env')\n"
            "os.environ['A']\n",
            note="there",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
            "load_dotenv(os.getenv('ENV_FILE', 'conf/.env'))\nos.environ['A']\n",
            note="known only when it runs",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('conf/.env')\n"
            "os.environ['A']\n",
            note="relative to the working directory, whichever that is",
        ),
        Example(
            "-- .env --\nB=1\n-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('conf/.env')\n"
            "os.environ['A']\n",
            note="the other file is for something else",
        ),
    ),
    examples=(
        Example(
            "-- .env --\nA=1\n-- src/app.py --\nimport os\nfrom pathlib import Path\n"
            "from dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / '.env')\nos.environ['A']\n",
            (
                "src/app.py:4:13 information src/.env does not exist, so nothing is loaded here; there is .env",
            ),
        ),
    ),
    of_all_files=True,
)
