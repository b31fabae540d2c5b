"""What `dj_database_url.config` returns while a program starts: no keys at all without its variable."""

from __future__ import annotations

from configvars.runs.starting.clients import is_local, local_without
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import (
    NO_READS,
    NONE,
    UNKNOWN,
    Constant,
    Exact,
    Module,
    Reads,
    Table,
    Value,
    constant,
    text_of,
)
from configvars.syntax.python import Node

_USUAL = constant("DATABASE_URL")


def service_url(
    machine: Machine,
    module: Module,
    node: Node,
    path: str,
    positional: list[Value],
    named_ones: dict[str, Value],
) -> Value | None:
    """The result of a function of dj-database-url; None for other functions."""
    match path:
        case "dj_database_url.config":
            return _database_of(machine, module, node, positional, named_ones)
        case "dj_database_url.parse":
            return _parsed(machine, positional)
        case _:
            return None


def _database_of(
    machine: Machine, module: Module, node: Node, positional: list[Value], named_ones: dict[str, Value]
) -> Value:
    """The result of `dj_database_url.config(env, default)`; unknown if something may give it a URL."""
    name = text_of(positional[0] if positional else named_ones.get("env", _USUAL))
    default = positional[1] if len(positional) > 1 else named_ones.get("default", NONE)
    if name is None:
        return UNKNOWN
    own = machine.read(module, node, name, None).absent & machine.unset
    if own and not machine.has_server and is_local(text_of(default)):
        return _on_dyno(own)
    if not own or not _is_false(machine, default):
        return UNKNOWN
    return Value(empty=own, known=Table(without=dict.fromkeys(("ENGINE", "NAME"), own)))


def _parsed(machine: Machine, positional: list[Value]) -> Value:
    """The result of `dj_database_url.parse(url)`, if the URL is a default that names a server on the dyno."""
    by = local_without(machine, positional[0] if positional else None)
    return _on_dyno(by) if by else UNKNOWN


def _on_dyno(by: Reads) -> Value:
    host = Value(exact=Exact(Constant("localhost"), by))
    engine = constant("django.db.backends.postgresql")
    return Value(known=Table({"ENGINE": engine, "NAME": UNKNOWN, "HOST": host}))


def _is_false(machine: Machine, default: Value) -> bool:
    reads: Reads = machine.false_without(default) if default.truth is None else NO_READS
    return default.truth is False or bool(reads & machine.unset)
