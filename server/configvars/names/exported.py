"""The answers of a file to other files: module-level names, functions and classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.limits import OBJECT_DEPTH, beyond
from configvars.names import classes, functions, members, texts
from configvars.names.declared import Declared
from configvars.names.declared import declared as declared_here
from configvars.names.declared import told as declared_told
from configvars.names.flow import reaching
from configvars.names.item_uses import ItemUses, own_item_uses
from configvars.names.portable import portable, portable_arguments
from configvars.names.values import (
    UNKNOWN,
    Asked,
    Class,
    External,
    FilePath,
    Function,
    Instance,
    Mapping,
    Missing,
    Module,
    OneOf,
    ParameterRead,
    Sequence,
    Str,
    Value,
    alternatives,
    one_of,
)
from configvars.syntax.python import Node
from configvars.text import Mark, Place

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def export(evaluator: Evaluator, name: str) -> Value | None:
    """The value of a module-level name after the module has run; None if there is no such name."""
    root = evaluator.tree.root
    bindings = evaluator.scopes.in_scope(name, root)
    if not bindings:
        return None
    seen = reaching(bindings, root, root, later=True)
    return told(evaluator, one_of([evaluator.bound(binding) for binding in seen]))


def hands_on(evaluator: Evaluator, name: str) -> bool:
    """Whether `from module import *` imports a name: by `__all__`, if that is known."""
    root = evaluator.tree.root
    bindings = evaluator.scopes.in_scope("__all__", root)
    if not bindings:
        return not name.startswith("_")
    if any(_is_changed(leaf) for leaf in evaluator.tree.words("__all__")):
        return True
    seen = reaching(bindings, root, root, later=True)
    return any(_may_list(choice, name) for one in seen for choice in alternatives(evaluator.bound(one)))


def _is_changed(leaf: Node) -> bool:
    """`__all__.append(…)`, and any other use of an attribute of it."""
    parent = leaf.parent
    return parent is not None and parent.type == "attribute" and parent.child_by_field_name("object") == leaf


def _may_list(value: Value, name: str) -> bool:
    items = value.items if isinstance(value, Sequence) else (value,)
    return any(not isinstance(item, Str) or item.text == name for item in items)


def member(evaluator: Evaluator, cls: Class, name: str, of_instance: bool) -> Value:
    """The value of a member of a class, or of an instance of it."""
    return told(evaluator, classes.own_member(evaluator, cls, name, of_instance))


def own(evaluator: Evaluator, cls: Class, name: str) -> members.Own:
    """The values of a member of a class, without its base classes."""
    found = members.own(evaluator, cls, name)
    return replace(
        found,
        body=tuple(told(evaluator, value) for value in found.body),
        assigned=tuple(told(evaluator, value) for value in found.assigned),
        above=None if found.above is None else portable_arguments(found.above, _marking(evaluator)),
    )


def returned(evaluator: Evaluator, home: Mark) -> Value:
    """The value that a function returns."""
    return portable(functions.returned(evaluator, Function(home)), _marking(evaluator))


def bases(evaluator: Evaluator, cls: Class) -> tuple[Value, ...]:
    """The base classes of a class, including external classes that no reader knows."""
    return tuple(portable(base, _marking(evaluator)) for base in classes.bases(evaluator, cls))


def keywords(evaluator: Evaluator, cls: Class) -> tuple[tuple[str, Value], ...]:
    """The keyword arguments of a class statement, by name."""
    mark = _marking(evaluator)
    return tuple((name, portable(value, mark)) for name, value in classes.keywords(evaluator, cls))


def reads(evaluator: Evaluator, function: Mark) -> tuple[ParameterRead, ...]:
    """What a function is known to read with its parameters."""
    mark = _marking(evaluator)

    def told_of(read: ParameterRead) -> ParameterRead:
        default = None if read.default is None else portable(read.default, mark)
        asked = None if read.asked is None else portable(read.asked, mark)
        return replace(
            read,
            key=portable(read.key, mark),
            default=default,
            asked=asked if isinstance(asked, Asked) else None,
        )

    return tuple(map(told_of, evaluator.learned.reads(function)))


def item_uses(evaluator: Evaluator, function: Mark, parameter: str) -> ItemUses:
    """What a function does with the items of a parameter."""
    found = own_item_uses(evaluator, function, parameter)
    keys = [portable(use.key, _marking(evaluator)) for use in found.uses]
    uses = (replace(use, key=key) for use, key in zip(found.uses, keys, strict=True) if isinstance(key, Str))
    return replace(found, uses=tuple(uses))


def declared(evaluator: Evaluator, cls: Class) -> tuple[Declared, ...]:
    """The names in the body of a class."""
    return declared_told(declared_here(evaluator, cls), _marking(evaluator))


def told(evaluator: Evaluator, value: Value) -> Value:
    """A value in the form for other files.

    Of several alternatives only those that lead to variables or names, if there are any.
    """
    kept = [choice for choice in alternatives(value) if _is_of_use(evaluator, choice)]
    if kept:
        return portable(one_of(kept), _marking(evaluator))
    if any(isinstance(choice, External) for choice in alternatives(value)):
        return UNKNOWN
    return portable(value, _marking(evaluator))


def _is_of_use(evaluator: Evaluator, value: Value, depth: int = 0) -> bool:
    """Whether a value belongs to the workspace, is known to a reader, or is or contains a string."""
    if depth > OBJECT_DEPTH.most:
        beyond(OBJECT_DEPTH)
        return False
    match value:
        case FilePath() | Function() | Class() | Instance() | Module() | Missing():
            return True
        case External():
            return evaluator.interest.covers(value.path)
        case OneOf() | Sequence():
            inner = value.values if isinstance(value, OneOf) else value.items
            return any(_is_of_use(evaluator, item, depth + 1) for item in inner)
        case Mapping():
            return any(_is_of_use(evaluator, item, depth + 1) for pair in value.items for item in pair)
        case _:
            return texts.is_text(value)


def _marking(evaluator: Evaluator) -> Callable[[Place], Mark]:
    def mark(place: Place) -> Mark:
        tree = evaluator.tree
        return evaluator.anchors.mark(tree.byte(place.span.start), tree.byte(place.span.end))

    return mark
