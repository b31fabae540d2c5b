"""Objects that read variables and are passed to functions: `load(env)`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.names.evaluate import Evaluator
from configvars.names.values import External, alternatives
from configvars.readers.uses import called
from configvars.syntax.python import Node


def passed_as(evaluator: Evaluator, node: Node, call: Node) -> Iterator[str]:
    """The name of the parameter of a function in this file to which a call passes an object."""
    given = node.child_by_field_name("value") if node.type == "keyword_argument" else node
    objects = evaluator.interest.objects
    if not any(
        isinstance(value, External) and value.path in objects
        for value in alternatives(evaluator.value(given))
    ):
        return
    if node.type == "keyword_argument":
        name = node.child_by_field_name("name")
        yield from [] if name is None else [evaluator.tree.source(name)]
        return
    arguments = call.child_by_field_name("arguments")
    position = evaluator.tree.siblings(arguments).place(node) if arguments is not None else 0
    for callee in alternatives(evaluator.value(call.child_by_field_name("function"))):
        function = called(evaluator, callee)
        if function is not None and function.home.path == evaluator.path:
            yield from [formal.name for formal in function.formals][position : position + 1]
