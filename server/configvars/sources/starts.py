"""Facts about the programs that a command in a file starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.model import By, Gift, Start
from configvars.secret import Secret
from configvars.syntax.commands import Program, programs
from configvars.text import Span


def label_of(kind: str, name: str | None) -> str:
    """The name in messages for something that a person has named, such as `job test`.

    Without a name, or with one that looks like a secret, only the kind.
    """
    facts = [Secret(word).facts() for word in (name or "").split()]
    is_secret = any(each.looks_random or each.secrecy == "key" for each in facts)
    return kind if is_secret or not facts else f"{kind} {name}"


def starts_of(command: str, span: Span, by: By, given: Iterable[Gift] = (), **where: str) -> Iterator[Start]:
    """The programs that the command at `span` starts; `given` are variables that are set in addition.

    `where` may contain the `folder` in which it is started.
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
