"""Comparisons if a variable is not set or empty: `x is None`, `x in ("a", "b")`, `len(missing) > 0`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.names.conditions import same
from configvars.names.values import UNKNOWN, Nothing, Sequence
from configvars.readers.absent_each import is_length, same_items
from configvars.readers.absent_given import EMPTY, FILLED
from configvars.readers.absent_paths import Outcome, Path, compare, known
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.readers.absent_values import Absent

_IF_FILLED = {
    (">", b"0"): True,
    ("!=", b"0"): True,
    (">=", b"1"): True,
    ("==", b"0"): False,
    ("<", b"1"): False,
}
"""Comparisons of a length, and whether they hold if there are items."""


def _member(absent: Absent, node: Node, path: Path, *, is_in: bool) -> Iterator[Outcome]:
    """`x in ("a", "b")`, for `None` and for strings."""
    for one, left in absent.outcomes(node.children[0], path):
        right = absent.evaluator.value(node.children[2])
        said = [same(left, item) for item in right.items] if isinstance(right, Sequence) else [None]
        is_plain = isinstance(left, Nothing) or left in (EMPTY, FILLED)
        if is_plain and True in said:
            yield one, known(is_in)
        elif is_plain and None not in said:
            yield one, known(not is_in)
        else:
            yield from ((after, UNKNOWN) for after, _ in absent.parts(node, one, named(node)))


def compared(absent: Absent, node: Node, path: Path) -> Iterator[Outcome]:
    """The outcomes of a comparison."""
    children = node.children
    signs = {child.type for child in children[1:-1]}
    if len(children) == 3 and signs & {"in", "not in"}:
        yield from _member(absent, node, path, is_in="in" in signs)
        return
    if len(children) == 3 and (found := _counted(absent, node, path)) is not None:
        yield from found
        return
    if len(children) != 3 or not signs & {"is", "==", "is not", "!="}:
        yield from absent.parts(node, path, named(node))
        return
    is_same = bool(signs & {"is", "=="})
    for one, left in absent.outcomes(children[0], path):
        for after, right in absent.outcomes(children[2], one):
            yield from compare(after, left, right, is_same=is_same)


def _counted(absent: Absent, node: Node, path: Path) -> Iterator[Outcome] | None:
    """`len(missing) > 0`, `len(x) == 0` and similar comparisons; None for other comparisons."""
    left, sign, right = node.children
    holds = _IF_FILLED.get((sign.type, right.text or b""))
    if holds is None or (not is_length(left) and same_items(absent, left, path) is None):
        return None
    return (
        (one, UNKNOWN if said is None else known(said is holds)) for one, said in absent.tests(left, path)
    )
