"""What calls of libraries refuse while a program starts: None, or an empty string."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from configvars.catalog.refusals import Refusal, refusals
from configvars.readers.absence import BREAKING
from configvars.runs.starting.local_servers import finds_no_server
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.regions import lacks_region
from configvars.runs.starting.values import NO_READS, Items, Module, Reads, Value, argument
from configvars.runs.starting.written_urls import refused_url
from configvars.syntax.python import Node


def refused(
    machine: Machine,
    module: Module,
    node: Node,
    path: str,
    positional: list[Value],
    named_ones: Mapping[str, Value],
) -> None:
    """Note that a call fails because of an argument that is None or empty, or names no server."""
    if path in BREAKING:
        kind = TypeError if path.partition(".")[0] in sys.stdlib_module_names else None
        among = positional if path == "os.path.join" else positional[:1]
        machine.fail(module, node, NO_READS.union(*map(machine.none_without, among)), kind=kind)
    for each in refusals(path):
        value = argument(positional, named_ones, each.name, each.position)
        if value is not None:
            machine.fail(module, node, _without(machine, each, value))
    lacks_region(machine, module, node, path, positional, named_ones)
    refused_url(machine, module, node, path, positional, named_ones)
    finds_no_server(machine, module, node, path, positional, named_ones)


def _without(machine: Machine, refusal: Refusal, value: Value) -> Reads:
    among = value.known.values if refusal.items and isinstance(value.known, Items) else (value,)
    found = NO_READS.union(*map(machine.none_without, among)) if refusal.none else NO_READS
    return found.union(*map(machine.empty_without, among)) if refusal.empty else found
