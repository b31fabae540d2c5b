"""Code that raises or exits because a variable is empty: `if not x: raise`, `if x == "": raise`.

Code that fails with any other string as well (`if x is not None: raise`) does not count.
"""

from __future__ import annotations

from itertools import chain

from configvars.names.conditions import All
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import function_of
from configvars.names.values import Value
from configvars.readers.absent import failing
from configvars.readers.absent_after import fails_behind
from configvars.readers.absent_code import OTHER_SCOPES
from configvars.readers.absent_given import EMPTY, FILLED, returns_string
from configvars.readers.absent_paths import BROKEN, EXIT
from configvars.readers.base import Use
from configvars.readers.presence_tests import UsesAt
from configvars.readers.refused_at import refused_of, refuses_empty
from configvars.syntax.python import Node

_FAILURES = frozenset({BROKEN, EXIT})
_ENDING = ("raise", "assert", "exit", "_exit", "quit", "abort", "stop")


def fails_empty(evaluator: Evaluator, node: Node, use: Use, uses_at: UsesAt) -> bool:
    """Whether the code raises or exits because what is read at `node` is an empty string.

    Also if it passes the string to a library that refuses it.
    """
    start = _start(node)
    if start is None or frozenset() in use.empty_fails_if or refuses_empty(evaluator, node):
        return start is not None
    is_refused = any(each.empty is not None for each in refused_of(evaluator, node))
    if not returns_string(use) or not (is_refused or may_refuse(evaluator, function_of(node), start)):
        return False

    def alike(at: Node) -> tuple[Use, ...]:
        return tuple(each for each in uses_at(at) if each.scope == use.scope)  # keys have variables' names

    empty, filled = (
        fails_behind(evaluator, alike, node, use.key.value, given) & _FAILURES for given in (EMPTY, FILLED)
    )
    return bool(empty - filled)


def may_refuse(evaluator: Evaluator, within: Node | None, start: int = 0) -> bool:
    """Whether a function, or the file, has a word that ends the code behind a place."""
    tree = evaluator.tree
    leaves = chain.from_iterable(tree.words(word, within or tree.root, start) for word in _ENDING)
    return any(True for _ in leaves)


def failing_empty(evaluator: Evaluator, uses_at: UsesAt, function: Node, key: Value) -> tuple[All, ...]:
    """The conditions on the arguments of a function for which it fails if the variable of `key` is empty."""
    empty = failing(evaluator, uses_at, function, key, EMPTY)
    filled = failing(evaluator, uses_at, function, key, FILLED) if empty else ()
    return tuple(conditions for conditions in empty if not any(other <= conditions for other in filled))


def _start(node: Node) -> int | None:
    """Where the statement of a read starts; None if a handler around it may catch what is raised there."""
    statement = node
    while statement.parent is not None and statement.parent.type not in ("block", "module"):
        statement = statement.parent
    above = statement.parent
    while above is not None and above.type not in OTHER_SCOPES:
        if above.type == "try_statement":
            return None
        above = above.parent
    return statement.start_byte
