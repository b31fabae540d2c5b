"""What a function does with the items of a mapping: `def setup(config): config["X"] = 1`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from configvars.names.scopes import FUNCTIONS, scope_of
from configvars.names.values import Str, alternatives
from configvars.syntax.python import Node, named
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_BRANCHES = frozenset(
    {"if_statement", "for_statement", "while_statement", "try_statement", "match_statement", "with_statement"}
    | {"conditional_expression", "boolean_operator", "lambda"}
    | FUNCTIONS
)
_CHANGING_NOTHING = frozenset({"items", "keys", "values", "copy"})
_NAMED_BY = ("parameters", "default_parameter", "typed_parameter", "typed_default_parameter")


class ItemUse(Struct, frozen=True):
    """A use of one item. `how` says whether it is read, set or tested; `setdefault` is `default`.

    `get` reads an item that may be absent, `get default` with a default of its own. `conditional`: the
    statement may not run when the function is called.
    """

    how: Literal["set", "default", "read", "get", "get default", "test"]
    key: Str
    conditional: bool


class ItemUses(Struct, frozen=True):
    """The uses of the items of a parameter, in order; `known`: the function does nothing else with it."""

    uses: tuple[ItemUse, ...] = ()
    known: bool = False


NOT_KNOWN = ItemUses()


class _NotKnownError(Exception):
    """The function may do something else with the mapping."""


def item_uses(evaluator: Evaluator, function: Mark, parameter: str) -> ItemUses:
    """The uses of the items of a parameter of a function of the workspace."""
    if function.path != evaluator.path:
        return evaluator.elsewhere.item_uses(evaluator.path, function, parameter)
    return own_item_uses(evaluator, function, parameter)


def own_item_uses(evaluator: Evaluator, function: Mark, parameter: str) -> ItemUses:
    """The uses of the items of a parameter of a function of this file."""
    node = evaluator.node(function)
    if node is None or node.type != "function_definition":
        return NOT_KNOWN
    uses: list[ItemUse] = []
    try:
        for leaf in evaluator.tree.words(parameter, node):
            if _is_name(leaf):
                if scope_of(leaf) != node and evaluator.scopes.in_scope(parameter, scope_of(leaf)):
                    return NOT_KNOWN
                uses += _used(evaluator, leaf, _is_conditional(leaf, node))
    except _NotKnownError:
        return NOT_KNOWN
    return ItemUses(tuple(uses), known=True)


def _is_name(leaf: Node) -> bool:
    """Whether a leaf is the parameter itself: no attribute, no keyword, and not where it is declared."""
    parent = leaf.parent
    if leaf.type != "identifier" or parent is None:
        return False
    is_attribute = parent.type == "attribute" and parent.child_by_field_name("attribute") == leaf
    is_keyword = parent.type == "keyword_argument" and parent.child_by_field_name("name") == leaf
    is_declared = parent.type in _NAMED_BY and parent.child_by_field_name("value") != leaf
    return not (is_attribute or is_keyword or is_declared)


def _is_conditional(leaf: Node, function: Node) -> bool:
    around = leaf.parent
    while around is not None and around != function:
        if around.type in _BRANCHES:
            return True
        around = around.parent
    return False


def _used(evaluator: Evaluator, leaf: Node, conditional: bool) -> Iterator[ItemUse]:
    parent = leaf.parent
    if parent is None:
        return
    if parent.type == "subscript" and parent.child_by_field_name("value") == leaf:
        yield from _item(evaluator, parent, conditional)
    elif parent.type == "attribute" and parent.child_by_field_name("object") == leaf:
        yield from _method(evaluator, parent, conditional)
    elif parent.type == "comparison_operator":
        first = parent.named_children[0]
        for key in [] if first == leaf else _keys(evaluator, first):
            yield ItemUse("test", key, conditional)
    elif parent.type not in ("if_statement", "not_operator"):
        raise _NotKnownError


def _item(evaluator: Evaluator, target: Node, conditional: bool) -> Iterator[ItemUse]:
    """`config["X"]`, read or set."""
    statement = target.parent
    is_set = (
        statement is not None
        and statement.type in ("assignment", "augmented_assignment")
        and statement.child_by_field_name("left") == target
    )
    if statement is not None and statement.type in ("delete_statement", "pattern_list", "tuple_pattern"):
        raise _NotKnownError
    keys = _keys(evaluator, target.child_by_field_name("subscript"))
    if is_set and not keys:
        raise _NotKnownError
    for key in keys:
        if not is_set or (statement is not None and statement.type == "augmented_assignment"):
            yield ItemUse("read", key, conditional or len(keys) > 1)
        if is_set:
            yield ItemUse("set", key, conditional or len(keys) > 1)


def _method(evaluator: Evaluator, attribute: Node, conditional: bool) -> Iterator[ItemUse]:
    """`config.get("X")` and other calls of methods of a dict."""
    call, name = attribute.parent, attribute.child_by_field_name("attribute")
    if call is None or call.type != "call" or name is None:
        raise _NotKnownError
    arguments = call.child_by_field_name("arguments")
    given = named(arguments) if arguments is not None and arguments.type == "argument_list" else []
    method = evaluator.tree.source(name)
    if method == "get" and 1 <= len(given) <= 2:
        for key in _keys(evaluator, given[0]):
            yield ItemUse("get" if len(given) == 1 else "get default", key, conditional)
    elif method == "setdefault" and given and (keys := _keys(evaluator, given[0])):
        yield from (ItemUse("default", key, conditional) for key in keys)
    elif method in ("update", "from_mapping"):
        for key in _written_keys(evaluator, given):
            yield ItemUse("set", key, conditional)
    elif method not in _CHANGING_NOTHING:
        raise _NotKnownError


def _written_keys(evaluator: Evaluator, given: list[Node]) -> Iterator[Str]:
    """The keys of `update(A=1)` and `update({"A": 1})`."""
    for argument in given:
        name = argument.child_by_field_name("name") if argument.type == "keyword_argument" else None
        if name is not None:
            yield Str(evaluator.tree.source(name), (evaluator.place(name),))
            continue
        if argument.type != "dictionary":
            raise _NotKnownError
        for pair in named(argument):
            found = _keys(evaluator, pair.child_by_field_name("key")) if pair.type == "pair" else []
            if not found:
                raise _NotKnownError
            yield from found


def _keys(evaluator: Evaluator, node: Node | None) -> list[Str]:
    """The strings that a key may be, if it is certainly one of them and written in the workspace."""
    values = alternatives(evaluator.value(node)) if node is not None else ()
    return (
        [value for value in values if isinstance(value, Str) and value.written]
        if all(isinstance(value, Str) for value in values)
        else []
    )
