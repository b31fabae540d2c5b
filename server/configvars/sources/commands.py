"""References in the shell commands that Heroku runs: Procfile, heroku.yml, app.json scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.model import Need, Reference, Variable
from configvars.syntax.env_names import is_name, is_upper_name
from configvars.syntax.shell import Expansion, expansions
from configvars.text import Span


def shifted(by: int) -> Callable[[Span], Span]:
    """The function that shifts spans of a command whose text starts at offset `by` of the file."""
    return lambda span: Span(span.start + by, span.end + by)


def command_references(command: str, place: Callable[[Span], Span], idiom: str) -> Iterator[Reference]:
    """The references of one command; `place` turns its spans into those of the file.

    A shell expands an unset variable to nothing, so a read is optional, unless the command says otherwise:
    `${X:-x}` has a default, and `${X:?}` ends the command. A name that may be a part of a password
    (`--key=a1$b2`) is left out.
    """
    for found in expansions(command):
        if not _may_be_shown(found, command):
            continue
        need = Need.DEFAULTED if found.defaulted else Need.REQUIRED if found.required else Need.OPTIONAL
        yield Reference(Variable("env", found.name), place(found.span), idiom, need=need)


def _may_be_shown(found: Expansion, command: str) -> bool:
    before = command[: found.span.start].removesuffix("{").removesuffix("$")
    return is_upper_name(found.name) or (is_name(found.name) and not before[-1:].isalnum())
