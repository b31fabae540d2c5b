"""Paths that are partly known: `*` stands for a part that is computed at run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from configvars.limits import PATH_PARTS, PATHS, beyond
from configvars.names import paths
from configvars.names.flow import reaching
from configvars.names.scopes import scope_of
from configvars.names.values import External, FilePath, Known, Str, Value, alternatives
from configvars.syntax.python import Node, named
from configvars.syntax.python_strings import pieces

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

Told = list[Str | FilePath]

HOLE = "*"
ANY_FILE = "**"
"""A path of which nothing is known, not even its folder."""
_ANYTHING = Str(HOLE)
_WITH_DEFAULT = frozenset({"os.getenv", "os.environ.get", "os.environ.setdefault"})
_UNCHANGED = frozenset({"builtins.str", "os.fspath"})


def patterns(evaluator: Evaluator, node: Node) -> tuple[Str | FilePath, ...]:
    """The paths that an expression may be, with `*` for unknown parts."""
    return tuple(_within(dict.fromkeys(_patterns(evaluator, node, PATH_PARTS.most))))


def _patterns(evaluator: Evaluator, node: Node | None, depth: int) -> Told:
    if depth == 0:
        beyond(PATH_PARTS)
    if node is None or depth == 0:
        return [_ANYTHING]
    told = [_path(value) for value in alternatives(evaluator.value(node))]
    known = [value for value in told if value is not None]
    if len(known) == len(told):
        return known
    return _within(_of_parts(evaluator, node, depth - 1)) or [_ANYTHING]


def _within(found: Iterable[Str | FilePath]) -> Told:
    left = iter(found)
    told = list(islice(left, PATHS.most))
    if next(left, None) is not None:
        beyond(PATHS)
    return told


def _path(value: Value) -> Str | FilePath | None:
    if isinstance(value, Known):
        return Str(value.text)
    return value if isinstance(value, Str | FilePath) else None


def _of_parts(evaluator: Evaluator, node: Node, depth: int) -> Iterator[Str | FilePath]:
    match node.type:
        case "string" | "concatenated_string":
            found: list[Told] = [
                [Str(piece.text)]
                if piece.expression is None
                else _patterns(evaluator, piece.expression, depth)
                for piece in pieces(evaluator.tree, node)
            ]
            yield from _together(found)
        case "binary_operator":
            operator = node.child_by_field_name("operator")
            if operator is not None and operator.type in ("+", "/"):
                sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
                found = [_patterns(evaluator, side, depth) for side in sides]
                yield from _joined(found) if operator.type == "/" else _together(found)
        case "call":
            yield from _of_call(evaluator, node, depth)
        case "identifier":
            for source in _given_by(evaluator, node):
                yield from _patterns(evaluator, source, depth)
        case "conditional_expression" if len(node.named_children) == 3:
            yield from _patterns(evaluator, node.named_children[0], depth)
            yield from _patterns(evaluator, node.named_children[2], depth)
        case "boolean_operator":
            yield from _patterns(evaluator, node.child_by_field_name("left"), depth)
            yield from _patterns(evaluator, node.child_by_field_name("right"), depth)
        case "parenthesized_expression":
            yield from _patterns(evaluator, node.named_children[0], depth)


def _of_call(evaluator: Evaluator, node: Node, depth: int) -> Iterator[Str | FilePath]:
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    arguments = [] if given is None else [each for each in named(given) if each.type != "keyword_argument"]
    callee = evaluator.value(function)
    path = callee.path if isinstance(callee, External) else ""
    if path in _WITH_DEFAULT and len(arguments) > 1:
        yield from _patterns(evaluator, arguments[1], depth)
        yield _ANYTHING
    elif path in ("os.path.join", "pathlib.Path", "pathlib.PurePath") and arguments:
        yield from _joined([_patterns(evaluator, each, depth) for each in arguments])
    elif path in _UNCHANGED and arguments:
        yield from _patterns(evaluator, arguments[0], depth)
    elif function is not None and function.type == "attribute" and arguments:
        name, of = function.child_by_field_name("attribute"), function.child_by_field_name("object")
        if name is not None and evaluator.tree.source(name) == "joinpath":
            yield from _joined([_patterns(evaluator, each, depth) for each in (of, *arguments)])


def _given_by(evaluator: Evaluator, node: Node) -> Iterator[Node | None]:
    """The expressions that may be assigned to a name where it is used."""
    scope = scope_of(node)
    own = evaluator.scopes.in_scope(evaluator.tree.source(node), scope)
    for binding in reaching(own, scope, node, later=False):
        right = binding.source.child_by_field_name("right") if binding.how == "assign" else None
        left = binding.source.child_by_field_name("left") if right is not None else None
        yield right if left == binding.node else None


def _together(choices: list[Told]) -> Iterator[Str | FilePath]:
    """The concatenations of strings, for each combination of the alternatives."""
    for chosen in product(*choices):
        text = "".join(part.path if isinstance(part, FilePath) else part.text for part in chosen)
        yield FilePath(text) if chosen and isinstance(chosen[0], FilePath) else Str(text)


def _joined(choices: list[Told]) -> Iterator[Str | FilePath]:
    """The joined paths, for each combination of the alternatives."""
    for chosen in product(*choices):
        value = paths.join(list(chosen))
        yield value if isinstance(value, Str | FilePath) else _ANYTHING
