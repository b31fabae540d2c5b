"""The flow of a read: its default, and how the code around it uses the string.

Follows the expression outwards through parentheses, `or` and methods that return strings, and through one
name if nothing else in the file assigns to that name. Code that is not understood adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.converters import NOT_EMPTY
from configvars.flow_model import Default, Flow, Kind, UseKind, ValueUse
from configvars.limits import FLOW, beyond
from configvars.model import Access
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import scope_of
from configvars.names.values import UNKNOWN, External, Str, Value, alternatives
from configvars.readers.base import Use
from configvars.readers.callee import scheduling_path
from configvars.readers.conversions import (
    CALLED,
    OTHER,
    TEXT,
    converter_of,
    is_required_text,
    passes_over_empty,
    requires_content,
)
from configvars.readers.flow_parts import (
    checks_type,
    condition_of,
    default_of,
    has_arguments,
    ignores_empty,
    is_in_condition,
    may_be_converted,
    tests_around,
)
from configvars.readers.guards import Guards
from configvars.readers.operands import compared_with, kind_at
from configvars.syntax.python import Node, named
from configvars.text import Place

_ERRORS = frozenset({"builtins.ValueError", "builtins.ArithmeticError", "builtins.TypeError"})
_OF_METHODS = frozenset({"builtins.AttributeError"})
SAME_TEXT = frozenset({"lower", "upper", "casefold", "strip", "lstrip", "rstrip", "title", "capitalize"})
_ORDER = frozenset({"<", ">", "<=", ">="})
_EQUAL = frozenset({"==", "!=", "is", "is not", "in", "not in"})
_TRUTHS = {
    "not_operator": "not",
    "assert_statement": "assert",
    "boolean_operator": "and",
    "conditional_expression": "if",
}


class Flows:
    """The flows of the reads of one file."""

    def __init__(self, evaluator: Evaluator, guards: Guards) -> None:
        self._evaluator = evaluator
        self._guards = guards

    def of(self, node: Node, use: Use) -> Flow | None:
        """The flow of the read `use` at `node`; None if nothing is known about it."""
        if use.access is not Access.READ or use.via is not None:
            return None
        converter = converter_of(self._evaluator, node, use)
        if requires_content(self._evaluator, use):
            caught = self._guards.is_caught(node, _ERRORS | use.errors, raises=False)
            span = self._evaluator.tree.span(node)
            content = ValueUse("type", NOT_EMPTY, span, caught=caught)
            typed = ValueUse("type", converter, span, caught=caught, tested=True)
            return Flow(None, (content,) if converter in (OTHER, TEXT) else (typed, content))
        default = None if use.default is None else default_of(use.default.value)
        is_known = use.idiom == "environ.Env" or is_required_text(self._evaluator, use)
        if converter == OTHER and not is_known:
            return None
        if converter != TEXT:
            caught = self._guards.is_caught(node, _ERRORS | use.errors, raises=False)
            lax = use.idiom == "pydantic-settings" and passes_over_empty(self._evaluator, use)
            typed = ValueUse("type", converter, self._evaluator.tree.span(node), caught=caught, tested=lax)
            return Flow(default, (typed,))
        walk = _Walk(self._evaluator, self._guards, use.key.value)
        uses = tuple(dict.fromkeys(walk.up(node)))
        return Flow(walk.default or default, uses)

    def of_name(self, node: Node) -> tuple[ValueUse, ...]:
        """How the code around a name uses its value, if that is the string of a read in another file."""
        return tuple(dict.fromkeys(_Walk(self._evaluator, self._guards, UNKNOWN).up(node)))


class _Walk:
    """Follows the read of `key` outwards. `default` is the default that an `or` on the way adds."""

    def __init__(self, evaluator: Evaluator, guards: Guards, key: Value) -> None:
        self._evaluator = evaluator
        self._guards = guards
        self._key_read = key
        self._left = FLOW.most
        self._name = ""
        self.default: Default | None = None

    def up(self, node: Node, *, named_on: bool = True, through: tuple[str, ...] = ()) -> Iterator[ValueUse]:
        """The uses of an expression.

        `named_on`: also the uses of the name that it is assigned to. `through`: the string methods on the
        way.
        """
        child, parent = node, node.parent
        while parent is not None and self._left > 0:
            self._left -= 1
            match parent.type:
                case "parenthesized_expression" | "await":
                    pass
                case "named_expression":
                    yield from self._named(parent, "name", through) if named_on else ()
                case "conditional_expression" if named(parent)[1] != child:
                    pass
                case "boolean_operator" if not _is(parent, "left", child) or self._is_or(parent):
                    pass
                case "attribute" if parent.child_by_field_name("object") == child:
                    method = self._method(parent)
                    if method is None or method[0] not in SAME_TEXT or has_arguments(method[1]):
                        yield from self._other_method(parent, through)
                        return
                    through = (*through, method[0])
                    parent = method[1]
                case _:
                    yield from self._at(parent, child, through, named_on)
                    return
            child, parent = parent, parent.parent
        if parent is not None:
            beyond(FLOW)

    def _is_or(self, parent: Node) -> bool:
        """Whether `child` is the first operand of `x or default`, so that its value goes on."""
        operator = parent.child_by_field_name("operator")
        if operator is None or operator.type != "or":
            return False
        found = default_of(self._evaluator.value(parent.child_by_field_name("right")))
        self.default = Default(found.kind, found.word, by_or=True)
        return True

    def _method(self, attribute: Node) -> tuple[str, Node] | None:
        """The method that is called on a string, and the call."""
        call, name = attribute.parent, attribute.child_by_field_name("attribute")
        if (
            call is None
            or name is None
            or call.type != "call"
            or call.child_by_field_name("function") != attribute
        ):
            return None
        return self._evaluator.tree.source(name), call

    def _other_method(self, attribute: Node, through: tuple[str, ...]) -> Iterator[ValueUse]:
        name = attribute.child_by_field_name("attribute")
        if name is not None:
            yield self._use_at("method", self._evaluator.tree.source(name), attribute, through)

    def _at(self, parent: Node, child: Node, through: tuple[str, ...], named_on: bool) -> Iterator[ValueUse]:
        """How the parent of a node uses it."""
        if parent.type in _TRUTHS or condition_of(parent) == child:
            yield self._use_at("truth", _TRUTHS.get(parent.type, "if"), child, through)
        elif parent.type in ("for_statement", "for_in_clause") and _is(parent, "right", child):
            yield self._use_at("loop", "for", child, through)
        elif parent.type == "pair" and _is(parent, "value", child):
            yield from self._key(parent.child_by_field_name("key"), through)
        elif parent.type == "assignment" and _is(parent, "right", child):
            yield from self._assigned(parent, through, named_on)
        elif parent.type in ("argument_list", "comparison_operator", "binary_operator"):
            taken = {"argument_list": self._argument, "comparison_operator": self._compared}
            yield from taken.get(parent.type, self._calculated)(parent, child, through)
        elif parent.type == "keyword_argument":
            yield from self._keyword(parent, through)

    def _argument(self, arguments: Node, child: Node, through: tuple[str, ...]) -> Iterator[ValueUse]:
        call = arguments.parent
        path = self._path(call.child_by_field_name("function")) if call is not None else ""
        if call is not None and path not in CALLED and is_in_condition(call):
            yield self._use_at("asked", path, call, through)
        if path and call is not None:
            given = self._evaluator.tree.siblings(arguments)
            alone = len(given.named) == 1
            kind: UseKind = "call" if alone else "argument"
            yield self._use_at(kind, path if alone else f"{path}({given.place(child)})", call, through)

    def _keyword(self, keyword: Node, through: tuple[str, ...]) -> Iterator[ValueUse]:
        name, arguments = keyword.child_by_field_name("name"), keyword.parent
        call = arguments.parent if arguments is not None else None
        if name is None or call is None:
            return
        if path := self._path(call.child_by_field_name("function")):
            yield self._use_at("argument", f"{path}({self._evaluator.tree.source(name)})", call, through)
        yield self._use_at("key", self._evaluator.tree.source(name), name, through)

    def _path(self, function: Node | None) -> str:
        found = alternatives(self._evaluator.value(function)) if function is not None else ()
        known = (value.path for value in found if isinstance(value, External))
        return next(known, "") or scheduling_path(self._evaluator, function)

    def _compared(self, comparison: Node, child: Node, through: tuple[str, ...]) -> Iterator[ValueUse]:
        given = self._evaluator.tree.siblings(comparison)
        at, last = given.at(child), len(given.every) - 3
        for before, sign, after in (given.every[i : i + 3] for i in (at - 2, at) if 0 <= i <= last):
            other = after if child == before else before
            words, kinds, more = compared_with(self._evaluator, other)
            if sign.type in _ORDER:
                yield self._use_at("order", sign.type, comparison, through, kinds=kinds)
            elif sign.type in _EQUAL and not (sign.type.endswith("in") and child == after):
                use = self._use_at("compare", sign.type, comparison, through, words, kinds)
                yield replace(use, more=more)

    def _calculated(self, operation: Node, child: Node, through: tuple[str, ...]) -> Iterator[ValueUse]:
        left, right = operation.child_by_field_name("left"), operation.child_by_field_name("right")
        operator, other = operation.child_by_field_name("operator"), right if left == child else left
        if operator is not None and other is not None:
            kinds = (kind_at(self._evaluator, other),)
            yield self._use_at("arithmetic", operator.type, operation, through, kinds=kinds)

    def _key(self, key: Node | None, through: tuple[str, ...]) -> Iterator[ValueUse]:
        value = self._evaluator.value(key)
        if key is not None and isinstance(value, Str):
            use = self._use_at("key", value.text, key, through)
            place = value.written[0] if len(value.written) == 1 else None
            yield replace(use, span=place.span) if isinstance(place, Place) else use

    def _assigned(self, assignment: Node, through: tuple[str, ...], named_on: bool) -> Iterator[ValueUse]:
        target = assignment.child_by_field_name("left")
        if target is None:
            return
        if target.type == "subscript":
            yield from self._key(target.child_by_field_name("subscript"), through)
        elif target.type == "attribute":
            name = target.child_by_field_name("attribute")
            if name is not None:
                yield self._use_at("key", self._evaluator.tree.source(name), name, through)
        elif target.type == "identifier":
            yield self._use_at("key", self._evaluator.tree.source(target), target, through)
            yield from self._named(assignment, "left", through) if named_on else ()

    def _named(self, assignment: Node, field: str, through: tuple[str, ...]) -> Iterator[ValueUse]:
        """The uses of a name to which only this assignment assigns."""
        target = assignment.child_by_field_name(field)
        if target is None or target.type != "identifier":
            return
        word = self._evaluator.tree.source(target)
        bindings = self._evaluator.scopes.bindings(word)
        if len(bindings) != 1 or may_be_converted(self._evaluator, assignment):
            return
        self._name = word
        in_class = scope_of(assignment).type == "class_definition"
        for leaf in self._evaluator.tree.words(word):
            if leaf == target or leaf.type != "identifier" or leaf.parent is None:
                continue
            if leaf.parent.type == "attribute" and leaf.parent.child_by_field_name("attribute") == leaf:
                owner = self._evaluator.value(leaf.parent.child_by_field_name("object"))
                if in_class and not isinstance(owner, External):
                    yield from self.up(leaf.parent, named_on=False, through=through)
            elif not (
                leaf.parent.type == "keyword_argument" and leaf.parent.child_by_field_name("name") == leaf
            ):
                if checks_type(self._evaluator, leaf):
                    return
                yield from self.up(leaf, named_on=False, through=through)

    def _use_at(
        self,
        kind: UseKind,
        what: str,
        node: Node,
        through: tuple[str, ...],
        words: tuple[str, ...] = (),
        kinds: tuple[Kind, ...] = (),
    ) -> ValueUse:
        fails = kind in ("call", "argument")
        raises = fails or kind in ("order", "arithmetic", "method")
        errors = _ERRORS | _OF_METHODS if kind == "method" else _ERRORS
        tests = list(tests_around(node)) if fails else []
        way_out = self._guards.way_out(node, self._key_read) if fails else None
        deciding = [*tests, way_out] if way_out is not None else tests
        return ValueUse(
            kind,
            what,
            self._evaluator.tree.span(node),
            through,
            words,
            kinds,
            caught=raises and self._guards.is_caught(node, errors, raises=False),
            tested=bool(tests) or (fails and self._guards.is_tested(node, self._key_read)),
            unless_none=bool(deciding)
            and all(ignores_empty(self._evaluator, test, self._name, self._key_read) for test in deciding),
        )


def _is(parent: Node, field: str, child: Node) -> bool:
    return parent.child_by_field_name(field) == child
