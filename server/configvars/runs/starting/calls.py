"""What calls do while a program starts: functions and classes of the folder, and a few that are known."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.runs.starting.argument_parsers import Parser, parser_method
from configvars.runs.starting.call import Call
from configvars.runs.starting.clients import connected
from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.comprehensions import items_of
from configvars.runs.starting.endings import LeftError, ReturnedError
from configvars.runs.starting.environ_sets import lacking, shared
from configvars.runs.starting.exact import without
from configvars.runs.starting.expressions import COMPREHENSIONS, Expressions
from configvars.runs.starting.flask_config import configure
from configvars.runs.starting.flask_contexts import context_method, note_given
from configvars.runs.starting.handlers import may_raise
from configvars.runs.starting.instances import instance_of
from configvars.runs.starting.known_functions import (
    LOOKING,
    consumes,
    looked_up,
    of_string,
)
from configvars.runs.starting.library_calls import called_outside
from configvars.runs.starting.lists import change
from configvars.runs.starting.machine import Machine, path_of, words
from configvars.runs.starting.methods import exact_method
from configvars.runs.starting.operators import opposite
from configvars.runs.starting.tables import unpacked_items
from configvars.runs.starting.unknown_code import forget_changed_by, yields
from configvars.runs.starting.values import (
    UNKNOWN,
    BoundMethod,
    Class,
    Constant,
    Coroutine,
    FlaskApp,
    Function,
    Items,
    Object,
    Scope,
    Table,
    Value,
    constant,
    forget,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements

_IMPORTING = frozenset({"builtins.__import__", "importlib.import_module"})
_COMPARING = frozenset({"difference", "intersection", "isdisjoint", "issubset"})


class Calls:
    """Evaluates calls."""

    def __init__(self, machine: Machine, expressions: Expressions) -> None:
        self.machine = machine
        self.expressions = expressions
        self.statements: Statements

    def call(self, scope: Scope, node: Node) -> Value:
        """The result of a call."""
        function = self.expressions.value(scope, node.child_by_field_name("function"))
        self.machine.fail(scope.module, node, self.machine.none_without(function), kind=TypeError)
        given = node.child_by_field_name("arguments")
        if given is not None and given.type in COMPREHENSIONS:
            items = items_of(self.expressions, scope, given, consumed=consumes(function))
            positional, named_ones, is_clear = [items], dict[str, Value](), True
        else:
            positional, named_ones, is_clear = self._arguments(scope, given)
        if is_clear:
            called = words(node.child_by_field_name("function"), scope.module)
            connected(self.machine, scope.module, node, function, called, [*positional, *named_ones.values()])
        if not is_clear:
            return self.unknown(function, positional, named_ones)
        return self.applied(scope, node, function, positional, named_ones)

    def applied(
        self,
        scope: Scope,
        node: Node,
        function: Value,
        positional: list[Value],
        named_ones: dict[str, Value] | None = None,
    ) -> Value:
        """The result of a function for arguments."""
        given = named_ones or {}
        match function.known:
            case Function() as one if not self.machine.muted or one.node.type == "lambda":
                return self.entered(scope, node, one, positional, given)
            case Class() as one if not self.machine.muted:
                return instance_of(self, scope, node, one, positional, given)
            case Object(of) if of.find("__call__") is not None:
                method = self.expressions.attribute(scope, function, "__call__")
                return self.applied(scope, node, method, positional, given)
            case BoundMethod(on, name) if isinstance(on.known, Parser):
                return parser_method(self, on, on.known, Call(scope, node, name, positional, given))
            case BoundMethod(on, name) if isinstance(on.known, FlaskApp):
                return context_method(self.machine, on, name)
            case BoundMethod(on, name):
                return self.method(scope, node, on, name, positional, given)
            case _ if path := path_of(function):
                return called_outside(self, Call(scope, node, path, positional, given))
            case _:
                return self.unknown(function, positional, given)

    def _arguments(self, scope: Scope, given: Node | None) -> tuple[list[Value], dict[str, Value], bool]:
        """The positional arguments, those with names, and whether none is unpacked."""
        positional, named_ones, is_clear = list[Value](), dict[str, Value](), True
        for each in named(given) if given is not None else ():
            if each.type == "keyword_argument":
                value = self.expressions.value(scope, each.child_by_field_name("value"))
                named_ones[words(each.child_by_field_name("name"), scope.module)] = value
            elif each.type in ("list_splat", "dictionary_splat"):
                unpacked = self.expressions.unpacked(scope, each)
                if (
                    each.type == "list_splat"
                    and isinstance(unpacked.known, Items)
                    and not unpacked.known.open
                ):
                    positional += unpacked.known.values
                    continue
                items = unpacked_items(unpacked, self.machine.unset)
                named_ones.update(items or {})
                is_clear = is_clear and items is not None
            else:
                positional.append(self.expressions.value(scope, each))
        return positional, named_ones, is_clear

    def unknown(self, function: Value, positional: list[Value], named_ones: Mapping[str, Value]) -> Value:
        """A call of unknown code, which may change whatever it gets."""
        if not self.machine.muted:
            may_raise(self.machine.handlers, imports=path_of(function) in _IMPORTING)
            for each in (function, *positional, *named_ones.values()):
                forget(each)
                self.machine.note_passed(function, each)
                note_given(self.machine, each)
                if isinstance(each.known, Function):
                    forget_changed_by(self.expressions, each.known)
        return UNKNOWN

    # ---- functions and classes of the folder

    def entered(
        self,
        scope: Scope,
        node: Node,
        function: Function,
        positional: list[Value],
        named_ones: dict[str, Value],
    ) -> Value:
        """Run a function of the folder that a call calls."""
        self.machine.calls.append((scope.module, node))
        try:
            return self.run(function, positional, named_ones)
        finally:
            self.machine.calls.pop()

    def run(self, function: Function, positional: list[Value], named_ones: Mapping[str, Value]) -> Value:
        """Run a function of the folder, and return its result."""
        if function.kind == "async":
            plain = Function(function.node, function.scope, function.defaults, "", function.bound)
            return Value(known=Coroutine(plain, tuple(positional), named_ones))
        if function.bound is not None:
            positional = [function.bound, *positional]
        body = function.node.child_by_field_name("body")
        scope = Scope(function.scope.module, {}, function.scope)
        is_unknown = body is None or function.kind == "unknown" or yields(scope, body)
        if is_unknown or not self.bound(scope, function, positional, named_ones):
            return self.unknown(Value(known=function), positional, named_ones)
        if function.node.type == "lambda":
            return self.expressions.value(scope, body)
        try:
            with self.machine.own_reasons():
                self.statements.run(scope, body)
                raise ReturnedError(constant(None), self.machine.own_because())
        except ReturnedError as found:
            is_constant = isinstance(found.value.known, Constant)
            return without(found.value, found.because) if is_constant else found.value
        except LeftError:
            # What the rest does to the arguments is not known.
            return self.unknown(UNKNOWN, positional, named_ones)

    def awaited(self, value: Value) -> Value:
        """Run a coroutine of the folder."""
        match value.known:
            case Coroutine(function, positional, named_ones) if not self.machine.muted:
                return self.run(function, list(positional), named_ones)
            case _:
                return UNKNOWN

    def bound(
        self, scope: Scope, function: Function, positional: list[Value], named_ones: Mapping[str, Value]
    ) -> bool:
        """Bind the parameters; false if the call does not fit."""
        parameters = function.node.child_by_field_name("parameters")
        left = list(positional)
        for each in named(parameters) if parameters is not None else ():
            inner = each.child_by_field_name("name") or next(iter(named(each)), None)
            word = words(each if each.type == "identifier" else inner, scope.module)
            if each.type == "list_splat_pattern":
                scope.names[word] = Value(known=Items(tuple(left), kind=tuple))
                left = []
            elif each.type == "dictionary_splat_pattern":
                rest = {name: value for name, value in named_ones.items() if name not in scope.names}
                scope.names[word] = Value(known=Table(rest))
            elif each.type in ("keyword_separator", "positional_separator"):
                continue
            elif left:
                scope.names[word] = left.pop(0)
            else:
                scope.names[word] = named_ones.get(word, function.defaults.get(word, UNKNOWN))
        return not left

    # ---- what is known

    def method(
        self,
        scope: Scope,
        node: Node,
        on: Value,
        name: str,
        positional: list[Value],
        named_ones: dict[str, Value],
    ) -> Value:
        """A method of a string, a dict or a list."""
        exact = exact_method(self, scope, node, on, name, positional, named_ones)
        if exact is not None:
            return exact
        match on.known:
            case Constant(str()) | None:
                return of_string(on, name, positional)
            case Table() as table if name in ("items", "values", "get", "keys"):
                if name == "get" and positional and not table.open:
                    self.machine.environment.offer(positional[0], table.items)
                return looked_up(table, name, positional)
            case Items() as names if name in _COMPARING and positional and is_environ(positional[0]):
                if name in ("intersection", "isdisjoint"):
                    both = shared(self.machine, scope, node, names)
                    is_empty = self.machine.computed(scope.module, node, operator.not_, both)
                    return (is_empty or UNKNOWN) if name == "isdisjoint" else both
                lacks = lacking(self.machine, scope, node, names)
                return lacks if name == "difference" else opposite(lacks)
            case Table() as table if not self.machine.muted:
                configure(self.expressions, scope, table, name, positional, named_ones)
            case Items() as items if name not in LOOKING:
                change(items, name if not self.machine.muted and not named_ones else "", positional)
            case Items():
                pass
            case _:
                return self.unknown(on, positional, named_ones)
        return UNKNOWN
