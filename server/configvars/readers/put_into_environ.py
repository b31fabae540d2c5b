"""Code that puts the results of `dotenv_values(…)` into `os.environ`, in one of many ways.

`os.environ.update(…)`, `os.environ |= …`, `os.environ = {**os.environ, **…}` and loops over the items.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import EnvFileUse
from configvars.names.evaluate import Evaluator
from configvars.names.values import External
from configvars.readers.dotenv_files import VALUES, files_of
from configvars.syntax.python import Node, named

_ENVIRONS = frozenset({"os.environ", "os.environb"})
_IDIOM = "os.environ.update"


class _Source(Struct, frozen=True):
    """An expression whose value is a result of `dotenv_values`; `wins`: over the environment."""

    node: Node
    value: External
    wins: bool


def put_into_environ(evaluator: Evaluator, node: Node) -> Iterator[EnvFileUse]:
    """The env files that an expression or statement loads into the environment."""
    for source in _sources(evaluator, node):
        for use in files_of(source.value, evaluator.tree.span(source.node)):
            yield replace(use, idiom=_IDIOM, override=source.wins, only_for="")


def _sources(evaluator: Evaluator, node: Node) -> Iterator[_Source]:
    if node.type == "augmented_assignment":
        right = node.child_by_field_name("right")
        if _path(evaluator, node.child_by_field_name("left")) in _ENVIRONS and right is not None:
            yield from _in(evaluator, right)
    elif node.type == "subscript":
        parent = node.parent
        if (
            _path(evaluator, node.child_by_field_name("value")) in _ENVIRONS
            and parent is not None
            and parent.type == "assignment"
            and parent.child_by_field_name("left") == node
        ):
            yield from _looped(evaluator, parent, node.child_by_field_name("subscript"), wins=True)
    elif node.type == "call":
        yield from _of_call(evaluator, node)


def _of_call(evaluator: Evaluator, call: Node) -> Iterator[_Source]:
    path = _path(evaluator, call.child_by_field_name("function"))
    of, _, method = path.rpartition(".")
    if of in _ENVIRONS and method in ("update", "__ior__"):
        for each in _given(call):
            yield from _in(evaluator, _unpacked(each))
    elif of in _ENVIRONS and method == "setdefault" and (given := _given(call)):
        yield from _looped(evaluator, call, given[0], wins=False)
    elif path == VALUES.removesuffix("()") and (right := _assigned_to_environ(evaluator, call)) is not None:
        yield from (source for source in _in(evaluator, right) if source.node == call)


def _assigned_to_environ(evaluator: Evaluator, node: Node) -> Node | None:
    """The right side of `os.environ = …` around an expression."""
    inside = node
    while (parent := inside.parent) is not None and not parent.type.endswith(("statement", "block")):
        left = parent.child_by_field_name("left") if parent.type == "assignment" else None
        if left is not None and left != inside:
            target = left.child_by_field_name("object"), left.child_by_field_name("attribute")
            is_environ = target[1] is not None and evaluator.tree.source(target[1]) == "environ"
            return inside if is_environ and _path(evaluator, target[0]) == "os" else None
        inside = parent
    return None


def _in(evaluator: Evaluator, node: Node, *, wins: bool = True) -> Iterator[_Source]:
    """The sources of a mapping, or of an iterable of pairs."""
    if node.type == "parenthesized_expression":
        yield from _in(evaluator, named(node)[0], wins=wins)
    elif node.type == "dictionary" or (node.type == "binary_operator" and _operator(node) == "|"):
        parts = [_unpacked(child) for child in named(node)]
        for place, part in enumerate(parts):
            later = any(_path(evaluator, other) in _ENVIRONS for other in parts[place + 1 :])
            yield from _in(evaluator, part, wins=wins and not later)
    elif node.type in ("dictionary_comprehension", "generator_expression", "list_comprehension"):
        yield from _comprehended(evaluator, node, wins=wins)
    elif node.type == "call" and _path(evaluator, node.child_by_field_name("function")) == "builtins.dict":
        for each in _given(node):
            yield from _in(evaluator, _unpacked(each), wins=wins)
    elif isinstance(value := evaluator.value(node), External) and value.path.startswith(VALUES):
        yield _Source(node, value, wins)


def _comprehended(evaluator: Evaluator, node: Node, *, wins: bool) -> Iterator[_Source]:
    """The source of `{k: v for k, v in … if …}`, with conditions that only leave out what is set or empty."""
    body, *clauses = named(node)
    loop = clauses[0] if clauses and clauses[0].type == "for_in_clause" else None
    if loop is None or any(each.type != "if_clause" for each in clauses[1:]):
        return
    names = _names(evaluator, loop)
    pair = [evaluator.tree.source(each) for each in named(body)]
    tests = [named(each)[0] for each in clauses[1:]]
    weaker = _weaker(evaluator, tests, names)
    if pair[:1] == names[:1] and weaker is not None:
        yield from _items(evaluator, loop, wins=wins and not weaker)


def _looped(evaluator: Evaluator, node: Node, key: Node | None, *, wins: bool) -> Iterator[_Source]:
    """The source of `for k, v in ….items(): os.environ[k] = v`, where `key` is the `k`."""
    tests = list[Node]()
    inside = node
    while (parent := inside.parent) is not None:
        if parent.type == "for_statement":
            names = _names(evaluator, parent)
            weaker = _weaker(evaluator, tests, names)
            if key is not None and [evaluator.tree.source(key)] == names[:1] and weaker is not None:
                yield from _items(evaluator, parent, wins=wins and not weaker)
            return
        test = parent.child_by_field_name("condition") if parent.type == "if_statement" else None
        if test is not None and parent.child_by_field_name("consequence") == inside:
            tests.append(test)
        elif parent.type not in ("block", "expression_statement"):
            return
        inside = parent


def _items(evaluator: Evaluator, loop: Node, *, wins: bool) -> Iterator[_Source]:
    """The source of the pairs or names over which a loop goes."""
    right = loop.child_by_field_name("right")
    function = right.child_by_field_name("function") if right is not None and right.type == "call" else None
    word = function.child_by_field_name("attribute") if function is not None else None
    if function is not None and word is not None and evaluator.tree.source(word) in ("items", "keys"):
        right = function.child_by_field_name("object")
    value = evaluator.value(right) if right is not None else None
    if right is not None and isinstance(value, External) and value.path.startswith(VALUES):
        yield _Source(right, value, wins)


def _names(evaluator: Evaluator, loop: Node) -> list[str]:
    left = loop.child_by_field_name("left")
    if left is None:
        return []
    return [evaluator.tree.source(each) for each in ([left] if left.type == "identifier" else named(left))]


def _weaker(evaluator: Evaluator, tests: list[Node], names: list[str]) -> bool | None:
    """Whether tests leave out the variables that are set; None if they may leave out others.

    `if k not in os.environ` does, `if v` and `if v is not None` leave out no value.
    """
    weaker, waiting = False, list(tests)
    while waiting:
        test = waiting.pop()
        if test.type == "boolean_operator" and _operator(test) == "and":
            waiting += named(test)
            continue
        parts = named(test)
        is_membership = any(child.type == "not in" for child in test.children)
        if is_membership and [_path(evaluator, each) for each in parts[1:]] in ([each] for each in _ENVIRONS):
            weaker = True
        elif evaluator.tree.source(test) not in (names[-1], f"{names[-1]} is not None") or len(names) < 2:
            return None
    return weaker


def _given(call: Node) -> list[Node]:
    """The arguments of a call; a generator without parentheses of its own is the whole list of them."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return []
    return named(arguments) if arguments.type == "argument_list" else [arguments]


def _unpacked(node: Node) -> Node:
    """What `**mapping` unpacks; any other node itself."""
    return named(node)[0] if node.type == "dictionary_splat" and named(node) else node


def _operator(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def _path(evaluator: Evaluator, node: Node | None) -> str:
    value = evaluator.value(node) if node is not None else None
    return value.path if isinstance(value, External) else ""
