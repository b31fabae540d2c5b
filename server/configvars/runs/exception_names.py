"""The names of exceptions and of their base classes, as far as the code of a project shows them."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping

from configvars.patterns import lazy_pattern
from configvars.runs.context_managers import ANY
from configvars.runs.mentions import Mentions

# What pydantic raises if a required field is not set. Other libraries have an exception with the name, too.
INVALID = "pydantic.ValidationError"
_OF_INVALID = frozenset({"ValidationError", "ValueError", "Exception", "BaseException"})
_SOME = r"(?:\([^()]*\)|[A-Za-z_][\w.]*)"
# A name for one exception or several: `ERRORS = (KeyError, ValueError)`, `ALL = ERRORS + (OSError,)`.
_NAMED = lazy_pattern(
    rf"^[ \t]*(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*({_SOME}(?:[ \t]*\+[ \t]*{_SOME})*)[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_BETWEEN = lazy_pattern(r"[\s,()*+]+")


def caught_as(mentions: Mentions, name: str) -> frozenset[str]:
    """The names with which a handler catches an exception: of its base classes, and of tuples with them."""

    def find() -> frozenset[str]:
        found, waiting = set[str](), list(_lineage(mentions, name))
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += tuples.get(each, ())
        return frozenset(found)

    tuples = mentions.project.remembered("tuples of exceptions", lambda: _tuples(mentions))
    return mentions.project.remembered(f"names that catch {name}", find)


def _tuples(mentions: Mentions) -> Mapping[str, list[str]]:
    """For each word, the other names for it and for tuples with it, if each always names the same ones."""
    named: dict[str, set[frozenset[str]]] = {}
    for _, text in mentions.texts():
        for each in _NAMED.finditer(text):
            words = (word.rpartition(".")[2] for word in _BETWEEN.split(each[2]))
            named.setdefault(each[1], set()).add(frozenset(filter(None, words)))
    found: dict[str, list[str]] = {}
    for name, kinds in named.items():
        for word in next(iter(kinds)) if len(kinds) == 1 else ():
            found.setdefault(word, []).append(name)
    return found


def _lineage(mentions: Mentions, name: str) -> frozenset[str]:
    kind = getattr(builtins, name, None)
    if isinstance(kind, type):
        return frozenset(each.__name__ for each in kind.__mro__)
    if name == INVALID:
        return _OF_INVALID
    return frozenset(_bases(mentions, name))


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
