"""What keeps a read from meeting an absent variable: a test of the same name, or an `except`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.model import Access
from configvars.names.evaluate import Evaluator
from configvars.names.flow import arms
from configvars.names.scopes import FUNCTIONS, function_of, scope_of
from configvars.names.values import External, Value, alternatives
from configvars.readers.base import Use
from configvars.readers.refusals import ends_by_raising, is_exit
from configvars.syntax.python import Node, named

UsesAt = Callable[[Node], tuple[Use, ...]]

_ABSENT = frozenset(
    {"builtins.KeyError", "builtins.LookupError", "builtins.Exception", "builtins.BaseException"}
)
_NONE = frozenset(
    {"builtins.TypeError", "builtins.AttributeError", "builtins.Exception", "builtins.BaseException"}
)
_LEAVING = frozenset({"return_statement", "raise_statement", "continue_statement", "break_statement"})


def is_tested(evaluator: Evaluator, node: Node, key: Value, uses_at: UsesAt) -> bool:
    """Whether `node` runs only where a test found the variable there."""

    def about(test: Node) -> bool:
        return any(
            use.access in (Access.TEST, Access.READ) and same(use.key.value, key) for use in uses_at(test)
        )

    child, parent = node, node.parent
    while parent is not None:
        if _implied(child, parent, about):
            return True
        if parent.type in ("block", "module") and any(
            _is_way_out(evaluator, test, about) for test in _before(evaluator, parent, child)
        ):
            return True
        if parent.type in FUNCTIONS:
            return False
        child, parent = parent, parent.parent
    return False


def same(one: Value, other: Value) -> bool:
    """Whether two keys name the same variable, or one of the same."""
    return bool(_texts(one) & _texts(other))


def _texts(value: Value) -> set[object]:
    return {getattr(choice, "text", choice) for choice in alternatives(value)}


def _implied(child: Node, parent: Node, about: Callable[[Node], bool]) -> bool:
    """Whether `child` is the part of `parent` that runs only where the variable is there."""
    match parent.type:
        case "if_statement" | "elif_clause" | "while_statement":
            test = parent.child_by_field_name("condition")
            if test is None or test == child:
                return False
            if parent.child_by_field_name("consequence") == child or child.type == "block":
                return tells(test, about, there=True)
            return child.type in ("else_clause", "elif_clause") and tells(test, about, there=False)
        case "conditional_expression":
            children = named(parent)
            if len(children) != 3 or child == children[1]:
                return False
            return tells(children[1], about, there=child == children[0])
        case "boolean_operator":
            operator = parent.child_by_field_name("operator")
            left = parent.child_by_field_name("left")
            if left is None or left == child or operator is None:
                return False
            return tells(left, about, there=operator.type == "and")
        case "list_comprehension" | "set_comprehension" | "dictionary_comprehension" | "generator_expression":
            return child == parent.child_by_field_name("body") and any(
                tells(test, about, there=True)
                for clause in parent.named_children
                if clause.type == "if_clause"
                for test in clause.named_children
            )
        case _:
            return False


def tells(test: Node, about: Callable[[Node], bool], *, there: bool) -> bool:
    """Whether a test that holds (`there`) or fails (not `there`) tells that the variable is there."""
    match test.type:
        case "parenthesized_expression" | "named_expression":
            inner = test.child_by_field_name("value") or (
                test.named_children[0] if test.named_children else None
            )
            return inner is not None and tells(inner, about, there=there)
        case "not_operator":
            inner = test.child_by_field_name("argument")
            return inner is not None and tells(inner, about, there=not there)
        case "boolean_operator":
            operator = test.child_by_field_name("operator")
            if operator is None or (operator.type == "and") is not there:
                return False
            return any(tells(side, about, there=there) for side in named(test))
        case "comparison_operator":
            return _compared(test, about, there=there)
        case "call":
            return there and (about(test) or _quantified(test, about))
        case _:
            return there and about(test)


def _compared(test: Node, about: Callable[[Node], bool], *, there: bool) -> bool:
    """`"X" in os.environ`, `os.getenv("X") is not None`, `os.getenv("X") == "1"`."""
    signs = [
        child.type for child in test.children if not child.is_named or child.type in ("not in", "is not")
    ]
    if about(test):
        return ("not in" in signs) is not there
    first = test.children[0]
    inner = first.child_by_field_name("value") if first.type == "named_expression" else first
    while inner is not None and inner.type == "parenthesized_expression" and inner.named_children:
        inner = inner.named_children[0].child_by_field_name("value") or inner.named_children[0]
    if inner is None or not about(inner):
        return False
    empty = any(child.type == "none" for child in test.named_children[1:])
    if empty:
        return there is ("is not" in signs or "!=" in signs)
    return there and ("==" in signs or "in" in signs)


def _quantified(call: Node, about: Callable[[Node], bool]) -> bool:
    """`all(name in os.environ for name in (…))`."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or function.text not in (b"all", b"any"):
        return False
    inner = (
        arguments if arguments.type == "generator_expression" else next(iter(arguments.named_children), None)
    )
    body = inner.child_by_field_name("body") if inner is not None else None
    return body is not None and about(body)


def _before(evaluator: Evaluator, block: Node, child: Node) -> Iterator[Node]:
    """The `if` and `assert` statements before a statement in its block."""
    for kind in ("if_statement", "assert_statement"):
        for statement in evaluator.statements(block, kind):
            if statement.end_byte > child.start_byte:
                break
            yield statement


def _is_way_out(evaluator: Evaluator, statement: Node, about: Callable[[Node], bool]) -> bool:
    """`if "X" not in os.environ: return` (or raise, or exit), `assert "X" in os.environ`."""
    if statement.type == "assert_statement":
        return bool(statement.named_children) and tells(statement.named_children[0], about, there=True)
    test = statement.child_by_field_name("condition")
    body = statement.child_by_field_name("consequence")
    statements = named(body) if body is not None else []
    if test is None or not statements or not tells(test, about, there=False):
        return False
    return statements[-1].type in _LEAVING or ends_by_raising(evaluator, body)


def is_before(evaluator: Evaluator, setting: Node, node: Node, key: Value, uses_at: UsesAt) -> bool:
    """Whether a variable that `setting` sets is there at `node`.

    It is where `setting` runs before, in the same function or in the module's own code, and always; or
    always where the variable is not there already.
    """
    around = function_of(setting)
    if around is not None and around != function_of(node):
        return False
    if around == function_of(node) and _statement(setting).end_byte > node.start_byte:
        return False
    scope = scope_of(setting)
    inside = {arm.id for arm, _ in arms(node, scope)}

    def about(test: Node) -> bool:
        return any(same(use.key.value, key) for use in uses_at(test))

    for arm, fork in arms(setting, scope):
        test = fork.child_by_field_name("condition")
        if arm.id not in inside and not (test is not None and tells(test, about, there=False)):
            return False
    return True


def _statement(setting: Node) -> Node:
    """The assignment that `setting` is a target of: what it reads itself, it reads before it sets."""
    parent = setting.parent
    return parent if parent is not None and parent.type == "assignment" else setting


def is_caught(evaluator: Evaluator, node: Node, errors: frozenset[str], *, raises: bool) -> bool:
    """Whether a `try` around `node` catches what absence raises, and goes on without the variable."""
    wanted = (_ABSENT if raises else _NONE) | errors
    child, parent = node, node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        if (
            parent.type == "try_statement"
            and child.type == "block"
            and parent.child_by_field_name("body") == child
        ):
            for clause in parent.named_children:
                if clause.type == "except_clause" and _catches(evaluator, clause, wanted):
                    return not _raises_again(evaluator, clause)
        elif (
            parent.type == "with_statement"
            and child.type == "block"
            and _suppresses(evaluator, parent, wanted)
        ):
            return True
        child, parent = parent, parent.parent
    return False


def _catches(evaluator: Evaluator, clause: Node, wanted: frozenset[str]) -> bool:
    caught = [child for child in named(clause) if child.type != "block"]
    return not caught or any(_names(evaluator, node, wanted) for node in caught)


def _names(evaluator: Evaluator, node: Node, wanted: frozenset[str]) -> bool:
    if node.type == "as_pattern" and node.named_children:
        node = node.named_children[0]
    if node.type in ("tuple", "expression_list", "parenthesized_expression"):
        return any(_names(evaluator, child, wanted) for child in named(node))
    return any(
        isinstance(value, External) and value.path in wanted for value in alternatives(evaluator.value(node))
    )


def _raises_again(evaluator: Evaluator, clause: Node) -> bool:
    block = next((child for child in clause.named_children if child.type == "block"), None)
    return ends_by_raising(evaluator, block)


def _suppresses(evaluator: Evaluator, statement: Node, wanted: frozenset[str]) -> bool:
    for clause in statement.named_children:
        for item in clause.named_children if clause.type == "with_clause" else []:
            call = item.child_by_field_name("value")
            if call is None or call.type != "call":
                continue
            callee = evaluator.value(call.child_by_field_name("function"))
            arguments = call.child_by_field_name("arguments")
            if (
                isinstance(callee, External)
                and callee.path == "contextlib.suppress"
                and arguments is not None
            ):
                return any(_names(evaluator, child, wanted) for child in named(arguments))
    return False


__all__ = ["is_caught", "is_exit", "is_tested", "same"]
