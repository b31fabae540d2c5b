"""readable-by-others: every user of the machine can read and change an env file."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from configvars import shell_quoting
from configvars.checks.base import Check
from configvars.checks.env_secrets import holds_secret, is_private
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import WHOLE_FILE

NAME = "readable-by-others"

# Usual modes are not reported: with umask 022 or 002, others can read every new file.
_UNUSUAL = stat.S_IWOTH


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    mode = project.file_mode(facts.path) if is_private(facts) else None
    if mode is not None and mode & _UNUSUAL and holds_secret(facts):
        path = project.relative(facts.path)
        command = f"chmod 600 {shell_quoting.path(path)}"
        message = f"{path} can be read and changed by every user of this machine: `{command}`"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, WHOLE_FILE)


READABLE_BY_OTHERS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="Every user of this machine can read and change an env file that contains a secret.",
    what="""\
The file mode lets everybody write to the file, and a value in it looks like a secret. The usual modes of
new files (644, 664) are not reported. Windows has no such modes, so nothing is reported there.""",
    why="""\
Any program of any user on this machine can read the secrets or replace them. configvars creates env files
with mode 600, and it never changes the mode of an existing file.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nDEBUG=1\nSECRET_KEY=\n", note="no value looks like a secret"),
        Example("-- .env.example as mode-666 --\nSECRET_KEY=h4-rTz8!w\n", note="a template"),
        Example("-- .env --\nSECRET_KEY=h4-rTz8!w\n", note="the usual mode of new files"),
        Example("-- .env as mode-666 --\nSECRET_KEY=change-me\n", note="a placeholder"),
    ),
    examples=(
        Example(
            "-- .env as mode-666 --\nSECRET_KEY=h4-rTz8!w\n",
            (
                ".env:1:1 information .env can be read and changed by every user of this machine: `chmod 600 .env`",
            ),
        ),
        Example(
            "-- $app/.env as mode-666 --\nSECRET_KEY=h4-rTz8!w\n",
            (
                "$app/.env:1:1 information $app/.env can be read and changed by every user of this machine: `chmod 600 '$app/.env'`",
            ),
            "the command can be copied",
        ),
    ),
)
