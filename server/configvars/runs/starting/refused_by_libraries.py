"""Arguments that libraries refuse while a program starts, because they are None or empty."""

from __future__ import annotations

from configvars.readers.refused_none import refused_arguments
from configvars.runs.starting.call import Call
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS


def refused_by_library(machine: Machine, call: Call) -> None:
    """Note that a call of a library fails, unless the library reads a variable instead that may be set."""
    for each in refused_arguments(call.path):
        value = call.argument(each.name, each.position)
        if value is None or not each.unless.isdisjoint(call.named):
            continue
        if not all(machine.is_unset(call.module, call.node, name, value.empty) for name in each.instead):
            continue
        none = machine.none_without(value) if each.none is not None else NO_READS
        empty = value.empty - value.absent if each.empty is not None else NO_READS
        empty |= machine.empty_without(value) if each.empty is not None else NO_READS
        machine.fail(call.module, call.node, none | empty)
