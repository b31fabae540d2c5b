"""What functions read with their parameters, one entry for each read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache

from msgspec.structs import replace

from configvars.model import Access, Need
from configvars.names import functions
from configvars.names.calls import parameters_of
from configvars.names.conditions import All
from configvars.names.evaluate import Evaluator
from configvars.names.memory import Ask, Listed
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import Condition, Parameter, ParameterRead, Value, alternatives
from configvars.readers.absent import failing
from configvars.readers.absent_given import is_returned, returns_string
from configvars.readers.base import Use
from configvars.readers.fails_empty import failing_empty, may_refuse
from configvars.readers.keys import keys_of
from configvars.readers.need import UsesAt, need_of, need_of_test, passes
from configvars.syntax.python import Node

_Find = Callable[[Evaluator, UsesAt, Node, Value], tuple[All, ...]]


class Failures:
    """The conditions for which functions fail without a variable; computed once for each function and key."""

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt) -> None:
        self._evaluator = evaluator
        self._uses_at = uses_at
        self._known: Listed[tuple[All, ...]] = Listed()
        self._empty: Listed[tuple[All, ...]] = Listed()

    def of(self, function: Node, key: Value) -> tuple[All, ...]:
        """See `failing`."""
        return self._once(failing, self._known, function, key)

    def of_empty(self, function: Node, key: Value) -> tuple[All, ...]:
        """See `failing_empty`."""
        return self._once(failing_empty, self._empty, function, key)

    def _once(
        self, find: _Find, known: Listed[tuple[All, ...]], function: Node, key: Value
    ) -> tuple[All, ...]:
        evaluator, uses_at = self._evaluator, self._uses_at
        return evaluator.memory.recall(
            known, (function.id, key), lambda: find(evaluator, uses_at, function, key), ()
        )

    def forget(self, changed: Set[Ask]) -> None:
        """Discard what depends on answers that have changed."""
        self._known.forget(changed)
        self._empty.forget(changed)


def summarised(
    evaluator: Evaluator, uses_at: UsesAt, failures: Failures, node: Node, uses: Iterable[Use]
) -> Iterator[tuple[Node, ParameterRead]]:
    """The functions around a place with reads whose names depend on a caller, each with a read.

    A read belongs to the innermost function, and to each outer function whose parameters determine the name.
    """
    uses = tuple(uses)
    around = functions_around(node) if uses else []
    if not around:
        return
    homes = [evaluator.home(function) for function in around]
    shared = _Shared(evaluator, failures, node)
    for use in uses:
        keys = keys_of(use.key)
        for key in (*keys.open, *keys.own):
            owners = {parameter.owner for parameter in parameters_of(key)} & set(homes)
            for index, function in enumerate(around):
                if owners <= set(homes[index:]):
                    yield function, _read(evaluator, uses_at, node, function, use, key, shared)
                if owners <= {homes[index]}:
                    break


class _Shared:
    """What reads of one place have in common: a call of a wrapper has all reads of the wrapper."""

    def __init__(self, evaluator: Evaluator, failures: Failures, node: Node) -> None:
        self.returned = cache(lambda: passes(evaluator, node))
        self.switches = cache(lambda function: tuple(_switches(evaluator, node, function)))
        self.fallback = cache(lambda function, key: _fallback(evaluator, function, key))
        self.fails_if = failures.of
        self.empty_fails_if = failures.of_empty


def _read(
    evaluator: Evaluator,
    uses_at: UsesAt,
    node: Node,
    function: Node,
    use: Use,
    key: Value,
    shared: _Shared,
) -> ParameterRead:
    tree, span = evaluator.tree, use.key.span
    here = evaluator.anchors.mark(tree.byte(span.start), tree.byte(span.end))
    place, through = (use.via, use.through | {here}) if use.via is not None else (here, use.through)
    default = use.default.value if use.default is not None else None
    bare = replace(use, need=Need.OPTIONAL) if use.instead else use
    if default is None or not parameters_of(default):
        default = shared.fallback(function, key)
    else:
        bare = replace(bare, default=None)
    need: Need | None = None
    fails_if: tuple[frozenset[Condition], ...] = ()
    if use.access is not Access.WRITE:
        find = need_of if use.access is Access.READ else need_of_test
        need, fails_if = find(evaluator, node, bare, uses_at), shared.fails_if(function, key)
    if need is Need.REQUIRED and fails_if and frozenset() not in fails_if:
        need = Need.OPTIONAL if use.access is Access.READ else None  # but for some callers
    may_fail = use.access is Access.READ and use.scope == "env"
    may_fail = may_fail and (bool(use.empty_fails_if) or may_refuse(evaluator, function))
    return ParameterRead(
        key,
        place,
        through,
        use.scope,
        use.access,
        need,
        default,
        shared.returned(),
        shared.switches(function),
        fails_if,
        use.asked,
        shared.empty_fails_if(function, key) if may_fail else (),
        is_returned(node) and returns_string(use),
    )


def _switches(evaluator: Evaluator, node: Node, function: Node) -> Iterator[Condition]:
    """The parameters of `function` that an `if` around `node` tests, with the required truth value."""
    child, parent = node, node.parent
    while parent is not None and child.id != function.id:
        test = parent.child_by_field_name("condition") if parent.type == "if_statement" else None
        if test is not None and test.id != child.id:
            is_wanted = parent.child_by_field_name("consequence") == child
            if test.type == "not_operator":
                test, is_wanted = test.child_by_field_name("argument"), not is_wanted
            value = evaluator.value(test)
            if isinstance(value, Parameter) and value.owner == evaluator.home(function):
                yield Condition(replace(value, default=None), None, is_wanted)
        child, parent = parent, parent.parent


def _fallback(evaluator: Evaluator, function: Node, key: Value) -> Value | None:
    """A parameter that the function returns instead of the variable: `return default`."""
    if function.type == "lambda":
        return None
    own = evaluator.home(function)
    for node in functions.return_values(function):
        for value in alternatives(evaluator.value(node)):
            if isinstance(value, Parameter) and value.owner == own and value not in parameters_of(key):
                return value
    return None


def functions_around(node: Node) -> list[Node]:
    """The functions and lambdas around a node, innermost first."""
    found: list[Node] = []
    child, parent = node, node.parent
    while parent is not None:
        if parent.type in FUNCTIONS and parent.child_by_field_name("body") == child:
            found.append(parent)
        child, parent = parent, parent.parent
    return found
