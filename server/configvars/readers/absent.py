"""For which arguments a function fails because a variable is not set: `if required: raise`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from configvars.limits import ALTERNATIVES, WRAPPER_STEPS
from configvars.names.conditions import All, fewest
from configvars.names.evaluate import Evaluator
from configvars.names.values import UNKNOWN, Value
from configvars.readers.absent_paths import ABSENT, BROKEN, EXIT, Path
from configvars.readers.absent_values import Absent
from configvars.readers.handlers_around import ABSENT_ERRORS, NONE_ERRORS, is_for, suppresses
from configvars.readers.presence_tests import UsesAt
from configvars.syntax.python import Node, named

_LEAVING = frozenset({"return_statement", "continue_statement", "break_statement"})
_OTHER_SCOPES = frozenset({"function_definition", "class_definition", "decorated_definition", "lambda"})
_LOOPS = frozenset({"for_statement", "while_statement", "match_statement"})


def failing(evaluator: Evaluator, uses_at: UsesAt, function: Node, key: Value) -> tuple[All, ...]:
    """The conditions on the arguments of a function for which it fails without the variable of `key`.

    It fails if all parts of one condition are met. The code is followed from its first statement; if the
    outcome is not known, the function counts as not failing.
    """
    body = function.child_by_field_name("body")
    if body is None:
        return ()
    runs = _Runs(Absent(evaluator, uses_at, key))
    if function.type == "lambda":
        ends = [path for path, _ in runs.absent.outcomes(body, Path())]
    else:
        ends = runs.block(body, [Path()])
    return fewest((path.conditions for path in ends if path.raised is not None), ALTERNATIVES.most)


class _Runs:
    """Follows the statements of one function as if the variable were not set."""

    def __init__(self, absent: Absent) -> None:
        self.absent = absent
        self._evaluator = absent.evaluator

    def block(self, block: Node | None, paths: list[Path]) -> list[Path]:
        """The paths on which a block is left, or ends."""
        over: list[Path] = []
        for statement in named(block) if block is not None else []:
            if not paths or self.absent.steps > WRAPPER_STEPS.most:
                break
            after = self._statement(statement, paths)
            over += [path for path in after if path.is_over]
            paths = [path for path in after if not path.is_over]
            if len(over) + len(paths) > ALTERNATIVES.most:
                return over[: ALTERNATIVES.most]
        return over + paths

    def _statement(self, statement: Node, paths: list[Path]) -> list[Path]:
        self.absent.steps += 1
        match statement.type:
            case "if_statement":
                return self._if(statement, paths)
            case "try_statement":
                return self._try(statement, paths)
            case "with_statement":
                return self._with(statement, paths)
            case "return_statement":
                return [
                    after if after.raised is not None else replace(after, left=True)
                    for after in self._evaluated(named(statement)[:1], paths)
                ]
            case "raise_statement":
                return [replace(path, raised=path.raised or statement) for path in paths]
            case "assert_statement":
                return self._assert(statement, paths)
            case "expression_statement":
                return self._evaluated(named(statement), paths)
            case "continue_statement" | "break_statement":
                return [replace(path, left=True) for path in paths]
            case _ if statement.type in _OTHER_SCOPES:
                return paths
            case _:
                return self._unknown([statement], paths)

    def _evaluated(self, nodes: list[Node], paths: list[Path]) -> list[Path]:
        for node in nodes:
            if node.type == "augmented_assignment":
                paths = self._unknown([node], paths)
            else:
                paths = [after for path in paths for after, _ in self.absent.outcomes(node, path)]
        return paths

    def _assert(self, statement: Node, paths: list[Path]) -> list[Path]:
        found: list[Path] = []
        for path in paths:
            for after, said in self.absent.tests(named(statement)[0], path):
                is_raised = said is False and after.raised is None
                found.append(replace(after, raised=statement) if is_raised else after)
        return found

    def _if(self, statement: Node, paths: list[Path]) -> list[Path]:
        done: list[Path] = []
        arms = [statement, *statement.children_by_field_name("alternative")]
        for index, arm in enumerate(arms):
            if arm.type == "else_clause":
                return done + self.block(arm.child_by_field_name("body"), paths)
            following: list[Path] = []
            for path in paths:
                for after, said in self.absent.tests(arm.child_by_field_name("condition"), path):
                    if after.raised is not None:
                        done.append(after)
                    elif said is None:
                        done += self._unknown(_blocks(arms[index:]), [after])
                    elif said:
                        done += self.block(arm.child_by_field_name("consequence"), [after])
                    else:
                        following.append(after)
            paths = following
        return done + paths

    def _with(self, statement: Node, paths: list[Path]) -> list[Path]:
        found = self.block(statement.child_by_field_name("body"), paths)
        return [
            replace(path, raised=None)
            if path.raised is not None and self._is_suppressed(statement, path)
            else path
            for path in found
        ]

    def _is_suppressed(self, statement: Node, path: Path) -> bool:
        wanted = _errors(path)
        return wanted is None or bool(suppresses(self._evaluator, statement, wanted))

    def _try(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A `try` statement: the first handler for what its body raises runs."""
        clauses = [child for child in statement.named_children if child.type == "except_clause"]
        otherwise = [child for child in statement.named_children if child.type == "else_clause"]
        found: list[Path] = []
        for path in self.block(statement.child_by_field_name("body"), paths):
            if path.raised is not None:
                found += self._handled(clauses, path)
            elif otherwise and not path.left:
                found += self.block(otherwise[0].child_by_field_name("body"), [path])
            else:
                found.append(path)
        last = [child for child in statement.named_children if child.type == "finally_clause"]
        leaves = any(_leaves(clause) for clause in last)
        return [] if leaves else found

    def _handled(self, clauses: list[Node], path: Path) -> list[Path]:
        wanted = _errors(path)
        if wanted is None:
            return [] if clauses else [path]
        for clause in clauses:
            if path.raised != EXIT and is_for(self._evaluator, clause, wanted):
                block = next((child for child in clause.named_children if child.type == "block"), None)
                return self.block(block, [replace(path, raised=None)])
        return [path]

    def _unknown(self, parts: Iterable[Node], paths: list[Path]) -> list[Path]:
        """The paths after a part that may or may not run.

        None if the part may leave the function or a loop.
        """
        words = {word for path in paths for word, _ in path.held}
        for part in parts:
            if _leaves(part):
                return []
            for word in [word for word in words if self._is_bound(word, part)]:
                paths = [path.holding(word, UNKNOWN) for path in paths]
        return paths

    def _is_bound(self, word: str, part: Node) -> bool:
        return any(True for _ in self._evaluator.tree.words(word.rpartition(".")[2], part))


def _blocks(arms: list[Node]) -> list[Node]:
    found = [arm.child_by_field_name("consequence") or arm.child_by_field_name("body") for arm in arms]
    return [block for block in found if block is not None]


def _errors(path: Path) -> frozenset[str] | None:
    """The classes that catch what was raised; None if they are not known."""
    if path.raised == ABSENT:
        return ABSENT_ERRORS
    if path.raised == BROKEN:
        return NONE_ERRORS
    return frozenset() if path.raised == EXIT else None


def _leaves(part: Node) -> bool:
    """Whether code may return from its function or leave a loop; raising does not count."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if node.type in _LEAVING:
            return True
        if node.type not in _OTHER_SCOPES:
            waiting.extend(node.named_children)
    return False
