"""Tests of each of several names, one of which is not set: `all(…)`, `any(…)`, comprehensions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.names.values import UNKNOWN, Sequence
from configvars.readers.absent_code import is_under_test, may_empty
from configvars.readers.absent_paths import MISSING, Outcome, Path, known
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.readers.absent_values import Absent

_SAME_ITEMS = frozenset({b"list", b"tuple", b"set", b"frozenset", b"sorted", b"len"})
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
    yield path, MISSING if is_filled else UNKNOWN


def is_length(node: Node) -> bool:
    """Whether an expression is `len(…)` of one argument."""
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    return function is not None and function.text == b"len" and given is not None and len(named(given)) == 1


def same_items(absent: Absent, node: Node, path: Path) -> list[Outcome] | None:
    """`sorted(missing)`, `len(missing)`: true if the argument is; None for other calls."""
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    parts = named(given) if given is not None else []
    if function is None or function.text not in _SAME_ITEMS or len(parts) != 1:
        return None
    found = [] if parts[0].type == "keyword_argument" else absent.outcomes(parts[0], path)
    return found if found and all(isinstance(value, Sequence) for _, value in found) else None


def collected(absent: Absent, node: Node, path: Path) -> Path:
    """The path after `missing.append(name)`, if a test of the variable has led there."""
    function = node.child_by_field_name("function")
    of = function.child_by_field_name("object") if function is not None else None
    name = function.child_by_field_name("attribute") if function is not None else None
    if of is None or name is None or of.type != "identifier":
        return path
    word = absent.evaluator.tree.source(of)
    if path.decided and name.text in (b"append", b"add") and is_under_test(node):
        return path.holding(word, MISSING)
    return path.holding(word, UNKNOWN) if path.value_of(word) and may_empty(of) else path
