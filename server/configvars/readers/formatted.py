"""Strings with parts from the environment: `"{X}".format(**os.environ)` and `"%(X)s" % os.environ`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.names.evaluate import Evaluator
from configvars.names.values import alternatives
from configvars.patterns import lazy_pattern
from configvars.readers.base import Argument, Use
from configvars.readers.given_getters import is_environ
from configvars.readers.os_environ import inside
from configvars.syntax.python import Node, named

# The second group is always empty, since only one form has a name; doubled characters stand for themselves.
_FORMAT = lazy_pattern(r"\{\{|\{([A-Za-z_]\w*)(?=[}!:.\[])()", re.ASCII)
_PERCENT = lazy_pattern(r"%%|%\((\w+)\)()", re.ASCII)


def formatted(evaluator: Evaluator, node: Node) -> Iterator[Use]:
    """The variables that a call of `format` or `format_map`, or an operator `%`, puts into a string."""
    if node.type == "binary_operator":
        operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
        if operator is not None and operator.type == "%" and _is_environ(evaluator, right):
            yield from _parts(evaluator, node.child_by_field_name("left"), _PERCENT, "% os.environ")
        return
    function = node.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function is not None else None
    method = evaluator.tree.source(name) if name is not None else ""
    arguments = node.child_by_field_name("arguments")
    given = named(arguments) if arguments is not None and method in ("format", "format_map") else []
    if len(given) != 1 or function is None:
        return
    is_splat = given[0].type == "dictionary_splat"
    taken = given[0].named_children[0] if is_splat else given[0]
    if is_splat == (method == "format") and _is_environ(evaluator, taken):
        yield from _parts(evaluator, function.child_by_field_name("object"), _FORMAT, f"str.{method}")


def _is_environ(evaluator: Evaluator, node: Node | None) -> bool:
    """Whether an expression is the environment, or a copy of it."""
    if node is None:
        return False
    span = evaluator.tree.span(node)
    return any(is_environ(Argument(value, span)) for value in alternatives(evaluator.value(node)))


def _parts(evaluator: Evaluator, text: Node | None, pattern: re.Pattern[str], idiom: str) -> Iterator[Use]:
    if text is not None:
        span = evaluator.tree.span(text)
        for value in alternatives(evaluator.value(text)):
            yield from inside(value, span, pattern, idiom, raises=True)
