"""Which variable decides whether a read happens at all: `if USE_S3: bucket = os.environ["BUCKET"]`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from configvars.names.evaluate import Evaluator
from configvars.syntax.python import Node

Read = tuple[Node, str]
_DECIDING = frozenset({"if_statement", "conditional_expression"})
_LOOPS = frozenset({"for_statement", "for_in_clause"})
_TESTS = frozenset({"boolean_operator", "comparison_operator", "not_operator", "parenthesized_expression"})


class Switches:
    """The conditions of one file that depend on a variable.

    `reads` are the reads of the file, each with the variable's name. A condition depends on the variables
    that it reads, and on those from which its names were assigned.
    """

    def __init__(self, evaluator: Evaluator, reads: Sequence[Read]) -> None:
        self._evaluator = evaluator
        self._reads = sorted(reads, key=lambda read: read[0].start_byte)
        self._starts = [node.start_byte for node, _ in self._reads]
        self._by_word: dict[str, str | None] = {}
        self._by_statement: dict[int, list[tuple[Node, str]]] = {}

    def switch_of(self, node: Node) -> str | None:
        """The name of the variable on which a condition around `node` depends; None if none is known."""
        child, parent = node, node.parent
        while parent is not None:
            if parent.type in _DECIDING:
                for condition, name in self._of_statement(parent):
                    if not _holds(condition, child):
                        return name
            child, parent = parent, parent.parent
        return None

    def _of_statement(self, statement: Node) -> list[tuple[Node, str]]:
        """The first two conditions of a statement that depend on variables.

        A read is in at most one of them.
        """
        known = self._by_statement.get(statement.id)
        if known is None:
            known = self._by_statement[statement.id] = []
            for condition in _conditions(statement):
                name = self._named_by(condition)
                if name is not None:
                    known.append((condition, name))
                if len(known) == 2:
                    break
        return known

    def _named_by(self, condition: Node) -> str | None:
        name = self._within(condition)
        words = _words(self._evaluator, condition) if name is None else ()
        return name or next((found for word in words if (found := self._of_word(word))), None)

    def _of_word(self, word: str) -> str | None:
        """The first variable from which a name is assigned."""
        if word not in self._by_word:
            self._by_word[word] = None  # while it is being looked up: a name may be assigned from itself
            sources = (binding.source for binding in self._evaluator.scopes.bindings(word))
            self._by_word[word] = next((found for one in sources if (found := self._of_source(one))), None)
        return self._by_word[word]

    def _of_source(self, source: Node) -> str | None:
        """The first variable read in an assigned value or test, or assigned to a name in the test."""
        given = source.child_by_field_name("right") or source
        found = self._within(given if source.type in _LOOPS else source)
        if found is not None or given.type not in _TESTS:
            return found
        names = (self._of_word(word) for word in _words(self._evaluator, given))
        return next((name for name in names if name), None)

    def _within(self, outer: Node) -> str | None:
        """The first variable that is read inside a node."""
        index = bisect_left(self._starts, outer.start_byte)
        while index < len(self._reads) and self._starts[index] < outer.end_byte:
            node, name = self._reads[index]
            if node.end_byte <= outer.end_byte:
                return name
            index += 1
        return None


def _conditions(statement: Node) -> Iterator[Node]:
    """The conditions of an `if` and its `elif`s, or of a conditional expression."""
    if statement.type == "conditional_expression":
        yield statement.named_children[1]
        return
    for part in (statement, *statement.children_by_field_name("alternative")):
        condition = part.child_by_field_name("condition")
        if condition is not None:
            yield condition


def _words(evaluator: Evaluator, condition: Node) -> Iterator[str]:
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node.type == "identifier":
            yield evaluator.tree.source(node)
        waiting.extend(node.named_children)


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte
