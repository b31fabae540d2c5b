"""Which branches around a place a deployed app takes, if the names of its variables decide it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from configvars.project import Project
from configvars.runs.expressions import Expressions
from configvars.runs.known_values import State, Value, compared
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named
from configvars.text import Span

_UNSURE = frozenset({"try_statement", "for_statement", "while_statement", "with_statement", "except_clause"})
_LEAVING = frozenset({"return_statement", "continue_statement", "break_statement"})


class Branches:
    """The branches of the files of a project, for one app of which `state` says what is set."""

    def __init__(self, project: Project, state: State) -> None:
        self._expressions = Expressions(project, state, self._certainly)
        self._left: dict[tuple[str, int], int] = {}

    def taken(self, path: str, span: Span) -> bool | None:
        """Whether the app takes all branches around a place (True), or certainly not one of them (False).

        None if that is not known. True also if there is no branch.
        """
        self._expressions.effort.begin(path)
        code = self._expressions.code(path)
        node = code.tree.root.descendant_for_byte_range(code.tree.byte(span.start), code.tree.byte(span.end))
        return _all(self._around(code, node, code.tree.root))

    def code(self, path: str) -> Code:
        """A parsed file."""
        return self._expressions.code(path)

    def value(self, code: Code, node: Node | None) -> Value:
        """The value of an expression on the app; None if it is not known."""
        self._expressions.effort.begin(code.path)
        return self._expressions.value(code, node)

    def refuted(self, path: str, span: Span) -> bool | None:
        """Whether the app comes to an `assert` whose condition does not hold; None if that is not known."""
        code = self._expressions.code(path)
        node = code.tree.root.descendant_for_byte_range(code.tree.byte(span.start), code.tree.byte(span.end))
        condition = next(iter(named(node)), None) if node is not None else None
        return _all((self.taken(path, span), _not(self._expressions.truth(code, condition))))

    def _certainly(self, code: Code, node: Node, scope: Node) -> bool | None:
        """Whether a binding in a scope certainly happens; a `try` may fail before, a loop may not run."""
        above: Node | None = node
        while above is not None and above != scope:
            if above.type in _UNSURE:
                return None
            above = above.parent
        return _all(self._around(code, node, scope))

    def _around(self, code: Code, node: Node | None, scope: Node) -> Iterator[bool | None]:
        while node is not None and node != scope and (above := node.parent) is not None:
            yield from self._part(code, node, above)
            if above.type == "block" and self._left_at(code, above) < node.start_byte:
                yield False
            node = above

    def _part(self, code: Code, node: Node, above: Node) -> Iterator[bool | None]:
        """Whether the conditions of a statement hold that decide whether a part of it runs."""
        truth = self._expressions.truth
        match above.type:
            case "if_statement" | "elif_clause" | "while_statement":
                alternatives = above.children_by_field_name("alternative")
                test = truth(code, above.child_by_field_name("condition"))
                if node in (above.child_by_field_name("consequence"), above.child_by_field_name("body")):
                    yield test
                elif node in alternatives and above.type == "if_statement":
                    yield _not(test)
                    for other in alternatives[: alternatives.index(node)]:
                        yield _not(truth(code, other.child_by_field_name("condition")))
            case "conditional_expression" if len(parts := named(above)) == 3 and node != parts[1]:
                test = truth(code, parts[1])
                yield test if node == parts[0] else _not(test)
            case "boolean_operator" if node == above.child_by_field_name("right"):
                is_and = code.source(above.child_by_field_name("operator")) == "and"
                left = truth(code, above.child_by_field_name("left"))
                yield left if is_and else _not(left)
            case "case_clause" if node == above.child_by_field_name("consequence"):
                yield from self._case(code, above)

    def _case(self, code: Code, clause: Node) -> Iterator[bool | None]:
        """Whether a `case` matches, and no `case` before it."""
        block = clause.parent
        clauses = [each for each in named(block) if each.type == "case_clause"] if block is not None else []
        for each in clauses[: clauses.index(clause)]:
            yield _not(self._matches(code, each))
        yield self._matches(code, clause)

    def _matches(self, code: Code, clause: Node) -> bool | None:
        block = clause.parent
        subject = block.parent.child_by_field_name("subject") if block is not None and block.parent else None
        value = self._expressions.value(code, subject)
        patterns = [each for each in named(clause) if each.type == "case_pattern"]
        found = _any(self._fits(code, value, each) for each in patterns)
        guard = clause.child_by_field_name("guard")
        if guard is None:
            return found
        return _all((found, self._expressions.truth(code, next(iter(named(guard)), None))))

    def _fits(self, code: Code, value: Value, pattern: Node) -> bool | None:
        inner = next(iter(named(pattern)), None)
        if inner is None:
            return True if code.source(pattern) == "_" else None
        if inner.type == "union_pattern":
            return _any(self._same(code, value, each) for each in named(inner))
        return self._same(code, value, inner)

    def _same(self, code: Code, value: Value, literal: Node) -> bool | None:
        if literal.type not in ("string", "concatenated_string", "integer", "true", "false", "none"):
            return None
        return compared(value, "==", self._expressions.value(code, literal))

    def _left_at(self, code: Code, block: Node) -> int:
        """The byte offset after which the statements of a block are certainly not reached."""
        key = (code.path, block.id)
        if key not in self._left:
            self._left[key] = sys.maxsize  # while it is found out: a condition may use a name of the block
            try:
                found = next(
                    (each.end_byte for each in _ways_out(code, block) if self._holds(code, each)), sys.maxsize
                )
            except BaseException:
                del self._left[key]
                raise
            self._left[key] = found
        return self._left[key]

    def _holds(self, code: Code, statement: Node) -> bool:
        condition = statement.child_by_field_name("condition")
        return self._expressions.truth(code, condition) is True


def _ways_out(code: Code, block: Node) -> tuple[Node, ...]:
    """The `if` statements of a block that leave it."""
    if block.id not in code.ways_out:
        ways = (each for each in named(block) if each.type == "if_statement" and _leaves(each))
        code.ways_out[block.id] = tuple(ways)
    return code.ways_out[block.id]


def _leaves(statement: Node) -> bool:
    body = statement.child_by_field_name("consequence")
    statements = named(body) if body is not None else []
    return bool(statements) and statements[-1].type in _LEAVING


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return False if False in found else None if None in found else True


def _any(values: Iterable[bool | None]) -> bool | None:
    """Whether one of several values is true; None if that is not known."""
    found = set(values)
    return True if True in found else None if None in found else False
