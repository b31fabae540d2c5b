"""Blocks that certainly do not run, because variables are not set."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from configvars.patterns import lazy_pattern
from configvars.runs.starting.exact import depending, first_of
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import Exact, Reads, Scope, Table, Unbound, Value, text_of
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


_STAR = lazy_pattern(r"\bimport\s*\*")


def skip(expressions: Expressions, scope: Scope, block: Node | None, by: Reads) -> None:
    """Note what a block does not set because variables are not set."""
    for statement in named(block) if block is not None else ():
        each = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
        target = each.child_by_field_name("left") if each is not None and each.type == "assignment" else None
        if target is None or target.type not in ("identifier", "subscript"):
            continue
        if target.type == "identifier":
            word = words(target, scope.module)
            if word in scope.names:
                scope.names[word] = depending(scope.names[word], by)
            elif _is_only_bound_here(scope, word):
                scope.names[word] = Value(exact=Exact(Unbound(), by))
            continue
        on = expressions.quietly(scope, target.child_by_field_name("value")).known
        key = text_of(expressions.quietly(scope, target.child_by_field_name("subscript")))
        if isinstance(on, Table) and key is not None:
            on.without[key] = first_of(by)


def _is_only_bound_here(scope: Scope, word: str) -> bool:
    """Whether a name has no value until an assignment that is skipped."""
    module = scope.module
    is_elsewhere = scope.of_class or module.open or word in module.shared or hasattr(builtins, word)
    return not is_elsewhere and _STAR.search(module.tree.text) is None
