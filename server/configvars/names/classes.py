"""Classes of the workspace and access to their members."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.limits import LINEAGE
from configvars.names import calls, functions, members, paths
from configvars.names.declared import declared
from configvars.names.values import (
    UNKNOWN,
    UNSET,
    Arguments,
    Class,
    External,
    FilePath,
    Function,
    Instance,
    Missing,
    Module,
    OneOf,
    Parameter,
    Sequence,
    Str,
    Value,
    alternatives,
    one_of,
    step,
)
from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

# Classes whose objects only say that something was not passed: `MISSING = Missing()`.
_SENTINEL = lazy_pattern(
    r"_*(?:Missing|Unset|Undefined|Not_?(?:Set|Given|Provided)|No_?(?:Default|Value)|Sentinel|Omit(?:ted)?)(?:Type|Class)?_*",
    re.IGNORECASE,
)


def class_of(evaluator: Evaluator, node: Node) -> Class:
    """The value of a class statement."""
    name = node.child_by_field_name("name")
    return Class(evaluator.home(node), evaluator.tree.source(name) if name else "")


def bases(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    """The base classes in a class statement, in order."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.bases(evaluator.path, cls)
    found = evaluator.guarded(("bases", cls.home), lambda: Sequence(_bases(evaluator, cls)))
    return found.items if isinstance(found, Sequence) else (UNKNOWN,)


def _bases(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    found = [
        child
        for child in _arguments(evaluator.node(cls.home))
        if child.type not in ("keyword_argument", "list_splat", "dictionary_splat")
    ]
    if len(found) > LINEAGE.most:
        evaluator.tree.hits.count(LINEAGE)
    return tuple(map(evaluator.value, found[: LINEAGE.most]))


def keywords(evaluator: Evaluator, cls: Class) -> tuple[tuple[str, Value], ...]:
    """The keywords of a class statement: `class Settings(BaseSettings, env_prefix="A_")`."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.keywords(evaluator.path, cls)
    found: list[tuple[str, Value]] = []
    for child in _arguments(evaluator.node(cls.home)):
        word = child.child_by_field_name("name") if child.type == "keyword_argument" else None
        if word is not None:
            found.append((evaluator.tree.source(word), evaluator.value(child.child_by_field_name("value"))))
    return tuple(found)


def _arguments(node: Node | None) -> list[Node]:
    superclasses = node.child_by_field_name("superclasses") if node is not None else None
    return named(superclasses) if superclasses is not None else []


def lineage(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    """A class and all its base classes, each once, nearest first."""
    found = evaluator.guarded(("lineage", cls), lambda: Sequence(tuple(_lineage(evaluator, cls))))
    return found.items if isinstance(found, Sequence) else (cls,)


def _lineage(evaluator: Evaluator, cls: Class) -> Iterator[Value]:
    waiting: deque[Value] = deque([cls])
    seen: set[Value] = set()
    while waiting:
        value = waiting.popleft()
        if value in seen:
            continue
        if len(seen) > LINEAGE.most:
            evaluator.tree.hits.count(LINEAGE)
            return
        seen.add(value)
        yield value
        if isinstance(value, Class):
            waiting.extend(choice for base in bases(evaluator, value) for choice in alternatives(base))


def member(evaluator: Evaluator, of: Value, name: str) -> Value:
    """The value of `of.name`."""
    match of:
        case External():
            return _external_member(evaluator, of, name)
        case Module():
            return evaluator.ask(f"{of.dotted}.{name}")
        case OneOf():
            return one_of([member(evaluator, value, name) for value in of.values])
        case Parameter() if of.default is not None:
            return member(evaluator, of.default, name)
        case FilePath():
            return paths.member(of, name)
        case Str():
            return of if name == "value" else UNKNOWN  # a member of an Enum
        case Missing():
            return Missing(f"{of.dotted}.{name}", of.path)
        case Class() | Instance():
            return _taken(evaluator, of, name)
        case _:
            return UNKNOWN


def _external_member(evaluator: Evaluator, of: External, name: str) -> Value:
    value = step(of, f".{name}")
    if isinstance(value, External):
        path = evaluator.interest.canonical(value.path)
        if path in evaluator.interest.constants:
            return evaluator.interest.constants[path]
        if path != value.path:
            return External(path)
    return value


def _taken(evaluator: Evaluator, of: Class | Instance, name: str) -> Value:
    """A member taken from a class or an instance; a method is bound to it."""
    cls = of if isinstance(of, Class) else of.cls
    for parameter, value in of.bound if isinstance(of, Instance) else ():
        if parameter.name == f".{name}":
            return value
    return _bound_to(evaluator, of, own_member(evaluator, cls, name, isinstance(of, Instance)))


def _bound_to(evaluator: Evaluator, of: Class | Instance, found: Value) -> Value:
    bound = of.bound if isinstance(of, Instance) else ()
    if isinstance(found, Function):
        if found.kind == "property" and isinstance(of, Instance):
            return functions.result(
                evaluator, functions.without_receiver(calls.with_bound(found, bound, of.cls)), Arguments()
            )
        if found.kind == "class" or (found.kind == "function" and isinstance(of, Instance)):
            cls = of if isinstance(of, Class) else of.cls
            return functions.without_receiver(calls.with_bound(found, bound, cls))
        return found
    return calls.substitute(found, {(parameter.name, parameter.owner): value for parameter, value in bound})


def inherited(evaluator: Evaluator, of: Class | Instance, name: str) -> Value:
    """The value of `super().name`: that of the first base class, taken from the object of the method."""
    cls = of if isinstance(of, Class) else of.cls
    for base in bases(evaluator, cls):
        is_class = isinstance(base, Class)
        find = own_member if is_class else _of_outside
        found = find(evaluator, base, name, isinstance(of, Instance))  # type: ignore[arg-type]
        if found != UNKNOWN:
            return _bound_to(evaluator, of, found)
    return UNKNOWN


def own_member(evaluator: Evaluator, cls: Class, name: str, of_instance: bool) -> Value:
    """The value of a member of a class, of its instances, or of its base classes in order."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.member(evaluator.path, cls, name, of_instance)
    return evaluator.guarded(
        ("member", cls.home, name, of_instance), lambda: _found_member(evaluator, cls, name, of_instance)
    )


def _found_member(evaluator: Evaluator, cls: Class, name: str, of_instance: bool) -> Value:
    """The member of a class or an instance; assignments in constructors override class bodies."""
    assigned: tuple[Value, ...] = ()
    body: tuple[Value, ...] = ()
    is_run = of_instance
    for value in order(evaluator, cls):
        own = _own(evaluator, value, name, of_instance)
        if is_run and not assigned:
            assigned = own.assigned
            if own.always:
                return one_of(list(assigned))
        is_run = is_run and own.goes_on
        body = body or own.body or (() if of_instance else own.assigned)
        if body and (not is_run or any(isinstance(one, Function) for one in body)):
            break
    return one_of([*assigned, *body])


def _own(evaluator: Evaluator, value: Value, name: str, of_instance: bool) -> members.Own:
    if isinstance(value, Class):
        return members.own(evaluator, value, name)
    found = _of_outside(evaluator, value, name, of_instance)
    return members.NONE if found == UNKNOWN else members.Own((found,))


def order(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    """A class and its bases in the order in which Python looks for a member."""
    found = evaluator.guarded(("order", cls), lambda: Sequence(tuple(_order(evaluator, cls))))
    return found.items if isinstance(found, Sequence) else (cls,)


def _order(evaluator: Evaluator, cls: Class) -> list[Value]:
    """Depth first; a class that occurs several times is placed last, after its subclasses."""
    waiting: list[Value] = [cls]
    met: list[Value] = []
    followed = 0
    while waiting:
        value = waiting.pop()
        if followed > LINEAGE.most:
            evaluator.tree.hits.count(LINEAGE)
            break
        met.append(value)
        if isinstance(value, Class):
            followed += 1
            above = [choice for base in bases(evaluator, value) for choice in alternatives(base)]
            waiting.extend(reversed(above))
    return list(dict.fromkeys(reversed(met)))[::-1]


def _of_outside(evaluator: Evaluator, base: Value, name: str, of_instance: bool) -> Value:
    """The member of a base class that is not a class of the workspace."""
    if not isinstance(base, External):
        return UNKNOWN
    value = member(evaluator, step(base, "()") if of_instance else base, name)
    is_outside = isinstance(value, External) and not evaluator.interest.covers(value.path)
    return UNKNOWN if is_outside else value


def constants(evaluator: Evaluator, cls: Class) -> list[Value]:
    """The values that iterating over an Enum yields; nothing for other classes."""
    above = lineage(evaluator, cls)
    if not any(isinstance(base, External) and base.path.startswith("enum.") for base in above):
        return []
    found = declared(evaluator, cls)
    return [one.value if one.value is not None else UNKNOWN for one in found if not one.name.startswith("_")]


def instance(evaluator: Evaluator, cls: Class, given: Arguments) -> Value:
    """The result of calling a class: an instance with the arguments of its constructor, or a sentinel."""
    if _SENTINEL.fullmatch(cls.name) and given == Arguments() and not _has_content(evaluator, cls):
        return UNSET
    constructor = own_member(evaluator, cls, "__init__", True)
    if not isinstance(constructor, Function):
        return Instance(cls, tuple(_fields_given(evaluator, cls, given)))
    bound: calls.Given = {}
    for owner in order(evaluator, cls):
        own = members.own(evaluator, owner, "__init__") if isinstance(owner, Class) else members.NONE
        if len(own.body) == 1 and isinstance(own.body[0], Function):
            bound.update(calls.bind(functions.without_receiver(own.body[0]), given))
            if own.above is None:
                break
            given = calls.filled(own.above, bound)
    return Instance(
        cls,
        tuple((Parameter(name, owner), value) for (name, owner), value in bound.items() if value != UNKNOWN),
    )


def _has_content(evaluator: Evaluator, cls: Class) -> bool:
    """Whether a class body assigns or annotates names other than special ones."""
    return any(not one.name.startswith("__") for one in declared(evaluator, cls))


def _fields_given(evaluator: Evaluator, cls: Class, given: Arguments) -> Iterator[tuple[Parameter, Value]]:
    """The fields of a dataclass or similar class that a call passes, as attributes of `self`."""
    if not (given.positional or given.keywords):
        return
    fields = members.fields(evaluator, cls)
    values = dict(zip(fields, given.positional, strict=False)) | dict(given.keywords)
    for name, value in values.items():
        for owner in order(evaluator, cls):
            if isinstance(owner, Class):
                yield Parameter(f".{name}", owner.home), value
