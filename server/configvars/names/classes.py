"""Classes of the workspace and access to their members."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.limits import LINEAGE
from configvars.names import calls, functions, paths
from configvars.names.flow import reaching
from configvars.names.scopes import scope_of
from configvars.names.values import (
    UNKNOWN,
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
from configvars.syntax.python import Node, named
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def class_of(evaluator: Evaluator, node: Node) -> Class:
    """The value of a class statement."""
    name = node.child_by_field_name("name")
    return Class(evaluator.home(node), evaluator.tree.source(name) if name else "")


def bases(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    """The base classes in a class statement, in order."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.bases(evaluator.path, cls)
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
        found = _member_of_base(evaluator, base, name, isinstance(of, Instance))
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
    """The first value that a class or its base classes (depth first) have.

    Iterative, so that a long chain of base classes cannot exceed the recursion limit.
    """
    waiting: list[Value] = [cls]
    seen: set[Value] = set()
    while waiting:
        value = waiting.pop()
        if value in seen:
            continue
        if len(seen) > LINEAGE.most:
            evaluator.tree.hits.count(LINEAGE)
            break
        seen.add(value)
        if isinstance(value, Class) and value.home.path == evaluator.path:
            if found := _written(evaluator, value.home, name):
                return one_of(list(found))
            waiting.extend(reversed(bases(evaluator, value)))
        elif (found_there := _member_of_base(evaluator, value, name, of_instance)) != UNKNOWN:
            return found_there
    return UNKNOWN


def _written(evaluator: Evaluator, home: Mark, name: str) -> tuple[Value, ...]:
    """The values that a class of this file itself assigns to a name."""
    node = evaluator.node(home)

    def found() -> Value:
        return Sequence(tuple(written(evaluator, node, name)) if node is not None else ())

    known = evaluator.guarded(("written", home, name), found)
    return known.items if isinstance(known, Sequence) else ()


def _member_of_base(evaluator: Evaluator, base: Value, name: str, of_instance: bool) -> Value:
    """The value of a member of a base class that is not in this file."""
    if isinstance(base, Class):
        return own_member(evaluator, base, name, of_instance)
    if not isinstance(base, External):
        return UNKNOWN
    value = member(evaluator, step(base, "()") if of_instance else base, name)
    is_outside = isinstance(value, External) and not evaluator.interest.covers(value.path)
    return UNKNOWN if is_outside else value


def written(evaluator: Evaluator, node: Node, name: str) -> list[Value]:
    """The values assigned in the class body and, for an instance, by `self.name = …`."""
    own = evaluator.scopes.in_scope(name, node)
    found = [evaluator.bound(binding) for binding in reaching(own, node, node, later=True)]
    assigned = _assigned(evaluator, node, name)
    found.extend(evaluator.value(source.child_by_field_name("right")) for source in assigned)
    if not found:
        for leaf in evaluator.tree.words(name, node):
            parent = leaf.parent
            if parent is not None and parent.type == "assignment" and scope_of(parent).id == node.id:
                annotated = functions.of_annotation(evaluator, parent)
                found.extend([annotated] if annotated is not None else [])
    return found


def _assigned(evaluator: Evaluator, node: Node, name: str) -> list[Node]:
    """The assignments `self.name = …` and `cls.name = …` in the methods of a class."""
    found: list[Node] = []
    for leaf in evaluator.tree.words(name, node):
        attribute = leaf.parent
        target = attribute.parent if attribute is not None and attribute.type == "attribute" else None
        if attribute is None or target is None or target.type != "assignment":
            continue
        if target.child_by_field_name("left") != attribute or target.child_by_field_name("right") is None:
            continue
        of = evaluator.value(attribute.child_by_field_name("object"))
        cls = of.cls if isinstance(of, Instance) else of
        if isinstance(cls, Class) and evaluator.node(cls.home) == node:
            found.append(target)
    return found


def instance(evaluator: Evaluator, cls: Class, given: Arguments) -> Value:
    """The result of calling a class: an instance with the arguments of its constructor."""
    constructor = own_member(evaluator, cls, "__init__", True)
    if isinstance(constructor, Function):
        bound = calls.bind(functions.without_receiver(constructor), given)
        return Instance(
            cls,
            tuple(
                (Parameter(name, owner), value) for (name, owner), value in bound.items() if value != UNKNOWN
            ),
        )
    return Instance(cls)
