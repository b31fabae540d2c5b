"""What calls of Python's own functions and of libraries do while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names.endings import EXITS
from configvars.runs.starting.argument_parsers import parser_of
from configvars.runs.starting.assigning import updated_environ
from configvars.runs.starting.builtin_calls import dict_of, of_builtin
from configvars.runs.starting.call import Call
from configvars.runs.starting.celery_tasks import note_tasks
from configvars.runs.starting.clients import made
from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.django_checks import note_registered
from configvars.runs.starting.django_setup import included, start
from configvars.runs.starting.environment import DJANGO_STARTS
from configvars.runs.starting.flask_needs import brings_engine, initialised
from configvars.runs.starting.known_functions import COLLECTING, result_of
from configvars.runs.starting.library_reads import read_by_library
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.pure import pure
from configvars.runs.starting.refused_by_libraries import refused_by_library
from configvars.runs.starting.refusing import refused
from configvars.runs.starting.service_urls import service_url
from configvars.runs.starting.unknown_code import is_success
from configvars.runs.starting.values import UNKNOWN, Constant, FlaskApp, Value, external, forget, text_of
from configvars.runs.starting.web_apps import web_app
from configvars.syntax.python import named
from configvars.syntax.python_programs import MIGRATING

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_AWAITING = frozenset({"asyncio.gather", "asyncio.run", "asyncio.wait_for"})
_GETTERS = frozenset({"os.getenv", "os.environ.get"})
# Extensions that fill the configuration from elsewhere.
_CONFIGURING = frozenset({"flask_appconfig", "flask_dotenv", "flask_dynaconf", "flask_env", "flask_environ"})
_MIGRATING = frozenset({f"alembic.command.{name}" for name in MIGRATING} | {"flask_migrate.upgrade"})
_SETTING = frozenset({"os.environ.setdefault", "os.putenv"})
_KEYS_OF_ENVIRON = frozenset({"os.environ.keys", "os.environ.copy"})
_INCLUDING = frozenset({"django.conf.urls.include", "django.urls.include"})
_OVERRIDING = frozenset({"django.test.override_settings", "django.test.utils.override_settings"})
_COPIES = frozenset(f"builtins.{name}" for name in (*COLLECTING, "dict", "iter"))


def called_outside(calls: Calls, call: Call) -> Value:
    """The result of a call of something outside of the folder."""
    machine, path = calls.machine, call.path
    refused_by_library(machine, call)
    refused(machine, call)
    found = read_by_library(calls, call) or dict_of(call)
    if found is None and (function := pure(path)) is not None:
        found = machine.computed(call.module, call.node, function, *call.positional, **call.named)
    found = found or of_builtin(calls, call)
    if found is not None:
        return found
    if path.startswith("os.") or (path in _COPIES and is_environ(call.first)):
        of_environ = _of_environ(calls, call)
        if of_environ is not None:
            return of_environ
    if path in DJANGO_STARTS:
        start(calls, call.module, path)
    if path in _INCLUDING and call.first is not None and not machine.muted:
        included(calls, call.module, call.first)
    machine.settings_changed |= path in _OVERRIDING
    if not machine.muted and not machine.handlers:
        _migrates(machine, call)
    if path in EXITS and not machine.muted:
        machine.end(call.module, call.node, SystemExit, fails=_says_error(call))
    if path in _AWAITING and "return_exceptions" not in call.named and not machine.muted:
        results = [calls.awaited(each) for each in call.positional]
        return results[0] if results else UNKNOWN
    return _of_library(calls, call)


def _says_error(call: Call) -> bool:
    """Whether an exit has the status of an error; not if only running `sys.exit(run())` would show it."""
    if is_success(call.module, call.node):
        return False
    if isinstance(status := call.first.known, Constant):
        return status.content not in (0, None)
    given = call.node.child_by_field_name("arguments")
    return all(each.type != "call" for each in (named(given)[:1] if given is not None else ()))


def _migrates(machine: Machine, call: Call) -> None:
    """Note a call that runs migrations, and the folder of the migrations that the code sets."""
    if call.path in _MIGRATING and "sql" not in call.named:
        machine.migrations.append((call.path, machine.migrations_in))
    elif call.path == "alembic.config.Config().set_main_option" and text_of(call.first) == "script_location":
        machine.migrations_in = text_of(call.positional[1]) if len(call.positional) > 1 else None


def _of_library(calls: Calls, call: Call) -> Value:
    machine, path = calls.machine, call.path
    if path.startswith("flask_") and path.partition(".")[0] not in _CONFIGURING:
        return _of_extension(calls, call)
    found = service_url(machine, call) or result_of(call) or parser_of(call) or web_app(calls, call)
    if found is not None and isinstance(found.known, FlaskApp) and not machine.muted:
        machine.apps.append(found.known)
    if found is not None:
        return found
    if not machine.muted:
        note_tasks(machine, call)
        note_registered(machine, call)
    lacking = made(machine, call)
    calls.unknown(external(path), call.positional, call.named)
    return external(f"{path}()", lacking)


def _of_extension(calls: Calls, call: Call) -> Value:
    """An extension of Flask, which needs keys of the app that it gets and only sets its defaults."""
    given = (*call.positional, *call.named.values())
    has_engine = call.path == "flask_sqlalchemy.SQLAlchemy" and brings_engine(call.named)
    if not has_engine:
        initialised(calls.machine, call.module, call.node, call.path, given)
    for each in given:
        if not isinstance(each.known, FlaskApp):
            forget(each)
    return UNKNOWN if has_engine else external(f"{call.path}()")


def _of_environ(calls: Calls, call: Call) -> Value | None:
    """The result of a function that reads or sets a variable, or copies `os.environ`; None for others."""
    machine, path = calls.machine, call.path
    if path in _KEYS_OF_ENVIRON or path in _COPIES:
        return external("os.environ")
    if path == "os.environ.update":
        updated_environ(machine, call.scope, call.node, call.first, call.named)
        return UNKNOWN
    name, default = text_of(call.first), call.argument("default", 1)
    if path in _GETTERS and name is not None:
        return machine.read(call.module, call.node, name, default)
    if path in _SETTING and name is not None and default is not None:
        as_default = path == "os.environ.setdefault"
        if not as_default or machine.is_unset(call.module, call.node, name, default.absent):
            machine.fail(call.module, call.node, machine.none_without(default))
        machine.environment.assign(name, default, as_default=as_default)
        return UNKNOWN
    return None
