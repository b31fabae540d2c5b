"""The members of one class without its base classes: those in its body, and those that its methods assign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from configvars.names import classes, functions, operations
from configvars.names.declared import declared
from configvars.names.flow import arms, reaching
from configvars.names.scopes import function_of, scope_of
from configvars.names.values import Arguments, Class, Instance, Sequence, Value
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


class Own(Struct, frozen=True):
    """The values of a name in one class: in its body, and by `self.name = …` in its methods.

    `always`: the constructor always assigns it. `goes_on`: the constructor calls those of the base classes;
    if the name is `__init__`, `above` are the arguments of that call.
    """

    body: tuple[Value, ...] = ()
    assigned: tuple[Value, ...] = ()
    always: bool = False
    goes_on: bool = True
    above: Arguments | None = None


NONE = Own()


def own(evaluator: Evaluator, cls: Class, name: str) -> Own:
    """The values of a name in a class, without its base classes."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.own(evaluator.path, cls, name)
    node = evaluator.node(cls.home)
    if node is None:
        return NONE
    found = evaluator.guarded(("written", cls.home, name), lambda: _as_value(evaluator, node, name))
    if not isinstance(found, Sequence):
        return NONE
    body, assigned = found.items
    always = any(_is_in_constructor(evaluator, target) for target in _assigned(evaluator, node, name))
    goes_on, above = _constructors_above(evaluator, node)
    return Own(_items(body), _items(assigned), always, goes_on, above if name == "__init__" else None)


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Sequence) else ()


def _as_value(evaluator: Evaluator, node: Node, name: str) -> Value:
    """The values in the body and in the methods as one value, so that they are cached like any other."""
    targets = _assigned(evaluator, node, name)
    assigned = tuple(evaluator.value(target.child_by_field_name("right")) for target in targets)
    return Sequence((Sequence(tuple(in_body(evaluator, node, name, bool(targets)))), Sequence(assigned)))


def written(evaluator: Evaluator, node: Node, name: str) -> list[Value]:
    """The values in the class body and in the assignments to `self.name`."""
    targets = _assigned(evaluator, node, name)
    assigned = [evaluator.value(target.child_by_field_name("right")) for target in targets]
    return [*in_body(evaluator, node, name, bool(targets)), *assigned]


def in_body(evaluator: Evaluator, node: Node, name: str, is_assigned: bool) -> list[Value]:
    """The values of a name in the body of a class; without any value, that of its annotation."""
    bindings = evaluator.scopes.in_scope(name, node)
    found = [evaluator.bound(binding) for binding in reaching(bindings, node, node, later=True)]
    if not found and not is_assigned:
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


def _is_in_constructor(evaluator: Evaluator, assignment: Node) -> bool:
    """Whether an assignment runs whenever an instance is created."""
    function = function_of(assignment)
    name = function.child_by_field_name("name") if function is not None else None
    if function is None or name is None or name.text != b"__init__":
        return False
    return not arms(assignment, function)


def _constructors_above(evaluator: Evaluator, node: Node) -> tuple[bool, Arguments | None]:
    """Whether a class's constructor calls those of its base classes, and the arguments of that call."""
    if not evaluator.scopes.in_scope("__init__", node):
        return True, None
    for leaf in evaluator.tree.words("__init__", node):
        attribute = leaf.parent
        call = attribute.parent if attribute is not None and attribute.type == "attribute" else None
        if attribute is not None and call is not None and call.type == "call":
            given = operations.arguments(evaluator, call)
            of = attribute.child_by_field_name("object")
            is_bound = of is not None and of.type == "call"  # super().__init__, not Base.__init__
            return True, given if is_bound else replace(given, positional=given.positional[1:])
    return False, None


def fields(evaluator: Evaluator, cls: Class) -> list[str]:
    """The annotated names of a class and its bases in the order of a dataclass's fields: bases first."""
    above = [value for value in classes.order(evaluator, cls) if isinstance(value, Class)]
    found = [one.name for value in reversed(above) for one in declared(evaluator, value) if one.annotation]
    return list(dict.fromkeys(found))
