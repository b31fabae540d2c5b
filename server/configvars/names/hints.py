"""The classes in an annotation: `X`, `X | None`, `Optional[X]`, `Annotated[X, …]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.limits import ANNOTATION
from configvars.names.values import Nothing, Unknown, Value, alternatives
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_NESTED = frozenset({"type", "binary_operator", "union_type", "member_type", "parenthesized_expression"})
_WRAPPERS = frozenset({"Optional", "Union", "Annotated", "Final", "ClassVar"})


def named_in(evaluator: Evaluator, annotation: Node) -> list[Value]:
    """The values that an annotation names, except `None`, in order."""
    found: list[Value] = []
    waiting = [annotation]
    while waiting and len(found) < ANNOTATION.most:
        node = waiting.pop()
        if node.type in _NESTED:
            waiting.extend(reversed(named(node)))
        elif node.type in ("generic_type", "subscript"):
            children = named(node)
            word = evaluator.tree.source(children[0]).rpartition(".")[2] if children else ""
            if word in _WRAPPERS:
                inner = children[1:]
                if inner and inner[0].type == "type_parameter":
                    inner = named(inner[0])
                waiting.extend(reversed(inner))
        else:
            choices = alternatives(evaluator.value(node))
            found.extend(choice for choice in choices if not isinstance(choice, Nothing | Unknown))
    return found
