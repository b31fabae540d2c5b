"""What the expressions of a program that starts evaluate to."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from configvars.runs.known_values import Known
from configvars.runs.parsed_code import number
from configvars.runs.starting.comprehensions import KINDS, items_of
from configvars.runs.starting.django_setup import setting
from configvars.runs.starting.endings import EndedError, OutOfStepsError
from configvars.runs.starting.exact import depending, unpacked, valid, valid_by
from configvars.runs.starting.flask_contexts import attribute_of_app, current, use_config
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.operators import binary, compared, is_path, joined
from configvars.runs.starting.pure import is_plain
from configvars.runs.starting.strings import string_of
from configvars.runs.starting.subscripts import item_of, slice_of
from configvars.runs.starting.tables import attributes_of, attributes_of_class, comprehended, table_of
from configvars.runs.starting.values import (
    UNKNOWN,
    BoundMethod,
    Class,
    Constant,
    External,
    FlaskApp,
    Function,
    Items,
    Module,
    Object,
    Reads,
    Scope,
    Table,
    Value,
    constant,
    external,
    follows,
    forget,
    is_assumed,
    text_of,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "**", "<<", ">>", "&", "@"})
_OF_NONE = frozenset(dir(None))
_ON_RIGHT = frozenset({"+", "-", "/", "//", "**"})
_UNARY: Mapping[str, Callable[[Any], object]] = {"-": operator.neg, "+": operator.pos}
COMPREHENSIONS = frozenset({"list_comprehension", "set_comprehension", "generator_expression"})


class Expressions:
    """Evaluates expressions, and notes where they fail on None."""

    calls: Calls

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._rules: Mapping[str, Callable[[Scope, Node], Value]] = {
            **dict.fromkeys(("parenthesized_expression", "interpolation"), self._inner),
            **dict.fromkeys(
                ("string", "concatenated_string"), lambda scope, node: string_of(self, scope, node)
            ),
            **dict.fromkeys(("integer", "float", "true", "false", "none"), self._literal),
            **dict.fromkeys(("list", "tuple", "set", "expression_list"), self._items),
            **dict.fromkeys(COMPREHENSIONS, lambda scope, node: items_of(self, scope, node)),
            "identifier": self._identifier,
            "attribute": self._attribute,
            "subscript": lambda scope, node: item_of(self, scope, node),
            "slice": lambda scope, node: slice_of(self, scope, node),
            "call": lambda scope, node: self.calls.call(scope, node),
            "lambda": lambda scope, node: Value(known=Function(node, scope)),
            "named_expression": self._walrus,
            "dictionary": lambda scope, node: table_of(self, scope, node),
            "dictionary_comprehension": lambda scope, node: comprehended(self, scope, node),
            "not_operator": self._not,
            "unary_operator": self._unary,
            "boolean_operator": lambda scope, node: joined(self, scope, node),
            "comparison_operator": lambda scope, node: compared(self, scope, node),
            "conditional_expression": self._conditional,
            "binary_operator": lambda scope, node: binary(self, scope, node),
            "await": self._awaited,
        }

    def value(self, scope: Scope, node: Node | None) -> Value:
        """The value of an expression."""
        if node is None:
            return UNKNOWN
        self.machine.step(scope.module)
        rule = self._rules.get(node.type)
        return rule(scope, node) if rule is not None else UNKNOWN

    def quietly(self, scope: Scope, node: Node | None) -> Value:
        """The value of an expression that perhaps does not run."""
        self.machine.muted += 1
        try:
            return self.value(scope, node)
        finally:
            self.machine.muted -= 1

    def because(self, scope: Scope, node: Node | None, by: Reads) -> Value:
        """The value of an expression that runs because variables are not set.

        Unknown if the program ends there with an error: then it needs one of them, and goes on with it.
        """
        machine = self.machine
        before = by & machine.unset
        try:
            with machine.own_reasons():
                machine.because.append(before)
                return self.value(scope, node)
        except OutOfStepsError:
            raise
        except EndedError:
            if before <= machine.unset:
                raise
            return UNKNOWN

    def _inner(self, scope: Scope, node: Node) -> Value:
        return self.value(scope, next(iter(named(node)), None))

    def _awaited(self, scope: Scope, node: Node) -> Value:
        return self.calls.awaited(self._inner(scope, node))

    def _literal(self, scope: Scope, node: Node) -> Value:
        found = number(words(node, scope.module))
        return constant(found.value) if isinstance(found, Known) else UNKNOWN

    def _walrus(self, scope: Scope, node: Node) -> Value:
        value = self.value(scope, node.child_by_field_name("value"))
        scope.names[words(node.child_by_field_name("name"), scope.module)] = value
        return value

    # ---- names

    def _identifier(self, scope: Scope, node: Node) -> Value:
        value = self.name(scope, words(node, scope.module))
        return self.machine.bound(scope.module, node, value, NameError)

    def name(self, scope: Scope, word: str) -> Value:
        """The value of a name."""
        if word in scope.module.shared:
            return UNKNOWN
        around: Scope | None = scope
        while around is not None:
            if word in around.names:
                value = around.names[word]
                is_open = around.names is scope.module.names and scope.module.open
                return UNKNOWN if is_open and (value.empty or value.exact) else current(self.machine, value)
            around = around.outer
        return external(f"builtins.{word}") if hasattr(builtins, word) else UNKNOWN

    def _attribute(self, scope: Scope, node: Node) -> Value:
        on = self.value(scope, node.child_by_field_name("object"))
        name = words(node.child_by_field_name("attribute"), scope.module)
        if name not in _OF_NONE:
            self.machine.fail(scope.module, node, self.machine.none_without(on), kind=AttributeError)
        found = self.machine.content(on)
        if found is not None and found[1] and is_plain(found[0][0]):
            if callable(getattr(type(found[0][0]), name, None)):
                return Value(known=BoundMethod(on, name))
            return self.machine.computed(scope.module, node, lambda one: getattr(one, name), on) or UNKNOWN
        value = self.attribute(scope, on, name)
        return self.machine.bound(scope.module, node, value, AttributeError)

    def attribute(self, scope: Scope, on: Value, name: str) -> Value:
        """An attribute of a value."""
        on = current(self.machine, on)
        match on.known:
            case External("django.conf.settings"):
                return setting(self.calls, scope.module, name)
            case External(path, lacking):
                use_config(self.machine, f"{path}.{name}")
                return current(self.machine, external(f"{path}.{name}", lacking))
            case Module() as module:
                return self.machine.member(module, name)
            case FlaskApp(of=Class() as one) if one.has(name):
                return self._bound(self.machine.class_attribute(one, name), on, Value(known=one))
            case FlaskApp() | BoundMethod():
                return attribute_of_app(on, name)
            case Class() as one:
                return self._of_class(on, one, name)
            case Object() as one:
                return self._of_object(on, one, name)
            case Table() | Items() | Constant(str()):
                return Value(known=BoundMethod(on, name))
        is_text = on.known is None and bool(on.chosen or on.empty)
        return Value(known=BoundMethod(on, name)) if is_text else UNKNOWN

    def _of_class(self, on: Value, one: Class, name: str) -> Value:
        found = self.machine.class_attribute(one, name)
        return attributes_of_class(self.machine, one) if name == "__dict__" else self._bound(found, on, on)

    def _of_object(self, on: Value, one: Object, name: str) -> Value:
        if name == "__dict__":
            return attributes_of(one)
        if name in one.names:
            return one.names[name]
        if one.open and one.of.outside and not one.of.has(name):
            return external(f"{one.of.outside}().{name}")
        found = None if one.open else self.machine.class_attribute(one.of, name)
        return self._bound(found, on, Value(known=one.of))

    def _bound(self, value: Value | None, on: Value, of: Value) -> Value:
        """An attribute of a class, seen from the class or an instance of it."""
        if value is None:
            return UNKNOWN
        function = value.known
        if not isinstance(function, Function) or function.kind == "staticmethod":
            return value
        is_class_method = function.kind == "classmethod"
        if on is of and not is_class_method:
            return value if function.kind in ("", "async") else UNKNOWN
        receiver = of if is_class_method else on
        kind = "async" if function.kind == "async" else ""
        bound = Function(function.node, function.scope, function.defaults, kind, receiver)
        if function.kind == "unknown":
            forget(on)  # what its decorator does with the object is not known
            return UNKNOWN
        if function.kind == "property":
            return self.calls.run(bound, [], {}) if not self.machine.muted else UNKNOWN
        return Value(known=bound)

    # ---- displays

    def _items(self, scope: Scope, node: Node) -> Value:
        values, is_known = list[Value](), True
        for each in named(node):
            if each.type != "list_splat":
                values.append(self.value(scope, each))
                continue
            inside = self.unpacked(scope, each).known
            is_known = is_known and isinstance(inside, Items) and not inside.open
            values += inside.values if isinstance(inside, Items) else ()
        kind = KINDS.get(node.type, tuple)
        return Value(known=Items(tuple(values), kind=kind)) if is_known else UNKNOWN

    def unpacked(self, scope: Scope, node: Node) -> Value:
        """The value that `*values` or `**values` unpacks, which must not be None."""
        value = self._inner(scope, node)
        self.machine.fail(scope.module, node, self.machine.none_without(value), kind=TypeError)
        return value

    def bind(self, scope: Scope, target: Node | None, value: Value) -> None:
        """Bind the names of a target to a value or its items."""
        if target is None:
            return
        if target.type == "identifier":
            scope.names[words(target, scope.module)] = value
            return
        parts = named(target)
        exact = valid(value, self.machine.unset)
        known = value.known if exact is None else exact.known
        values = known.values if isinstance(known, Items) else ()
        if not any(part.type.startswith("list_splat") for part in parts):
            self.machine.fail(scope.module, target, self.machine.none_without(value), kind=TypeError)
            self.machine.computed(scope.module, target, lambda one: unpacked(one, len(parts)), value)
        for number_of, part in enumerate(parts):
            self.bind(scope, part, values[number_of] if len(values) == len(parts) else UNKNOWN)

    # ---- operators

    def _not(self, scope: Scope, node: Node) -> Value:
        inner = self.value(scope, node.child_by_field_name("argument"))
        said = None if inner.truth is None else Constant(not inner.truth, is_assumed(inner))
        exact = self.machine.computed(scope.module, node, operator.not_, inner) or UNKNOWN
        return Value(empty=inner.filled, filled=inner.empty, known=said, exact=exact.exact)

    def _unary(self, scope: Scope, node: Node) -> Value:
        inner = self.value(scope, node.child_by_field_name("argument"))
        self.machine.fail(scope.module, node, self.machine.none_without(inner), kind=TypeError)
        function = _UNARY.get(words(node.child_by_field_name("operator"), scope.module))
        if function is None:
            return UNKNOWN
        content = inner.known.content if isinstance(inner.known, Constant) else None
        is_plain = isinstance(content, int | float) and inner.exact is None
        exact = self.machine.computed(scope.module, node, function, inner)
        return follows(function(content), inner) if is_plain else exact or UNKNOWN

    def _conditional(self, scope: Scope, node: Node) -> Value:
        parts = named(node)
        test = self.value(scope, parts[1]) if len(parts) == 3 else UNKNOWN
        truth = self.machine.truth(test)
        if truth is None:
            return UNKNOWN
        chosen = self.because(scope, parts[0 if truth else 2], self.machine.decided_by(test))
        return depending(chosen, valid_by(test, self.machine.unset))

    def added(self, scope: Scope, node: Node, left: Value, right: Value) -> None:
        """Note that an operator fails on None."""
        sign = words(node.child_by_field_name("operator"), scope.module).removesuffix("=")
        if sign in _ARITHMETIC or sign == "%":
            self.machine.fail(scope.module, node, self.machine.none_without(left), kind=TypeError)
        if sign in _ON_RIGHT and (left.absent or text_of(left) is not None or is_path(left)):
            self.machine.fail(scope.module, node, self.machine.none_without(right), kind=TypeError)
