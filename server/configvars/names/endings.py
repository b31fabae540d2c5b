"""Calls that never return: `sys.exit(…)`, and functions of the workspace that raise or exit on every path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names.functions import decorators
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import External, Function, Missing, Value, alternatives
from configvars.syntax.python import Node, is_too_deep, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

EXITS = frozenset({"sys.exit", "os._exit", "builtins.exit", "builtins.quit", "os.abort", "streamlit.stop"})
_KINDS = frozenset({"builtins.staticmethod", "builtins.classmethod"})
_INNER = FUNCTIONS | {"class_definition"}
# Exceptions that do not say that something is wrong: a method without a body, and the end of a program.
_MILD = frozenset(
    {b"NotImplementedError", b"SystemExit", b"StopIteration", b"KeyboardInterrupt", b"SkipTest"}
)
# What an exit is called with: not `sys.exit(main())`, whose status only running it shows.
_ERRORS = frozenset({"string", "concatenated_string", "integer", "identifier", "binary_operator"})


def is_exit(evaluator: Evaluator, node: Node) -> bool:
    """Whether an expression ends the program: `sys.exit(…)`."""
    if node.type != "call":
        return False
    callee = evaluator.value(node.child_by_field_name("function"))
    return isinstance(callee, External) and callee.path in EXITS


def never_returns(evaluator: Evaluator, node: Node | None) -> bool:
    """Whether an expression calls a function of the workspace that ends on every path; see `ends`."""
    if node is not None and node.type == "parenthesized_expression" and len(named(node)) == 1:
        return never_returns(evaluator, named(node)[0])
    if node is None or node.type != "call":
        return False
    callees = alternatives(evaluator.value(node.child_by_field_name("function")))
    return all(_is_ending(evaluator, callee) for callee in callees)


def _is_ending(evaluator: Evaluator, callee: Value) -> bool:
    """Whether a callee never returns. A method of an object does not count: its class may override it."""
    if isinstance(callee, Missing):
        evaluator.need(callee)
    if not isinstance(callee, Function) or (callee.of is not None and callee.kind == "function"):
        return False
    return not callee.is_self and ends(evaluator, callee)


def ends(evaluator: Evaluator, function: Function) -> bool:
    """Whether a function of the workspace raises, or exits with an error, on every path."""
    home = function.home
    if home.path != evaluator.path:
        return evaluator.elsewhere.ends(evaluator.path, home)
    node = evaluator.node(home)
    if node is None:
        return False
    found: bool = evaluator.memory.recall(
        evaluator.told, ("ends", home), lambda: _ends(evaluator, node), False
    )
    return found


def _ends(evaluator: Evaluator, node: Node) -> bool:
    body = node.child_by_field_name("body")
    if body is None or is_too_deep(node):
        return False
    if node.type == "lambda":
        return _is_error(evaluator, body)
    values = [evaluator.value(decorator) for decorator in decorators(node)]
    if any(not isinstance(value, External) or value.path not in _KINDS for value in values):
        return False
    return (
        node.children[0].type != "async"
        and _block_ends(evaluator, body)
        and _has_no_other_end(evaluator, body)
    )


def _has_no_other_end(evaluator: Evaluator, body: Node) -> bool:
    """Whether a body contains no `yield`, and no `return` except of a call that never returns."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "yield":
            return False
        if node.type == "return_statement" and not (named(node) and _is_error(evaluator, named(node)[0])):
            return False
        if node.type not in _INNER:
            waiting += named(node)
    return True


def _block_ends(evaluator: Evaluator, block: Node | None) -> bool:
    """Whether the last statement of a block never lets the code behind it run."""
    statements = named(block) if block is not None else []
    return bool(statements) and _statement_ends(evaluator, statements[-1])


def _statement_ends(evaluator: Evaluator, statement: Node) -> bool:
    first = next(iter(named(statement)), None)
    match statement.type:
        case "raise_statement":
            return first is None or _is_serious(first)
        case "assert_statement":
            return first is not None and first.type == "false"
        case "return_statement":
            return True  # of a call that never returns
        case "expression_statement":
            return first is not None and _is_error(evaluator, first)
        case "if_statement":
            arms = [statement, *statement.children_by_field_name("alternative")]
            return arms[-1].type == "else_clause" and all(_arm_ends(evaluator, arm) for arm in arms)
        case "try_statement":
            clauses = [each for each in named(statement) if each.type.endswith("_clause")]
            last = [each for each in clauses if each.type == "finally_clause"]
            handlers = [each for each in clauses if each.type == "except_clause"]
            return any(_arm_ends(evaluator, each) for each in last) or all(
                _arm_ends(evaluator, each) for each in (statement, *handlers)
            )
        case _:
            return False


def _arm_ends(evaluator: Evaluator, arm: Node) -> bool:
    """Whether the block of an `if`, `else`, `try` or `except` never lets the code behind it run."""
    field = arm.child_by_field_name("consequence") or arm.child_by_field_name("body")
    return _block_ends(evaluator, field or next((each for each in named(arm) if each.type == "block"), None))


def _is_error(evaluator: Evaluator, expression: Node) -> bool:
    """Whether an expression is a call that exits with an error, or never returns."""
    if is_exit(evaluator, expression):
        return _says_error(expression)
    return never_returns(evaluator, expression)


def _is_serious(raised: Node) -> bool:
    """Whether what is raised says that something is wrong."""
    function = raised.child_by_field_name("function")
    name = ((function or raised).text or b"").rpartition(b".")[2]
    return (name == b"SystemExit" and function is not None and _says_error(raised)) or name not in _MILD


def _says_error(call: Node) -> bool:
    """Whether a call gets the exit status of an error."""
    given = call.child_by_field_name("arguments")
    status = named(given) if given is not None else []
    return bool(status) and status[0].type in _ERRORS and status[0].text != b"0"
