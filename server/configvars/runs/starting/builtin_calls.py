"""Functions of Python that work on values which are not exactly known: `map`, `filter`, `getattr`."""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

from configvars.patterns import lazy_pattern
from configvars.runs.starting.assigning import assign_attribute
from configvars.runs.starting.call import Call
from configvars.runs.starting.exact import depending, valid_by
from configvars.runs.starting.machine import path_of
from configvars.runs.starting.pure import generated
from configvars.runs.starting.tables import all_names, as_dict, attributes_of, attributes_of_class, fields_of
from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Class,
    Constant,
    Exact,
    External,
    Function,
    Items,
    Module,
    Object,
    Scope,
    Table,
    Unbound,
    Value,
    constant,
    text_of,
)
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_TYPES = {f"builtins.{each.__name__}": each for each in (bool, dict, float, int, list, set, str, tuple)}
_STAR = lazy_pattern(r"\bimport\s*\*")


def of_builtin(calls: Calls, call: Call) -> Value | None:
    """The result of such a function; None for others, and if nothing is known about it."""
    match call.path, call.positional:
        case "builtins.map", [function, items]:
            return _mapped(calls, call, function, items)
        case "builtins.filter" | "itertools.filterfalse", [function, items]:
            return _filtered(calls, call, function, items)
        case "builtins.zip", [*columns] if not call.named:
            return _zipped(columns)
        case "builtins.isinstance", [one, kinds]:
            return _is_instance(calls, one, kinds)
        case "builtins.getattr", [on, name, *default]:
            return _attribute(calls, call, on, name, default)
        case "builtins.setattr", [on, name, value] if not calls.machine.muted:
            word = text_of(name)
            if word is not None:
                assign_attribute(on, word, value)
                calls.machine.note_passed(UNKNOWN, on)
                return UNKNOWN
        case "builtins.globals", []:
            return Value(known=call.module)
        case _, [Value(known=Class() | Object())] if not call.named:
            return _attributes(calls, call, call.first)
        case _:
            return _of_module(calls, call)
    return None


def _attributes(calls: Calls, call: Call, of: Value) -> Value | None:
    """What a function returns that shows the attributes of a class or an object."""
    match call.path, of.known:
        case "builtins.vars", Object() as one:
            return attributes_of(one)
        case "builtins.vars", Class() as one:
            return attributes_of_class(calls.machine, one)
        case "builtins.dir", Class() | Object() as one:
            return all_names(one)
        case "dataclasses.fields", Class() | Object() as one:
            return fields_of(one)
        case "dataclasses.asdict", Object() as one:
            return as_dict(one)
        case _:
            return _of_module(calls, call)


def _of_module(calls: Calls, call: Call) -> Value | None:
    match call.path, call.positional:
        case "functools.wraps()" | "functools.update_wrapper", [function, *_]:
            return function
        case "types.SimpleNamespace", []:
            return Value(known=Object(Class({}), dict(call.named)))
        case "collections.namedtuple", [_, names] if not call.named:
            words = (text_of(names) or "").replace(",", " ").split()
            fields = tuple(words or (text_of(each) or "" for each in _items(names) or ()))
            return Value(known=Class({}, fields=fields)) if fields else None
        case "itertools.chain", [*parts]:
            found = [_items(each) for each in parts]
            known = [value for each in found for value in each or ()]
            return Value(known=Items(tuple(known))) if None not in found else None
        case "builtins.next", [items]:
            calls.machine.computed(call.module, call.node, lambda one: next(iter(one)), items)
        case _:
            pass
    return None


def _items(value: Value) -> tuple[Value, ...] | None:
    known = value.known
    return known.values if isinstance(known, Items) and not known.open else None


def _mapped(calls: Calls, call: Call, function: Value, items: Value) -> Value | None:
    """The results for all items. Python computes them only later, so what fails is not noted here."""
    values = _items(items)
    is_lambda = isinstance(function.known, Function) and function.known.node.type == "lambda"
    if values is None or not (is_lambda or isinstance(function.known, External)):
        return None
    calls.machine.muted += 1
    try:
        results = [calls.applied(call.scope, call.node, function, [each]) for each in values]
    finally:
        calls.machine.muted -= 1
    return Value(known=Items(tuple(results)))


def _filtered(calls: Calls, call: Call, function: Value, items: Value) -> Value | None:
    """The items for which a function is true, or is false for `filterfalse`, if all results are known."""
    results = items if _is_none(function) else _mapped(calls, call, function, items)
    tests, values, unset = _items(results or UNKNOWN), _items(items), calls.machine.unset
    if tests is None or values is None:
        return None
    truths = [calls.machine.truth(each) for each in tests]
    if None in truths:
        return None
    wanted = call.path == "builtins.filter"
    kept = (value for value, truth in zip(values, truths, strict=True) if truth is wanted)
    by = NO_READS.union(*(valid_by(each, unset) for each in tests))
    found = Items(tuple(kept), kind=generated)
    return Value(exact=Exact(found, by)) if by else Value(known=found)


def _is_none(value: Value) -> bool:
    return isinstance(value.known, Constant) and value.known.content is None


def _zipped(columns: list[Value]) -> Value | None:
    found = [_items(each) for each in columns]
    known = [each for each in found if each is not None]
    if not known or len(known) != len(found):
        return None
    return Value(known=Items(tuple(Value(known=Items(row, kind=tuple)) for row in zip(*known, strict=False))))


def _is_instance(calls: Calls, one: Value, kinds: Value) -> Value | None:
    """`isinstance` of a value whose type is known, and types of Python."""
    named_kinds = kinds.known.values if isinstance(kinds.known, Items) else (kinds,)
    types = [_TYPES.get(path_of(each)) for each in named_kinds]
    found = calls.machine.content(one)
    kind = dict if isinstance(one.known, Table) else type(found[0][0]) if found is not None else None
    if kind is None or None in types:
        return None
    answer = constant(issubclass(kind, tuple(each for each in types if each is not None)))
    return depending(answer, found[1]) if found is not None else answer


def dict_of(call: Call) -> Value | None:
    """The result of `dict(pairs, key=value)` if all keys are known strings; None for other calls."""
    if call.path != "builtins.dict" or len(call.positional) > 1 or not (call.positional or call.named):
        return None
    pairs = [_items(each) for given in call.positional for each in _items(given) or (UNKNOWN,)]
    items = {text_of(row[0]): row[1] for row in pairs if row is not None and len(row) == 2}
    if len(items) != len(pairs) or None in items:
        return None
    return Value(known=Table({**{key: each for key, each in items.items() if key is not None}, **call.named}))


def _attribute(calls: Calls, call: Call, on: Value, name: Value, default: list[Value]) -> Value | None:
    """`getattr(on, name)`; noted if it fails because the name follows from variables that are not set."""
    found = calls.machine.content(name)
    word = found[0][0] if found is not None else text_of(name)
    if not isinstance(word, str):
        return None
    by = found[1] if found is not None else frozenset()
    if not _lacks(on, word) or _is_assigned(calls, word):
        value = calls.expressions.attribute(call.scope, on, word)
        is_bound = value.exact is None or not isinstance(value.exact.known, Unbound)
        return depending(value, by) if is_bound else UNKNOWN
    if default:
        return depending(default[0], by)
    calls.machine.fail_without(call.module, call.node, by, kind=AttributeError)
    return UNKNOWN


def _lacks(on: Value, word: str) -> bool:
    """Whether a value certainly has no attribute."""
    match on.known:
        case External("logging"):
            return not hasattr(logging, word)
        case Module(path, tree, names, open=False) if not word.startswith("__"):
            is_package = os.path.basename(path) == "__init__.py"
            return word not in names and not is_package and _never_names(tree.text, word)
        case Class(open=False, statement=Node() as statement, around=Scope(module)) as one:
            is_inherited = one.has(word) or hasattr(object, word)
            return not is_inherited and _never_names(module.tree.source(statement), word)
        case _:
            return False


def _is_assigned(calls: Calls, word: str) -> bool:
    """Whether any code of the project assigns an attribute of this name."""
    assigned = re.compile(rf"\.[ \t]*{re.escape(word)}[ \t]*=(?!=)")
    project = calls.machine.project
    return any(project.contains(path, assigned) for path in project.code.paths())


def _never_names(text: str, word: str) -> bool:
    """Whether code does not contain a word, nor imports names that it does not list."""
    return not _STAR.search(text) and re.search(rf"\b{re.escape(word)}\b", text) is None
