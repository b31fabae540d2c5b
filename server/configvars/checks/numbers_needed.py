"""Uses of a value that raise an exception, because they work with numbers only, or with strings only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from configvars.flow_model import Kind, ValueUse

# These raise for a string; `*` and `%` may be intended.
_RAISING = frozenset({"+", "-", "/", "//", "**", "&", "|", ">>", "<<"})
_NUMBERS = frozenset(
    {"builtins.range", "builtins.abs", "builtins.round", "time.sleep", "asyncio.sleep", "datetime.timedelta"}
)
_OF_MATH = ("math.ceil", "math.floor", "math.log", "math.sqrt", "random.uniform")
_OF_SECRETS = (
    "secrets.randbelow",
    "secrets.token_bytes",
    "secrets.token_hex",
    "secrets.token_urlsafe",
    "os.urandom",
)
_COUNTING = (
    "threading.Semaphore",
    "threading.BoundedSemaphore",
    "asyncio.Semaphore",
    "socket.setdefaulttimeout",
)
_INTERVAL = frozenset({"weeks", "days", "hours", "minutes", "seconds"})
_SCHEDULERS = (
    *("background.BackgroundScheduler", "blocking.BlockingScheduler", "asyncio.AsyncIOScheduler"),
    *("gevent.GeventScheduler", "tornado.TornadoScheduler", "twisted.TwistedScheduler", "qt.QtScheduler"),
)
# Arguments of functions that take others, too, by position or name. Intervals of APScheduler: other triggers have no
# arguments of these names.
_ARGUMENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys((*_OF_MATH, *_OF_SECRETS, *_COUNTING), frozenset({"0", "1", "value", "nbytes"})),
        "concurrent.futures.ThreadPoolExecutor": frozenset({"0", "max_workers"}),
        "concurrent.futures.ProcessPoolExecutor": frozenset({"0", "max_workers"}),
        "asyncio.wait_for": frozenset({"1", "timeout"}),
        "collections.deque": frozenset({"1", "maxlen"}),
        "functools.lru_cache": frozenset({"0", "maxsize"}),
        "apscheduler.triggers.interval.IntervalTrigger": _INTERVAL,
        "flask_apscheduler.APScheduler().add_job": _INTERVAL,
        **dict.fromkeys((f"apscheduler.schedulers.{each}().add_job" for each in _SCHEDULERS), _INTERVAL),
        **dict.fromkeys(
            (f"apscheduler.schedulers.{each}().scheduled_job" for each in _SCHEDULERS), _INTERVAL
        ),
    }
)
# These also take None, which they get if the variable is not set.
_OR_NONE = frozenset(
    {
        *("asyncio.wait_for", "builtins.round", "collections.deque", "functools.lru_cache"),
        *("concurrent.futures.ThreadPoolExecutor", "concurrent.futures.ProcessPoolExecutor"),
        *("secrets.token_bytes", "secrets.token_hex", "secrets.token_urlsafe", "socket.setdefaulttimeout"),
    }
)
_TYPES: Mapping[Kind, type] = MappingProxyType({"list": list, "dict": dict, "number": int, "bool": bool})


def needs_text(use: ValueUse, kind: Kind) -> bool:
    """Whether a use calls a method that strings have, but not values of a kind."""
    of = _TYPES.get(kind)
    methods = (*use.through, use.what) if use.kind == "method" else use.through
    is_of_text = any(hasattr(str, name) and not hasattr(of, name) for name in methods[:1])
    return of is not None and is_of_text and not use.caught


def needs_number(use: ValueUse) -> bool:
    """Whether a use raises TypeError for every string."""
    if use.caught:
        return False
    if use.kind in ("order", "arithmetic"):
        return use.against == ("number",) and (use.kind == "order" or use.what in _RAISING)
    path, given = _function(use)
    return path in _NUMBERS or given in _ARGUMENTS.get(path, ())


def accepts_none(use: ValueUse) -> bool:
    """Whether a function that needs a number also takes None."""
    return _function(use)[0] in _OR_NONE


def called(use: ValueUse) -> str:
    """The function, the method or the operator, for messages."""
    path, _ = _function(use)
    return f"{path.removeprefix('builtins.').rpartition('().')[2]}()" if path else use.what


def _function(use: ValueUse) -> tuple[str, str]:
    """The function to which a use passes the value, and the argument, by name or position; empty if none."""
    if use.kind == "argument":
        path, _, given = use.what.removesuffix(")").rpartition("(")
        return path, given
    return (use.what, "0") if use.kind == "call" else ("", "")
