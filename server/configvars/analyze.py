"""The facts of one Python file, and what its names stand for in others. Pure; never raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from configvars.model import (
    Access,
    Definition,
    DynamicReference,
    EnvFileUse,
    FileFacts,
    Need,
    Problem,
    Reference,
    Variable,
)
from configvars.names import imports
from configvars.names.evaluate import Evaluator, Lookup
from configvars.names.values import Value
from configvars.readers import READERS
from configvars.readers.base import Fact, Use
from configvars.readers.exports import exports_of
from configvars.readers.flask_flow import definitions_of, flask_facts
from configvars.readers.keys import keys_of
from configvars.readers.need import need_of
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.syntax.python import Node, parse

_T = TypeVar("_T")
TABLES = Tables.of(READERS)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one file says.

    `exports` are its module-level names that other files can use; `asked` the dotted names it asked of
    others, `needed` those without an answer on which the name of a variable depends; `leading` are the
    exports that lead to variables, `stars` the modules of which it imports all names.
    """

    facts: FileFacts
    exports: Mapping[str, Value] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()


def analyze(path: str, text: str, lookup: Lookup, tables: Tables = TABLES) -> Analysis:
    """Analyse a Python file. `lookup` answers a dotted name of another module, None where it is unknown."""
    evaluator = Evaluator(path, parse(text), lookup, tables.interest)
    scan = Scan(evaluator, tables)
    collected = _Collected(evaluator, scan)
    for node in scan.run():
        for fact in scan.uses.facts_at(node):
            collected.add(node, fact)
    exports, leading = exports_of(scan)
    return Analysis(
        collected.facts(path),
        exports,
        frozenset(evaluator.asked),
        frozenset(evaluator.needed),
        leading,
        imports.star_modules(evaluator.tree),
    )


class _Collected:
    """The facts of a file as they come, in the order of the text."""

    def __init__(self, evaluator: Evaluator, scan: Scan) -> None:
        self._evaluator = evaluator
        self._scan = scan
        self._references: dict[tuple[object, ...], Reference] = {}
        self._dynamic: dict[DynamicReference, None] = {}
        self._other: dict[Fact, None] = {}

    def add(self, node: Node, fact: Fact) -> None:
        if not isinstance(fact, Use):
            self._other[fact] = None
            return
        keys = keys_of(self._evaluator.path, fact.key)
        need = self._need(node, fact) if keys.names else None
        for name in keys.names:
            reference = Reference(
                Variable(fact.scope, name.text),
                name.span,
                fact.idiom,
                fact.access,
                need,
                name.written_at,
                fact.via,
            )
            self._references.setdefault((reference.variable, reference.span, reference.access), reference)
        if keys.dynamic or keys.open:
            self._dynamic[DynamicReference(fact.key.span, fact.idiom)] = None

    def _need(self, node: Node, use: Use) -> Need | None:
        if use.access is not Access.READ:
            return None
        return need_of(self._evaluator, node, use, self._scan.uses.uses_at)

    def facts(self, path: str) -> FileFacts:
        flask = flask_facts(self._evaluator)
        return FileFacts(
            path,
            "python",
            tuple(sorted(self._references.values(), key=lambda reference: reference.span)),
            tuple(sorted(self._dynamic, key=lambda dynamic: dynamic.span)),
            tuple(chain(self._kept(Definition), definitions_of(path, flask))),
            tuple(self._kept(EnvFileUse)),
            tuple(self._kept(Problem)),
            flask=flask,
        )

    def _kept(self, kind: type[_T]) -> Iterator[_T]:
        return (fact for fact in self._other if isinstance(fact, kind))
