"""What a server runs before an async web app serves: its handlers for the start, or its lifespan.

The server does not start if one of them raises an exception. A lifespan replaces the handlers of FastAPI and
Starlette, and counts up to its `yield`. Tried with FastAPI, Starlette 1, Quart 0.20, aiohttp 3 and Sanic 25.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.patterns import lazy_pattern
from configvars.runs.starting.call import Call
from configvars.runs.starting.endings import LeftError, ReturnedError
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.unknown_code import yields
from configvars.runs.starting.values import (
    UNKNOWN,
    Constant,
    External,
    Function,
    Items,
    Module,
    Scope,
    Value,
    argument,
    text_of,
)
from configvars.syntax.python import Node, named
from configvars.syntax.python_imports import Import

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls
    from configvars.runs.starting.machine import Machine

_APPS = frozenset(
    {
        *("aiohttp.web.Application", "fastapi.FastAPI", "fastapi.applications.FastAPI", "litestar.Litestar"),
        *("quart.Quart", "sanic.Sanic", "starlette.applications.Starlette"),
    }
)
_EVENTS = frozenset({"startup", "before_server_start", "main_process_start"})
# Methods that add a handler, with the positions of the event and of the handler. If the first is None, the
# method names the event.
_ADDING: Mapping[str, tuple[int | None, int]] = {
    "add_event_handler": (0, 1),
    "before_serving": (None, 0),
    "before_server_start": (None, 0),
    "cleanup_ctx.append": (None, 0),
    "listener": (0, 1),
    "main_process_start": (None, 0),
    "on_event": (0, 1),
    "on_startup.append": (None, 0),
    "register_listener": (1, 0),
    "router.add_event_handler": (0, 1),
    "while_serving": (None, 0),
}
_RUNNING = frozenset({"aiohttp.web.run_app", "hypercorn.asyncio.serve", "uvicorn.run"})
_METHODS_RUNNING = frozenset({"quart.Quart().run", "sanic.Sanic().run"})
_MANAGERS = frozenset({"asynccontextmanager", "contextlib.asynccontextmanager"})
_SERVERS = lazy_pattern(r"\b(?:gunicorn|uvicorn|hypercorn|fastapi|sanic|quart)\b")
_WITHOUT_NAME = lazy_pattern(r"\b(?:fastapi|sanic|quart)\b")
_NO_LIFESPAN = lazy_pattern(r"--lifespan[= ]off\b")


class WebApp(Struct, eq=False):
    """An app, and what runs before it serves; `lifespan` is None if it gets none."""

    known: External
    handlers: list[Value] = field(default_factory=list)
    lifespan: Value | None = None


def web_app(calls: Calls, call: Call) -> Value | None:
    """The app that a call makes; None for other calls, which may add a handler or start a server."""
    machine, path = calls.machine, call.path
    if machine.muted:
        return None
    if path in _APPS:
        app = WebApp(External(f"{path}()"), list(_listed(call.named.get("on_startup"))))
        app.lifespan = _lifespan(call.named, app)
        machine.web_apps.append(app)
        calls.unknown(UNKNOWN, call.positional, call.named)
        return Value(known=app.known)
    if path in _METHODS_RUNNING:
        start(calls, _owner(calls, call))
    elif path in _RUNNING and call.positional:
        start(calls, _meant(calls, call.module, call.first))
    elif (app_at := _app(machine, _owner(calls, call))) and (how := _adding(path, call.positional)):
        handler = argument(call.positional, {}, "", how[1])
        if handler is not None:
            app_at.handlers.append(handler)
    return None


def decorated(calls: Calls, scope: Scope, statement: Node, value: Value) -> None:
    """Note a function that a decorator adds as a handler: `@app.on_event("startup")`."""
    decorators = [each for each in named(statement) if each.type == "decorator"]
    if len(decorators) != 1 or not isinstance(value.known, Function) or not calls.machine.web_apps:
        return
    inner = named(decorators[0])[0]
    called = inner.child_by_field_name("function") if inner.type == "call" else inner
    given = inner.child_by_field_name("arguments") if inner.type == "call" else None
    expressions = calls.statements.expressions
    path = path_of(expressions.quietly(scope, called))
    app = _app(calls.machine, _base(calls, scope, called))
    first = [expressions.quietly(scope, each) for each in named(given)] if given is not None else []
    if app is not None and _adding(path, first) is not None:
        app.handlers.append(Value(known=replace(value.known, kind="")))


def serve(calls: Calls, commands: Iterable[str], app: Value) -> None:
    """Start the app that the command of a process serves."""
    serving = [each for each in commands if _SERVERS.search(each) and not _NO_LIFESPAN.search(each)]
    apps = calls.machine.web_apps
    if serving and app is UNKNOWN and len(apps) == 1 and all(map(_WITHOUT_NAME.search, serving)):
        app = Value(known=apps[0].known)
    if serving:
        start(calls, app)


def start(calls: Calls, value: Value) -> None:
    """Run what runs before an app serves."""
    app = _app(calls.machine, value)
    if app is None:
        return
    handlers, app.handlers = app.handlers, []
    for each in handlers if app.lifespan is None else [app.lifespan]:
        _run(calls, each, value)


def _run(calls: Calls, handler: Value, app: Value) -> None:
    function = handler.known
    body = function.node.child_by_field_name("body") if isinstance(function, Function) else None
    if not isinstance(function, Function) or body is None:
        return
    is_manager = yields(function.scope, body)
    if function.kind == "unknown" and not (is_manager and _is_manager(function)):
        return
    parameters = function.node.child_by_field_name("parameters")
    count = len(named(parameters)) if parameters is not None else 0
    given = [app, *[UNKNOWN] * count][: count - (function.bound is not None)]
    plain = replace(function, kind="")
    if not is_manager:
        calls.run(plain, given, {})
        return
    scope = Scope(function.scope.module, {}, function.scope)
    if calls.bound(scope, plain, [*([function.bound] if function.bound else []), *given], {}):
        try:
            with calls.machine.own_reasons():
                calls.statements.run(scope, body)
        except (LeftError, ReturnedError):
            return


def _is_manager(function: Function) -> bool:
    """Whether the only decorator of a generator makes it a context manager."""
    around = function.node.parent
    decorators = [each for each in named(around) if each.type == "decorator"] if around is not None else []
    written = [words(each, function.scope.module).removeprefix("@") for each in decorators]
    return len(written) == 1 and written[0] in _MANAGERS


def _lifespan(named_ones: Mapping[str, Value], app: WebApp) -> Value | None:
    """The lifespan that an app gets; those of a list run besides the handlers."""
    given = named_ones.get("lifespan")
    if given is not None and isinstance(given.known, Items):
        app.handlers[:0] = _listed(given)
        return None
    return None if given is None or given.known == Constant(None) else given


def _listed(value: Value | None) -> Sequence[Value]:
    known = value.known if value is not None else None
    return known.values if isinstance(known, Items) and not known.open else ()


def _adding(path: str, positional: Sequence[Value]) -> tuple[int | None, int] | None:
    """How a method adds a handler that runs before the app serves; None for other methods."""
    how = _ADDING.get(path.partition("().")[2])
    if how is None or how[0] is None:
        return how
    event = text_of(positional[how[0]]) if how[0] < len(positional) else None
    if event is None and len(positional) == 1:
        event = text_of(positional[0])  # `register_listener` has no form as a decorator
    return how if event in _EVENTS else None


def _app(machine: Machine, value: Value) -> WebApp | None:
    return next((each for each in machine.web_apps if each.known is value.known), None)


def _owner(calls: Calls, call: Call) -> Value:
    """The app whose method a call calls."""
    return _base(calls, call.scope, call.node.child_by_field_name("function"))


def _base(calls: Calls, scope: Scope, node: Node | None) -> Value:
    """The app of which an expression names an attribute: `app.on_startup.append`."""
    while node is not None and node.type == "attribute" and calls.machine.web_apps:
        node = node.child_by_field_name("object")
        value = calls.statements.expressions.quietly(scope, node)
        if _app(calls.machine, value) is not None:
            return value
    return UNKNOWN


def _meant(calls: Calls, module: Module, given: Value) -> Value:
    """The app that an argument of `uvicorn.run` is, or names: `"main:app"`."""
    text = text_of(given)
    if text is None:
        return given
    origin, _, name = text.partition(":")
    found = calls.machine.project.code.module(module.path, origin)
    if found is not None and found[0] == module.path:
        return module.names.get(name, UNKNOWN)
    calls.machine.imports(calls.statements, module, Import(origin))
    return calls.machine.meant(module, f"{origin}.{name}")
