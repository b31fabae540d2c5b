"""Connections to PostgreSQL that find no server on a dyno, because no argument names one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Module, Reads, Value, argument
from configvars.syntax.python import Node

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


def finds_no_server(
    machine: Machine,
    module: Module,
    node: Node,
    path: str,
    positional: list[Value],
    named_ones: Mapping[str, Value],
) -> None:
    """Note that a program connects to a local socket, where a dyno has no server."""
    if path not in _CONNECTING or not _connects(path, positional, named_ones):
        return
    dsn = argument(positional, named_ones, *_CONNECTING[path])
    named = [named_ones[name] for name in _NAMING if name in named_ones]
    given = named if dsn is None else [dsn, *named]
    reads = _all_lacking(machine, given)
    if has_no_server(machine, reads):
        machine.fail(module, node, reads)


def _connects(path: str, positional: list[Value], named_ones: Mapping[str, Value]) -> bool:
    """Whether a function connects at once: a pool of psycopg2 does, unless its least number is 0."""
    least = argument(positional, named_ones, "minconn", 0) if ".pool." in path else None
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
