"""Sets of names that code compares with the environment: `{"A", "B"} - set(os.environ)`."""

from __future__ import annotations

from configvars.runs.starting.exact import first_of
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Constant, Exact, Items, Scope, Value, text_of
from configvars.syntax.python import Node


def lacking(machine: Machine, scope: Scope, node: Node, names: Items) -> Value:
    """The names of a set that the environment does not contain: true if one of them is not set."""
    found = [text_of(each) for each in names.values]
    lacks = [machine.lacks(scope.module, node, name) for name in found if name is not None]
    by = [each.exact.by for each in lacks if each.exact is not None]
    exact = Exact(Constant(True), first_of(by[0])) if by else None
    return Value(filled=NO_READS.union(*(each.filled for each in lacks)), exact=exact)


def shared(machine: Machine, scope: Scope, node: Node, names: Items) -> Value:
    """The names of a set that the environment contains: none if it certainly lacks all of them."""
    lacks = [lacking(machine, scope, node, Items((each,))) for each in names.values]
    by = [each.exact.by for each in lacks if each.exact is not None]
    is_empty = bool(by) and len(by) == len(lacks)
    return Value(exact=Exact(Items((), kind=set), NO_READS.union(*by)) if is_empty else None)
