"""What calls of libraries refuse while a program starts: None, or an empty string."""

from __future__ import annotations

import sys

from configvars.catalog.refusals import Refusal, refusals
from configvars.readers.absence import BREAKING
from configvars.runs.starting.call import Call
from configvars.runs.starting.local_servers import finds_no_server
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.regions import lacks_region
from configvars.runs.starting.values import NO_READS, Items, Reads, Value
from configvars.runs.starting.written_urls import refused_url


def refused(machine: Machine, call: Call) -> None:
    """Note that a call fails because of an argument that is None or empty, or names no server."""
    if call.path in BREAKING:
        kind = TypeError if call.path.partition(".")[0] in sys.stdlib_module_names else None
        among = call.positional if call.path == "os.path.join" else call.positional[:1]
        machine.fail(call.module, call.node, NO_READS.union(*map(machine.none_without, among)), kind=kind)
    for each in refusals(call.path):
        value = call.argument(each.name, each.position)
        if value is not None:
            machine.fail(call.module, call.node, _without(machine, each, value))
    lacks_region(machine, call)
    refused_url(machine, call)
    finds_no_server(machine, call)


def _without(machine: Machine, refusal: Refusal, value: Value) -> Reads:
    among = value.known.values if refusal.items and isinstance(value.known, Items) else (value,)
    found = NO_READS.union(*map(machine.none_without, among)) if refusal.none else NO_READS
    return found.union(*map(machine.empty_without, among)) if refusal.empty else found
