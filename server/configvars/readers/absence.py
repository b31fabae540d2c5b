"""What the code around a read does with `None`: replace it, break on it, refuse it."""

from __future__ import annotations

from configvars.model import Need
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS, scope_of
from configvars.names.values import External, Nothing, Value
from configvars.syntax.python import Node, named

# What raises when it is given None.
_BREAKING = frozenset(
    {
        f"builtins.{name}"
        for name in ("int", "float", "len", "list", "tuple", "set", "sorted", "sum", "iter", "open")
    }
    | {
        "json.loads",
        "ast.literal_eval",
        "uuid.UUID",
        "pathlib.Path",
        "decimal.Decimal",
        "os.listdir",
        "os.makedirs",
    }
    | {
        "os.path.join",
        "os.path.exists",
        "os.path.isfile",
        "os.path.isdir",
        "os.path.dirname",
        "os.path.basename",
    }
    | {"os.path.abspath", "os.path.expanduser", "os.path.expandvars", "os.mkdir", "os.chdir", "shlex.split"}
    | {"base64.b64decode", "base64.b64encode", "base64.urlsafe_b64decode", "importlib.import_module"}
)
_EXITS = frozenset({"sys.exit", "os._exit", "builtins.exit", "builtins.quit", "os.abort"})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "**", "<<", ">>", "&", "@"})
_ORDERING = frozenset({"<", ">", "<=", ">="})


def alternative(evaluator: Evaluator, node: Node) -> tuple[Node, Need | None]:
    """The whole of `node or …` that a read ends up as, and the need that an `or` makes of it, if any."""
    child, parent = node, node.parent
    while parent is not None:
        if parent.type == "boolean_operator":
            operator = parent.child_by_field_name("operator")
            is_or = operator is not None and operator.type == "or"
            left = parent.child_by_field_name("left") == child
            if left and is_or:
                return child, _or(evaluator, parent.child_by_field_name("right"))
            if left or not (is_or or operator is not None):
                return child, None
        elif parent.type not in ("parenthesized_expression", "await", "named_expression"):
            return child, None
        child, parent = parent, parent.parent
    return child, None


def _or(evaluator: Evaluator, right: Node | None) -> Need | None:
    if right is None:
        return None
    if is_exit(evaluator, right):
        return Need.REQUIRED
    return Need.OPTIONAL if isinstance(evaluator.value(right), Nothing) else Need.DEFAULTED


def breaks(evaluator: Evaluator, node: Node) -> bool:
    """Whether `None` in the place of `node` raises right there."""
    parent = node.parent
    if parent is None:
        return False
    match parent.type:
        case "attribute":
            return parent.child_by_field_name("object") == node
        case "subscript":
            return parent.child_by_field_name("value") == node
        case "call":
            return parent.child_by_field_name("function") == node
        case "argument_list":
            return _is_breaking_call(evaluator, parent, node)
        case "binary_operator":
            return _breaks_operator(parent, node)
        case "comparison_operator":
            return _breaks_comparison(parent, node)
        case "list_splat" | "dictionary_splat" | "unary_operator":
            return True
        case "for_statement" | "for_in_clause":
            return parent.child_by_field_name("right") == node
        case _:
            return False


def _is_breaking_call(evaluator: Evaluator, arguments: Node, node: Node) -> bool:
    call = arguments.parent
    if call is None or call.type != "call":
        return False
    callee = evaluator.value(call.child_by_field_name("function"))
    if not isinstance(callee, External) or callee.path not in _BREAKING:
        return False
    return callee.path == "os.path.join" or named(arguments)[0] == node


def _breaks_operator(parent: Node, node: Node) -> bool:
    operator = parent.child_by_field_name("operator")
    sign = operator.type if operator is not None else ""
    return sign in _ARITHMETIC or (sign == "%" and parent.child_by_field_name("left") == node)


def _breaks_comparison(parent: Node, node: Node) -> bool:
    for before, sign, after in zip(parent.children, parent.children[1:], parent.children[2:], strict=False):
        if sign.type in _ORDERING and node in (before, after):
            return True
        if sign.type in ("in", "not in") and node == after:
            return True
    return False


def is_refused(evaluator: Evaluator, node: Node) -> bool:
    """Whether the code raises or exits where the variable is absent: `if not X: raise`, `assert X`."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "assert_statement":
        return named(parent)[0] == node
    if parent.type == "assignment" and parent.child_by_field_name("right") == node:
        return _is_refused_later(evaluator, parent)
    test = node
    if parent.type == "comparison_operator" and not _is_none_test(parent, node):
        return False
    while parent is not None and parent.type in (
        "not_operator",
        "comparison_operator",
        "parenthesized_expression",
    ):
        test, parent = parent, parent.parent
    if parent is not None and parent.type == "assert_statement":
        return named(parent)[0] == test
    return parent is not None and is_refusal(evaluator, parent) and _means_absent(test)


def _is_refused_later(evaluator: Evaluator, assignment: Node) -> bool:
    """`x = read` and then, in the same block, `if not x: raise` or `assert x`."""
    target = assignment.child_by_field_name("left")
    statement = assignment.parent
    if target is None or statement is None or target.type not in ("identifier", "attribute"):
        return False
    word = evaluator.tree.source(target)
    following = statement.next_named_sibling
    for _ in range(12):
        if following is None:
            return False
        if following.type == "assert_statement" and _tests(evaluator, named(following)[:1], word):
            return True
        if following.type == "if_statement" and is_refusal(evaluator, following):
            test = following.child_by_field_name("condition")
            if test is not None and _means_absent(test) and _tests(evaluator, [test], word):
                return True
        following = following.next_named_sibling
    return False


def _tests(evaluator: Evaluator, tests: list[Node], word: str) -> bool:
    """Whether a test is about a name alone: `not x`, `x is None`, `x`."""
    for test in tests:
        node = test
        while (
            node.type in ("not_operator", "parenthesized_expression", "comparison_operator")
            and node.named_children
        ):
            node = node.named_children[0]
        if evaluator.tree.source(node) == word:
            return True
    return False


def _means_absent(test: Node) -> bool:
    """Whether a test holds where the variable is absent: `not x`, `x is None`, `x == ""`."""
    while test.type == "parenthesized_expression" and test.named_children:
        test = test.named_children[0]
    if test.type == "not_operator":
        inner = test.child_by_field_name("argument")
        return inner is not None and inner.type != "comparison_operator"
    return test.type == "comparison_operator" and any(child.type in ("is", "==") for child in test.children)


def _is_none_test(comparison: Node, node: Node) -> bool:
    return comparison.children[0] == node and any(
        child.type == "none" or child.type == "string" for child in comparison.named_children[1:]
    )


def is_refusal(evaluator: Evaluator, statement: Node) -> bool:
    """Whether an `if` statement's body ends by raising or by leaving the program."""
    if statement.type not in ("if_statement", "elif_clause"):
        return False
    return ends_by_raising(evaluator, statement.child_by_field_name("consequence"))


def ends_by_raising(evaluator: Evaluator, block: Node | None) -> bool:
    """Whether the last statement of a block raises or leaves the program."""
    statements = named(block) if block is not None else []
    if not statements:
        return False
    last = statements[-1]
    if last.type == "raise_statement":
        return True
    return (
        last.type == "expression_statement"
        and bool(last.named_children)
        and is_exit(evaluator, last.named_children[0])
    )


def is_exit(evaluator: Evaluator, node: Node) -> bool:
    """Whether an expression leaves the program: `sys.exit(…)`."""
    if node.type != "call":
        return False
    callee: Value = evaluator.value(node.child_by_field_name("function"))
    return isinstance(callee, External) and callee.path in _EXITS


__all__ = ["FUNCTIONS", "alternative", "breaks", "ends_by_raising", "is_exit", "is_refused", "scope_of"]
