"""Literals: strings, tuples, lists, dicts; unpacking them and looping over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.limits import ITEMS, PIECES
from configvars.model import Place
from configvars.names import texts
from configvars.names.calls import items_of
from configvars.names.scopes import Binding
from configvars.names.sizes import bounded
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Class,
    External,
    Mapping,
    Method,
    Missing,
    Sequence,
    Str,
    Value,
    alternatives,
    one_of,
    step,
)
from configvars.syntax.python import Node, named
from configvars.syntax.python_strings import pieces

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def string(evaluator: Evaluator, node: Node) -> Value:
    """The value of a string literal or of several adjacent ones, with the values inside f-strings."""
    parts: list[Value] = []
    for piece in pieces(evaluator.tree, node):
        if len(parts) > PIECES.most:
            evaluator.tree.hits.count(PIECES)
            return UNKNOWN
        if piece.expression is not None:
            value = UNKNOWN if piece.formatted else evaluator.value(piece.expression)
            parts.append(value)
        elif piece.text or len(parts) == 0:
            parts.append(Str(piece.text, (Place(evaluator.path, piece.span),)))
    if len(parts) > 1:
        parts = (
            [part for part in parts if part != UNKNOWN and not _is_empty(part)]
            if UNKNOWN not in parts
            else parts
        )
    return missing(evaluator, parts) or texts.join(parts, evaluator.tree.hits)


def _is_empty(value: Value) -> bool:
    return isinstance(value, Str) and not value.text


def missing(evaluator: Evaluator, values: list[Value]) -> Missing | None:
    """The first of some values that depends on a file which has not been read."""
    for value in values:
        for choice in alternatives(value):
            inner = choice.of if isinstance(choice, Method) else choice
            if isinstance(inner, Missing):
                return inner
            if isinstance(inner, External) and inner.path in evaluator.asked:
                return Missing(inner.path)
    return None


def sequence(evaluator: Evaluator, node: Node) -> Value:
    """A tuple, list or set display; unknown if it contains `*` with an unknown sequence."""
    items: list[Value] = []
    if _has_too_many(evaluator, node):
        return UNKNOWN
    for child in named(node):
        if child.type == "list_splat":
            inner = evaluator.value(child.named_children[0]) if child.named_children else UNKNOWN
            if not isinstance(inner, Sequence):
                return UNKNOWN
            items.extend(inner.items)
        else:
            items.append(evaluator.value(child))
    return bounded(Sequence(tuple(items)), evaluator.tree.hits)


def comprehension(evaluator: Evaluator, node: Node) -> Value:
    """`[f"APP_{n}" for n in NAMES]`; what an `if` in it leaves out is not known."""
    if any(child.type == "if_clause" for child in node.named_children):
        return UNKNOWN
    value = evaluator.value(node.child_by_field_name("body"))
    return bounded(Sequence(alternatives(value)), evaluator.tree.hits)


def splat(evaluator: Evaluator, node: Node) -> Value:
    """In `[*a.b]` the grammar has the star at `a`."""
    is_part = node.parent is not None and node.parent.type in ("attribute", "subscript", "call")
    children = named(node)
    return evaluator.value(children[0]) if is_part and len(children) == 1 else UNKNOWN


def _has_too_many(evaluator: Evaluator, display: Node) -> bool:
    if display.named_child_count <= ITEMS.most:
        return False
    evaluator.tree.hits.count(ITEMS)
    return True


def mapping(evaluator: Evaluator, node: Node) -> Value:
    """A dict display; a copy of an external mapping if it contains `**` with that mapping."""
    items: list[tuple[Value, Value]] = []
    copied: Value | None = None
    if _has_too_many(evaluator, node):
        return UNKNOWN
    for child in named(node):
        if child.type == "dictionary_splat":
            inner = evaluator.value(child.named_children[0]) if child.named_children else UNKNOWN
            beneath = () if copied is None else (copied,)
            if isinstance(inner, Mapping):
                items.extend(inner.items)
            elif (copy := copy_of(inner, under=(*beneath, Mapping(tuple(items))))) is not None:
                copied = copy
                items.clear()
            else:
                items.append((UNKNOWN, UNKNOWN))
        elif child.type == "pair":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            items.append((evaluator.value(key), evaluator.value(value)))
    shown = bounded(Mapping(tuple(items)), evaluator.tree.hits)
    return shown if copied is None else copy_of(copied, over=(shown,)) or UNKNOWN


def copy_of(value: Value, over: tuple[Value, ...] = (), under: tuple[Value, ...] = ()) -> Value | None:
    """A copy of an external mapping; None if `value` is not one. A copy of a copy is a copy.

    `over` are mappings that are merged into the copy, `under` are mappings that the copy is merged into. Both
    are stored as the arguments of the copy's `copy()`.
    """
    above = tuple(one for one in over if one != _EMPTY)
    beneath = tuple((UNDER, one) for one in under if one != _EMPTY)
    for alternative in alternatives(value):
        if isinstance(alternative, External):
            is_copy = alternative.path.endswith(".copy()") and alternative.of is not None
            if not above and not beneath and is_copy:
                return alternative
            before = (is_copy and alternative.arguments) or Arguments()
            given = Arguments((*before.positional, *above), (*before.keywords, *beneath))
            of = alternative.of if is_copy and alternative.of is not None else alternative
            return step(of, ".copy()", given if given != Arguments() else None)
    return None


_DISPLAYS = frozenset({"tuple", "list", "expression_list"})
UNDER = "under"
"""The keyword before a mapping that a copy is merged into."""
_EMPTY = Mapping(())


def destructured(evaluator: Evaluator, leaf: Node, source: Node, left: str, right: str) -> Value:
    """The value that an assignment gives to one name of its target."""
    target = source.child_by_field_name(left)
    given = source.child_by_field_name(right)
    if target is None or given is None:
        return UNKNOWN
    indices = _indices(leaf, target)
    return UNKNOWN if indices is None else _picked(evaluator.value(given), indices)


def part_given(binding: Binding) -> Node | None:
    """The expression that an assignment gives to one name of its target: `y` to `b` in `a, b = x, y`."""
    field = "value" if binding.how == "walrus" else "right"
    target, given = binding.source.child_by_field_name("left"), binding.source.child_by_field_name(field)
    while given is not None and given.type in ("assignment", "parenthesized_expression"):
        given = given.child_by_field_name("right") or next(iter(named(given)), None)
    indices = [] if target is None else _indices(binding.node, target)
    for index in indices or ():
        parts = named(given) if given is not None and given.type in _DISPLAYS else []
        has_star = any(part.type == "list_splat" for part in parts)
        given = parts[index] if index < len(parts) and not has_star else None
    return None if indices is None else given


def looped(evaluator: Evaluator, binding: Binding) -> Value:
    """The value that a loop gives to one name of its target: one of the items of a known sequence."""
    target = binding.source.child_by_field_name("left")
    given = binding.source.child_by_field_name("right")
    indices = None if target is None else _indices(binding.node, target)
    if indices is None:
        return UNKNOWN
    value = evaluator.value(given)
    if isinstance(value, Class):
        from configvars.names import classes

        return _picked(one_of(classes.constants(evaluator, value) or [UNKNOWN]), indices)
    return _picked(one_of(items_of(value)), indices)


def _picked(value: Value, indices: list[int]) -> Value:
    for index in indices:
        picked: list[Value] = []
        for alternative in alternatives(value):
            if isinstance(alternative, Sequence) and index < len(alternative.items):
                picked.append(alternative.items[index])
            else:
                picked.append(UNKNOWN)
        value = one_of(picked)
    return value


def _indices(leaf: Node, target: Node) -> list[int] | None:
    """The path from a target to one of its names, as indices; None after a starred name."""
    indices: list[int] = []
    child: Node = leaf
    while child.id != target.id:
        parent = child.parent
        if parent is None or parent.type in ("list_splat_pattern", "list_splat"):
            return None
        if parent.type != "parenthesized_expression":
            siblings = named(parent)
            if len(siblings) > ITEMS.most:
                return None
            if any(sibling.type in ("list_splat_pattern", "list_splat") for sibling in siblings):
                return None
            indices.append(next(i for i, sibling in enumerate(siblings) if sibling.id == child.id))
        child = parent
    indices.reverse()
    return indices
