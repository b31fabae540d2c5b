"""readable-by-others: an env file that every user of the machine can read and change."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_secrets import holds_secret, is_private
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import Span

NAME = "readable-by-others"

# What is usual is no finding: umask 022 or 002 lets others read each file that a program makes.
_UNUSUAL = stat.S_IWOTH


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    mode = project.file_mode(facts.path) if is_private(facts) else None
    if mode is not None and mode & _UNUSUAL and holds_secret(facts):
        path = project.relative(facts.path)
        message = f"{path} can be read and changed by every user of this machine: `chmod 600 {path}`"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, Span(0, 0))


READABLE_BY_OTHERS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file with a secret in it can be read and changed by every user of the machine.",
    what="""\
The file's mode lets everybody write to it, and a value in it looks like a secret. A mode that every new file has (644,
664) is not told. On Windows, which has no such modes, nothing is said.""",
    why="""\
Every program of every user of this machine can read the secrets and put others in their place. configvars itself creates env files with mode 600 and never changes a mode on its own.""",
    run=_run,
    silent=(
        Example("-- .env --\nDEBUG=1\nSECRET_KEY=\n", note="no secret in it"),
        Example("-- .env.example as mode-666 --\nSECRET_KEY=h4-rTz8!w\n", note="a template"),
        Example("-- .env --\nSECRET_KEY=h4-rTz8!w\n", note="the mode that every new file has"),
        Example("-- .env as mode-666 --\nSECRET_KEY=change-me\n", note="a placeholder"),
    ),
    examples=(
        Example(
            "-- .env as mode-666 --\nSECRET_KEY=h4-rTz8!w\n",
            (
                ".env:1:1 information .env can be read and changed by every user of this machine: `chmod 600 .env`",
            ),
        ),
    ),
)
