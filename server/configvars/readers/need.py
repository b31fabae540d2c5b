"""How much a read needs its variable, by the code around it.

Checked in this order: an explicit default that is not `None`, or `or` with a value, makes it defaulted. A
test of the same name around or before it, an `except` that continues without it, or an assignment by the code
itself makes it guarded. It is required if the code raises an exception without it: in the read, in an
operation on `None`, or in a check (`if not os.getenv("X"): raise`). Otherwise it is optional.
"""

from __future__ import annotations

from configvars.model import Need
from configvars.names.conditions import truth
from configvars.names.evaluate import Evaluator
from configvars.names.functions import return_values
from configvars.names.scopes import FUNCTIONS, function_of
from configvars.names.values import External, Parameter
from configvars.readers import absence
from configvars.readers.absent_after import fails_behind
from configvars.readers.absent_paths import BROKEN, EXIT
from configvars.readers.base import Use
from configvars.readers.guards import Guards
from configvars.readers.handlers import is_default
from configvars.readers.presence_tests import UsesAt
from configvars.readers.refused_at import errors_of, refused_of
from configvars.syntax.python import Node


def need_of(
    evaluator: Evaluator, node: Node, use: Use, uses_at: UsesAt, guards: Guards | None = None
) -> Need:
    """The need of a read at `node`; `uses_at` returns what another node reads or tests.

    `guards` is passed if all reads of the file are known; without it, the tests are evaluated again.
    """
    guards = guards or Guards(evaluator, uses_at)
    if use.need is not None:
        return use.need
    if use.default is not None and is_default(use.default.value):
        is_empty = truth(use.default.value) is False
        is_refused = is_empty and (
            EXIT in fails_behind(evaluator, uses_at, node, use.key.value)
            or (
                absence.is_no_number(evaluator, node, use.default.value)
                and not guards.is_tested(node, use.key.value)
            )
            or (
                _is_refused_empty(evaluator, node, uses_at, use)
                and not guards.is_tested(node, use.key.value)
                and not guards.is_caught(
                    node, use.errors.union(*map(errors_of, refused_of(evaluator, node))), raises=False
                )
            )
        )
        return Need.REQUIRED if is_refused else Need.DEFAULTED
    whole, fallback = absence.alternative(evaluator, node)
    fallback = None if use.raises else fallback
    if fallback is not None and fallback is not Need.REQUIRED:
        return fallback
    if guards.is_tested(node, use.key.value):
        return Need.GUARDED
    if fallback is not None:
        return fallback
    refused = tuple(refused_of(evaluator, whole))
    # In `key or os.getenv("X")`, the key decides; what follows is evaluated below.
    is_plain = whole.type != "boolean_operator" or not refused
    breaks = use.raises or (
        is_plain and (absence.breaks(evaluator, whole) or absence.breaks_later(evaluator, whole))
    )
    errors = use.errors.union(*(errors_of(each) for each in refused))
    caught = guards.is_caught(node, errors, raises=use.raises)
    if caught and breaks:
        return Need.GUARDED
    if breaks:
        return Need.REQUIRED
    fails = fails_behind(evaluator, uses_at, node, use.key.value)
    if EXIT in fails or (fails and not caught):
        return Need.REQUIRED
    return Need.GUARDED if fails else Need.OPTIONAL


def _is_refused_empty(evaluator: Evaluator, node: Node, uses_at: UsesAt, use: Use) -> bool:
    """Whether the code raises because it passes the empty default to a library that refuses it."""
    if not any(each.empty is not None for each in refused_of(evaluator, node)):
        return False
    return BROKEN in fails_behind(evaluator, uses_at, node, use.key.value)


def need_of_test(evaluator: Evaluator, node: Node, use: Use, uses_at: UsesAt) -> Need | None:
    """Whether the code ends because a test at `node` fails: `if "X" not in os.environ: raise`."""
    if use.raises:  # in the function that is called here
        return Need.REQUIRED if need_of(evaluator, node, use, uses_at) is Need.REQUIRED else None
    return Need.REQUIRED if EXIT in fails_behind(evaluator, uses_at, node, use.key.value) else None


def passes(evaluator: Evaluator, node: Node) -> bool:
    """Whether the function around a read returns the value unchanged, perhaps through a name."""
    child, parent = node, node.parent
    while parent is not None and parent.type in ("parenthesized_expression", "boolean_operator", "await"):
        child, parent = parent, parent.parent
    if parent is None:
        return False
    if parent.type == "return_statement":
        return True
    if parent.type in ("assignment", "named_expression"):
        target = parent.child_by_field_name("left") or parent.child_by_field_name("name")
        function = function_of(node)
        if target is None or function is None or target.type != "identifier":
            return False
        word = evaluator.tree.source(target)
        return any(evaluator.tree.source(value) == word for value in return_values(function))
    return parent.type in FUNCTIONS and parent.child_by_field_name("body") == child


__all__ = ["External", "Parameter", "UsesAt", "is_default", "need_of", "need_of_test", "passes"]
