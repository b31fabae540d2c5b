"""References in the shell commands that Heroku runs: Procfile, heroku.yml, app.json scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.model import Need, Reference, Variable
from configvars.syntax.shell import expansions
from configvars.text import Span


def shifted(by: int) -> Callable[[Span], Span]:
    """The function that shifts spans of a command whose text starts at offset `by` of the file."""
    return lambda span: Span(span.start + by, span.end + by)


def command_references(command: str, place: Callable[[Span], Span], idiom: str) -> Iterator[Reference]:
    """The references of one command; `place` turns its spans into those of the file.

    A shell expands an unset variable to nothing, so a read is optional, unless the command says otherwise:
    `${X:-x}` has a default, and `${X:?}` ends the command.
    """
    for found in expansions(command):
        need = Need.DEFAULTED if found.defaulted else Need.REQUIRED if found.required else Need.OPTIONAL
        yield Reference(Variable("env", found.name), place(found.span), idiom, need=need)
