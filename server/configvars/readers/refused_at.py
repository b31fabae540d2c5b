"""Where the code passes what it reads to a function of a library that refuses None, or an empty string."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import scope_of
from configvars.names.values import Mapping, Str
from configvars.readers.callee import callee_path, creation
from configvars.readers.refused_none import RefusedArgument, refused_arguments
from configvars.syntax.python import Node

_Places = tuple[tuple[int, RefusedArgument], ...]
_OF_DICT = RefusedArgument("", 0, frozenset({"KeyError", "LookupError"}), None)
_SPLATS = frozenset({"list_splat", "dictionary_splat"})


def refused_at(evaluator: Evaluator, node: Node) -> RefusedArgument | None:
    """The argument of a library that an expression is; None if it is none, or is not refused."""
    parent = node.parent
    if parent is not None and parent.type == "subscript" and parent.child_by_field_name("subscript") == node:
        return _subscript(evaluator, parent)
    keyword = parent if parent is not None and parent.type == "keyword_argument" else None
    arguments = keyword.parent if keyword is not None else parent
    call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
    if arguments is None or call is None or call.type != "call":
        return None
    passed: frozenset[str] | None = evaluator.memory.recall(
        evaluator.told, ("passed", arguments.id), lambda: _passed_by_name(evaluator, arguments), None
    )
    if passed is None:
        return None
    word = keyword.child_by_field_name("name") if keyword is not None else None
    position = evaluator.tree.siblings(arguments).place(node) if keyword is None else None
    for each in refused_arguments(callee_path(evaluator, call.child_by_field_name("function"))):
        is_meant = evaluator.tree.source(word) == each.name if word is not None else position == each.position
        if is_meant and position == (each.position if word is None else None):
            return each if each.unless.isdisjoint(passed) else None
    return None


def _passed_by_name(evaluator: Evaluator, arguments: Node) -> frozenset[str] | None:
    """The names of the keyword arguments of a call; None if it has `*` or `**`."""
    given = evaluator.tree.siblings(arguments).named
    if any(each.type in _SPLATS for each in given):
        return None
    names = [each.child_by_field_name("name") for each in given if each.type == "keyword_argument"]
    return frozenset(evaluator.tree.source(each) for each in names if each is not None)


def _subscript(evaluator: Evaluator, subscript: Node) -> RefusedArgument | None:
    """`MongoClient()[node]`, or `{"dev": Dev, "prod": Prod}[node]`, which has no key None."""
    of = subscript.child_by_field_name("value")
    held = (
        evaluator.value(of)
        if of is not None and of.type in ("identifier", "attribute", "dictionary")
        else None
    )
    if isinstance(held, Mapping):
        has_strings = bool(held.items) and all(isinstance(key, Str) for key, _ in held.items)
        is_read = subscript.parent is None or subscript.parent.child_by_field_name("left") != subscript
        return _OF_DICT if has_strings and is_read else None
    made = creation(evaluator, of) if of is not None else None
    path = callee_path(evaluator, made) if made is not None else ""
    return next(iter(refused_arguments(f"{path}()[]")), None) if path else None


def refused_of(evaluator: Evaluator, node: Node) -> Iterator[RefusedArgument]:
    """The arguments of libraries that get what an expression is, also through a name in the same scope."""
    if (found := refused_at(evaluator, node)) is not None:
        yield found
    target = node.parent.child_by_field_name("left") if node.parent is not None else None
    if target is None or node.parent is None or node.parent.type != "assignment" or target == node:
        return
    scope, word = scope_of(node), evaluator.tree.source(target).rpartition(".")[2]
    places: _Places = evaluator.memory.recall(
        evaluator.told,
        ("refused", scope.id, word),
        lambda: tuple(_refused_by_name(evaluator, scope, word)),
        (),
    )
    yield from (found for start, found in places if start > node.start_byte)


def _refused_by_name(evaluator: Evaluator, scope: Node, word: str) -> Iterator[tuple[int, RefusedArgument]]:
    """The arguments that are a name or attribute in a scope, each with its offset in bytes."""
    for leaf in evaluator.tree.words(word, scope):
        whole = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
        if (found := refused_at(evaluator, whole)) is not None:
            yield leaf.start_byte, found


def refuses_none(evaluator: Evaluator, node: Node) -> bool:
    """Whether a library raises if an expression is None."""
    found = refused_at(evaluator, node)
    return found is not None and found.none is not None


def refuses_empty(evaluator: Evaluator, node: Node) -> bool:
    """Whether a library raises if an expression is an empty string."""
    found = refused_at(evaluator, node)
    return found is not None and found.empty is not None


def errors_of(refused: RefusedArgument) -> frozenset[str]:
    """The exceptions that a library raises for an argument, other than `Exception`."""
    return (refused.none or frozenset()) | (refused.empty or frozenset())
