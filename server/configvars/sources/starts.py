"""Facts about the programs that a command in a file starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from configvars.limits import ENV_FILES, GIFTS, STARTS, Limit, beyond
from configvars.model import By, PresetVariable, Start
from configvars.secret import Secret
from configvars.syntax.commands import programs
from configvars.syntax.python_programs import Program
from configvars.text import Span

_T = TypeVar("_T")


def label_of(kind: str, name: str | None) -> str:
    """The name in messages for something that a person has named, such as `job test`.

    Without a name, or with one that looks like a secret, only the kind.
    """
    facts = [Secret(word).facts() for word in (name or "").split()]
    is_secret = any(each.looks_random or each.secrecy == "key" for each in facts)
    return kind if is_secret or not facts else f"{kind} {name}"


def starts_of(
    command: str, span: Span, by: By, given: Iterable[PresetVariable] = (), **where: str
) -> Iterator[Start]:
    """The programs that the command at `span` starts; `given` are variables that are set in addition.

    `where` may contain the `folder` in which it is started.
    """
    shared = gifts_within(given)
    for program in programs(command):
        own = tuple(PresetVariable(name, span) for name in program.given)
        yield _start(program, span, by, (*shared, *own) if own else shared, where.get("folder", ""))


def gifts_within(gifts: Iterable[PresetVariable]) -> tuple[PresetVariable, ...]:
    """The variables of one start; not more than are followed."""
    return within(gifts, GIFTS)


def files_within(paths: Iterable[str]) -> tuple[str, ...]:
    """The env files of one start; not more than are followed."""
    return within(paths, ENV_FILES)


def starts_within(starts: Iterable[Start]) -> tuple[Start, ...]:
    """The starts of one file; not more than are followed."""
    return within(starts, STARTS)


def within(things: Iterable[_T], limit: Limit) -> tuple[_T, ...]:
    """The first of some things, as many as a limit allows."""
    if isinstance(things, tuple) and len(things) <= limit.most:
        return things
    left = iter(things)
    found = tuple(islice(left, limit.most))
    if next(left, None) is not None:
        beyond(limit)
    return found


def _start(program: Program, span: Span, by: By, given: tuple[PresetVariable, ...], folder: str) -> Start:
    return Start(
        program.label,
        span,
        by,
        module=program.module,
        file=program.file,
        call=program.call,
        main=program.is_main,
        folder="/".join(filter(None, (folder, program.folder))),
        given=given,
        env_files=program.env_files,
        import_path=program.import_path,
    )
