"""tracked-by-git: an env file that is in the repository."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_secrets import is_for_git
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import Span

NAME = "tracked-by-git"

# A git index of version 2 with one entry, `.env`; all that git knows of the file itself is zero.
_INDEX = "DIRC\0\0\0\2\0\0\0\1" + "\0" * 61 + "\4.env" + "\0" * 6 + "\0" * 20


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_for_git(facts, project) and project.tracked_by_git(facts.path):
        path = project.relative(facts.path)
        message = f"{path} is tracked by git: run `git rm --cached {path}`, ignore it, and change every secret in it"
        yield Finding(NAME, Severity.ERROR, message, facts.path, Span(0, 0))


TRACKED_BY_GIT = Check(
    name=NAME,
    severity=Severity.ERROR,
    summary="An env file is tracked by git.",
    what="""\
The file is in git's index: it is, or is about to be, in the repository's history. Templates and `.flaskenv` are made
to be shared and never told; files for tests or for all developers only if a value looks like a secret.
`.gitignore` does not help a file that is tracked already. Git's index is read; git is not run.""",
    why="""\
Everybody who can read the repository, now or later, can read the secrets. Take the file out with
`git rm --cached`, add it to `.gitignore`, and replace the secrets: the history keeps them.""",
    run=_run,
    silent=(
        Example("-- .env --\nA=1\n", note="no repository"),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\n-- .env --\nA=1\n", note="ignored"
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{_INDEX}\n-- .env.local --\nA=1\n",
            note="another file is",
        ),
    ),
    examples=(
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{_INDEX}\n-- .env --\nA=1\n",
            (".env:1:1",),
        ),
    ),
)
