"""The apps of Celery that a program makes, and where their tasks are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from configvars.runs.starting.call import Call
from configvars.runs.starting.lists import texts_of
from configvars.runs.starting.values import Items, Value, text_of

if TYPE_CHECKING:
    from configvars.runs.starting.machine import Machine

_APPS = frozenset({"celery.Celery", "celery.app.Celery", "celery.app.base.Celery"})
_DISCOVERING = frozenset(f"{each}().autodiscover_tasks" for each in _APPS)


class Tasks(Struct):
    """How many apps of Celery a program makes, whether they use Django, and where their tasks are.

    `modules` are imported by name. `related` are packages, a function that returns them, or None for Django's
    apps, with the name of a module.
    """

    apps: int = 0
    with_django: bool = False
    modules: list[str] = field(default_factory=list)
    related: list[tuple[list[str] | Value | None, str]] = field(default_factory=list)


def note_tasks(machine: Machine, call: Call) -> None:
    """Note an app of Celery that a call makes, or the tasks that it is told to look for."""
    if call.path in _APPS:
        machine.tasks.apps += 1
        machine.tasks.with_django = bool(machine.environment.django_settings)
        machine.tasks.modules += texts_of(call.named.get("include"))
    elif call.path in _DISCOVERING:
        given, related = call.argument("packages", 0), call.argument("related_name", 1)
        name = "tasks" if related is None else text_of(related)
        if name:
            is_list = given is not None and isinstance(given.known, Items)
            machine.tasks.related.append((texts_of(given) if is_list else given, name))
