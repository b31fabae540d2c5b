"""The parts of a call and the access to an item, from the syntax around a node."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import function_of
from configvars.names.values import External
from configvars.readers.base import Argument, CallParts
from configvars.syntax.python import Node, named
from configvars.text import Mark, Span


def argument(evaluator: Evaluator, node: Node) -> Argument:
    """An expression with its value and span."""
    return Argument(evaluator.value(node), evaluator.tree.span(node))


def parts(evaluator: Evaluator, node: Node, places: dict[Span, Node] | None = None) -> CallParts:
    """The parts of a call, without arguments after a `*`; stores the nodes of the arguments in `places`."""

    def argument_at(expression: Node) -> Argument:
        found = argument(evaluator, expression)
        if places is not None:
            places[found.span] = expression
        return found

    positional: list[Argument] = []
    keywords: list[tuple[str, Argument]] = []
    rest = False
    passed: tuple[Mark, Span] | None = None
    given = node.child_by_field_name("arguments")
    for child in named(given) if given is not None and given.type == "argument_list" else []:
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                keywords.append((evaluator.tree.source(name), argument_at(value)))
        elif child.type in ("dictionary_splat", "list_splat"):
            rest = True
            passed = _passed(evaluator, child) or passed
        elif child.type == "ERROR":
            continue
        elif not rest:
            positional.append(argument_at(child))
    function = node.child_by_field_name("function")
    callee = evaluator.value(function)
    if isinstance(callee, External) and callee.given is not None and function is not None:
        at, here = evaluator.tree.span(function), {name for name, _ in keywords}
        more = ((name, Argument(value, at)) for name, value in callee.given.keywords if name not in here)
        keywords.extend(more)
        rest = rest or callee.given.rest
    return CallParts(callee, tuple(positional), tuple(keywords), rest, passed)


def _passed(evaluator: Evaluator, splat: Node) -> tuple[Mark, Span] | None:
    """The function whose `**kwargs` a call passes on, and the span of `**kwargs` in the call."""
    inner = splat.named_children[0] if splat.type == "dictionary_splat" and splat.named_children else None
    function = function_of(splat)
    if inner is None or inner.type != "identifier" or function is None:
        return None
    bound = evaluator.scopes.in_scope(evaluator.tree.source(inner), function)
    if [binding.source.type for binding in bound] != ["dictionary_splat_pattern"]:
        return None
    return evaluator.home(function), evaluator.tree.span(splat)


def access_of(node: Node) -> Access:
    """Whether a subscript is read, or written by an assignment, a loop or a `del`."""
    child, parent = node, node.parent
    while parent is not None and parent.type in ("pattern_list", "tuple_pattern", "list_pattern", "tuple"):
        child, parent = parent, parent.parent
    if parent is None:
        return Access.READ
    if parent.type in ("assignment", "for_statement", "for_in_clause", "augmented_assignment"):
        return Access.WRITE if parent.child_by_field_name("left") == child else Access.READ
    return Access.WRITE if is_deleted(node) or parent.type == "as_pattern_target" else Access.READ


def is_deleted(node: Node) -> bool:
    """Whether a `del` statement names a node."""
    parent = node.parent
    while parent is not None and parent.type in ("expression_list", "tuple", "parenthesized_expression"):
        parent = parent.parent
    return parent is not None and parent.type == "delete_statement"


def dict_items(node: Node | None) -> Iterator[tuple[Node, Node]]:
    """The keys and values of a dict display; nothing for any other expression."""
    for child in named(node) if node is not None and node.type == "dictionary" else []:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None:
            yield key, value


def matched_keys(statement: Node) -> Iterator[Node]:
    """The keys in the mapping patterns of a `match` statement's cases: `case {"A": value}`."""
    body = statement.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        waiting = [child for child in case.named_children if child.type == "case_pattern"]
        while waiting:
            node = waiting.pop()
            if node.type == "dict_pattern":
                yield from (child for child in node.named_children if child.type == "string")
            elif node.type in ("case_pattern", "union_pattern", "as_pattern"):
                waiting.extend(reversed(node.named_children))
