"""The code around a place that catches exceptions, and functions that call a function which they get."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named

EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})
# They only copy the name and the docstring of a function.
_WRAPPING = frozenset({"wraps", "update_wrapper"})
_RETURN = frozenset({"return_statement"})
_LEAVING = _RETURN | {"break_statement", "continue_statement"}
_LOOPS = frozenset({"for_statement", "while_statement"})
_OWN = frozenset({"function_definition", "class_definition", "lambda"})
_PARAMETERS = ("identifier", "typed_parameter", "default_parameter", "typed_default_parameter")


def ends(code: Code, node: Node) -> bool:
    """Whether a node raises an exception or ends the program."""
    is_exit = node.type == "call" and code.source(node.child_by_field_name("function")) in EXITS
    return is_exit or node.type == "raise_statement"


def caught_by(code: Code, statement: Node, kinds: frozenset[str]) -> bool | None:
    """Whether a statement around its body catches an exception and goes on; None if it does not catch it."""
    if statement.type == "with_statement":
        return True if _is_suppressed(code, statement, kinds) else None
    for clause in named(statement) if statement.type == "try_statement" else ():
        if clause.type == "except_clause" and _is_for(code, named(clause)[:-1], kinds):
            return not _any_ends(code, named(clause)[-1])
    return None


def finally_leaves(statement: Node) -> bool | None:
    """Whether the `finally` of a statement leaves a function or loop, which drops every exception.

    None if it may leave it.
    """
    last = next((each for each in named(statement) if each.type == "finally_clause"), None)
    if statement.type != "try_statement" or last is None:
        return False
    block = named(last)[-1]
    leaving = [*_leaving(block)]
    return True if any(each.parent == block for each in leaving) else None if leaving else False


def _leaving(block: Node) -> Iterator[Node]:
    """The statements that leave the function or the loop around a block."""
    waiting = [(each, _LEAVING) for each in named(block)]
    while waiting:
        node, kinds = waiting.pop()
        if node.type in kinds:
            yield node
        elif node.type not in _OWN:
            inside = _RETURN if node.type in _LOOPS else kinds
            waiting += [(each, inside) for each in named(node)]


def _is_suppressed(code: Code, statement: Node, kinds: frozenset[str]) -> bool:
    for clause in named(statement):
        for item in named(clause) if clause.type == "with_clause" else ():
            call = item.child_by_field_name("value")
            given = call.child_by_field_name("arguments") if call is not None else None
            if call is None or given is None or not named(given):
                continue
            word = code.source(call.child_by_field_name("function"))
            if word in ("suppress", "contextlib.suppress") and _is_for(code, named(given), kinds):
                return True
    return False


def _is_for(code: Code, parts: list[Node], kinds: frozenset[str]) -> bool:
    """Whether an `except` clause with these parts catches an exception."""
    waiting = list(parts)
    words: list[str] = []
    while waiting:
        node = waiting.pop()
        if node.type == "as_pattern":
            waiting.append(named(node)[0])
        elif node.type in ("tuple", "parenthesized_expression"):
            waiting += named(node)
        else:
            words.append(code.source(node).rpartition(".")[2])
    return not parts or not kinds.isdisjoint(words)


def _any_ends(code: Code, block: Node) -> bool:
    waiting = [block]
    while waiting:
        node = waiting.pop()
        if ends(code, node):
            return True
        waiting += named(node)
    return False


def calls_of_parameters(code: Code, definition: Node, *, is_async: bool) -> list[Node]:
    """Where a function, or the `__call__` of a class, calls a function that it gets.

    Empty if it also does something else with it, apart from `functools.wraps`.
    """
    nodes = list(within(definition))
    words = {code.source(_name(each)) for node in nodes for each in _parameters(node)} - {"self", "cls"}
    kept = {
        code.source(each.child_by_field_name("left"))
        for each in nodes
        if each.type == "assignment" and code.source(each.child_by_field_name("right")) in words
    }
    functions = [node.child_by_field_name("function") for node in nodes if node.type == "call"]
    calls = [each for each in functions if each is not None and code.source(each) in words | kept]
    called = {code.source(each) for each in calls}
    mentions = [each for each in nodes if each.type == "identifier" and code.source(each) in called]
    is_clear = all(is_called(each, is_async=is_async) for each in calls)
    return calls if is_clear and all(_stays_here(code, each, is_async) for each in mentions) else []


def _stays_here(code: Code, mention: Node, is_async: bool) -> bool:
    """Whether a mention of a parameter gives its function to no other code."""
    above = mention.parent
    if above is None or is_called(mention, is_async=is_async) or above.type in ("attribute", *_PARAMETERS):
        return True
    if above.type == "parameters":
        return True
    call = above.parent if above.type == "argument_list" else None
    if call is not None:
        return code.source(call.child_by_field_name("function")).rpartition(".")[2] in _WRAPPING
    return above.type == "assignment" and "." in code.source(above.child_by_field_name("left"))


def within(node: Node) -> Iterator[Node]:
    """All named nodes inside a node, without comments."""
    waiting = named(node)
    while waiting:
        each = waiting.pop()
        yield each
        waiting += named(each)


def is_called(leaf: Node, *, is_async: bool) -> bool:
    """Whether a mention of a function calls it, and waits for it if it is `async`."""
    whole = leaf
    if leaf.parent is not None and leaf.parent.child_by_field_name("attribute") == leaf:
        whole = leaf.parent
    call = whole.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != whole:
        return False
    return not is_async or (call.parent is not None and call.parent.type == "await")


def _parameters(node: Node) -> list[Node]:
    given = node if node.type in ("parameters", "lambda_parameters") else None
    return [each for each in named(given) if each.type in _PARAMETERS] if given is not None else []


def _name(parameter: Node) -> Node:
    return parameter.child_by_field_name("name") or next(iter(named(parameter)), parameter)
