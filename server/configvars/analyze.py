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
    Place,
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
from configvars.readers.guards import is_before
from configvars.readers.keys import Keys, keys_of
from configvars.readers.need import need_of
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.syntax.python import Node, parse
from configvars.syntax.python_comments import suppressions
from configvars.text import Span

_T = TypeVar("_T")
TABLES = Tables.of(READERS)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one file says.

    `exports` are its module-level names that other files can use; `asked` the dotted names it asked of
    others, `needed` those without an answer on which the name of a variable depends; `leading` are the
    exports that lead to variables, `stars` the modules of which it imports all names, `named` the
    reads inside wrappers whose names this file tells.
    """

    facts: FileFacts
    exports: Mapping[str, Value] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()
    named: frozenset[Place] = frozenset()


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
        collected.named(),
    )


class _Collected:
    """The facts of a file as they come, in the order of the text."""

    def __init__(self, evaluator: Evaluator, scan: Scan) -> None:
        self._evaluator = evaluator
        self._scan = scan
        self._uses: list[tuple[Node, Use, Keys]] = []
        self._other: dict[Fact, None] = {}

    def add(self, node: Node, fact: Fact) -> None:
        if isinstance(fact, Use):
            self._uses.append((node, fact, keys_of(self._evaluator.path, fact.key)))
        else:
            self._other[fact] = None

    def named(self) -> frozenset[Place]:
        """The reads inside wrappers whose names are told here."""
        uses = [use for _, use, keys in self._uses if keys.names]
        return frozenset(place for use in uses for place in (use.via, *use.through) if place is not None)

    def facts(self, path: str) -> FileFacts:
        flask = flask_facts(self._evaluator)
        return FileFacts(
            path,
            "python",
            tuple(sorted(self._references(), key=lambda reference: reference.span)),
            tuple(sorted(self._dynamic(), key=lambda dynamic: dynamic.span)),
            tuple(chain(self._kept(Definition), definitions_of(path, flask))),
            tuple(self._kept(EnvFileUse)),
            tuple(self._kept(Problem)),
            tuple(suppressions(self._evaluator.tree)),
            flask=flask,
        )

    def _references(self) -> list[Reference]:
        """One reference a variable, place and access: the first use that tells it."""
        found: dict[tuple[Variable, Span, Access], Reference] = {}
        for node, use, keys in self._uses:
            need = self._need(node, use) if keys.names else None
            for name in keys.names:
                variable = Variable(use.scope, name.text)
                mine = need
                if need not in (None, Need.DEFAULTED) and self._is_set(node, use, variable):
                    mine = Need.GUARDED
                reference = Reference(
                    variable, name.span, use.idiom, use.access, mine, name.written_at, use.via
                )
                found.setdefault((variable, name.span, use.access), reference)
        return list(found.values())

    def _dynamic(self) -> dict[DynamicReference, None]:
        return {
            DynamicReference(use.key.span, use.idiom): None
            for _, use, keys in self._uses
            if keys.dynamic or keys.open
        }

    def _need(self, node: Node, use: Use) -> Need | None:
        if use.access is not Access.READ:
            return None
        return need_of(self._evaluator, node, use, self._scan.uses.uses_at)

    def _is_set(self, node: Node, read: Use, variable: Variable) -> bool:
        """Whether the code itself has set a variable before a read of it."""
        return any(
            variable == Variable(use.scope, name.text)
            and is_before(self._evaluator, setting, node, read.key.value, self._scan.uses.uses_at)
            for setting, use, keys in self._uses
            if use.sets
            for name in keys.names
        )

    def _kept(self, kind: type[_T]) -> Iterator[_T]:
        return (fact for fact in self._other if isinstance(fact, kind))
