"""Clients of databases, caches and brokers whose server is on the dyno, where none runs.

The variable that names the server is not set, and the default is on this machine. The calls were tried with
redis 8, pymongo 4, SQLAlchemy 2.1 with psycopg2, and Celery 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from configvars.patterns import lazy_pattern
from configvars.runs.starting.call import Call
from configvars.runs.starting.endings import Use
from configvars.runs.starting.exact import first_of
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, External, Module, Read, Reads, Table, Value
from configvars.syntax.python import Node
from configvars.text import Place

# The argument that names the server, and its position; None if it is only passed by name.
_MADE: Mapping[str, tuple[str, int | None]] = {
    "celery.Celery": ("broker", None),
    "motor.motor_asyncio.AsyncIOMotorClient": ("host", 0),
    "pymongo.MongoClient": ("host", 0),
    "redis.Redis": ("host", 0),
    "redis.Redis.from_url": ("url", 0),
    "redis.StrictRedis": ("host", 0),
    "redis.StrictRedis.from_url": ("url", 0),
    "redis.asyncio.Redis.from_url": ("url", 0),
    "redis.asyncio.from_url": ("url", 0),
    "redis.from_url": ("url", 0),
    "sqlalchemy.create_engine": ("url", 0),
    "sqlalchemy.ext.asyncio.create_async_engine": ("url", 0),
}
_CONNECTING: Mapping[str, tuple[str, int | None]] = {
    "asyncpg.connect": ("dsn", 0),
    "psycopg.connect": ("conninfo", 0),
    "psycopg2.connect": ("dsn", 0),
    "psycopg2.pool.SimpleConnectionPool": ("dsn", 2),
    "psycopg2.pool.ThreadedConnectionPool": ("dsn", 2),
    "pymysql.connect": ("host", None),
}
_LOCAL = r"(?:localhost|127\.0\.0\.1|\[::1\])"
_SERVER = lazy_pattern(
    r"(?:amqps?|pyamqp|mariadb|mongodb|mysql|postgres|postgresql|rediss?)(?:\+\w+)?://(?:[^/@\s]*@)?"
    rf"{_LOCAL}(?:[:/?].*)?|(?:.*\s)?host={_LOCAL}(?:\s.*)?|{_LOCAL}"
)
# Methods with which a client connects, and that have no other meaning.
_METHODS = lazy_pattern(
    r"redis\..*\(\)\.(?:delete|exists|flushall|flushdb|get|hget|hgetall|hset|info|keys|ping|set|setex)"
    r"|sqlalchemy\.create_engine\(\)\.(?:begin|connect|execute|raw_connection)"
)
_CREATES = lazy_pattern(r"(?:.*\.)?metadata\.(?:create_all|reflect)")
_MONGO = "pymongo.MongoClient"
# Clients that are made without a server, and fail when they connect.
_OF_HOST = frozenset({_MONGO, "redis.Redis", "redis.StrictRedis"})
_INSTEAD = frozenset({"connection_pool", "unix_socket_path"})
_DEFAULT_DATABASE = frozenset({f"{_MONGO}().get_database", f"{_MONGO}().get_default_database"})
_ADDRESS = "SQLALCHEMY_DATABASE_URI"
_WORKER = lazy_pattern(r"\bcelery\b.*\s(?:worker|beat)\b")
_CONFIGURES = lazy_pattern(r"config_from_object|\bconf\.update\(|\b(?:conf\.)?broker_url\b|\bconf\[")
_BROKERS = ("CELERY_BROKER_READ_URL", "CELERY_BROKER_URL", "CELERY_BROKER_WRITE_URL")
# Commands that start a server or a tunnel on the dyno.
_STARTS_SERVER = lazy_pattern(
    r"redis-server|mongod\b|mysqld|pg_ctl|postgres\s+-D|rabbitmq|stunnel|proxy|tunnel|ssh\b"
)


def is_local(content: object) -> bool:
    """Whether a string is the URL, connection string or host of a server on the same machine."""
    return isinstance(content, str) and _SERVER.fullmatch(content) is not None


def local_without(machine: Machine, value: Value | None) -> Reads:
    """The variables without which a value names a server on the dyno, where the program starts none."""
    found = machine.content(value) if value is not None and not machine.has_server else None
    return first_of(found[1]) if found is not None and is_local(found[0][0]) else NO_READS


def made(machine: Machine, call: Call) -> Reads:
    """The variables without which a call makes a client of a server on the dyno, or of none.

    Notes that the call fails if it connects at once.
    """
    path = call.path
    if path in _CONNECTING:
        for each in (call.argument(*_CONNECTING[path]), call.named.get("host")):
            machine.fail(call.module, call.node, local_without(machine, each))
        return NO_READS
    value = call.argument(*_MADE[path]) if path in _MADE else None
    if value is None or machine.muted:
        return NO_READS
    place = Place(call.module.path, call.module.tree.span(call.node))
    lacking = local_without(machine, value)
    if not machine.handlers:
        machine.clients += [(read, path, Use(place, later=True, local=True)) for read in lacking]
    if path == "celery.Celery":
        machine.clients += [(read, path, Use(place)) for read in machine.none_without(value)]
    if path in _OF_HOST and _INSTEAD.isdisjoint(call.named):
        return lacking | machine.none_without(value) | machine.empty_without(value)
    return lacking


def connected(
    machine: Machine, module: Module, node: Node, function: Value, called: str, given: Sequence[Value]
) -> None:
    """Note that a program uses a client while it starts."""
    path, lacking = ("", NO_READS) if not isinstance(function.known, External) else _parts(function.known)
    if _METHODS.fullmatch(path) or (path in _DEFAULT_DATABASE and not given):
        machine.fail(module, node, lacking)
    elif path == "flask_sqlalchemy.SQLAlchemy().create_all" and len(machine.apps) == 1:
        config = machine.apps[0].config.known
        if isinstance(config, Table) and not config.open:
            machine.fail(module, node, local_without(machine, config.items.get(_ADDRESS)))
    elif _CREATES.fullmatch(called):
        for each in given:
            if isinstance(each.known, External):
                machine.fail(module, node, each.known.lacking)


def _parts(known: External) -> tuple[str, Reads]:
    return known.path, known.lacking


def is_worker(commands: Sequence[str]) -> bool:
    """Whether a command starts a worker or the scheduler of Celery."""
    return any(map(_WORKER.search, commands))


def used_clients(machine: Machine, commands: Sequence[str]) -> None:
    """Note the clients that the program uses later, and the brokers from which a worker gets its tasks."""
    runs_worker = is_worker(commands)
    for read, path, use in machine.clients:
        if path == "celery.Celery" and runs_worker and _has_no_broker(machine, read, use.place.path):
            machine.need(read, replace(use, later=False))
        elif use.local:
            machine.need(read, use)


def _has_no_broker(machine: Machine, read: Read, path: str) -> bool:
    """Whether neither other code nor a variable that Celery reads names another broker."""
    if _CONFIGURES.search(machine.project.text_of(path) or ""):
        return False
    return all(machine.environment.is_unset(read.path, read.span, name) for name in _BROKERS)


def starts_server(commands: Iterable[str]) -> bool:
    """Whether commands start a server, or a tunnel to one, on the dyno."""
    return any(map(_STARTS_SERVER.search, commands))
