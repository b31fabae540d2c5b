"""Reads in inherited methods that have other names because a class overrides a prefix, name or method."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.names import classes, receivers
from configvars.names.evaluate import Evaluator
from configvars.names.values import Class, Function, ParameterRead, Str, Value, alternatives
from configvars.readers.base import Argument, Use
from configvars.syntax.python import Node, named
from configvars.text import Place, Span


def overridden(evaluator: Evaluator, node: Node, cls: Class) -> Iterator[Use]:
    """The reads of inherited methods for a class, if its base classes read other names."""
    seen: set[str] = set()
    for base in classes.lineage(evaluator, cls)[1:]:
        for name in _methods(evaluator, base) if isinstance(base, Class) else ():
            if name in seen:
                continue
            seen.add(name)
            method = classes.own_member(evaluator, cls, name, True)
            for one in alternatives(method):
                if isinstance(one, Function):
                    yield from _of_method(evaluator, node, cls, one)


def _methods(evaluator: Evaluator, base: Class) -> list[str]:
    """The names of the methods of a class that may read variables."""
    if base.home.path != evaluator.path:
        return sorted(evaluator.elsewhere.leading_members(evaluator.path, base))
    node = evaluator.node(base.home)
    body = node.child_by_field_name("body") if node is not None else None
    found = []
    for child in named(body) if body is not None else []:
        inner = child.child_by_field_name("definition") or child
        name = inner.child_by_field_name("name") if inner.type == "function_definition" else None
        found += [evaluator.tree.source(name)] if name is not None else []
    return found


def _of_method(evaluator: Evaluator, node: Node, cls: Class, method: Function) -> Iterator[Use]:
    for read in evaluator.reads(method.home):
        if not receivers.is_own(read.key):
            continue
        key = receivers.resolved(evaluator, read.key, replace(method, of=cls, is_self=False))
        if _texts(key) - _texts(read.key):
            yield _use(evaluator, node, key, read)


def _texts(value: Value) -> frozenset[str | None]:
    return frozenset(one.text if isinstance(one, Str) else None for one in alternatives(value))


def _use(evaluator: Evaluator, node: Node, key: Value, read: ParameterRead) -> Use:
    return Use(
        Argument(key, _span(evaluator, node, key)),
        "wrapper",
        read.access,
        need=read.need,
        via=read.place,
        through=read.through,
    )


def _span(evaluator: Evaluator, node: Node, key: Value) -> Span:
    """The span of the class statement if it contains a part of the name; otherwise of the class's name."""
    whole = evaluator.tree.span(node)
    for one in alternatives(key):
        for place in one.written if isinstance(one, Str) else ():
            if isinstance(place, Place) and whole.start <= place.span.start < place.span.end <= whole.end:
                return whole
    name = node.child_by_field_name("name")
    return whole if name is None else evaluator.tree.span(name)
