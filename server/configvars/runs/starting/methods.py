"""What methods of strings, lists and dicts return, if their contents are exactly known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.exact import depending, valid
from configvars.runs.starting.known_functions import LOOKING, of_string
from configvars.runs.starting.pure import pure_method
from configvars.runs.starting.values import NO_READS, Constant, Items, Scope, Table, Value, forget
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls


def exact_method(
    calls: Calls,
    scope: Scope,
    node: Node,
    on: Value,
    name: str,
    positional: list[Value],
    named_ones: dict[str, Value],
) -> Value | None:
    """What a method returns for exact contents; None if that is not known."""
    if name == "join" and positional and isinstance(positional[0].known, Items):
        among = map(calls.machine.none_without, positional[0].known.values)
        calls.machine.fail(scope.module, node, NO_READS.union(*among))
    exact = valid(on, calls.machine.unset)
    if exact is not None and isinstance(exact.known, Table):
        on = Value(known=exact.known)
        return depending(calls.method(scope, node, on, name, positional, named_ones), exact.by)
    found = _computed(calls, scope, node, on, name, positional, named_ones)
    if found is not None:
        return replace(found, known=of_string(on, name, positional).known)
    if exact is not None and not isinstance(exact.known, Constant) and name not in LOOKING:
        forget(on)
    return None


def _computed(
    calls: Calls,
    scope: Scope,
    node: Node,
    on: Value,
    name: str,
    positional: list[Value],
    named_ones: dict[str, Value],
) -> Value | None:
    found = calls.machine.content(on) if not isinstance(on.known, Table) else None
    method_of = pure_method(found[0][0], name) if found is not None else None
    if method_of is None:
        return None

    def call(on: object, *given: object, **named_ones: object) -> object:
        function = pure_method(on, name)
        return function(*given, **named_ones) if function is not None else None

    return calls.machine.computed(scope.module, node, call, on, *positional, **named_ones)
