"""Facts about the programs that a command in a file starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.model import By, Gift, Start
from configvars.syntax.commands import Program, programs
from configvars.text import Span


def starts_of(command: str, span: Span, by: By, given: Iterable[Gift] = (), **where: str) -> Iterator[Start]:
    """The programs that the command at `span` starts, with the variables that are `given` to it in addition.

    `where` may hold the `folder` that it is started in.
    """
    for program in programs(command):
        own = tuple(Gift(name, span) for name in program.given)
        yield _start(program, span, by, (*given, *own), where.get("folder", ""))


def _start(program: Program, span: Span, by: By, given: tuple[Gift, ...], folder: str) -> Start:
    return Start(
        program.label,
        span,
        by,
        module=program.module,
        file=program.file,
        call=program.call,
        main=bool(program.file) or program.name.startswith("python"),
        folder="/".join(filter(None, (folder, program.folder))),
        given=given,
        env_files=program.env_files,
    )
