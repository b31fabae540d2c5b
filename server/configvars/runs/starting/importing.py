"""The import statements of a program that starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names.imports import dotted
from configvars.runs.starting.handlers import is_missing, may_be_missing, may_lack_module, passes
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.values import UNKNOWN, Module, Scope, Unbound
from configvars.syntax.python import Node, named
from configvars.syntax.python_imports import Import

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements


def run_import(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run the modules that a statement imports, and bind its names."""
    machine, module = statements.machine, scope.module
    source = statement.child_by_field_name("module_name")
    parts = statement.children_by_field_name("name")
    if source is None:
        for part in parts:
            name = words(part.child_by_field_name("name") or part, module)
            machine.imports(statements, module, Import(name))
            _tries(machine, module, name)
            alias = part.child_by_field_name("alias")
            first = name.partition(".")[0]
            bound = words(alias, module) if alias is not None else first
            scope.names[bound] = machine.meant(module, name if alias is not None else first)
        return
    origin = words(source, module)
    names = [words(part.child_by_field_name("name") or part, module) for part in parts]
    machine.imports(statements, module, Import(origin, tuple(names)))
    if not names:
        _tries(machine, module, origin)
        _star(statements, scope, origin)
    for part, name in zip(parts, names, strict=True):
        _tries(machine, module, dotted(origin, name))
        alias = part.child_by_field_name("alias")
        bound = words(alias, module) if alias is not None else name
        value = machine.meant(module, dotted(origin, name))
        scope.names[bound] = machine.bound(module, part, value, ImportError)


def _tries(machine: Machine, module: Module, name: str) -> None:
    """Note that code in a `try` imports a module, or a name of it, which perhaps does not exist."""
    if not machine.handlers:
        return
    found = machine.project.code.module(module.path, name)
    if found is None and is_missing(name):
        passes(machine.handlers, ImportError, certain=True)
    if may_be_missing(machine.project, name) if found is None else not _has(machine, *found):
        may_lack_module(machine.handlers)


def _has(machine: Machine, path: str, name: str) -> bool:
    """Whether a module certainly has a name; it is empty for the module itself."""
    target = machine.modules.get(path)
    return not name or (target is not None and name in target.names)


def _star(statements: Statements, scope: Scope, origin: str) -> None:
    """`from module import *`; a module that is not known may bind any name."""
    machine = statements.machine
    known = machine.meant(scope.module, origin).known
    if isinstance(known, Module) and not known.open:
        for name in list(known.names):
            value = machine.attribute_of(known, name)
            if not name.startswith("_") and not (value.exact and isinstance(value.exact.known, Unbound)):
                scope.names[name] = value
    else:
        scope.names.update(dict.fromkeys(scope.names, UNKNOWN))


__all__ = ["named", "run_import"]
