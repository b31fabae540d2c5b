"""The system checks of a project, which management commands run: `@register()`.

Tried with Django 5.2: a command does not go on if a check returns an `Error`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.call import Call
from configvars.runs.starting.django_commands import managed
from configvars.runs.starting.endings import LeftError, ReturnedError
from configvars.runs.starting.machine import Machine, path_of
from configvars.runs.starting.values import UNKNOWN, Function, Items, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_MODULES = ("django.core.checks", "django.core.checks.registry", "django.core.checks.messages")
_REGISTERS = frozenset(f"{module}.register" for module in _MODULES)
_ERRORS = frozenset(f"{module}.{name}()" for module in _MODULES for name in ("Critical", "Error"))


def note_registered(machine: Machine, call: Call) -> None:
    """Note a function that a call registers as a check."""
    if call.path in _REGISTERS:
        _note(machine, call.first, call.named)


def _note(machine: Machine, function: Value, options: Collection[str]) -> None:
    """Note a check; with `deploy=True`, commands do not run it."""
    if isinstance(function.known, Function) and "deploy" not in options and not machine.muted:
        machine.checks.append(replace(function.known, kind=""))


def decorated(calls: Calls, scope: Scope, statement: Node, value: Value) -> None:
    """Note a function that a decorator registers as a check."""
    decorators = [each for each in named(statement) if each.type == "decorator"]
    inner = named(decorators[0])[0] if len(decorators) == 1 else None
    called = inner.child_by_field_name("function") if inner is not None and inner.type == "call" else inner
    if called is None or path_of(calls.expressions.quietly(scope, called)) not in _REGISTERS:
        return
    given = inner.child_by_field_name("arguments") if inner is not None else None
    names = [each.child_by_field_name("name") for each in named(given)] if given is not None else []
    _note(calls.machine, value, [scope.module.tree.source(each) for each in names if each is not None])


def run_checks(calls: Calls, commands: Sequence[str]) -> None:
    """Run the checks, if a management command does so."""
    machine = calls.machine
    if machine.is_set_up and managed(machine.project, commands).runs_checks and not _may_be_silenced(machine):
        for each in machine.checks:
            _run(calls, each)


def _may_be_silenced(machine: Machine) -> bool:
    return any("SILENCED_SYSTEM_CHECKS" in each.names for each in machine.modules.values())


def _run(calls: Calls, function: Function) -> None:
    machine, module = calls.machine, function.scope.module
    scope = Scope(module, {}, function.scope)
    calls.bound(scope, function, [], {"app_configs": UNKNOWN, "databases": UNKNOWN})
    try:
        with machine.own_steps(), machine.own_reasons():
            calls.statements.run(scope, function.node.child_by_field_name("body"))
    except ReturnedError as returned:
        found, by = returned.value, returned.because
        items = found.known.values if isinstance(found.known, Items) and not found.known.open else ()
        if items and all(path_of(each) in _ERRORS for each in items):
            machine.fail(module, function.node, found.filled, raised=True)
            machine.fail_without(module, function.node, by & machine.unset, raised=True)
    except LeftError:
        return
