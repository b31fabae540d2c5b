"""partly-encrypted: a secret in plain text next to values that dotenvx has encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_secrets import is_encrypted, secrets
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_env_file

NAME = "partly-encrypted"
_PRIVATE = "DOTENV_PRIVATE_KEY"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not is_env_file(facts.path, project.index.files) or not is_encrypted(facts):
        return
    for definition in secrets(facts):
        name = definition.variable.name
        message = f"{name} is not encrypted, but other values in this file are: run `dotenvx encrypt`"
        if name.startswith(_PRIVATE):
            message = f"{name} decrypts this file: it belongs in .env.keys, which must not be in git"
        yield Finding(NAME, Severity.WARNING, message, facts.path, definition.span, definition.variable)


_ENCRYPTED = 'A="encrypted:BNotARealOne"\n'

PARTLY_ENCRYPTED = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file that dotenvx encrypts contains a secret in plain text.",
    what="""\
At least one value in the file starts with `encrypted:`, as dotenvx writes it, and another value that looks
like a secret does not. Values that are empty or do not look like secrets, and the public key, are not
reported.""",
    why="""\
An encrypted env file is meant to be committed. A value that is not encrypted is published with it.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nAPI_TOKEN=h4-rTz8!w\n", note="nothing is encrypted"),
        Example(f"-- .env --\n{_ENCRYPTED}DEBUG=1\nAPI_TOKEN=\nDOTENV_PUBLIC_KEY=02a1f3c8d2e4b5a697\n"),
        Example(f"-- .env.example --\n{_ENCRYPTED}API_TOKEN=h4-rTz8!w\n", note="a template"),
    ),
    examples=(
        Example(
            f"-- .env --\n{_ENCRYPTED}API_TOKEN=h4-rTz8!w\n",
            (
                ".env:2:1 warning API_TOKEN is not encrypted, but other values in this file are: run `dotenvx encrypt`",
            ),
        ),
        Example(
            f"-- .env --\n{_ENCRYPTED}DOTENV_PRIVATE_KEY=a1f3c8d2e4b5a697\n",
            (
                ".env:2:1 warning DOTENV_PRIVATE_KEY decrypts this file: it belongs in .env.keys, which must not be in git",
            ),
        ),
    ),
)
