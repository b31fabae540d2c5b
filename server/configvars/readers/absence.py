"""What the code around a read does if the result is `None`: replace it, or fail."""

from __future__ import annotations

from configvars.limits import FOLLOWING
from configvars.model import Need
from configvars.names.endings import is_exit, never_returns
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS, binding_at, scope_of
from configvars.names.values import External, Nothing, Str, Value
from configvars.readers.callee import callee_path
from configvars.readers.handlers_around import may_be_caught
from configvars.readers.into_environ import is_put_into_environ
from configvars.readers.refused_at import refuses_none
from configvars.syntax.python import Node, named

# Builtins and methods that raise an exception if they get None.
BREAKING = frozenset(
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
    | {"builtins.bytes", "builtins.bytes.fromhex", "cryptography.fernet.Fernet", "dj_database_url.parse"}
    | {"datetime.datetime.strptime", "datetime.datetime.fromisoformat", "datetime.date.fromisoformat"}
    | {"sqlalchemy.create_engine", "sqlalchemy.engine.create_engine", "sqlalchemy.engine.make_url"}
    | {"redis.from_url", "redis.Redis.from_url", "redis.StrictRedis.from_url", "redis.asyncio.from_url"}
    | {f"requests.{verb}" for verb in ("get", "post", "put", "patch", "delete", "head")}
)
_SIMPLE = frozenset({"expression_statement", "return_statement"})
_PASSED = _SIMPLE | {
    "import_statement",
    "import_from_statement",
    "function_definition",
    "class_definition",
    "decorated_definition",
    "comment",
}
# Nodes whose parts may not run, or run later.
_PERHAPS = FUNCTIONS | {
    "boolean_operator",
    "conditional_expression",
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
}
# The part of an expression or a loop that must not be None.
_BROKEN_PARTS = {
    "attribute": "object",
    "subscript": "value",
    "call": "function",
    "for_statement": "right",
    "for_in_clause": "right",
}
_UNPACKING = frozenset({"pattern_list", "tuple_pattern", "list_pattern"})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "**", "<<", ">>", "&", "@"})
_ORDERING = frozenset({"<", ">", "<=", ">="})


def alternative(evaluator: Evaluator, node: Node) -> tuple[Node, Need | None]:
    """The expression `node or …` that contains a read, and the need that follows from the `or`, if any."""
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
    """The need of a read on the left of `or`, depending on the right side."""
    if right is None:
        return None
    if is_exit(evaluator, right):
        return Need.REQUIRED
    if never_returns(evaluator, right):
        return Need.OPTIONAL if may_be_caught(evaluator, right) else Need.REQUIRED
    return Need.OPTIONAL if isinstance(evaluator.value(right), Nothing) else Need.DEFAULTED


def breaks(evaluator: Evaluator, node: Node) -> bool:
    """Whether the expression around `node` raises an exception if `node` is `None`."""
    parent = node.parent
    if parent is None:
        return False
    if _is_unpacked(node) or is_put_into_environ(evaluator, node):
        return True
    match parent.type:
        case "argument_list" | "keyword_argument":
            return _is_breaking_call(evaluator, parent, node)
        case "binary_operator":
            return _breaks_operator(parent, node)
        case "comparison_operator":
            return _breaks_comparison(parent, node)
        case "list_splat" | "dictionary_splat" | "unary_operator":
            return True
        case "assignment":
            target = parent.child_by_field_name("left")
            return target is not None and target.type in _UNPACKING
        case "subscript" if refuses_none(evaluator, node):
            return True
        case _ if parent.type in _BROKEN_PARTS:
            return parent.child_by_field_name(_BROKEN_PARTS[parent.type]) == node
        case _:
            return False


def is_no_number(evaluator: Evaluator, node: Node, default: Value) -> bool:
    """Whether the expression around a read raises because its default `""` is not a number; not in a `try`."""
    parent = node.parent
    if parent is None or parent.type != "argument_list" or parent.parent is None:
        return False
    callee = evaluator.value(parent.parent.child_by_field_name("function"))
    is_number = isinstance(callee, External) and callee.path in ("builtins.int", "builtins.float")
    if not is_number or named(parent) != [node] or not isinstance(default, Str) or default.text.strip():
        return False
    above = parent.parent.parent
    while above is not None and above.type not in FUNCTIONS and above.type != "try_statement":
        above = above.parent
    return above is None or above.type != "try_statement"


def _is_unpacked(node: Node) -> bool:
    """Whether a star stands before an expression: in `[*a.b()]` the grammar has it at `a`."""
    first: Node | None = node
    while first is not None and first.type in ("call", "attribute", "subscript"):
        first = next(iter(first.named_children), None)
    return first is not None and first.type == "list_splat"


def _is_breaking_call(evaluator: Evaluator, parent: Node, node: Node) -> bool:
    """Whether `node` is an argument that must not be `None`; `parent` is its list or its keyword."""
    if refuses_none(evaluator, node):
        return True
    call = parent.parent if parent.type == "argument_list" else None
    if call is None or call.type != "call":
        return False
    path = callee_path(evaluator, call.child_by_field_name("function"))
    return path == "os.path.join" or (path in BREAKING and named(parent)[0] == node)


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


def breaks_later(evaluator: Evaluator, node: Node) -> bool:
    """Whether `x = read` is directly followed by code that fails if `x` is `None`, such as `x.split(",")`."""
    assignment = node.parent
    if assignment is None or assignment.type != "assignment" or assignment.parent is None:
        return False
    target = assignment.child_by_field_name("left")
    if target is None or target.type != "identifier" or assignment.child_by_field_name("right") != node:
        return False
    word, scope = evaluator.tree.source(target), scope_of(assignment)
    following = assignment.parent.next_named_sibling
    for _ in range(FOLLOWING.most):
        if following is not None and following.type == "if_statement":
            condition = following.child_by_field_name("condition")
            asked = evaluator.tree.words(word, condition) if condition is not None else iter(())
            return any(_is_tried_first(leaf, following) and breaks(evaluator, leaf) for leaf in asked)
        if following is None or following.type not in _PASSED:
            return False
        leaves = list(evaluator.tree.words(word, following))
        if any(_is_certain(leaf, following) and breaks(evaluator, leaf) for leaf in leaves):
            return True
        if any(_binds(leaf, scope) for leaf in leaves):
            return False  # x gets another value here
        following = following.next_named_sibling
    return False


def _binds(leaf: Node, scope: Node) -> bool:
    """Whether a name gets a value in a scope, also as one of several targets."""
    binding = binding_at(leaf)
    return binding is not None and binding.scope == scope


def _is_tried_first(leaf: Node, statement: Node) -> bool:
    """Whether a part of the condition of an `if` is always evaluated, whatever the other parts are."""
    child, above = leaf, leaf.parent
    while above is not None and above != statement:
        if above.type == "boolean_operator" and above.child_by_field_name("left") != child:
            return False
        if above.type in _PERHAPS and above.type != "boolean_operator":
            return False
        child, above = above, above.parent
    return True


def _is_certain(leaf: Node, statement: Node) -> bool:
    """Whether an expression is always evaluated when its statement runs."""
    above = leaf.parent
    while above is not None and above.type not in _PERHAPS and above != statement:
        above = above.parent
    return above == statement and statement.type in _SIMPLE
