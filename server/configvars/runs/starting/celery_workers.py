"""The modules with tasks that a worker of Celery, or its scheduler, loads when it starts.

Tried with Celery 5.7: an exception in one of them ends the worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from configvars.runs.starting.clients import is_worker
from configvars.runs.starting.django_setup import import_each, set_up
from configvars.runs.starting.lists import texts_of
from configvars.runs.starting.values import Function, Module, Value

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls


def load_tasks(calls: Calls, module: Module, commands: Sequence[str]) -> None:
    """Load what a worker loads: the apps of Django, and the modules with tasks."""
    tasks = calls.machine.tasks
    if tasks.apps != 1 or not is_worker(commands):
        return
    if tasks.with_django:
        set_up(calls, module)
    related = [f"{package}.{name}" for given, name in tasks.related for package in _packages(calls, given)]
    import_each(calls, module, [*related, *tasks.modules])


def _packages(calls: Calls, given: list[str] | Value | None) -> Iterable[str]:
    match given:
        case None:
            return calls.machine.django_apps if calls.machine.tasks.with_django else ()
        case Value(known=Function() as function):
            return texts_of(calls.run(function, [], {}))
        case list():
            return given
        case _:
            return ()
