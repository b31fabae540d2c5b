"""The annotated and assigned names of a class body, in a form that other files can use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from configvars.names import functions, operations
from configvars.names.filled import corrected, filled
from configvars.names.portable import ToMark, portable, portable_arguments
from configvars.names.shapes import NO_SHAPE, Shape, shape_of
from configvars.names.values import UNKNOWN, Arguments, Class, Mapping, Value
from configvars.syntax.python import Node, named
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


class DeclaredCall(Struct, frozen=True):
    """A call in an annotation, or the call that is the value."""

    callee: Value
    given: Arguments


class Declared(Struct, frozen=True):
    """A name of a class body. `annotation` is the source text of its annotation, or empty.

    `is_called`: the last of the calls is the value. `item`: not the name itself but an item of it is
    assigned; `value` is the mapping of this key and value. `conditional`: the statement is inside a
    branch, or a method of the class may set the field before it is checked. `corrected`: a validator gets
    the value, or the default, before its type is checked.
    """

    name: str
    mark: Mark
    annotation: str = ""
    shape: Shape = NO_SHAPE
    value: Value | None = None
    calls: tuple[DeclaredCall, ...] = ()
    is_called: bool = False
    item: bool = False
    conditional: bool = False
    corrected: bool = False


def declared(evaluator: Evaluator, cls: Class) -> tuple[Declared, ...]:
    """The names that a class of any file declares, in order, without inherited ones."""
    if cls.home.path != evaluator.path:
        return evaluator.elsewhere.declared(evaluator.path, cls)
    node = evaluator.node(cls.home)
    body = node.child_by_field_name("body") if node is not None else None
    found = tuple(_declared(evaluator, body)) if body is not None else ()
    fields = frozenset(one.name for one in found if one.annotation)
    if body is None or not fields:
        return found
    set_before = filled(evaluator.tree, body, fields)
    changed = corrected(evaluator.tree, body, fields)
    return tuple(
        replace(one, conditional=one.conditional or one.name in set_before, corrected=one.name in changed)
        if one.name in set_before | changed
        else one
        for one in found
    )


def told(found: tuple[Declared, ...], mark: ToMark) -> tuple[Declared, ...]:
    """The same in a form that other files can use."""
    return tuple(
        replace(
            one,
            value=None if one.value is None else portable(one.value, mark),
            calls=tuple(
                DeclaredCall(portable(call.callee, mark), portable_arguments(call.given, mark))
                for call in one.calls
            ),
        )
        for one in found
    )


def _declared(evaluator: Evaluator, body: Node) -> Iterator[Declared]:
    for assignment in assignments(evaluator, body):
        right = assignment.child_by_field_name("right")
        held = _held(assignment)
        target = assignment.child_by_field_name("left")
        if held is None:
            if target is not None:
                one = _one(evaluator, target, assignment.child_by_field_name("type"), right)
                yield replace(one, conditional=True) if is_conditional(assignment, body) else one
        elif target is not None:
            given = UNKNOWN if is_conditional(assignment, body) else evaluator.value(right)
            pair = (evaluator.value(target.child_by_field_name("subscript")), given)
            yield Declared(
                evaluator.tree.source(held), evaluator.mark(held), value=Mapping((pair,)), item=True
            )


def assignments(evaluator: Evaluator, body: Node) -> Iterator[Node]:
    """The assignments to names, or to items of names, that run with a class body, in order."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "expression_statement":
            for child in node.named_children[:1]:
                target = child.child_by_field_name("left") if child.type == "assignment" else None
                if target is not None and (target.type == "identifier" or _held(child) is not None):
                    yield child
        elif node.type in functions.HOLDERS:
            waiting.extend(reversed(node.named_children))


def is_conditional(assignment: Node, body: Node) -> bool:
    """Whether an assignment of a class body is inside a branch, a loop or another block."""
    return assignment.parent is None or assignment.parent.parent != body


def _held(assignment: Node) -> Node | None:
    """The name in `name[key] = value`."""
    target = assignment.child_by_field_name("left")
    held = target.child_by_field_name("value") if target is not None and target.type == "subscript" else None
    return held if held is not None and held.type == "identifier" else None


def _one(evaluator: Evaluator, name: Node, annotation: Node | None, right: Node | None) -> Declared:
    calls = [] if annotation is None else calls_in(annotation)
    if right is not None and right.type == "call":
        calls.append(right)
    return Declared(
        evaluator.tree.source(name),
        evaluator.mark(name),
        "" if annotation is None else evaluator.tree.source(annotation),
        shape_of(evaluator, annotation),
        None if right is None else evaluator.value(right),
        tuple(
            DeclaredCall(
                evaluator.value(call.child_by_field_name("function")), operations.arguments(evaluator, call)
            )
            for call in calls
        ),
        right is not None and right.type == "call",
    )


def calls_in(annotation: Node) -> list[Node]:
    """The calls in an annotation, such as `Field(…)` in `Annotated[str, Field(…)]`."""
    found: list[Node] = []
    waiting = [annotation]
    while waiting:
        node = waiting.pop()
        if node.type == "call":
            found.append(node)
        else:
            waiting.extend(named(node))
    return found
