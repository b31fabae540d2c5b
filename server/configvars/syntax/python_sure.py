"""Which parts of a statement certainly run, once it does, apart from the conditions of its branches."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator

from msgspec import Struct

from configvars.slices import in_steps
from configvars.syntax.python import Node, PythonTree, named

BODIES = frozenset({"function_definition", "lambda", "class_definition"})
_MAY_END = frozenset({"if_statement", "for_statement", "while_statement", "try_statement", "match_statement"})
_LOOPS = frozenset({"for_statement", "while_statement"})
_BREAKING = frozenset({"break_statement", "continue_statement"})
_ENDING = frozenset({"return_statement", "raise_statement", *_BREAKING})
_LAZY = frozenset(
    {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}
)
# What is in a `with` may be swallowed or undone at its end; `python -O` skips an `assert`.
_UNSURE = _LAZY | {"with_statement", "assert_statement", "decorator"}
# Iterables that certainly have items: literals, and names that show what they contain.
_WITH_ITEMS = frozenset({"identifier", "list", "tuple", "set", "dictionary", "expression_list"})
_LITERALS = frozenset({"list", "tuple", "set", "dictionary", "expression_list"})
_PLAIN = frozenset({"string", "integer", "float", "true", "false", "none"})
_SAFE_MODULES = sys.stdlib_module_names | {"dotenv"}
_Chain = tuple[int, "_Chain"] | None


class Survey(Struct, frozen=True):
    """Statements by their ids: those that may return, and those after which a block may not continue.

    `rebound` are names that the file binds more than once, so that a call may mean another function.
    """

    returning: set[int]
    ending: set[int]
    rebound: frozenset[str]


def survey(tree: PythonTree) -> Generator[None, None, Survey]:
    """What one traversal of a file, in slices, shows about the order in which it runs."""
    returning: set[int] = set()
    ending: set[int] = set()
    bound: Counter[str] = Counter()
    todo: list[tuple[Node, _Chain, _Chain]] = [(tree.root, None, None)]
    for is_time in in_steps(todo):
        if is_time:
            yield
        node, around, in_loop = todo.pop()
        if node.type in _ENDING:
            ending.add(node.id)
        if node.type == "return_statement":
            _mark(around, returning)
        elif node.type in _BREAKING:
            _mark(in_loop, ending)
        elif (name := _bound(node)) is not None:
            bound[tree.source(name)] += 1
        if node.type in BODIES:
            around = in_loop = None
        elif node.type in _MAY_END:
            around = (node.id, around)
            in_loop = None if node.type in _LOOPS else (node.id, in_loop)
        todo.extend((child, around, in_loop) for child in node.named_children)
    return Survey(returning, ending, frozenset(name for name, count in bound.items() if count > 1))


def _bound(node: Node) -> Node | None:
    """The name that a node binds: a function outside of classes, a variable, a parameter or an import."""
    above = node.parent
    if node.type == "function_definition":
        while above is not None and above.type in ("block", "decorated_definition"):
            above = above.parent
        is_method = above is not None and above.type == "class_definition"
        return None if is_method else node.child_by_field_name("name")
    if node.type != "identifier" or above is None:
        if node.type == "dotted_name" and above is not None and above.type == "import_from_statement":
            return None if above.child_by_field_name("module_name") == node else node
        return node.child_by_field_name("alias") if node.type == "aliased_import" else None
    if above.type == "assignment":
        return node if above.child_by_field_name("left") == node else None
    return node if above.type in ("parameters", "lambda_parameters") else None


def _mark(around: _Chain, found: set[int]) -> None:
    while around is not None and around[0] not in found:
        found.add(around[0])
        around = around[1]


def is_unsure(tree: PythonTree, node: Node, child: Node, known: dict[str, bool]) -> bool:
    """Whether a part of a node may not run, or may not have an effect afterwards.

    `known` caches which names are bound to literals that have items.
    """
    if child.type in _UNSURE:
        return True
    if node.type == "for_statement" and child == node.child_by_field_name("body"):
        return not _has_items(tree, node.child_by_field_name("right"), known)
    return node.type == "try_statement" and child.type == "else_clause"


def runs_once(tree: PythonTree, loop: Node) -> bool:
    """Whether the body of a loop certainly runs once."""
    if loop.type == "while_statement":
        condition = loop.child_by_field_name("condition")
        return condition is not None and tree.source(condition) in ("True", "1")
    items = loop.child_by_field_name("right")
    if items is not None and items.type == "call":  # `names.items()`
        function = items.child_by_field_name("function")
        method = function.child_by_field_name("attribute") if function is not None else None
        is_all = method is not None and tree.source(method) in ("items", "keys", "values")
        items = function.child_by_field_name("object") if function is not None and is_all else None
    return items is not None and items.type in _WITH_ITEMS


def is_plain(function: Node) -> bool:
    """Whether calling a function runs its body: it is no coroutine, no generator, and not decorated."""
    if function.type == "class_definition":
        return True
    above = function.parent
    is_decorated = above is not None and above.type == "decorated_definition"
    return not (is_decorated or function.children[0].type == "async" or _yields(function))


def _yields(function: Node) -> bool:
    """Whether a function is a generator; only the word is looked for, as visiting all nodes takes long."""
    body, text = function.child_by_field_name("body"), function.text
    at, begin = body.start_byte if body is not None else 0, function.start_byte
    while text is not None and body is not None and (at := begin + text.find(b"yield", at - begin)) >= begin:
        leaf = body.descendant_for_byte_range(at, at + 5)
        if leaf is None:
            return False
        around: Node | None = leaf if leaf.type == "yield" else None
        while around is not None and around.type not in BODIES:
            around = around.parent
        if around == function:
            return True
        passed = around or leaf
        at = passed.end_byte if around is not None or not leaf.child_count else at + 5
    return False


def _has_items(tree: PythonTree, items: Node | None, known: dict[str, bool]) -> bool:
    """Whether an iterable certainly has items: a literal, or a name that is bound once, to a literal."""
    if items is not None and items.type == "call":  # `names.items()`
        function = items.child_by_field_name("function")
        items = function.child_by_field_name("object") if function is not None else None
    if items is not None and items.type == "identifier":
        name = tree.source(items)
        if name not in known:
            known[name] = _is_bound_to_items(tree, name)
        return known[name]
    return items is not None and items.type in _LITERALS and bool(named(items))


def _is_bound_to_items(tree: PythonTree, name: str) -> bool:
    bound = [
        (above, above.child_by_field_name("right"))
        for leaf in tree.words(name)
        if (above := leaf.parent) is not None and above.child_by_field_name("left") == leaf
    ]
    if len(bound) != 1:
        return False
    statement, value = bound[0]
    return statement.type == "assignment" and value is not None and _has_items(tree, value, {name: False})


def safe_end(tree: PythonTree, block: Node) -> int:
    """The byte offset before which a block runs: its end, except in a `try`, where statements may raise.

    Only imports of modules that are there, and settings of literals, certainly do not raise.
    """
    if block.parent is None or block.parent.type != "try_statement":
        return block.end_byte
    for statement in named(block):
        if not (_is_import(tree, statement) or _is_setting(statement)):
            return statement.start_byte
    return block.end_byte


def _is_import(tree: PythonTree, statement: Node) -> bool:
    if statement.type == "import_statement":
        modules = [tree.source(each) for each in statement.children_by_field_name("name")]
    elif statement.type == "import_from_statement":
        module = statement.child_by_field_name("module_name")
        modules = [tree.source(module)] if module is not None else [""]
    else:
        return statement.type in ("comment", "pass_statement")
    return all(each.partition(".")[0].partition(" ")[0] in _SAFE_MODULES for each in modules)


def _is_setting(statement: Node) -> bool:
    """`os.environ["X"] = "x"`, `os.environ.setdefault("X", "x")`, `load_dotenv("x.env")`."""
    inner = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
    if inner is None:
        return False
    if inner.type == "assignment":
        target, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        return value is not None and value.type in _PLAIN and target is not None and _is_item(target)
    given = inner.child_by_field_name("arguments") if inner.type == "call" else None
    values = [each.child_by_field_name("value") or each for each in named(given)] if given is not None else []
    return given is not None and all(each.type in _PLAIN for each in values)


def _is_item(target: Node) -> bool:
    return target.type in ("identifier", "subscript")
