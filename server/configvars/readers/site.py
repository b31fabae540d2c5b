"""The implementation of `Site`: a place in one file that a reader examines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.model import Access
from configvars.names import classes, functions, instances
from configvars.names.evaluate import Evaluator
from configvars.names.holes import patterns
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Class,
    External,
    FilePath,
    Function,
    Missing,
    Str,
    Value,
    alternatives,
)
from configvars.readers import around, blocks, declared_fields
from configvars.readers.base import Argument, CallParts, Field
from configvars.readers.parts import access_of, argument, dict_items, is_deleted, parts
from configvars.syntax.python import Node, named
from configvars.text import Mark, Span

_T = TypeVar("_T")


class SiteAt(Struct, frozen=True, eq=False, dict=True):
    """A `Site` at a node of one file. `keys` are the nodes of the arguments of a call, subscript or test.

    `places` maps spans to the nodes of arguments. `skipped`: so many arguments come before those of the call.
    """

    evaluator: Evaluator
    node: Node
    value: External
    path: str
    keys: tuple[Node, ...] = ()
    cls: Class | None = None
    places: dict[Span, Node] = field(default_factory=dict)
    skipped: int = 0

    @property
    def of(self) -> External | None:
        """See `Site`."""
        if self.node.type not in ("call", "class_definition") or self.value.path.endswith(("()", "@")):
            return self.value
        return self.value.of

    @property
    def value_of(self) -> External | None:
        """See `Site`."""
        return self.value if self.node.type in ("subscript", "comparison_operator") else self.value.of

    @property
    def span(self) -> Span:
        """See `Site`."""
        return self.evaluator.tree.span(self.node)

    @property
    def name_span(self) -> Span:
        """See `Site`."""
        name = self.node.child_by_field_name("name") or self.node.child_by_field_name("function")
        return self.evaluator.tree.span(name or self.node)

    @property
    def access(self) -> Access:
        """See `Site`."""
        return access_of(self.node) if self.node.type in ("subscript", "attribute") else Access.READ

    @property
    def is_merged_into(self) -> bool:
        """See `Site`."""
        return instances.is_merged_into(self.evaluator, self.node)

    @property
    def deletes(self) -> bool:
        """See `Site`."""
        return is_deleted(self.node)

    @cached_property
    def call(self) -> CallParts:
        """See `Site`."""
        if self.node.type == "call" and not self.keys:
            found = self._parts(self.node)
            return replace(found, positional=found.positional[self.skipped :]) if self.skipped else found
        if self.node.type == "attribute":
            name = self.node.child_by_field_name("attribute")
            return CallParts(self.value, () if name is None else (self._word(name),))
        return CallParts(self.value, tuple(self._argument(key) for key in self.keys))

    @property
    def target(self) -> Argument | None:
        """See `Site`."""
        name = around.target(self.node)
        return None if name is None else self._word(name)

    def onward(self) -> tuple[Argument, ...]:
        """See `Site`."""
        return tuple(self._key(node) for node in around.onward(self.node))

    def argument(self, position: int | None, *names: str) -> Argument | None:
        """See `Site`."""
        return self.call.argument(position, *names)

    def pairs(self, argument: Argument) -> tuple[tuple[Argument, Argument], ...]:
        """See `Site`."""
        node = self._node_at(argument.span)
        if node is None or node.type != "call":
            return tuple((self._argument(key), self._argument(value)) for key, value in dict_items(node))
        inner = self._parts(node)
        keywords = inner.keywords if inner.callee == External("builtins.dict") else ()
        return tuple((Argument(Str(name), value.span), value) for name, value in keywords)

    def items(self, argument: Argument) -> tuple[Argument, ...]:
        """See `Site`."""
        node = self._node_at(argument.span)
        if node is None or node.type not in ("tuple", "list", "set"):
            return (argument,)
        return tuple(self._argument(child) for child in named(node))

    def parts_of(self, argument: Argument) -> CallParts | None:
        """See `Site`."""
        node = self._node_at(argument.span)
        return self._parts(node) if node is not None and node.type == "call" else None

    def path_patterns(self, argument: Argument) -> tuple[Str | FilePath, ...]:
        """See `Site`."""
        if isinstance(argument.value, Str | FilePath):
            return (argument.value,)
        node = self._node_at(argument.span)
        return () if node is None else patterns(self.evaluator, node)

    def within(self, path: str) -> Iterator[Arguments]:
        """See `Site`."""
        for call in blocks.entered(self.evaluator, self.node, path):
            owner = call.of.of if call.of is not None else None
            if call.arguments is not None and (self.of is None or owner in (self.of, self.value)):
                yield call.arguments

    def fields(self) -> tuple[Field, ...]:
        """See `Site`."""
        return () if self.cls is None else self.declared(self.cls, self.span)

    def declared(self, cls: Class, at: Span) -> tuple[Field, ...]:
        """See `Site`."""
        node = self.evaluator.node(cls.home)
        if node is None:
            return declared_fields.placed(self.evaluator, cls, at)
        found, places = declared_fields.here(self.evaluator, cls, node)
        self.places.update(places)
        return found

    def parameters(self) -> tuple[Field, ...]:
        """See `Site`."""
        return tuple(self._parameter(*found) for found in around.parameters(around.decorated(self.node)))

    def _parameter(self, name: Node, whole: Node) -> Field:
        tree, default = self.evaluator.tree, whole.child_by_field_name("value")
        return Field(
            tree.source(name),
            tree.span(name),
            value=None if default is None else self._argument(default),
            calls=tuple(self._parts(call) for call in around.calls_in(whole.child_by_field_name("type"))),
        )

    @property
    def decorates(self) -> Value:
        """See `Site`."""
        binding = around.definition(around.decorated(self.node))
        return UNKNOWN if binding is None else self.evaluator.bound(binding)

    @property
    def function_name(self) -> str | None:
        """See `Site`."""
        function = around.decorated(self.node)
        name = function.child_by_field_name("name") if function is not None else None
        return None if name is None else self.evaluator.tree.source(name)

    @property
    def default(self) -> Argument | None:
        """See `Site`."""
        value = around.default(self.node)
        return None if value is None else self._argument(value)

    def decorators_of(self, cls: Class) -> tuple[CallParts, ...]:
        """See `Site`."""
        node = self.evaluator.node(cls.home)
        found = functions.decorators(node) if node is not None else []
        return tuple(self._parts(one) for one in found if one.type == "call")

    def calls(self, word: str) -> Iterator[CallParts]:
        """See `Site`."""
        return (self._parts(call) for call in around.calls(self.evaluator.tree, word))

    def is_here(self, home: Mark) -> bool:
        """See `Site`."""
        return home.path == self.evaluator.path

    def lineage(self) -> tuple[Class, ...]:
        """See `Site`."""
        if self.cls is None:
            return ()
        return tuple(one for one in classes.lineage(self.evaluator, self.cls) if isinstance(one, Class))

    def bases_of(self, cls: Class) -> tuple[Value, ...]:
        """See `Site`."""
        found = classes.bases(self.evaluator, cls)
        for base in found:
            for choice in alternatives(base):
                if isinstance(choice, Missing):
                    self.evaluator.need(choice)
        return found

    def calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """See `Site`."""
        return tuple(self._parts(call) for call in instances.calls_of(self.evaluator, cls))

    def is_used(self, cls: Class) -> bool:
        """See `Site`."""
        return instances.is_used(self.evaluator, cls)

    def is_changed(self, cls: Class, name: str) -> bool:
        """See `Site`."""
        return instances.is_changed(self.evaluator, cls, name)

    def base_calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """See `Site`."""
        return tuple(self._parts(call) for call in instances.base_constructor_calls(self.evaluator, cls))

    def returned(self, function: Value, *given: Value) -> Value:
        """See `Site`."""
        if not isinstance(function, Function):
            return UNKNOWN
        if not given:
            return functions.returned(self.evaluator, function)
        return functions.result(self.evaluator, function, Arguments(given))

    def keywords_of(self, cls: Class) -> tuple[tuple[str, Value], ...]:
        """See `Site`."""
        return classes.keywords(self.evaluator, cls)

    def member(self, *names: str, of: Class | None = None) -> Value:
        """See `Site`."""
        value: Value = of or self.cls or UNKNOWN
        for name in names:
            value = classes.member(self.evaluator, value, name)
        return value

    def keyword(self, name: str) -> Span | None:
        """See `Site`."""
        return self._keywords.get(name)

    def once(self, key: Hashable, find: Callable[[], _T], otherwise: _T) -> _T:
        """See `Site`."""
        found: _T = self.evaluator.memory.recall(self.evaluator.told, key, find, otherwise)
        return found

    @cached_property
    def _keywords(self) -> dict[str, Span]:
        return around.keywords(self.evaluator.tree, self.node)

    def _word(self, name: Node) -> Argument:
        """A name in the syntax as a string."""
        tree = self.evaluator.tree
        return Argument(Str(tree.source(name), (self.evaluator.place(name),)), tree.span(name))

    def _key(self, node: Node) -> Argument:
        """A key, or the name of an attribute as a string."""
        return (
            self._word(node)
            if node.type == "identifier" and around.is_attribute(node)
            else self._argument(node)
        )

    def _argument(self, node: Node) -> Argument:
        found = argument(self.evaluator, node)
        self.places[found.span] = node
        return found

    def _parts(self, call: Node) -> CallParts:
        return parts(self.evaluator, call, self.places)

    def _node_at(self, span: Span) -> Node | None:
        """The node of an argument, found by its span."""
        known = self.places.get(span)
        return known or around.expression_at(self.evaluator.tree, self.node, span)


__all__ = ["SiteAt", "access_of", "argument", "is_deleted", "parts"]
