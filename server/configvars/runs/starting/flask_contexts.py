"""The app that `flask.current_app` means while a program starts: `with app.app_context():`."""

from __future__ import annotations

from configvars.runs.starting.machine import Machine, path_of
from configvars.runs.starting.values import UNKNOWN, BoundMethod, External, FlaskApp, Value, external, forget

_CURRENT = "flask.current_app"
_ITSELF = "_get_current_object"
_CHANGED = frozenset({f"{_CURRENT}.config", f"{_CURRENT}.{_ITSELF}"})
_CONTEXTS = frozenset({"app_context", "test_request_context"})
_MADE = frozenset(f"{name}()" for name in _CONTEXTS)
_PUSHES = frozenset(f"{name}.{how}" for name in _MADE for how in ("push", "__enter__"))
_POPS = frozenset(f"{name}.{how}" for name in _MADE for how in ("pop", "__exit__"))


def current(machine: Machine, value: Value) -> Value:
    """The app whose context the program is in, if a value is `flask.current_app`; otherwise the value."""
    is_app = bool(machine.contexts) and path_of(value) == _CURRENT
    return machine.contexts[-1] if is_app and machine.contexts[-1].known is not None else value


def use_config(machine: Machine, path: str) -> None:
    """Note that code gets an app that is not known, or its configuration, which it may change."""
    if path in _CHANGED:
        for app in machine.apps:
            forget(app.config)


def attribute_of_app(on: Value, name: str) -> Value:
    """An attribute of an app, or of a context that a method of it returns: `app.app_context().push`."""
    match on.known:
        case FlaskApp(config) if name == "config":
            return config
        case FlaskApp() if name == "logger":
            return external("logging.getLogger()")
        case FlaskApp() if name in _CONTEXTS or name == _ITSELF:
            return Value(known=BoundMethod(on, name))
        case BoundMethod(app, made) if (
            isinstance(app.known, FlaskApp) and f"{made}.{name}" in _PUSHES | _POPS
        ):
            return Value(known=BoundMethod(app, f"{made}.{name}"))
        case _:
            return UNKNOWN


def context_method(machine: Machine, on: Value, name: str) -> Value:
    """The result of a method of an app, or of its context."""
    if name in _PUSHES and not machine.muted:
        machine.contexts.append(on)
    elif name in _POPS and not machine.muted and machine.contexts:
        machine.contexts.pop()
    return on if name == _ITSELF else Value(known=BoundMethod(on, f"{name}()"))


def note_given(machine: Machine, given: Value) -> None:
    """Note that unknown code gets a value: it may enter a context of an app."""
    if isinstance(given.known, BoundMethod) and given.known.name in _MADE:
        machine.contexts.append(UNKNOWN)


def enter(machine: Machine, manager: Value) -> None:
    """Enter a context manager. One that is not known may enter the context of any app."""
    match manager.known:
        case BoundMethod(on, name) if isinstance(on.known, FlaskApp) and name in _MADE:
            machine.contexts.append(on)
        case External(path) if path.rpartition(".")[2] not in _MADE:
            pass
        case _:
            machine.contexts.append(UNKNOWN)
