"""What the expressions of a program that starts evaluate to."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from configvars.runs.known_values import Known
from configvars.runs.parsed_code import number
from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.operators import compared, joined
from configvars.runs.starting.tables import comprehended, table_of
from configvars.runs.starting.values import (
    NO_READS,
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
from configvars.syntax.python_strings import pieces

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "**", "<<", ">>", "&", "@"})
_OF_NONE = frozenset(dir(None))
_ON_RIGHT = frozenset({"+", "-", "/", "//", "**"})
COMPREHENSIONS = frozenset({"list_comprehension", "set_comprehension", "generator_expression"})


class Expressions:
    """Evaluates expressions, and notes where they fail on None."""

    calls: Calls

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._rules: Mapping[str, Callable[[Scope, Node], Value]] = {
            **dict.fromkeys(("parenthesized_expression", "interpolation"), self._inner),
            **dict.fromkeys(("string", "concatenated_string"), self._string),
            **dict.fromkeys(("integer", "float", "true", "false", "none"), self._literal),
            **dict.fromkeys(("list", "tuple", "set", "expression_list"), self._items),
            **dict.fromkeys(COMPREHENSIONS, self._comprehension),
            "identifier": lambda scope, node: self.name(scope, words(node, scope.module)),
            "attribute": self._attribute,
            "subscript": self._subscript,
            "call": lambda scope, node: self.calls.call(scope, node),
            "lambda": lambda scope, node: Value(known=Function(node, scope)),
            "named_expression": self._walrus,
            "dictionary": lambda scope, node: table_of(self, scope, node),
            "dictionary_comprehension": lambda scope, node: comprehended(self, scope, node),
            "not_operator": self._not,
            "boolean_operator": lambda scope, node: joined(self, scope, node),
            "comparison_operator": lambda scope, node: compared(self, scope, node),
            "conditional_expression": self._conditional,
            "binary_operator": self._binary,
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

    def name(self, scope: Scope, word: str) -> Value:
        """The value of a name."""
        if word in scope.module.shared:
            return UNKNOWN
        around: Scope | None = scope
        while around is not None:
            if word in around.names:
                value = around.names[word]
                is_loose = around.names is scope.module.names and scope.module.open and value.empty
                return UNKNOWN if is_loose else value
            around = around.outer
        return external(f"builtins.{word}") if hasattr(builtins, word) else UNKNOWN

    def _attribute(self, scope: Scope, node: Node) -> Value:
        on = self.value(scope, node.child_by_field_name("object"))
        name = words(node.child_by_field_name("attribute"), scope.module)
        if name not in _OF_NONE:
            self.machine.fail(scope.module, node, on.absent)
        return self.attribute(scope, on, name)

    def attribute(self, scope: Scope, on: Value, name: str) -> Value:
        """An attribute of a value."""
        match on.known:
            case External(path):
                return external(f"{path}.{name}")
            case Module() as module:
                return self.machine.member(module, name)
            case FlaskApp(config) if name == "config":
                return config
            case Class() as one:
                return self._bound(self.machine.class_attribute(one, name), on, on)
            case Object() as one:
                if name in one.names:
                    return one.names[name]
                found = None if one.open else self.machine.class_attribute(one.of, name)
                return self._bound(found, on, Value(known=one.of))
            case Table() | Items() | Constant(str()):
                return Value(known=BoundMethod(on, name))
            case None if on.chosen or on.empty:
                return Value(known=BoundMethod(on, name))
            case _:
                return UNKNOWN

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

    def _subscript(self, scope: Scope, node: Node) -> Value:
        on = self.value(scope, node.child_by_field_name("value"))
        key = self.value(scope, node.child_by_field_name("subscript"))
        self.machine.fail(scope.module, node, on.absent)
        match on.known, key.known:
            case External("os.environ"), Constant(str(word)):
                return self.machine.required(scope.module, node, word)
            case Table() as table, Constant(str(word)):
                return table.items.get(word, UNKNOWN)
            case Table(open=False) as table, None:
                self.machine.environment.offer(key, table.items)
                return UNKNOWN
            case Items(values), Constant(int(index)) if -len(values) <= index < len(values):
                return values[index]
            case _:
                return UNKNOWN

    # ---- displays

    def _string(self, scope: Scope, node: Node) -> Value:
        source = words(node, scope.module)
        if "b" in source.partition("'")[0].partition('"')[0].lower():
            return UNKNOWN
        found = list(pieces(scope.module.tree, node))
        inner = [self.value(scope, each.expression) for each in found if each.expression is not None]
        texts = [text_of(each) for each in inner]
        if None in texts or any(each.formatted for each in found):
            return UNKNOWN
        filling = iter(texts)
        written = (each.text if each.expression is None else next(filling) or "" for each in found)
        return follows("".join(written), *inner)

    def _items(self, scope: Scope, node: Node) -> Value:
        values = tuple(self.value(scope, each) for each in named(node))
        is_known = not any(each.type == "list_splat" for each in named(node))
        return Value(known=Items(values)) if is_known else UNKNOWN

    def _comprehension(self, scope: Scope, node: Node) -> Value:
        """`[name for name, value in required.items() if not value]`: true if one of them is not set."""
        clauses = [each for each in named(node) if each.type == "for_in_clause"]
        tests = [each for each in named(node) if each.type == "if_clause"]
        source = self.value(scope, clauses[0].child_by_field_name("right")) if clauses else UNKNOWN
        if clauses:
            self.machine.fail(scope.module, clauses[0], source.absent)
        if len(clauses) != 1 or not isinstance(source.known, Items) or source.known.open or len(tests) > 1:
            return UNKNOWN
        values: list[Value] = []
        filled = NO_READS
        for item in source.known.values:
            inner = Scope(scope.module, {}, scope)
            self.bind(inner, clauses[0].child_by_field_name("left"), item)
            test = self.value(inner, next(iter(named(tests[0])), None)) if tests else constant(True)
            filled |= test.filled
            values.append(self.quietly(inner, node.child_by_field_name("body")))
        return Value(filled=filled) if tests else Value(known=Items(tuple(values)))

    def bind(self, scope: Scope, target: Node | None, value: Value) -> None:
        """Bind the names of a target to a value or its items."""
        if target is None:
            return
        if target.type == "identifier":
            scope.names[words(target, scope.module)] = value
            return
        parts = named(target)
        values = value.known.values if isinstance(value.known, Items) else ()
        for number_of, part in enumerate(parts):
            self.bind(scope, part, values[number_of] if len(values) == len(parts) else UNKNOWN)

    # ---- operators

    def _not(self, scope: Scope, node: Node) -> Value:
        inner = self.value(scope, node.child_by_field_name("argument"))
        said = None if inner.truth is None else Constant(not inner.truth, is_assumed(inner))
        return Value(empty=inner.filled, filled=inner.empty, known=said)

    def _conditional(self, scope: Scope, node: Node) -> Value:
        parts = named(node)
        test = self.machine.truth(self.value(scope, parts[1])) if len(parts) == 3 else None
        return UNKNOWN if test is None else self.value(scope, parts[0 if test else 2])

    def _binary(self, scope: Scope, node: Node) -> Value:
        left, right = (self.value(scope, node.child_by_field_name(side)) for side in ("left", "right"))
        self.added(scope, node, left, right)
        sign = words(node.child_by_field_name("operator"), scope.module)
        if sign == "-" and isinstance(left.known, Items) and is_environ(right):
            return self.lacking(scope, node, left.known)
        texts = text_of(left), text_of(right)
        is_joined = sign == "+" and None not in texts
        return follows(f"{texts[0]}{texts[1]}", left, right) if is_joined else UNKNOWN

    def lacking(self, scope: Scope, node: Node, names: Items) -> Value:
        """The names of a set that the environment does not contain: true if one of them is not set."""
        found = [text_of(each) for each in names.values]
        lacks = [self.machine.lacks(scope.module, node, name) for name in found if name is not None]
        return Value(filled=NO_READS.union(*(each.filled for each in lacks)))

    def added(self, scope: Scope, node: Node, left: Value, right: Value) -> None:
        """Note that an operator fails on None."""
        sign = words(node.child_by_field_name("operator"), scope.module).removesuffix("=")
        if sign in _ARITHMETIC or sign == "%":
            self.machine.fail(scope.module, node, left.absent)
        if sign in _ON_RIGHT and (left.absent or text_of(left) is not None):
            self.machine.fail(scope.module, node, right.absent)
