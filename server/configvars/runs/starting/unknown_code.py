"""Code of which it is not known whether it runs: what it may change, and whether it leaves its function."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.runs.catching import EXITS, within
from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import (
    UNKNOWN,
    External,
    FlaskApp,
    Function,
    Items,
    Module,
    Object,
    Reads,
    Scope,
    Table,
    Value,
    forget,
)
from configvars.syntax.python import Node, named

# They end a script of Streamlit, which shows what the script has shown so far.
_STOPS = frozenset({"st.stop", "streamlit.stop"})
_INNER = frozenset({"function_definition", "class_definition", "lambda"})
_ENDING = frozenset({"break_statement", "continue_statement", "raise_statement", "return_statement"})
_LOOPS = frozenset({"for_statement", "while_statement"})
_SIMPLE = frozenset({"expression_statement", "import_statement", "import_from_statement", "pass_statement"})
_ADDING = frozenset({"append", "extend", "add"})
_LOOKING = frozenset({"get", "items", "keys", "values", "copy"})
_SUPPRESSING = lazy_pattern(r"suppress|raises|catch|ignore|handle")


def failing(scope: Scope, block: Node, *, any_exit: bool) -> Node | None:
    """The statement that ends the program if a block runs; None if the program may go on.

    An exit without an error counts only with `any_exit`.
    """
    statements = named(block)
    if not statements or any(each.type not in _SIMPLE for each in statements[:-1]):
        return None
    return statements[-1] if _ends(scope, statements[-1], any_exit=any_exit) else None


def failing_behind(scope: Scope, statement: Node) -> Node | None:
    """The next statement, if it ends the program with an error: `if X: return` and then `raise`."""
    following = statement.next_named_sibling
    while following is not None and following.type == "comment":
        following = following.next_named_sibling
    return following if following is not None and _ends(scope, following, any_exit=False) else None


def _ends(scope: Scope, statement: Node, *, any_exit: bool) -> bool:
    if statement.type == "raise_statement":
        return True
    call = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
    return call is not None and _is_exit(scope, call) and (any_exit or not is_success(scope.module, call))


def may_leave(scope: Scope, part: Node) -> bool:
    """Whether code may leave its function or the loop around it, or end the program without an error."""
    return _leaves(scope, part, in_loop=False)


def may_return(scope: Scope, loop: Node) -> bool:
    """Whether a loop may leave its function, or end the program without an error."""
    return _leaves(scope, loop, in_loop=True)


def _leaves(scope: Scope, part: Node, *, in_loop: bool) -> bool:
    waiting = [(part, in_loop)]
    while waiting:
        node, inside = waiting.pop()
        if node.type in ("return_statement", "yield"):
            return True
        if node.type in ("break_statement", "continue_statement") and not inside:
            return True
        if _is_exit(scope, node) and is_success(scope.module, node):
            return True
        if node.type == "call" and words(node.child_by_field_name("function"), scope.module) in _STOPS:
            return True
        if node.type not in _INNER:
            inside = inside or node.type in _LOOPS
            waiting += [(each, inside) for each in named(node)]
    return False


def may_end(scope: Scope, part: Node) -> bool:
    """Whether code may end what it is in: the loop, the function or the program."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if node.type in _ENDING or _is_exit(scope, node):
            return True
        waiting += named(node) if node.type not in _INNER else []
    return False


def may_stop(scope: Scope, part: Node) -> bool:
    """Whether code contains statements that end the program."""
    return any(each.type == "raise_statement" or _is_exit(scope, each) for each in within(part))


def failure_status(scope: Scope, block: Node) -> Node | None:
    """The statement with which a block returns an exit status other than 0; None if there is none."""
    statements = named(block)
    if not statements or any(each.type not in _SIMPLE for each in statements[:-1]):
        return None
    last = statements[-1]
    status = next(iter(named(last)), None) if last.type == "return_statement" else None
    is_failure = (
        status is not None and status.type in ("integer", "string") and words(status, scope.module) != "0"
    )
    return last if is_failure else None


def is_exit(module: Module, node: Node) -> bool:
    """Whether a call ends the program."""
    function = words(node.child_by_field_name("function"), module)
    return node.type == "call" and (function in EXITS or function == "SystemExit")


def _is_exit(scope: Scope, node: Node) -> bool:
    return node.type == "call" and words(node.child_by_field_name("function"), scope.module) in EXITS


def is_success(module: Module, call: Node) -> bool:
    """Whether a call that ends the program says that there was no error."""
    return words(call.child_by_field_name("arguments"), module) in ("()", "(0)", "(None)")


def yields(scope: Scope, body: Node) -> bool:
    """Whether a function is a generator."""
    waiting = [body] if "yield" in scope.module.tree.source(body) else []
    while waiting:
        node = waiting.pop()
        if node.type == "yield":
            return True
        waiting += named(node) if node.type not in _INNER else []
    return False


def suppresses(scope: Scope, statement: Node) -> bool:
    """Whether a `with` statement may catch exceptions, according to the names in it."""
    clauses = (each for each in named(statement) if each.type == "with_clause")
    return any(_SUPPRESSING.search(words(each, scope.module)) for each in clauses)


def collect(scope: Scope, node: Node, reads: Reads) -> None:
    """`missing.append(name)`, which runs if one of the variables is not set."""
    word = _collected(scope, node)
    if word is not None and word in scope.names:
        value = scope.names[word]
        known = value.known if isinstance(value.known, Items) else None
        scope.names[word] = Value(filled=value.filled | reads, known=known)


def _collected(scope: Scope, node: Node) -> str | None:
    """The name of the list to which an expression adds."""
    target: Node | None = None
    if node.type == "augmented_assignment" and any(each.type == "+=" for each in node.children):
        right = node.child_by_field_name("right")
        is_filled = right is not None and right.type == "list" and bool(named(right))
        target = node.child_by_field_name("left") if is_filled else None
    elif node.type == "call":
        function = node.child_by_field_name("function")
        if function is not None and function.type == "attribute":
            method = words(function.child_by_field_name("attribute"), scope.module)
            target = function.child_by_field_name("object") if method in _ADDING else None
    return words(target, scope.module) if target is not None and target.type == "identifier" else None


def forget_changed(expressions: Expressions, scope: Scope, part: Node) -> None:
    """Forget the values that code may change, also in functions of the folder that it calls."""
    for each in list(_changed(expressions, scope, part)):
        forget(each)


def forget_changed_by(expressions: Expressions, function: Function) -> None:
    """Forget the values that a function of the folder may change, or return to unknown code."""
    body = function.node.child_by_field_name("body")
    if body is None:
        return
    scope = _scope_in(expressions, function)
    forget_changed(expressions, scope, body)
    results = [body] if function.node.type == "lambda" else []
    for each in within(body):
        expressions.machine.step(scope.module)
        results += named(each) if each.type == "return_statement" else []
    for each in results:
        forget(expressions.quietly(scope, each))


def _changed(expressions: Expressions, scope: Scope, part: Node) -> Iterator[Value]:
    """The values that code may change; the names that it may bind have no known value any more."""
    waiting, entered = [(scope, part)], set[int]()
    while waiting:
        around, node = waiting.pop()
        yield from _changed_at(expressions, around, node)
        if node.type not in _INNER:
            waiting += [(around, each) for each in named(node)]
        function = _called(expressions, around, node)
        body = function.node.child_by_field_name("body") if function is not None else None
        if function is not None and body is not None and body.id not in entered:
            entered.add(body.id)
            waiting.append((_scope_in(expressions, function), body))
        if around is not scope:
            expressions.machine.step(around.module)


def _called(expressions: Expressions, scope: Scope, node: Node) -> Function | None:
    """The function of the folder that a call calls."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    known = expressions.quietly(scope, function).known
    return known if isinstance(known, Function) else None


def _scope_in(expressions: Expressions, function: Function) -> Scope:
    """The scope of a function that gets arguments which are not known."""
    scope = Scope(function.scope.module, {}, function.scope)
    bound = [function.bound] if function.bound is not None else []
    expressions.calls.bound(scope, function, bound, {})
    return scope


def _changed_at(expressions: Expressions, scope: Scope, node: Node) -> Iterator[Value]:
    if (word := _collected(scope, node)) is not None:
        yield expressions.name(scope, word)
        scope.names[word] = Value(filled=scope.names[word].filled) if word in scope.names else UNKNOWN
        return
    for target in _targets(node):
        if target.type in ("attribute", "subscript"):
            yield expressions.quietly(scope, target.named_children[0])
        else:
            for word in _names(scope, target):
                scope.names[word] = UNKNOWN
    if node.type == "call":
        yield from _changed_by_call(expressions, scope, node)
    elif node.type == "assignment":
        yield from _changeable(expressions, scope, node.child_by_field_name("right"))  # through its new name


def _targets(node: Node) -> Iterator[Node]:
    """What a node binds or changes."""
    match node.type:
        case "assignment" | "augmented_assignment" | "for_statement" | "for_in_clause":
            found = node.child_by_field_name("left")
        case "named_expression" | "function_definition" | "class_definition":
            found = node.child_by_field_name("name")
        case "as_pattern_target":
            found = node
        case "delete_statement" | "import_statement" | "import_from_statement":
            yield from named(node)
            return
        case _:
            return
    if found is not None:
        yield from named(found) if found.type.endswith(("pattern", "pattern_list")) else [found]


def _names(scope: Scope, target: Node) -> Iterator[str]:
    waiting = [target]
    while waiting:
        node = waiting.pop()
        if node.type == "identifier":
            yield words(node, scope.module)
        waiting += named(node)


def _changed_by_call(expressions: Expressions, scope: Scope, call: Node) -> Iterator[Value]:
    function, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is not None and function.type == "attribute":
        on = expressions.quietly(scope, function.child_by_field_name("object"))
        method = words(function.child_by_field_name("attribute"), scope.module)
        if isinstance(on.known, Table | Object | Items) and method not in _LOOKING:
            yield on
        if method == "push":  # perhaps the context of another app
            expressions.machine.contexts.append(UNKNOWN)
    for each in named(given) if given is not None else ():
        value = each.child_by_field_name("value") if each.type == "keyword_argument" else each
        for found in _changeable(expressions, scope, value):
            expressions.machine.note_passed(UNKNOWN, found)
            yield found


def _changeable(expressions: Expressions, scope: Scope, node: Node | None) -> Iterator[Value]:
    """The value of a name or an attribute, if code can change it."""
    if node is not None and node.type in ("identifier", "attribute"):
        found = expressions.quietly(scope, node)
        if isinstance(found.known, Table | Object | Items | FlaskApp | External):
            yield found
