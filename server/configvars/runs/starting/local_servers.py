"""Connections to PostgreSQL that find no server on a dyno, because no argument names one."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.runs.starting.call import Call
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Reads, Value

# The functions, with the argument that contains a URL or a connection string, and its position.
_CONNECTING = {
    "asyncpg.connect": ("dsn", 0),
    "asyncpg.create_pool": ("dsn", 0),
    "psycopg.AsyncConnection.connect": ("conninfo", 0),
    "psycopg.Connection.connect": ("conninfo", 0),
    "psycopg.connect": ("conninfo", 0),
    "psycopg2.connect": ("dsn", 0),
    "psycopg2.pool.SimpleConnectionPool": ("dsn", 2),
    "psycopg2.pool.ThreadedConnectionPool": ("dsn", 2),
}
_NAMING = ("host", "hostaddr", "service")
# The variables from which libpq and asyncpg take a server.
_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGSERVICE")


def finds_no_server(machine: Machine, call: Call) -> None:
    """Note that a program connects to a local socket, where a dyno has no server."""
    if call.path not in _CONNECTING or not _connects(call):
        return
    dsn = call.argument(*_CONNECTING[call.path])
    named = [call.named[name] for name in _NAMING if name in call.named]
    given = named if dsn is None else [dsn, *named]
    reads = _all_lacking(machine, given)
    if has_no_server(machine, reads):
        machine.fail(call.module, call.node, reads)


def _connects(call: Call) -> bool:
    """Whether a function connects at once: a pool of psycopg2 does, unless its least number is 0."""
    least = call.argument("minconn", 0) if ".pool." in call.path else None
    return least is None or least.truth is True


def has_no_server(machine: Machine, reads: Reads) -> bool:
    """Whether the environment names no server of PostgreSQL either."""
    return all(
        machine.environment.is_unset(read.path, read.span, name) for read in reads for name in _VARIABLES
    )


def _all_lacking(machine: Machine, values: Iterable[Value]) -> Reads:
    """The variables without which all values are None or empty; none if one of them may be something else."""
    found = NO_READS
    for value in values:
        reads = machine.false_without(value)
        if not reads & machine.unset:
            if value.truth is False:
                continue
            return NO_READS
        found |= reads
    return found
