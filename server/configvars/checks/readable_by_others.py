"""readable-by-others: an env file that other users of the machine can read."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_secrets import holds_secret, is_private
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import Span

NAME = "readable-by-others"

_OTHERS = stat.S_IRGRP | stat.S_IROTH


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    mode = project.file_mode(facts.path) if is_private(facts) else None
    if mode is not None and mode & _OTHERS and holds_secret(facts):
        path = project.relative(facts.path)
        message = f"{path} can be read by other users of this machine: `chmod 600 {path}`"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, Span(0, 0))


READABLE_BY_OTHERS = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file with a secret in it can be read by other users of the machine.",
    what="""\
The file's mode lets its group or everybody read it, and a value in it looks like a key or has a name like one. On
Windows, which has no such modes, nothing is said.""",
    why="""\
Every program of every user of this machine can read the secrets. On one's own machine that is often accepted; on
a shared one it is not. configvars itself creates env files with mode 600 and never changes a mode on its own.""",
    run=_run,
    silent=(
        Example("-- .env --\nDEBUG=1\nSECRET_KEY=\n", note="no secret in it"),
        Example("-- .env.example --\nSECRET_KEY=change-me\n", note="a template"),
    ),
    examples=(Example("-- .env --\nSECRET_KEY=abc\n", (".env:1:1",)),),
)
