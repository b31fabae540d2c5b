"""Names of variables inside strings: `"${oc.env:NAME}"`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Need
from configvars.names import imports
from configvars.names.evaluate import Evaluator
from configvars.names.interest import Inside
from configvars.names.values import Str
from configvars.readers.base import Argument, Use
from configvars.syntax.omegaconf import is_defaulted
from configvars.syntax.python import Node
from configvars.text import Place, Span

_STRING = frozenset({"string", "string_content"})


def uses_inside(evaluator: Evaluator) -> Iterator[tuple[Node, Use]]:
    """The names inside the strings of a file, each with the node of the string."""
    for inside in evaluator.interest.inside:
        if inside.word in evaluator.tree.text and _is_for(evaluator, inside):
            yield from _found(evaluator, inside)


def _is_for(evaluator: Evaluator, inside: Inside) -> bool:
    return any(module.partition(".")[0] in inside.modules for module in imports.modules(evaluator.tree))


def _found(evaluator: Evaluator, inside: Inside) -> Iterator[tuple[Node, Use]]:
    tree = evaluator.tree
    for match in inside.pattern.finditer(tree.text):
        span = Span(*match.span("name"))
        node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
        if node is not None and node.type in _STRING:
            key = Argument(Str(match["name"], (Place(evaluator.path, span),)), span)
            need = Need.DEFAULTED if is_defaulted(match["default"]) else Need.OPTIONAL
            yield node, Use(key, inside.idiom, need=need)
