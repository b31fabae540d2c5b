"""Tests of each of several names, one of which is not set: `all(…)`, `any(…)`, comprehensions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.names.values import UNKNOWN, Sequence
from configvars.readers.absent_paths import Outcome, Path, known
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.readers.absent_values import Absent

COMPREHENSIONS = frozenset({"list_comprehension", "set_comprehension", "generator_expression"})


def quantified(absent: Absent, given: Node, path: Path, *, decides: bool) -> Iterator[Outcome]:
    """`all(…)` and `any(…)` of a display, or of one test for each of several names."""
    inner = given if given.type == "generator_expression" else next(iter(named(given)), None)
    if inner is not None and inner.type in ("list", "tuple", "set"):
        parts = named(inner)
    else:
        is_each = inner is not None and inner.type in COMPREHENSIONS
        parts = (
            [inner.named_children[0]]
            if inner is not None and is_each and len(inner.named_children) == 2
            else []
        )
    said = [[truth for _, truth in absent.tests(part, path)] for part in parts]
    if [decides] in said:
        yield path, known(decides)
    elif (
        inner is not None
        and inner.type not in COMPREHENSIONS
        and said
        and all(one == [not decides] for one in said)
    ):
        yield path, known(not decides)
    else:
        yield path, UNKNOWN


def comprehension(absent: Absent, node: Node, path: Path) -> Iterator[Outcome]:
    """`[name for name in names if not os.getenv(name)]`: it is not empty, if that is its condition."""
    clauses = [child for child in node.named_children if child.type == "if_clause"]
    said = [truth for clause in clauses for _, truth in absent.tests(clause.named_children[0], path)]
    is_filled = len(said) == len(clauses) > 0 and all(said)
    yield path, Sequence((UNKNOWN,)) if is_filled else UNKNOWN
