"""What Django loads when it starts: its settings object, the apps, middleware and URLs.

Read and tried in Django 5.2: `conf/__init__.py`, `apps/registry.py`, `apps/config.py`, `core/checks/urls.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.imported_names import COMPLETED_BY_DJANGO
from configvars.runs.parsed_code import assigned_attributes, names_matched
from configvars.runs.starting.class_statements import PLAIN_BASES, closed, outside_bases
from configvars.runs.starting.django_commands import managed
from configvars.runs.starting.endings import NOT_USED, EndedError, OutOfStepsError
from configvars.runs.starting.environment import DJANGO_HANDLERS
from configvars.runs.starting.handlers import CaughtError, Handler, Handlers
from configvars.runs.starting.lists import texts_of
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import (
    UNKNOWN,
    Class,
    Constant,
    External,
    Function,
    Items,
    Module,
    Object,
    Unbound,
    Value,
    text_of,
)
from configvars.syntax.python_imports import Import

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

# The object changes these, or checks them by itself.
_CHANGED = COMPLETED_BY_DJANGO | {"CSRF_TRUSTED_ORIGINS", "DATABASES", "SECRET_KEY"}
# Libraries with which the object has other values than the module.
_REPLACING = frozenset({"appconf", "configurations", "dynaconf", "split_settings"})
_SETS = lazy_pattern(
    r"\b((?:set|del)attr|vars)\(\s*(?:\w+\.)*\w*(?:settings|conf)\w*\s*[,)](?!\s*[\"'])"
    r"|\b\w*settings(\.(?:configure\(|_wrapped\b|__dict__|__setattr__|_setup\b))"
)
_ADMINS = frozenset({"django.contrib.admin", "django.contrib.admin.apps.AdminConfig"})
_NOT_USED = lazy_pattern(r"\b(MiddlewareNotUsed)\b")
_MIXINS = frozenset({"django.utils.deprecation.MiddlewareMixin"})
_CONFIGS = frozenset({"django.apps.AppConfig", "django.apps.config.AppConfig"})


class _App(Struct):
    """An entry of `INSTALLED_APPS`: its package, and the class that configures it."""

    package: str
    config: Class | None = None


def setting(calls: Calls, module: Module, name: str) -> Value:
    """An attribute of `django.conf.settings`, which loads the settings when it is first used."""
    machine = calls.machine
    if not machine.muted:
        machine.django(calls.statements, module)
    settings = _settings(machine, module)
    if settings is None or not name.isupper() or name in _CHANGED or name not in settings.names:
        return UNKNOWN
    if name in assigned_attributes(machine.project):
        return UNKNOWN
    value = machine.attribute_of(settings, name)
    return UNKNOWN if value.exact is not None and isinstance(value.exact.known, Unbound) else value


def _settings(machine: Machine, module: Module) -> Module | None:
    """The settings module that has run; None if the settings object may have other values."""
    name = machine.environment.django_settings
    known = machine.meant(module, name).known if name else None
    if not isinstance(known, Module) or known.open or machine.settings_changed:
        return None
    return None if _are_replaced(machine.project) else known


def _are_replaced(project: Project) -> bool:
    """Whether code changes settings whose names it does not spell out."""

    def find() -> bool:
        paths = project.code.paths()
        return any(not _REPLACING.isdisjoint(project.code.top_modules(path)) for path in paths) or bool(
            names_matched(project, "settings that code replaces", _SETS, project.code.paths())
        )

    return project.remembered("settings object that differs", find)


def start(calls: Calls, module: Module, path: str) -> None:
    """Load what a function of `DJANGO_STARTS` loads."""
    if not calls.machine.muted:
        calls.machine.django(calls.statements, module)
        set_up(calls, module)
        if path in DJANGO_HANDLERS:
            _load_middleware(calls, module)


def set_up(calls: Calls, module: Module) -> None:
    """Load what `django.setup()` loads: the apps, then their models; then call `ready()` of each."""
    machine = calls.machine
    settings = _settings(machine, module)
    if settings is None or machine.is_set_up:
        return
    machine.is_set_up = True
    entries = texts_of(machine.attribute_of(settings, "INSTALLED_APPS"))
    machine.follow([path for each in entries for path in _files(machine, module, each)])
    try:
        with machine.own_steps():
            _load(calls, module, entries)
    except OutOfStepsError:
        return
    except (EndedError, RecursionError):
        machine.ended_in_apps = True
        raise


def _load(calls: Calls, module: Module, entries: Sequence[str]) -> None:
    found = [(each, _app(calls, module, each)) for each in entries]
    calls.machine.django_apps = packages = [app.package for _, app in found if app is not None]
    import_each(calls, module, [f"{each}.models" for each in packages])
    for entry, app in found:
        if entry in _ADMINS:
            import_each(calls, module, [f"{each}.admin" for each in packages])
        ready = app.config.names.get("ready") if app is not None and app.config is not None else None
        function = ready.known if ready is not None else None
        if isinstance(function, Function) and function.kind == "" and app is not None and app.config:
            calls.run(replace(function, bound=Value(known=Object(app.config, open=True))), [], {})


def import_each(calls: Calls, module: Module, names: Sequence[str]) -> None:
    """Import those modules that the folder has."""
    machine = calls.machine
    found = {name: machine.project.code.module(module.path, name) for name in names}
    ours = {name: each[0] for name, each in found.items() if each is not None and not each[1]}
    machine.follow([*ours.values()])
    for name in ours:
        machine.imports(calls.statements, module, Import(name))


def _load_middleware(calls: Calls, module: Module) -> None:
    """Import the middleware and create its objects, as the handler of WSGI or ASGI does."""
    machine = calls.machine
    settings = _settings(machine, module)
    if settings is None or not machine.is_set_up:
        return
    named_ones = [
        (each, machine.project.code.module(module.path, each)) for each in _middleware(machine, settings)
    ]
    ours = [(name, found[0]) for name, found in named_ones if found is not None and found[1]]
    machine.follow([path for _, path in ours])
    with machine.own_steps():
        for name, _ in ours:
            machine.imports(calls.statements, module, Import(name.rpartition(".")[0]))
            _create(calls, machine.meant(module, name))


def _middleware(machine: Machine, settings: Module) -> list[str]:
    return texts_of(machine.attribute_of(settings, "MIDDLEWARE"))[::-1]


def _leaves_out(project: Project) -> bool:
    """Whether code of the project may raise `MiddlewareNotUsed`."""
    return bool(names_matched(project, "middleware that is not used", _NOT_USED, project.code.paths()))


def _create(calls: Calls, middleware: Value) -> None:
    """Call a function or a class, which is not used if it raises `MiddlewareNotUsed`."""
    match middleware.known:
        case Function(kind="") as function:
            start = function
        case Class() as one if outside_bases(calls.expressions, one) <= PLAIN_BASES | _MIXINS:
            of = closed(one)
            method = of.find("__init__")
            if method is None or not isinstance(method.known, Function):
                return
            start = replace(method.known, bound=Value(known=Object(of)))
        case _:
            return
    around = Handlers((Handler((NOT_USED,)),) if _leaves_out(calls.machine.project) else ())
    calls.machine.handlers.append(around)
    try:
        calls.run(start, [UNKNOWN], {})
    except CaughtError as caught:
        if caught.handlers is not around:
            raise
    finally:
        calls.machine.handlers.pop()


def _files(machine: Machine, module: Module, entry: str) -> Iterator[str]:
    """The files that configure an app."""
    for dotted in (entry, f"{entry}.apps"):
        found = machine.project.code.module(module.path, dotted)
        if found is not None:
            yield found[0]


def _is_module(machine: Machine, module: Module, dotted: str) -> bool:
    found = machine.project.code.module(module.path, dotted)
    return found is not None and not found[1]


def _app(calls: Calls, module: Module, entry: str) -> _App | None:
    """Import an app of the folder, or the class that configures it; None if it is none of the folder."""
    machine = calls.machine
    found = machine.project.code.module(module.path, entry)
    if found is None:
        return None
    machine.imports(calls.statements, module, Import(entry))
    if found[1]:
        config = machine.meant(module, entry).known
        if not isinstance(config, Class) or config.outside not in _CONFIGS:
            return None
        package = text_of(config.names.get("name", UNKNOWN))
        return _App(package, config) if package else None
    configuring = f"{entry}.apps"
    if not _is_module(machine, module, configuring):
        return _App(entry)
    machine.imports(calls.statements, module, Import(configuring))
    known = machine.meant(module, configuring).known
    config = _only_config(known) if isinstance(known, Module) else None
    package = text_of(config.names.get("name", UNKNOWN)) if config is not None else entry
    return _App(package, config) if package else None


def _only_config(module: Module) -> Class | None:
    """The class that Django finds in a module of an app; None if it is not certain."""
    found: list[Class] = []
    for value in module.names.values():
        match value.known:
            case Class(outside=outside) as one if outside in _CONFIGS:
                if any(base.has("default") for base in one.bases):
                    return None
                found.append(one)
            case External(path) if path.endswith("Config") and path not in _CONFIGS:
                return None
            case _:
                pass
    if module.open:
        return None
    defaults = [(one, one.names.get("default", UNKNOWN).truth) for one in found]
    usual = [one for one, default in defaults if default is not False]
    chosen = usual if len(usual) == 1 else [one for one, default in defaults if default]
    return chosen[0] if len(chosen) == 1 else None


def load_urls(calls: Calls, module: Module, commands: Sequence[str]) -> None:
    """Load the URLs, which the system checks do that a management command runs."""
    machine = calls.machine
    settings = _settings(machine, module)
    if settings is None or not machine.is_set_up or not managed(machine.project, commands).runs_checks:
        return
    name = text_of(machine.attribute_of(settings, "ROOT_URLCONF"))
    if name:
        with machine.own_steps():
            included(calls, module, Value(known=Constant(name)))


def included(calls: Calls, module: Module, given: Value) -> None:
    """Load the module of URLs that `include("shop.urls")` names."""
    match given.known:
        case Items((first, *_), open=False):
            name = text_of(first)
        case _:
            name = text_of(given)
    if name and _is_module(calls.machine, module, name):
        calls.machine.follow(calls.machine.project.code.runs_at_import(module.path, Import(name)))
        calls.machine.imports(calls.statements, module, Import(name))
