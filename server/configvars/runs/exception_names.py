"""The names of exceptions and of their base classes, as far as the code of a project shows them."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator

from configvars.runs.context_managers import ANY
from configvars.runs.mentions import Mentions

# What pydantic raises if a required field is not set. Other libraries have an exception with the name, too.
INVALID = "pydantic.ValidationError"
_OF_INVALID = frozenset({"ValidationError", "ValueError", "Exception", "BaseException"})


def lineage(mentions: Mentions, name: str) -> frozenset[str]:
    """The names of an exception and of its base classes."""
    kind = getattr(builtins, name, None)
    if isinstance(kind, type):
        return frozenset(each.__name__ for each in kind.__mro__)
    if name == INVALID:
        return _OF_INVALID
    return mentions.project.remembered(
        f"bases of exception {name}", lambda: frozenset(_bases(mentions, name))
    )


def _bases(mentions: Mentions, name: str) -> Iterator[str]:
    waiting, seen = [name], {ANY, "BaseException"}
    yield from seen
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        yield each
        kind = getattr(builtins, each, None)
        if isinstance(kind, type):
            waiting += [base.__name__ for base in kind.__mro__]
        defined = re.compile(rf"^[ \t]*class {re.escape(each)}\(([\w., ]+)\)", re.MULTILINE)
        for _, text in mentions.texts():
            if (found := defined.search(text)) is not None:
                waiting += [base.strip().rpartition(".")[2] for base in found[1].split(",")]
