"""Which names of one Python file may lead to variables, if some words do; found without evaluating.

It follows what `runs.expressions` and `runs.called_functions` evaluate, and finds more names than they do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import takewhile

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree

_WORD = lazy_pattern(r"[^\W\d]\w*")
_GLOBAL = lazy_pattern(r"\b(?:global|nonlocal)[ \t]+([\w, \t]+)")
_WALRUS = ":="
# The statements that `called_functions` follows.
_FOLLOWED = frozenset(
    {
        "return_statement",
        "if_statement",
        "expression_statement",
        "comment",
        "pass_statement",
        "global_statement",
    }
)
# The parts of expressions that `expressions` evaluates.
_PARTS = frozenset(
    {"identifier", "attribute", "subscript", "call", "argument_list", "keyword_argument", "named_expression"}
    | {"parenthesized_expression", "tuple", "list", "set", "conditional_expression", "not_operator"}
    | {"boolean_operator", "comparison_operator", "assignment", "string", "string_content"}
    | {"concatenated_string", "ERROR"}
)
_CLAUSES = frozenset({"elif_clause", "else_clause", "block", "case_clause"})
_DEFINITIONS = frozenset({"function_definition", "class_definition", "decorated_definition"})


class LeadingNames:
    """The names of one file whose values some words or `reads` decide, at which libraries read variables."""

    def __init__(self, tree: PythonTree, reads: Iterable[int]) -> None:
        self._tree = tree
        self._statements = tree.root.named_children
        self._starts = [each.start_byte for each in self._statements]
        self._found = {name for offset in reads for name in self._at(tree.byte(offset))}
        self._todo = set(self._found)

    def leading(self, words: set[str]) -> set[str]:
        """The words with the names of all statements of the module whose values one of them decides."""
        self._todo |= words - self._found
        self._found |= words
        while self._todo:
            word = self._todo.pop()
            for leaf in self._tree.words(word):
                more = {*_alias(self._tree, leaf), *self._at(leaf.start_byte)} - self._found
                self._todo |= more
                self._found |= more
        return set(self._found)

    def _at(self, byte: int) -> Iterator[str]:
        at = bisect_right(self._starts, byte) - 1
        return _decided(self._tree, self._statements[at], byte) if at >= 0 else iter(())


def _decided(tree: PythonTree, statement: Node, byte: int) -> Iterator[str]:
    """The names that a statement may bind to a value that something at a byte decides."""
    match statement.type:
        case "function_definition" | "class_definition" | "decorated_definition":
            if _is_evaluated(tree, statement, byte):
                yield from _bound(tree, statement)
            for listed in _GLOBAL.findall(tree.source(statement)):
                yield from _WORD.findall(listed)
        case "if_statement" | "match_statement":
            inside = [each for each in _statements_in(statement) if _is_in(each, byte)]
            for each in inside:
                yield from _decided(tree, each, byte)
            if not inside:
                yield from _bound(tree, statement)
                yield from _WORD.findall(source) if _WALRUS in (source := tree.source(statement)) else ()
        case "expression_statement" if _is_part(statement, byte):
            yield from _bound(tree, statement)
        case "assert_statement" if _WALRUS in (source := tree.source(statement)):
            yield from _WORD.findall(source)


def _alias(tree: PythonTree, leaf: Node) -> Iterator[str]:
    """The name that an import gives to the name at a leaf."""
    above = leaf.parent.parent if leaf.parent is not None else None
    alias = above.child_by_field_name("alias") if above is not None else None
    if alias is not None:
        yield tree.source(alias)


def _is_in(node: Node, byte: int) -> bool:
    return node.start_byte <= byte < node.end_byte


def _bound(tree: PythonTree, statement: Node) -> Iterator[str]:
    """The names that a statement may bind or change; none in a `try`, `with` or loop."""
    match statement.type:
        case "function_definition" | "class_definition":
            yield tree.source(statement.child_by_field_name("name") or statement)
        case "if_statement" | "match_statement":
            for each in _statements_in(statement):
                yield from _bound(tree, each)
        case "import_statement" | "import_from_statement":
            yield from _WORD.findall(tree.source(statement))
        case "expression_statement":
            inner = statement.named_children[0]
            left = inner.child_by_field_name("left")
            yield from _WORD.findall(
                tree.source(inner if left is None or _WALRUS in tree.source(inner) else left)
            )


def _statements_in(node: Node) -> Iterator[Node]:
    """The statements in the blocks of an `if` or `match`."""
    for each in node.named_children:
        if each.type == "block" and node.type != "match_statement":
            yield from each.named_children
        elif each.type in _CLAUSES:
            yield from _statements_in(each)


def _is_part(statement: Node, byte: int) -> bool:
    """Whether something at a byte is part of an expression that is evaluated; a `lambda` is not."""
    node = statement.descendant_for_byte_range(byte, byte + 1)
    while node is not None and node != statement:
        if node.type not in _PARTS:
            return False
        node = node.parent
    return True


def _is_evaluated(tree: PythonTree, definition: Node, byte: int) -> bool:
    """Whether something at a byte may decide what a function returns, or what a class has."""
    bases = definition.child_by_field_name("superclasses")
    if bases is not None and any(tree.source(each) != "object" for each in bases.named_children):
        return False
    body = definition.child_by_field_name("body")
    if body is None or byte < body.start_byte:
        return body is not None
    if definition.type == "function_definition":
        before = takewhile(lambda each: each.start_byte <= byte, body.named_children)
        return all(each.type in _FOLLOWED for each in before)
    inside = (each for each in body.named_children if _is_in(each, byte))
    return all(each.type not in _DEFINITIONS for each in inside)
