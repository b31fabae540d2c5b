"""The lists, sets and generators that comprehensions make while a program starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from configvars.runs.starting.exact import valid
from configvars.runs.starting.pure import generated
from configvars.runs.starting.values import NO_READS, UNKNOWN, Exact, Items, Scope, Value, constant
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

KINDS: Mapping[str, Callable[[Iterable[object]], Iterable[object]]] = {
    "list": list,
    "set": set,
    "set_comprehension": set,
}


def items_of(expressions: Expressions, scope: Scope, node: Node, *, consumed: bool = False) -> Value:
    """The items of a comprehension such as `[name for name, value in required.items() if not value]`.

    The result is true if one of these variables is not set. `consumed`: all items of a generator are used.
    """
    clauses = [each for each in named(node) if each.type == "for_in_clause"]
    tests = [each for each in named(node) if each.type == "if_clause"]
    source = expressions.value(scope, clauses[0].child_by_field_name("right")) if clauses else UNKNOWN
    if clauses:
        expressions.machine.fail(scope.module, clauses[0], expressions.machine.none_without(source))
    exact = valid(source, expressions.machine.unset)
    items = source.known if exact is None else exact.known
    if len(clauses) != 1 or not isinstance(items, Items) or items.open or len(tests) > 1:
        return UNKNOWN
    values: list[Value] = []
    filled, by = NO_READS, NO_READS if exact is None else exact.by
    is_lazy = node.type == "generator_expression" and not consumed
    is_known = True
    for item in items.values:
        inner = Scope(scope.module, {}, scope)
        expressions.bind(inner, clauses[0].child_by_field_name("left"), item)
        test = expressions.value(inner, next(iter(named(tests[0])), None)) if tests else constant(True)
        filled |= test.filled
        truth = expressions.machine.truth(test)
        is_known = is_known and truth is not None
        if truth is not False:
            evaluate = expressions.quietly if is_lazy or truth is None else expressions.value
            values.append(evaluate(inner, node.child_by_field_name("body")))
        by |= expressions.machine.decided_by(test)
    kind = KINDS.get(node.type, generated if is_lazy else list)
    found = Items(tuple(values), kind=kind) if is_known else None
    exactly = Exact(found, by) if found is not None and by else None
    is_plain = not by and (values or not is_lazy)
    return Value(filled=filled, known=found if is_plain else None, exact=exactly)
