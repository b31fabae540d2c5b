"""Runs the statements of a program that starts, as far as it is certain that they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from configvars.runs.catching import within
from configvars.runs.starting import unknown_code
from configvars.runs.starting.assigning import assign, kept_flags
from configvars.runs.starting.definitions import class_of, function_of_def
from configvars.runs.starting.django_checks import decorated as register_check
from configvars.runs.starting.endings import ContinuedError, LeftError, ReturnedError
from configvars.runs.starting.exact import first_of, valid_by
from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.flask_config import configure
from configvars.runs.starting.flask_contexts import enter
from configvars.runs.starting.handlers import may_raise
from configvars.runs.starting.importing import run_import
from configvars.runs.starting.lists import change
from configvars.runs.starting.loops import run_for, run_while
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.managers import entered_by, suppressed_by
from configvars.runs.starting.operators import operated
from configvars.runs.starting.raised import raised_by
from configvars.runs.starting.skipped import skip
from configvars.runs.starting.trying import run_suppressing, run_try
from configvars.runs.starting.values import (
    NO_READS,
    NONE,
    Items,
    Reads,
    Scope,
    Table,
    Value,
    is_assumed,
)
from configvars.runs.starting.web_apps import decorated as add_handler
from configvars.syntax.python import Node, named

_NOTHING = frozenset({"pass_statement", "global_statement", "nonlocal_statement", "future_import_statement"})


class Statements:
    """Runs blocks. Raises `LeftError` where it is not known whether the rest of a function runs."""

    def __init__(self, machine: Machine, expressions: Expressions) -> None:
        self.machine = machine
        self.expressions = expressions
        self._rules: Mapping[str, Callable[[Scope, Node], None]] = {
            "expression_statement": self._expressions,
            "if_statement": self._if,
            "for_statement": lambda scope, node: run_for(self, scope, node),
            "while_statement": lambda scope, node: run_while(self, scope, node),
            "with_statement": self._with,
            "try_statement": lambda scope, node: run_try(self, scope, node),
            "import_statement": lambda scope, node: run_import(self, scope, node),
            "import_from_statement": lambda scope, node: run_import(self, scope, node),
            "function_definition": self._definition,
            "decorated_definition": self._definition,
            "class_definition": self._definition,
            "return_statement": self._return,
            "raise_statement": self._raise,
            "assert_statement": self._assert,
            "continue_statement": self._continue,
        }

    def run(self, scope: Scope, block: Node | None) -> None:
        """Run the statements of a block or module."""
        statements = named(block) if block is not None else []
        for index, statement in enumerate(statements):
            self.machine.step(scope.module)
            try:
                self._statement(scope, statement)
            except LeftError:
                for each in statements[index + 1 :]:
                    unknown_code.forget_changed(self.expressions, scope, each)
                raise

    def _statement(self, scope: Scope, statement: Node) -> None:
        rule = self._rules.get(statement.type)
        if rule is not None:
            rule(scope, statement)
        elif statement.type not in _NOTHING:
            self.pass_over(scope, [statement])

    def _expressions(self, scope: Scope, statement: Node) -> None:
        for each in named(statement):
            self._expression(scope, each)

    def _return(self, scope: Scope, statement: Node) -> None:
        result = next(iter(named(statement)), None)
        value = NONE if result is None else self.expressions.value(scope, result)
        raise ReturnedError(value, self.machine.own_because())

    def _continue(self, scope: Scope, statement: Node) -> None:
        raise ContinuedError

    def _raise(self, scope: Scope, statement: Node) -> None:
        raised = next(iter(named(statement)), None)
        if raised is not None and unknown_code.is_exit(scope.module, raised):
            self.expressions.value(scope, raised)
        kind = raised_by(self.expressions, scope, statement)
        is_exit = raised is not None and unknown_code.is_exit(scope.module, raised)
        fails = raised is None or not is_exit or not unknown_code.is_success(scope.module, raised)
        self.machine.end(scope.module, statement, kind, fails=fails)

    def _assert(self, scope: Scope, statement: Node) -> None:
        test = self.expressions.value(scope, next(iter(named(statement)), None))
        self.machine.fail(scope.module, statement, test.empty, raised=True, kind=AssertionError)
        by = valid_by(test, self.machine.unset)
        if by and self.machine.truth(test) is False:
            self.machine.fail_without(scope.module, statement, by, raised=True)

    def _expression(self, scope: Scope, node: Node) -> None:
        match node.type:
            case "assignment":
                right = node.child_by_field_name("right")
                targets = [node.child_by_field_name("left")]
                while right is not None and right.type == "assignment":
                    targets.append(right.child_by_field_name("left"))
                    right = right.child_by_field_name("right")
                if right is None:
                    return
                value = self.expressions.value(scope, right)
                for target in targets:
                    assign(self.expressions, scope, target, value)
            case "augmented_assignment":
                left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
                values = self.expressions.value(scope, left), self.expressions.value(scope, right)
                self.expressions.added(scope, node, *values)
                self._augment(scope, node, *values)
            case "yield":
                raise LeftError
            case _:
                self.expressions.value(scope, node)
                unknown_code.collect(scope, node, NO_READS)

    def _augment(self, scope: Scope, node: Node, old: Value, added: Value) -> None:
        """Do what `+=` or another operator does to its left side."""
        left = node.child_by_field_name("left")
        sign = words(node.child_by_field_name("operator"), scope.module).removesuffix("=")
        match old.known:
            case Table() as table if sign == "|":
                configure(self.expressions, scope, table, "update", [added], {})
            case Items(kind=kind) as items if sign == "+" and kind is list and old.exact is None:
                change(items, "extend", [added])
                assign(self.expressions, scope, left, old)
            case _:
                assign(self.expressions, scope, left, operated(self.machine, scope, node, sign, old, added))

    def _definition(self, scope: Scope, statement: Node) -> None:
        decorators = [each for each in named(statement) if each.type == "decorator"]
        inner = statement.child_by_field_name("definition") or statement
        name = words(inner.child_by_field_name("name"), scope.module)
        decorated = [words(each, scope.module).removeprefix("@") for each in decorators]
        if inner.type == "class_definition":
            scope.names[name] = class_of(self, scope, inner, decorated)
        else:
            scope.names[name] = function_of_def(self.expressions, scope, inner, decorators)
            add_handler(self.expressions.calls, scope, statement, scope.names[name])
            register_check(self.expressions.calls, scope, statement, scope.names[name])

    # ---- branches

    def _if(self, scope: Scope, statement: Node) -> None:
        arms = [statement, *statement.children_by_field_name("alternative")]
        for index, arm in enumerate(arms):
            if arm.type == "else_clause":
                self.run(scope, arm.child_by_field_name("body"))
                return
            test = self.expressions.value(scope, arm.child_by_field_name("condition"))
            failing = self._failing(scope, arms[index:], test)
            truth = self.machine.truth(test)
            ends = failing[0] is not None if truth else failing[-1] is not None
            if truth is None or (ends and (test.truth is None or is_assumed(test))):
                self._perhaps(scope, arms[index:], test, failing)
                return
            block = arm.child_by_field_name("consequence")
            by = valid_by(test, self.machine.unset)
            because = self.machine.because
            reasons = self.machine.decided_by(test)
            if truth:
                here = len(because)
                because.append(reasons)
                self.run(scope, block)
                if not any(unknown_code.may_end(scope, each) for each in arms[index + 1 :]):
                    because.pop(here)
                self._collect(scope, block, test)
                return
            if block is not None and unknown_code.may_end(scope, block):
                because.append(reasons)
            if by:
                skip(self.expressions, scope, block, by)

    def _failing(self, scope: Scope, arms: list[Node], test: Value) -> list[Node | None]:
        """The statements that end the program in the blocks of an `if` statement, and behind it.

        Notes the variables without which the program comes to them, such as `if not X: raise`.
        """
        blocks = list(_blocks(arms))
        is_blamed = bool(test.filled or test.empty)
        failing = [unknown_code.failing(scope, block, any_exit=is_blamed) for block in blocks]
        if any(each is None for each in failing) and self._is_exit_status():
            failing = [
                ends or unknown_code.failure_status(scope, block)
                for ends, block in zip(failing, blocks, strict=True)
            ]
        if failing[0] is not None:
            self._fail(scope, failing[0], test.filled)
        by = valid_by(test, self.machine.unset) if not is_blamed else NO_READS
        truth = self.machine.truth(test) if by else None
        has_else = len(arms) == 2 and arms[1].type == "else_clause"
        if has_else and failing[1] is not None:
            self._fail(scope, failing[1], test.empty)
        behind = unknown_code.failing_behind(scope, arms[0]) if len(arms) == 1 else None
        if behind is not None:
            self._fail(scope, behind, test.empty)
        if truth is not None:
            ending = failing[0] if truth else failing[1] if has_else else behind
            if ending is not None:
                self._fail(scope, ending, first_of(by))
        return [*failing, failing[1] if has_else else behind]

    def _fail(self, scope: Scope, ending: Node, reads: Reads) -> None:
        """Note that a statement ends the program if one of the variables is not set."""
        kind = raised_by(self.expressions, scope, ending)
        self.machine.fail(scope.module, ending, reads, raised=True, kind=kind)

    def _is_exit_status(self) -> bool:
        """Whether the program exits with what the current function returns: `sys.exit(main())`."""
        if not self.machine.calls:
            return False
        module, call = self.machine.calls[-1]
        around = call.parent.parent if call.parent is not None else None
        return around is not None and around.type == "call" and unknown_code.is_exit(module, around)

    def _perhaps(self, scope: Scope, arms: list[Node], test: Value, failing: list[Node | None]) -> None:
        """The rest of an `if` statement whose first test is not known, such as `if not X: raise`."""
        blocks = list(_blocks(arms))
        if any(failing):
            self.machine.may_end()
        kept = kept_flags(self.expressions, scope, blocks[0]) if len(blocks) == 1 else {}
        others = [block for block, ends in zip(blocks, failing, strict=False) if ends is None]
        self.pass_over(scope, [*others, *arms[1:]] if len(arms) > 1 else others)
        if len(blocks) == 1:
            scope.names.update(kept)
            self._collect(scope, blocks[0], test)

    def _collect(self, scope: Scope, block: Node | None, test: Value) -> None:
        """Note what a block adds to lists if a variable is not set."""
        for each in named(block) if block is not None and test.filled else ():
            for part in named(each) if each.type == "expression_statement" else ():
                unknown_code.collect(scope, part, test.filled)

    def pass_over(self, scope: Scope, parts: list[Node]) -> None:
        """Pass code of which it is not known whether, or how often, it runs."""
        may_raise(self.machine.handlers, imports=True)
        if any(each.type == "raise_statement" for part in parts for each in within(part)):
            self.machine.may_end()
        leaves = False
        for part in parts:
            unknown_code.forget_changed(self.expressions, scope, part)
            leaves = leaves or unknown_code.may_leave(scope, part)
        if leaves:
            raise LeftError

    def _with(self, scope: Scope, statement: Node) -> None:
        kinds = suppressed_by(self.expressions, scope, statement)
        if kinds is None or (not kinds and unknown_code.suppresses(scope, statement)):
            self.pass_over(scope, [statement])
            return
        if kinds:
            run_suppressing(self, scope, statement, kinds)
            return
        around = len(self.machine.contexts)
        try:
            for clause in named(statement):
                for item in named(clause) if clause.type == "with_clause" else ():
                    self._enter(scope, item.child_by_field_name("value"))
            self.run(scope, statement.child_by_field_name("body"))
        finally:
            del self.machine.contexts[around:]

    def _enter(self, scope: Scope, value: Node | None) -> None:
        """Enter an item of a `with` statement."""
        pattern = value if value is not None and value.type == "as_pattern" else None
        made = self.expressions.value(scope, value if pattern is None else named(pattern)[0])
        found = entered_by(self.expressions, scope, value, made) if value is not None else None
        if pattern is not None:
            unknown_code.forget_changed(self.expressions, scope, pattern)
            if found is not None:
                self.expressions.bind(scope, next(iter(named(named(pattern)[-1])), None), found)
        enter(self.machine, made)


def _blocks(arms: list[Node]) -> Iterator[Node]:
    for arm in arms:
        block = arm.child_by_field_name("consequence") or arm.child_by_field_name("body")
        if block is not None:
            yield block
