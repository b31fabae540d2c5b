"""The settings of Django that a management command refuses: `DATABASES` and `CSRF_TRUSTED_ORIGINS`.

`migrate` connects to the database and runs the system checks; views and tasks only connect, and later. Read
and tried in Django 5.2: `db/utils.py`, `db/backends/*/base.py`, `core/checks/compatibility/django_4_0.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from configvars.pinned import is_older
from configvars.runs.starting.clients import local_without
from configvars.runs.starting.django_commands import managed
from configvars.runs.starting.exact import valid
from configvars.runs.starting.local_servers import has_no_server
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Items, Module, Reads, Table, Value, text_of
from configvars.text import Place

_POSTGRES = frozenset(
    {
        "django.contrib.gis.db.backends.postgis",
        "django.db.backends.postgresql",
        "django.db.backends.postgresql_psycopg2",
    }
)
_SQLITE = frozenset({"django.contrib.gis.db.backends.spatialite", "django.db.backends.sqlite3"})


def used_by_commands(machine: Machine, module: Module, commands: Sequence[str]) -> None:
    """Note what management commands, and views, need from the settings that a program has loaded."""
    name = machine.environment.django_settings
    settings = machine.meant(module, name).known if name else None
    if not isinstance(settings, Module) or settings.open:
        return
    does = managed(machine.project, commands)
    if does.uses_database or not does.any:
        _fail(machine, _of_database(machine, settings), later=not does.uses_database)
    if does.runs_checks and not is_older(machine.project, "Django", (4,), settings.path):
        _fail(machine, NO_READS.union(*_of_origins(machine, settings.names.get("CSRF_TRUSTED_ORIGINS"))))


def _fail(machine: Machine, reads: Reads, *, later: bool = False) -> None:
    for read in reads:
        machine.fail_at(Place(read.path, read.span), frozenset({read}), later=later)


def _of_database(machine: Machine, settings: Module) -> Reads:
    """The variables without which the default database has no engine or no name."""
    databases = settings.names.get("DATABASES")
    every = databases.known if databases is not None else None
    default = every.items.get("default") if isinstance(every, Table) and not every.open else None
    table = default.known if default is not None else None
    if not isinstance(table, Table) or table.open:
        return NO_READS
    engine = table.items.get("ENGINE")
    if engine is None:
        return table.without.get("ENGINE", NO_READS)
    backend, name = text_of(engine), table.items.get("NAME")
    if backend in _SQLITE and name is not None:
        return machine.false_without(name)
    if backend in _POSTGRES and "OPTIONS" not in table.items:
        return _of_postgres(machine, name, table.items.get("HOST"))
    return machine.false_without(engine)


def _of_postgres(machine: Machine, name: Value | None, host: Value | None) -> Reads:
    """Django refuses an empty name, but not None; without a host, it looks for a server on the dyno."""
    found = NO_READS if name is None else name.empty - name.absent | machine.empty_without(name)
    if host is None:
        return found
    found |= local_without(machine, host)
    of_host = machine.false_without(host)
    return found | of_host if has_no_server(machine, of_host) else found


def _of_origins(machine: Machine, origins: Value | None) -> Iterator[Reads]:
    """The variables without which an origin is None, or has no scheme."""
    if origins is None:
        return
    exact = valid(origins, machine.unset)
    known = origins.known if exact is None else exact.known
    for each in known.values if isinstance(known, Items) and not known.open else ():
        yield machine.none_without(each)
        found = machine.content(each)
        if found is not None and found[0] == [""]:
            yield machine.empty_without(each)
