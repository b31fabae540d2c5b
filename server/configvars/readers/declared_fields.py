"""The fields that a class declares, as `Field`s with positions in the file of the site."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.names.declared import Declared, assignments, calls_in, declared
from configvars.names.evaluate import Evaluator
from configvars.names.values import Class
from configvars.readers.base import Argument, CallParts, Field
from configvars.readers.parts import argument, parts
from configvars.syntax.python import Node
from configvars.text import Span

_Placed = tuple[tuple[Field, ...], dict[Span, Node]]
_NONE: _Placed = ((), {})


def here(evaluator: Evaluator, cls: Class, node: Node) -> _Placed:
    """The fields of a class in this file, and the nodes of their values by span."""
    found: _Placed = evaluator.memory.recall(
        evaluator.told, ("fields", cls.home), lambda: _with_places(evaluator, cls, node), _NONE
    )
    return found


def _with_places(evaluator: Evaluator, cls: Class, node: Node) -> _Placed:
    places: dict[Span, Node] = {}
    return tuple(_here(evaluator, cls, node, places)), places


def _here(evaluator: Evaluator, cls: Class, node: Node, places: dict[Span, Node]) -> Iterator[Field]:
    body = node.child_by_field_name("body")
    found = assignments(evaluator, body) if body is not None else ()
    for one, assignment in zip(declared(evaluator, cls), found, strict=True):
        name, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        annotation = assignment.child_by_field_name("type")
        calls = calls_in(annotation) if annotation is not None else []
        if right is not None and right.type == "call":
            calls.append(right)
        value = None
        if right is not None:
            value = argument(evaluator, right)
            places[value.span] = right
            if one.item and one.value is not None:
                value = replace(value, value=one.value)
        yield Field(
            one.name,
            evaluator.tree.span(name or assignment),
            one.annotation,
            one.shape,
            value,
            tuple(parts(evaluator, call, places) for call in calls),
            one.is_called,
            item=one.item,
            conditional=one.conditional,
            corrected=one.corrected,
        )


def placed(evaluator: Evaluator, cls: Class, at: Span) -> tuple[Field, ...]:
    """The fields of a class in another file, all at the position `at` in this file."""
    return tuple(_placed(one, at) for one in declared(evaluator, cls))


def _placed(one: Declared, at: Span) -> Field:
    calls = tuple(
        CallParts(
            call.callee,
            tuple(Argument(value, at) for value in call.given.positional),
            tuple((name, Argument(value, at)) for name, value in call.given.keywords),
            call.given.rest,
        )
        for call in one.calls
    )
    value = None if one.value is None else Argument(one.value, at)
    return Field(
        one.name,
        at,
        one.annotation,
        one.shape,
        value,
        calls,
        one.is_called,
        one.mark,
        one.item,
        one.conditional,
        one.corrected,
    )
