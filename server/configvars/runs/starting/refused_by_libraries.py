"""Arguments that libraries refuse while a program starts, because they are None or empty."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.readers.refused_none import refused_arguments
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Module, Value, argument
from configvars.syntax.python import Node


def refused_by_library(
    machine: Machine,
    module: Module,
    node: Node,
    path: str,
    positional: list[Value],
    named_ones: Mapping[str, Value],
) -> None:
    """Note that a call of a library fails, unless the library reads a variable instead that may be set."""
    for each in refused_arguments(path):
        value = argument(positional, named_ones, each.name, each.position)
        if value is None or not each.unless.isdisjoint(named_ones):
            continue
        if not all(machine.is_unset(module, node, name, value.empty) for name in each.instead):
            continue
        none = machine.none_without(value) if each.none is not None else NO_READS
        empty = value.empty - value.absent if each.empty is not None else NO_READS
        empty |= machine.empty_without(value) if each.empty is not None else NO_READS
        machine.fail(module, node, none | empty)
