"""What `dj_database_url.config` returns while a program starts: no keys at all without its variable."""

from __future__ import annotations

from configvars.runs.starting.call import Call
from configvars.runs.starting.clients import is_local, local_without
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import (
    NO_READS,
    NONE,
    UNKNOWN,
    Constant,
    Exact,
    Reads,
    Table,
    Value,
    constant,
    text_of,
)

_USUAL = constant("DATABASE_URL")


def service_url(machine: Machine, call: Call) -> Value | None:
    """The result of a function of dj-database-url; None for other functions."""
    match call.path:
        case "dj_database_url.config":
            return _database_of(machine, call)
        case "dj_database_url.parse":
            return _parsed(machine, call)
        case _:
            return None


def _database_of(machine: Machine, call: Call) -> Value:
    """The result of `dj_database_url.config(env, default)`; unknown if something may give it a URL."""
    name = text_of(call.argument("env", 0) or _USUAL)
    default = call.argument("default", 1) or NONE
    if name is None:
        return UNKNOWN
    own = machine.read(call.module, call.node, name, None).absent & machine.unset
    if own and not machine.has_server and is_local(text_of(default)):
        return _on_dyno(own)
    if not own or not _is_false(machine, default):
        return UNKNOWN
    return Value(empty=own, known=Table(without=dict.fromkeys(("ENGINE", "NAME"), own)))


def _parsed(machine: Machine, call: Call) -> Value:
    """The result of `dj_database_url.parse(url)`, if the URL is a default that names a server on the dyno."""
    by = local_without(machine, call.first)
    return _on_dyno(by) if by else UNKNOWN


def _on_dyno(by: Reads) -> Value:
    host = Value(exact=Exact(Constant("localhost"), by))
    engine = constant("django.db.backends.postgresql")
    return Value(known=Table({"ENGINE": engine, "NAME": UNKNOWN, "HOST": host}))


def _is_false(machine: Machine, default: Value) -> bool:
    reads: Reads = machine.false_without(default) if default.truth is None else NO_READS
    return default.truth is False or bool(reads & machine.unset)
