"""Where the classes of a file are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.names.values import Class, alternatives
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_NO_USE = frozenset({"class_definition", "dotted_name", "aliased_import", "import_from_statement", "string"})
_ENDS = frozenset({"block", "module", "call"})
_READING = frozenset({b"dict", b"len", b"list", b"print", b"set", b"sorted", b"type", b"bool", b"isinstance"})
# Class methods of pydantic that read no variables.
_UNREADING = frozenset(
    {b"model_construct", b"construct", b"model_json_schema", b"schema", b"schema_json"}
    | {b"model_rebuild", b"update_forward_refs"}
)
_ONLY_COMPARED = frozenset({b"isinstance", b"issubclass", b"super", b"TypeVar", b"cast"})


def calls_of(evaluator: Evaluator, cls: Class) -> Iterator[Node]:
    """The calls of a class in the file of the evaluator, under any name."""
    for word in _names(evaluator, cls):
        for leaf in evaluator.tree.words(word):
            used = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
            call = used.parent
            if call is None or call.type != "call" or call.child_by_field_name("function") != used:
                continue
            if cls in alternatives(evaluator.value(used)):
                yield call


def is_used(evaluator: Evaluator, cls: Class) -> bool:
    """Whether the file calls a class or a method of it, or passes it on: not only as a base or annotation."""
    return any(
        _is_use(leaf) and cls in alternatives(evaluator.value(leaf))
        for leaf in evaluator.tree.words(cls.name)
    )


def _is_use(leaf: Node) -> bool:
    """Whether a name is used as a value."""
    parent = leaf.parent
    if parent is None or parent.type in _NO_USE:
        return False
    if parent.type == "attribute":  # of the class: `Base.load()`, but not `Base.model_config`
        called = parent.parent
        return (
            parent.child_by_field_name("object") == leaf
            and called is not None
            and called.type == "call"
            and called.child_by_field_name("function") == parent
            and (parent.named_children[-1].text or b"") not in _UNREADING
        )
    if parent.type == "keyword_argument":
        return parent.child_by_field_name("value") == leaf and parent.named_children[0].text != b"bound"
    if parent.type == "argument_list" and parent.parent is not None:
        function = parent.parent.child_by_field_name("function")
        return function is not None and function.text not in _ONLY_COMPARED
    return not _is_annotation(leaf)


def _is_annotation(leaf: Node) -> bool:
    node: Node | None = leaf
    while node is not None and node.type not in _ENDS:
        if node.type == "type":
            return True
        node = node.parent
    return False


def _names(evaluator: Evaluator, cls: Class) -> dict[str, None]:
    """The names of a class: its own, and `cls` in its class methods."""
    return dict.fromkeys([cls.name, "cls"]) if cls.home.path == evaluator.path else {cls.name: None}


def is_changed(evaluator: Evaluator, cls: Class, name: str) -> bool:
    """Whether code of the file, outside the class, changes the attribute `name` of a class."""
    for leaf in evaluator.tree.words(name):
        attribute = leaf.parent
        if attribute is None or attribute.type != "attribute" or attribute.parent is None:
            continue
        if attribute.child_by_field_name("attribute") != leaf or not _is_write(attribute):
            continue
        of = evaluator.value(attribute.child_by_field_name("object"))
        if cls in alternatives(of):
            return True
    return False


def _is_write(attribute: Node) -> bool:
    """Whether code assigns to an attribute or to an item of it, or calls a method of it."""
    child, parent = attribute, attribute.parent
    while parent is not None and parent.type in ("subscript", "attribute"):
        child, parent = parent, parent.parent
    if parent is None:
        return False
    if parent.type in ("assignment", "augmented_assignment"):
        return parent.child_by_field_name("left") == child
    is_method = parent.type == "call" and child.type == "attribute" and child.id != attribute.id
    name = child.child_by_field_name("attribute") if is_method else None
    return name is not None and name.text in (b"update", b"setdefault", b"pop", b"clear")


def base_constructor_calls(evaluator: Evaluator, cls: Class) -> Iterator[Node]:
    """The calls `super().__init__(…)` in the constructor of a class of this file."""
    node = evaluator.node(cls.home)
    for leaf in evaluator.tree.words("__init__", node) if node is not None else ():
        attribute = leaf.parent
        call = attribute.parent if attribute is not None and attribute.type == "attribute" else None
        if call is not None and call.type == "call" and call.child_by_field_name("function") == attribute:
            yield call


def is_merged_into(evaluator: Evaluator, node: Node) -> bool:
    """Whether code may merge anything into the mapping of which `node` is an item, or the call of a method.

    It may do so in this file, in a function that gets the mapping, or in the other file that has it.
    """
    of = node.child_by_field_name("value") or node.child_by_field_name("function")
    of = of.child_by_field_name("object") if of is not None and node.type == "call" else of
    if of is None or of.type not in ("identifier", "attribute"):
        return False
    leaves = list(evaluator.tree.words(evaluator.tree.source(of).rpartition(".")[2]))
    return not any(map(_is_assigned, leaves)) or any(map(_may_grow, leaves))


def _is_assigned(leaf: Node) -> bool:
    used = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
    parent = used.parent
    if parent is not None and parent.type in ("pattern_list", "tuple_pattern"):
        return True
    is_named = parent is not None and parent.type in ("assignment", "named_expression")
    return (
        is_named
        and parent is not None
        and used
        in (
            parent.child_by_field_name("left"),
            parent.child_by_field_name("name"),
        )
    )


def _may_grow(leaf: Node) -> bool:
    used = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
    if used != leaf and used.child_by_field_name("attribute") != leaf:
        method, used = used.child_by_field_name("attribute"), leaf
        return method is not None and method.text in (b"update", b"setdefault", b"__ior__")
    parent = used.parent
    if parent is None:
        return False
    if parent.type == "attribute":
        method = parent.child_by_field_name("attribute")
        return method is not None and method.text in (b"update", b"setdefault", b"__ior__")
    if parent.type == "argument_list" and parent.parent is not None:
        function = parent.parent.child_by_field_name("function")
        return function is None or function.text not in _READING
    return parent.type == "augmented_assignment" and parent.child_by_field_name("left") == used
