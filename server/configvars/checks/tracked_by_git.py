"""tracked-by-git: git tracks an env file."""

from __future__ import annotations

from collections.abc import Iterator

from configvars import shell_quoting
from configvars.checks.base import Check
from configvars.checks.env_secrets import (
    called,
    holds_known_secret,
    holds_secret,
    is_for_developers,
    private_file,
    secrets,
)
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import WHOLE_FILE

NAME = "tracked-by-git"
_SHOWN = 5


def _index_of(path: str) -> str:
    """A git index of version 2 with one entry, whose data about the file is all zero."""
    padding = 8 - (62 + len(path)) % 8
    return "DIRC\0\0\0\2\0\0\0\1" + "\0" * 61 + chr(len(path)) + path + "\0" * padding + "\0" * 20


INDEX_OF_ENV = _index_of(".env")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    file = private_file(facts, project)
    if file is None or not project.tracked_by_git(file):
        return
    path = called(file, facts, project)
    if not holds_secret(facts):
        message = f"{path} is tracked by git: do not put secrets into it"
        yield Finding(NAME, Severity.HINT, message, facts.path, WHOLE_FILE)
        return
    names = list(dict.fromkeys(each.variable.name for each in secrets(facts)))
    change = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    if is_for_developers(file, project) and not holds_known_secret(facts):
        what = change or "every secret in it"
        message = f"{path} is tracked by git: change {what} if it is used outside development"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, WHOLE_FILE)
        return
    message = f"{path} is tracked by git: run `git rm --cached {shell_quoting.path(project.relative(file))}`, add it to .gitignore, and"
    message = f"{message} change {change or 'every secret in it'}"
    yield Finding(NAME, Severity.ERROR, message, facts.path, WHOLE_FILE)


TRACKED_BY_GIT = Check(
    name=NAME,
    severity=Severity.ERROR,
    summary="An env file is tracked by git.",
    what="""\
The file is in git's index, so it is in the repository's history or will be with the next commit. Templates
and `.flaskenv` are meant to be shared and are not reported. Env files for tests or for all developers
(`.env.test`, `development/app.env`) are reported only if a value looks like a secret, and as information
unless it is a key of a known service or a URL with a password. If no value does (placeholders, empty values, passwords that
equal a user name, references to other variables, values that dotenvx has encrypted), this is a hint. Of a symbolic link, its target is judged. `.gitignore` has no effect on a file
that is already tracked. configvars reads git's index and does not run git.""",
    why="""\
Everybody who can read the repository, now or later, can read the secrets. Remove the file with `git rm
--cached`, add it to `.gitignore`, and replace the secrets: they remain in the history.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=1\n", note="not in a git repository"),
        Example(
            "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\n-- .env --\nA=1\n", note="ignored"
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n-- .env.local --\nA=1\n",
            note="another file is tracked",
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n-- .env --\n"
            'API_TOKEN="encrypted:BNotARealOne"\n',
            note="encrypted by dotenvx, so meant to be committed",
        ),
    ),
    examples=(
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n-- .env --\n"
            "API_TOKEN=h4-rTz8!w\n",
            (
                ".env:1:1 error .env is tracked by git: run `git rm --cached .env`, add it to .gitignore, and change API_TOKEN",
            ),
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n-- .env --\n"
            "FLASK_APP=shop\nSECRET_KEY=change-me\nAPI_TOKEN=$TOKEN\nDB_USERNAME=shop-app\nDB_PASSWORD=shop-app\n",
            (".env:1:1 hint .env is tracked by git: do not put secrets into it",),
            note="no secret yet: a hint",
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{_index_of('development/.env')}\n"
            "-- development/.env --\nSESSION_SECRET=h4-rTz8!w\n",
            (
                "development/.env:1:1 information development/.env is tracked by git: change SESSION_SECRET if it is used outside development",
            ),
            note="for development: information",
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{_index_of('.envs/.local/.postgres.env')}\n"
            "-- .envs/.local/.postgres.env --\nPOSTGRES_PASSWORD=h4-rTz8!w\n",
            (
                ".envs/.local/.postgres.env:1:1 information .envs/.local/.postgres.env is tracked by git: change POSTGRES_PASSWORD if it is used outside development",
            ),
            note="for one machine: information",
        ),
        Example(
            f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{_index_of('config/secrets')}\n"
            "-- config/secrets --\nAPI_TOKEN=h4-rTz8!w\n-- .env -> config/secrets --\n",
            (
                ".env:1:1 error config/secrets, which .env links to, is tracked by git: run `git rm --cached config/secrets`, add it to .gitignore, and change API_TOKEN",
            ),
            note="git stores the content of the file that a link leads to",
        ),
    ),
)
