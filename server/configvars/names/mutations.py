"""Changes of a list, set or dict after the statement that creates it: `NAMES.append("A")`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from configvars.names.bindings import Binding
from configvars.names.values import UNKNOWN, Mapping, Sequence, Str, Value, alternatives, one_of
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_METHODS = frozenset(
    {b"append", b"extend", b"insert", b"add", b"update", b"remove", b"discard", b"pop", b"clear", b"popitem"}
    | {b"setdefault", b"reverse", b"sort"}
)
_DISPLAYS = frozenset({"list", "set", "dictionary", "list_comprehension"})
_MAKERS = frozenset({b"list", b"set", b"dict", b"sorted"})


def are_seen(bindings: Iterable[Binding]) -> bool:
    """Whether a list, set or dict is assigned to a name; other values are not tracked."""
    return any(_is_display(binding.source.child_by_field_name("right")) for binding in bindings)


def _is_display(node: Node | None) -> bool:
    if node is None:
        return False
    called = node.child_by_field_name("function") if node.type == "call" else None
    return node.type in _DISPLAYS or (
        called is not None and called.type == "identifier" and called.text in _MAKERS
    )


def of(leaves: Iterable[Node]) -> Iterator[Binding]:
    """The changes of a list, set or dict among the occurrences of its name."""
    from configvars.names.scopes import scope_of

    for leaf in leaves:
        source = _change(leaf) if leaf.type == "identifier" else None
        if source is not None:
            yield Binding("mutate", leaf, source, scope_of(source), source.end_byte)


def _change(leaf: Node) -> Node | None:
    """The call or the statement that changes the value of a name; None if there is none."""
    parent = leaf.parent
    above = parent.parent if parent is not None else None
    if parent is None or above is None:
        return None
    if parent.type == "attribute" and above.type == "call" and parent.child_by_field_name("object") == leaf:
        method = parent.child_by_field_name("attribute")
        is_statement = above.parent is not None and above.parent.type == "expression_statement"
        return above if is_statement and method is not None and method.text in _METHODS else None
    if parent.type == "subscript" and parent.child_by_field_name("value") == leaf:
        is_target = above.type in ("assignment", "augmented_assignment") and (
            above.child_by_field_name("left") == parent
        )
        return above if is_target or above.type == "delete_statement" else None
    return None


def mutated(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of a name after a change."""
    leaf = binding.node
    before = evaluator.guarded(
        ("before", leaf.id), lambda: evaluator.resolve(evaluator.tree.source(leaf), leaf)
    )
    return one_of([_changed(evaluator, binding.source, value) for value in alternatives(before)])


def _changed(evaluator: Evaluator, source: Node, before: Value) -> Value:
    if not isinstance(before, Sequence | Mapping):
        return before
    if source.type == "assignment":
        target = source.child_by_field_name("left")
        key = target.child_by_field_name("subscript") if target is not None else None
        pair = (evaluator.value(key), evaluator.value(source.child_by_field_name("right")))
        return Mapping((*before.items, pair)) if isinstance(before, Mapping) else UNKNOWN
    function, arguments = source.child_by_field_name("function"), source.child_by_field_name("arguments")
    method = function.child_by_field_name("attribute") if function is not None else None
    given = [evaluator.value(node) for node in named(arguments)] if arguments is not None else []
    word = "" if method is None else evaluator.tree.source(method)
    if not given and isinstance(before, Sequence):
        return _in_order(word, before)
    if len(given) != 1 or not word:
        return UNKNOWN
    if isinstance(before, Mapping):
        return _in_mapping(word, before, given[0])
    return _in_list(word, before, given[0])


def _in_mapping(word: str, before: Mapping, given: Value) -> Value:
    is_update = word == "update" and isinstance(given, Mapping)
    return Mapping((*before.items, *given.items)) if is_update and isinstance(given, Mapping) else UNKNOWN


def _in_order(word: str, before: Sequence) -> Value:
    """A list after `reverse()` or `sort()`."""
    if word == "reverse":
        return Sequence(before.items[::-1])
    texts = [item for item in before.items if isinstance(item, Str)]
    if word != "sort" or len(texts) < len(before.items):
        return UNKNOWN
    ordered = sorted(texts, key=lambda item: item.text)
    return Sequence(tuple(ordered))


def _in_list(word: str, before: Sequence, given: Value) -> Value:
    if word in ("append", "add"):
        return Sequence((*before.items, given))
    if word in ("extend", "update"):
        return Sequence((*before.items, *given.items)) if isinstance(given, Sequence) else UNKNOWN
    if word in ("remove", "discard") and isinstance(given, Str):
        texts = [item.text for item in before.items if isinstance(item, Str)]
        if len(texts) == len(before.items) and texts.count(given.text) <= 1:
            kept = [item for item in before.items if isinstance(item, Str) and item.text != given.text]
            return Sequence(tuple(kept))
    return UNKNOWN
