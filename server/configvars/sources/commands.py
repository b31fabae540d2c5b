"""References in the shell commands that Heroku runs: Procfile, heroku.yml, app.json scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.model import Need, Reference, Variable
from configvars.syntax.shell import expansions
from configvars.text import Span


def shifted(by: int) -> Callable[[Span], Span]:
    """How a span of a command is placed whose text stands in the file as it is, from offset `by` on."""
    return lambda span: Span(span.start + by, span.end + by)


def command_references(command: str, place: Callable[[Span], Span], idiom: str) -> Iterator[Reference]:
    """The references of one command; `place` turns its spans into those of the file.

    A shell expands what is not set to nothing, so a need is optional, unless the command says otherwise:
    `${X:-x}` has a default, and `${X:?}` ends the command.
    """
    for found in expansions(command):
        need = Need.DEFAULTED if found.defaulted else Need.REQUIRED if found.required else Need.OPTIONAL
        yield Reference(Variable("env", found.name), place(found.span), idiom, need=need)
