"""What `dj_database_url.config` returns while a program starts: no keys at all without its variable."""

from __future__ import annotations

from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import (
    NO_READS,
    NONE,
    UNKNOWN,
    Module,
    Reads,
    Table,
    Value,
    constant,
    text_of,
)
from configvars.syntax.python import Node

DATABASE_URL = "dj_database_url.config"
_USUAL = constant("DATABASE_URL")


def database_of(
    machine: Machine, module: Module, node: Node, positional: list[Value], named_ones: dict[str, Value]
) -> Value:
    """The result of `dj_database_url.config(env, default)`; unknown if something may give it a URL."""
    name = text_of(positional[0] if positional else named_ones.get("env", _USUAL))
    default = positional[1] if len(positional) > 1 else named_ones.get("default", NONE)
    if name is None:
        return UNKNOWN
    own = machine.read(module, node, name, None).absent & machine.unset
    if not own or not _is_false(machine, default):
        return UNKNOWN
    return Value(empty=own, known=Table(without=dict.fromkeys(("ENGINE", "NAME"), own)))


def _is_false(machine: Machine, default: Value) -> bool:
    reads: Reads = machine.false_without(default) if default.truth is None else NO_READS
    return default.truth is False or bool(reads & machine.unset)
