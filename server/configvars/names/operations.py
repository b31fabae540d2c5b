"""The results of calls, subscripts and operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.limits import NESTING, Hits
from configvars.names import calls, classes, displays, functions, items, objects, paths, receivers, texts
from configvars.names.displays import copy_of, missing
from configvars.names.known_calls import FUNCTIONS
from configvars.names.scopes import Binding
from configvars.names.sizes import bounded, bounded_arguments
from configvars.names.values import (
    ANY_KEYWORD,
    UNKNOWN,
    Arguments,
    Class,
    External,
    FilePath,
    Function,
    Instance,
    Known,
    Mapping,
    Missing,
    Parameter,
    Sequence,
    Str,
    Unknown,
    Value,
    alternatives,
    one_of,
    step,
)
from configvars.syntax.python import Node, is_too_deep, named
from configvars.syntax.python_chains import operands

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def arguments(evaluator: Evaluator, node: Node) -> Arguments:
    """The arguments of a call node as values."""
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    rest = False
    given = node.child_by_field_name("arguments")
    for child in named(given) if given is not None and given.type == "argument_list" else []:
        if child.type == "keyword_argument":
            name = child.child_by_field_name("name")
            if name is not None:
                keywords.append(
                    (evaluator.tree.source(name), evaluator.value(child.child_by_field_name("value")))
                )
        elif child.type == "dictionary_splat":
            inner = evaluator.value(child.named_children[0]) if child.named_children else UNKNOWN
            pairs = inner.items if isinstance(inner, Mapping) else ()
            keywords.extend((key.text, value) for key, value in pairs if isinstance(key, Str))
            if not isinstance(inner, Mapping):
                keywords.append((ANY_KEYWORD, UNKNOWN))
                rest = True
        elif child.type == "list_splat":
            inner = evaluator.value(child.named_children[0]) if child.named_children else UNKNOWN
            if isinstance(inner, Sequence) and not rest:
                positional.extend(inner.items)
            else:
                rest = True
        elif not rest:
            positional.append(evaluator.value(child))
    return bounded_arguments(Arguments(tuple(positional), tuple(keywords), rest), evaluator.tree.hits)


def call(evaluator: Evaluator, node: Node) -> Value:
    """The result of a call."""
    function = node.child_by_field_name("function")
    if function is None:
        return UNKNOWN
    if function.type == "attribute":
        found = _method_call(evaluator, node, function)
        if found is not None:
            return found
    results = [_result(evaluator, callee, node) for callee in alternatives(evaluator.value(function))]
    return receivers.own_result(evaluator, function, one_of(results), lambda: arguments(evaluator, node))


def _method_call(evaluator: Evaluator, node: Node, function: Node) -> Value | None:
    """The result of a method of a string, sequence, dict or path."""
    of = evaluator.value(function.child_by_field_name("object"))
    attribute = function.child_by_field_name("attribute")
    if attribute is None or not all(
        isinstance(value, Sequence | Mapping | FilePath) or texts.is_text(value) for value in alternatives(of)
    ):
        return None
    if isinstance(of, Parameter) and of.default is not None and not texts.is_text(of.default):
        return None
    name = evaluator.tree.source(attribute)
    given = arguments(evaluator, node)
    hits = evaluator.tree.hits
    return bounded(one_of([_method(name, value, given, hits) for value in alternatives(of)]), hits)


def _method(name: str, of: Value, given: Arguments, hits: Hits) -> Value:
    if isinstance(of, FilePath):
        return paths.method(name, of, given.positional)
    if isinstance(of, Mapping):
        return _mapping_method(name, of, given)
    if isinstance(of, Sequence):
        return of if name == "copy" else UNKNOWN
    if name == "format":
        return texts.formatted(of, given.positional, dict(given.keywords), hits)
    if name in ("split", "rsplit") and isinstance(of, Str):
        return texts.parted(of, given.positional)
    if name == "join" and len(given.positional) == 1:
        return _joined(of, given.positional[0], hits)
    if name == "replace" and len(given.positional) == 2:
        return texts.replaced(of, *given.positional)
    return UNKNOWN if given.positional and name not in ("encode", "decode") else texts.method(name, of)


def _joined(separator: Value, items: Value, hits: Hits) -> Value:
    if not isinstance(items, Sequence):
        return UNKNOWN
    between = Str(separator.text) if isinstance(separator, Str) else separator
    parts: list[Value] = []
    for item in items.items:
        parts.extend([between, item] if parts else [item])
    return texts.join(parts, hits)


def _mapping_method(name: str, of: Mapping, given: Arguments) -> Value:
    match name:
        case "items":
            return Sequence(tuple(Sequence(pair) for pair in of.items))
        case "keys":
            return Sequence(tuple(key for key, _ in of.items))
        case "values":
            return Sequence(tuple(value for _, value in of.items))
        case "get" if given.positional:
            return items.item(of, given.positional[0])
        case "copy":
            return of
        case _:
            return UNKNOWN


def _result(evaluator: Evaluator, callee: Value, node: Node) -> Value:
    match callee:
        case External():
            rule, whole = FUNCTIONS.get(callee.path), callee.path + "()"
            if rule is None and not evaluator.interest.covers(whole):
                return UNKNOWN
            given = calls.completed(callee, arguments(evaluator, node))
            if whole in evaluator.interest.distinct:
                given = objects.placed(evaluator, given, node)
            return (
                step(callee, "()", given)
                if rule is None
                else bounded(rule(evaluator, given), evaluator.tree.hits)
            )
        case Function():
            result = functions.result(evaluator, callee, arguments(evaluator, node))
            return bounded(result, evaluator.tree.hits)
        case Class():
            return classes.instance(evaluator, callee, arguments(evaluator, node))
        case Instance():
            return _result(evaluator, classes.member(evaluator, callee, "__call__"), node)
        case Missing():
            return callee
        case _:
            return UNKNOWN


def binary(evaluator: Evaluator, node: Node) -> Value:
    """The result of `+` and `%` on strings, `|` on mappings, `/` on paths, `-` on sets."""
    operator = node.child_by_field_name("operator")
    sign = operator.type if operator is not None else ""
    if sign not in ("+", "-", "%", "|", "/"):
        return UNKNOWN
    value: Value | None = None
    for operand in _operands(evaluator, node):
        other = evaluator.value(operand)
        value = other if value is None else combined(evaluator, sign, value, other)
        if value == UNKNOWN:
            break
    return value or UNKNOWN


def _operands(evaluator: Evaluator, node: Node) -> list[Node | None]:
    """The operands in a chain `a + b + c`; none if the chain is too long."""
    found = operands(node)
    if found is None:
        evaluator.tree.hits.count(NESTING)
    return found or [None]


def combined(evaluator: Evaluator, sign: str, left: Value, right: Value) -> Value:
    """The result of an operator for two values."""
    return bounded(_combined(evaluator, sign, left, right), evaluator.tree.hits)


def _combined(evaluator: Evaluator, sign: str, left: Value, right: Value) -> Value:
    if sign in ("/", "-"):
        return paths.join([left, right]) if sign == "/" else _without(left, right)
    if sign == "|":
        if isinstance(left, Mapping) and isinstance(right, Mapping):
            return Mapping(left.items + right.items)
        if isinstance(left, Sequence) and isinstance(right, Sequence):
            return Sequence(left.items + right.items)
        return copy_of(right, under=(left,)) or copy_of(left, over=(right,)) or UNKNOWN
    unread = missing(evaluator, [left, right])
    if unread is not None:
        return unread
    if sign == "+":
        if any(isinstance(choice, Known) for side in (left, right) for choice in alternatives(side)):
            return UNKNOWN  # numbers are added, not concatenated
        if isinstance(left, Sequence) and isinstance(right, Sequence):
            return Sequence(left.items + right.items)
        return texts.join([left, right], evaluator.tree.hits)
    if isinstance(right, Mapping):
        pairs = {key.text: value for key, value in right.items if isinstance(key, Str)}
        return texts.percent(left, (), pairs, evaluator.tree.hits)
    given = right.items if isinstance(right, Sequence) else (right,)
    return texts.percent(left, given, {}, evaluator.tree.hits)


def _without(left: Value, right: Value) -> Value:
    """What remains of a set without another one; without an external one, perhaps nothing."""
    if isinstance(left, Sequence) and isinstance(right, External):
        return one_of([left, Sequence(())])
    if not isinstance(left, Sequence) or not isinstance(right, Sequence):
        return UNKNOWN
    gone = {item.text for item in right.items if isinstance(item, Str)}
    if len(gone) < len(right.items):
        return UNKNOWN
    return Sequence(tuple(item for item in left.items if not (isinstance(item, Str) and item.text in gone)))


def assigned(evaluator: Evaluator, binding: Binding) -> Value:
    """The value that an assignment gives to a name.

    A module that is passed to a call with unknown effect stays the module.
    """
    value = displays.destructured(evaluator, binding.node, binding.source, "left", "right")
    given = binding.source.child_by_field_name("right")
    words = given.child_by_field_name("arguments") if given is not None and given.type == "call" else None
    if not isinstance(value, Unknown | Missing) or words is None or words.named_child_count != 1:
        return value
    itself = words.named_children[0]
    if itself.type != "identifier" or itself.text != binding.node.text:
        return value
    before = evaluator.value(itself)
    is_module = isinstance(before, External) and "(" not in before.path and before.path in MODULES
    return before if is_module else value


MODULES = frozenset({"os", "environ", "environs", "decouple", "dotenv"})


def augmented(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of a name after `+=` or `|=`."""
    source = binding.source
    operator = source.child_by_field_name("operator")
    left = source.child_by_field_name("left")
    if left is None or operator is None or left.id != binding.node.id:
        return UNKNOWN
    before = evaluator.guarded(
        ("before", left.id), lambda: evaluator.resolve(evaluator.tree.source(left), left)
    )
    if operator.type == "|=":
        return before
    return (
        combined(evaluator, "+", before, evaluator.value(source.child_by_field_name("right")))
        if operator.type == "+="
        else UNKNOWN
    )


def boolean(evaluator: Evaluator, node: Node) -> Value:
    """`a or b` is one of them; `a and b` is `b`, if `b` is of use."""
    operator = node.child_by_field_name("operator")
    if operator is not None and operator.type == "and":
        return evaluator.value(node.child_by_field_name("right"))
    choices = [evaluator.value(operand) for operand in _operands(evaluator, node)]
    return bounded(one_of(choices), evaluator.tree.hits)


def conditional(evaluator: Evaluator, node: Node) -> Value:
    """The value of `a if test else b`: one of the two."""
    choices: list[Value] = []
    last = node
    while last.type == "conditional_expression" and (parts := named(last)):
        if is_too_deep(last):
            evaluator.tree.hits.count(NESTING)
            return UNKNOWN
        choices.append(evaluator.value(parts[0]))
        last = parts[-1]
    return bounded(one_of([*choices, evaluator.value(last)]), evaluator.tree.hits)
