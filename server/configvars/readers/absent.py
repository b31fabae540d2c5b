"""For which arguments a function fails because a variable is not set: `if required: raise`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar

from msgspec.structs import replace

from configvars.limits import ALTERNATIVES, WRAPPER_STEPS
from configvars.names.conditions import All, fewest
from configvars.names.evaluate import Evaluator
from configvars.names.values import NOTHING, UNKNOWN, Sequence, Value
from configvars.readers.absent_code import (
    OTHER_SCOPES,
    arm_for_none,
    is_under_test,
    leaves,
    may_empty,
    with_targets,
)
from configvars.readers.absent_paths import (
    EXIT,
    MISSING,
    Path,
    decided,
    errors_of,
    words_of,
)
from configvars.readers.absent_values import Absent
from configvars.readers.handlers_around import is_for, suppresses
from configvars.readers.presence_tests import UsesAt
from configvars.syntax.python import Node, named


def failing(
    evaluator: Evaluator, uses_at: UsesAt, function: Node, key: Value, given: Value | None = None
) -> tuple[All, ...]:
    """The conditions on the arguments of a function for which it fails without the variable of `key`.

    It fails if all parts of one condition are met. The code is followed from its first statement; if the
    outcome is not known, the function counts as not failing. `given`: the variable is set to this instead.
    """
    body = function.child_by_field_name("body")
    if body is None:
        return ()
    runs = Runs(Absent(evaluator, uses_at, key, given))
    if function.type == "lambda":
        ends = [path for path, _ in runs.absent.outcomes(body, Path())]
    else:
        ends = runs.block(body, [Path()])
    return fewest((path.conditions for path in ends if path.raised is not None), ALTERNATIVES.most)


class Runs:
    """Follows the statements of one function as if the variable were not set."""

    def __init__(self, absent: Absent) -> None:
        self.absent = absent
        self._evaluator = absent.evaluator

    def block(self, block: Node | None, paths: list[Path]) -> list[Path]:
        """The paths on which a block is left or reaches its end."""
        return self.statements(named(block) if block is not None else [], paths)

    def statements(self, statements: Iterable[Node], paths: list[Path]) -> list[Path]:
        """The paths on which statements are left or reach their end."""
        over: list[Path] = []
        for statement in statements:
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
        rule = self._rules.get(statement.type)
        if rule is not None:
            return rule(self, statement, paths)
        return self._unknown([statement], paths)

    def _defined(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A function or class, which may replace the value of a name."""
        defined = statement.child_by_field_name("definition") or statement
        name = defined.child_by_field_name("name")
        word = self._evaluator.tree.source(name) if name is not None else ""
        return [path if path.value_of(word) is None else path.holding(word, UNKNOWN) for path in paths]

    def _return(self, statement: Node, paths: list[Path]) -> list[Path]:
        ends = self._evaluated(named(statement)[:1], paths)
        return [path if path.raised is not None else replace(path, left=True) for path in ends]

    def _raise(self, statement: Node, paths: list[Path]) -> list[Path]:
        """Only a `raise` that a test of the variable leads to is because of the variable."""
        return [
            replace(path, raised=statement) if path.decided else replace(path, left=True) for path in paths
        ]

    def _expression(self, statement: Node, paths: list[Path]) -> list[Path]:
        return self._evaluated(named(statement), paths)

    def _leave(self, statement: Node, paths: list[Path]) -> list[Path]:
        return [replace(path, left=True) for path in paths]

    def _evaluated(self, nodes: list[Node], paths: list[Path]) -> list[Path]:
        for node in nodes:
            if node.type == "augmented_assignment":
                paths = [after for path in paths for after in self._added(node, path)]
            else:
                paths = [after for path in paths for after, _ in self.absent.outcomes(node, path)]
        return paths

    def _added(self, node: Node, path: Path) -> list[Path]:
        """`missing += [name]`, where a test of the variable has led; the result of others is not known."""
        target = node.child_by_field_name("left")
        is_added = any(child.type == "+=" for child in node.children) and is_under_test(node)
        if target is None or target.type != "identifier" or not is_added or not path.decided:
            return self._unknown([node], [path])
        right = self._evaluator.value(node.child_by_field_name("right"))
        word = self._evaluator.tree.source(target)
        return [path.holding(word, MISSING if isinstance(right, Sequence) and right.items else UNKNOWN)]

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
                        done += self.block(arm.child_by_field_name("consequence"), [decided(after)])
                    else:
                        following.append(decided(after))
            paths = following
        return done + paths

    def _elif(self, clause: Node, paths: list[Path]) -> list[Path]:
        """An `elif` without the `if` before it; if its condition is false, the outcome is not known."""
        done: list[Path] = []
        for path in paths:
            for after, said in self.absent.tests(clause.child_by_field_name("condition"), path):
                if after.raised is not None:
                    done.append(after)
                elif said:
                    done += self.block(clause.child_by_field_name("consequence"), [decided(after)])
        return done

    def _match(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A `match` of the variable: `case None:`, `case "a" | "b":`, `case _:`."""
        body = statement.child_by_field_name("body")
        clauses = [child for child in named(body) if child.type == "case_clause"] if body is not None else []
        subjects = statement.children_by_field_name("subject")
        done: list[Path] = []
        for path in paths:
            for after, value in self.absent.outcomes(subjects[0] if len(subjects) == 1 else None, path):
                arm = arm_for_none(clauses) if value == NOTHING and after.raised is None else None
                if arm is None:
                    done += [after] if after.raised is not None else self._unknown(clauses, [after])
                else:
                    done += self.block(arm.child_by_field_name("consequence"), [decided(after)])
        return done

    def _for(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A loop over names, one of which is the variable, unless the loop ends before it."""
        body = statement.child_by_field_name("body")
        among = [after for path in paths for after in self._among_missing(statement, path)]
        if body is None or (leaves(self._evaluator.tree, body) and not among):
            return self._unknown([statement], paths)
        target = statement.child_by_field_name("left")
        inside = among or [
            path if target is None else self.absent.bound(target, UNKNOWN, path) for path in paths
        ]
        raised = [path for path in self.block(body, inside) if path.raised is not None]
        return raised + self._unknown([statement], paths)

    def _among_missing(self, statement: Node, path: Path) -> list[Path]:
        """The paths into a loop over names that are not set, among them the variable."""
        found = self.absent.outcomes(statement.child_by_field_name("right"), path)
        return [decided(after) for after, value in found if value == MISSING and after.raised is None]

    def _while(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A loop that runs because the variable is not set."""
        body = statement.child_by_field_name("body")
        done: list[Path] = []
        for path in paths:
            for after, said in self.absent.tests(statement.child_by_field_name("condition"), path):
                if said and body is not None and after.raised is None:
                    ends = self.block(body, [decided(after)])
                    done += [end for end in ends if end.raised is not None]
                done += [after] if after.raised is not None else self._unknown([statement], [after])
        return done

    def _with(self, statement: Node, paths: list[Path]) -> list[Path]:
        for target in with_targets(statement):
            paths = [self.absent.bound(target, UNKNOWN, path) for path in paths]
        found = self.block(statement.child_by_field_name("body"), paths)
        return [
            replace(path, raised=None)
            if path.raised is not None and self._is_suppressed(statement, path)
            else path
            for path in found
        ]

    def _is_suppressed(self, statement: Node, path: Path) -> bool:
        wanted = errors_of(path)
        return wanted is None or bool(suppresses(self._evaluator, statement, wanted))

    def _try(self, statement: Node, paths: list[Path]) -> list[Path]:
        """A `try` statement: if its body raises, the first handler that fits runs."""
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
        return [] if any(leaves(self._evaluator.tree, clause) for clause in last) else found

    def _handled(self, clauses: list[Node], path: Path) -> list[Path]:
        wanted = errors_of(path)
        if wanted is None:
            return [] if clauses else [path]
        for clause in clauses:
            if path.raised != EXIT and is_for(self._evaluator, clause, wanted):
                block = next((child for child in clause.named_children if child.type == "block"), None)
                return self.block(block, [replace(path, raised=None, decided=True)])
        return [path]

    def _unknown(self, parts: Iterable[Node], paths: list[Path]) -> list[Path]:
        """The paths after code of which it is not known whether it runs; none if it may return or jump."""
        words = words_of(paths)
        for part in parts:
            if leaves(self._evaluator.tree, part):
                return []
            for word in [word for word in words if self.is_bound(word, part)]:
                is_kept = not self._may_empty(word, part)
                paths = [
                    path if is_kept and path.value_of(word) == MISSING else path.holding(word, UNKNOWN)
                    for path in paths
                ]
        return paths

    def _may_empty(self, word: str, part: Node) -> bool:
        return any(map(may_empty, self._evaluator.tree.words(word, part)))

    def is_bound(self, word: str, part: Node) -> bool:
        """Whether a name occurs in a part of the code."""
        return self._evaluator.tree.occurs(word.rpartition(".")[2], part)

    # Of the class: a table of bound methods would refer to its own object, and to the tree of the file.
    _rules: ClassVar[Mapping[str, Callable[[Runs, Node, list[Path]], list[Path]]]] = MappingProxyType(
        {
            "if_statement": _if,
            "elif_clause": _elif,
            "try_statement": _try,
            "with_statement": _with,
            **dict.fromkeys(OTHER_SCOPES, _defined),
            "match_statement": _match,
            "for_statement": _for,
            "while_statement": _while,
            "assert_statement": _assert,
            "expression_statement": _expression,
            "return_statement": _return,
            "raise_statement": _raise,
            "continue_statement": _leave,
            "break_statement": _leave,
        }
    )


def _blocks(arms: list[Node]) -> list[Node]:
    found = [arm.child_by_field_name("consequence") or arm.child_by_field_name("body") for arm in arms]
    return [block for block in found if block is not None]
