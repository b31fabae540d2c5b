"""What a file's names stand for in other files: values that need nothing of this file's syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from configvars.model import Place
from configvars.names import classes, functions, imports, texts
from configvars.names.evaluate import Evaluator
from configvars.names.flow import reaching
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Class,
    External,
    FilePath,
    Function,
    Instance,
    Mapping,
    OneOf,
    Sequence,
    Value,
    alternatives,
)
from configvars.readers.scan import Scan
from configvars.syntax.python import Node, named

_MAX_DEPTH = 5
_HOLDERS = frozenset(
    {"module", "block", "if_statement", "elif_clause", "else_clause", "try_statement", "except_clause"}
    | {"finally_clause", "with_statement", "decorated_definition", "expression_statement"}
)


def exports_of(scan: Scan) -> tuple[dict[str, Value], frozenset[str]]:
    """The module-level names of a file that can be of use to others, and those that lead to variables."""
    evaluator = scan.evaluator
    root = evaluator.tree.root
    found: dict[str, Value] = {}
    leading: set[str] = set()
    for name, values in _module_values(scan, root).items():
        kept = [_freed(scan, value) for value in values if scan.leads(value) or _is_constant(scan, value)]
        if kept:
            found[name] = kept[0] if len(kept) == 1 else OneOf(tuple(dict.fromkeys(kept)))
        if any(scan.leads(value) and not scan.is_passage(value) for value in values):
            leading.add(name)
    return found, frozenset(leading)


def _module_values(scan: Scan, root: Node) -> dict[str, list[Value]]:
    """What the module-level names stand for when the module's code has run.

    Names bound once, by a plain statement, are taken from there: looking up each costs a pass over the text.
    """
    evaluator = scan.evaluator
    homes = scan.leading_homes | evaluator.shared
    places: dict[str, list[Node]] = {}
    for name, node in _bound_in(evaluator, root):
        places.setdefault(name, []).append(node)
    has_globals = b"global " in evaluator.tree.data
    found: dict[str, list[Value]] = {}
    for name in dict.fromkeys([*places, *sorted(scan.words)]):
        nodes = places.get(name, [])
        if len(nodes) == 1 and not has_globals and nodes[0].type in _DIRECT:
            found[name] = _direct(evaluator, homes, nodes[0])
        elif any(node.type != "function_definition" for node in nodes) or name in scan.words:
            seen = reaching(evaluator.scopes.in_scope(name, root), root, root, later=True)
            found[name] = [evaluator.bound(binding) for binding in seen]
    return found


_DIRECT = frozenset({"function_definition", "class_definition", "assignment"})


def _direct(evaluator: Evaluator, homes: frozenset[Place], node: Node) -> list[Value]:
    if node.type == "class_definition":
        return [classes.class_of(evaluator, node)]
    if node.type == "function_definition":
        return [functions.function(evaluator, node)] if functions.home(evaluator, node) in homes else []
    target = node.child_by_field_name("left")
    return [evaluator.value(node)] if target is not None and target.type == "identifier" else []


def _bound_in(evaluator: Evaluator, top: Node) -> Iterator[tuple[str, Node]]:
    """The names that the code of a module or class body binds itself, each with what binds it."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.type in _HOLDERS:
            waiting.extend(reversed(node.named_children))
        elif node.type in ("function_definition", "class_definition"):
            name = node.child_by_field_name("name")
            if name is not None:
                yield evaluator.tree.source(name), node
        elif node.type == "assignment":
            target, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if right is not None and right.type == "assignment":
                waiting.append(right)
            for part in _flat(target) if target is not None else ():
                yield evaluator.tree.source(part), node
        elif node.type in ("import_statement", "import_from_statement"):
            for leaf in imports.bound_names(node):
                yield evaluator.tree.source(leaf), node


def _flat(target: Node) -> Iterator[Node]:
    if target.type == "identifier":
        yield target
    elif target.type in ("pattern_list", "tuple_pattern", "list_pattern"):
        for child in named(target):
            yield from _flat(child)


def _is_constant(scan: Scan, value: Value, depth: int = 0) -> bool:
    """Whether a value is, or has, a text or a path."""
    if depth > _MAX_DEPTH:
        return False
    match value:
        case FilePath():
            return True
        case External():
            return scan.evaluator.interest.covers(value.path)
        case OneOf() | Sequence():
            inner = value.values if isinstance(value, OneOf) else value.items
            return any(_is_constant(scan, item, depth + 1) for item in inner)
        case Mapping():
            return any(_is_constant(scan, item, depth + 1) for pair in value.items for item in pair)
        case Function() | Class() if value.home in scan.evaluator.shared:
            return True
        case Class():
            return bool(value.members or _members(scan, value, depth + 1))
        case _:
            return texts.is_text(value)


def _freed(scan: Scan, value: Value, depth: int = 0) -> Value:
    """A value with all that its own file knows of it filled in."""
    if depth > _MAX_DEPTH:
        return UNKNOWN
    deeper = depth + 1
    match value:
        case Function():
            return _freed_function(scan, value, deeper)
        case Class() if value.home in scan.evaluator.nodes:
            bases = tuple(_freed(scan, base, deeper) for base in value.bases)
            keywords = tuple((name, _freed(scan, given, deeper)) for name, given in value.keywords)
            return Class(value.home, value.name, bases, _members(scan, value, deeper), keywords)
        case Instance():
            cls = _freed(scan, value.cls, deeper)
            bound = tuple((parameter, _freed(scan, given, deeper)) for parameter, given in value.bound)
            return Instance(cls, bound) if isinstance(cls, Class) else UNKNOWN
        case OneOf():
            return OneOf(tuple(_freed(scan, item, deeper) for item in value.values))
        case Sequence():
            return Sequence(tuple(_freed(scan, item, deeper) for item in value.items))
        case Mapping():
            return Mapping(
                tuple((_freed(scan, key, deeper), _freed(scan, item, deeper)) for key, item in value.items)
            )
        case External() if value.arguments is not None:
            positional = tuple(_freed(scan, item, deeper) for item in value.arguments.positional)
            keywords = tuple((name, _freed(scan, item, deeper)) for name, item in value.arguments.keywords)
            return replace(value, arguments=Arguments(positional, keywords, value.arguments.rest))
        case _:
            return value


def _freed_function(scan: Scan, function: Function, depth: int) -> Function:
    if function.home not in scan.evaluator.nodes:
        return function
    returned = functions.returned(scan.evaluator, function)
    useful = any(scan.leads(choice) or texts.is_text(choice) for choice in alternatives(returned))
    return replace(
        function,
        reads=scan.evaluator.reads.get(function.home, ()),
        returns=_freed(scan, returned, depth) if useful else None,
    )


def _members(scan: Scan, cls: Class, depth: int) -> tuple[tuple[str, Value], ...]:
    """The members of a class, and of its instances, that lead to variables or are texts."""
    evaluator = scan.evaluator
    node = evaluator.nodes.get(cls.home)
    body = node.child_by_field_name("body") if node is not None else None
    if node is None or body is None or depth > _MAX_DEPTH:
        return cls.members
    if cls.home not in scan.leading_homes:
        return tuple(_constants(scan, body, depth, derives=bool(cls.bases)))
    found: list[tuple[str, Value]] = []
    for name in dict.fromkeys([*(name for name, _ in _bound_in(evaluator, body)), *sorted(scan.words)]):
        values = classes.written(evaluator, node, name)
        kept = [
            _freed(scan, value, depth) for value in values if scan.leads(value) or _is_member(scan, value)
        ]
        if kept:
            found.append((name, kept[0] if len(kept) == 1 else OneOf(tuple(dict.fromkeys(kept)))))
        elif name == "__init__":
            found.extend((name, _freed(scan, value, depth)) for value in values)
    return tuple(found)


def _is_member(scan: Scan, value: Value) -> bool:
    """Whether a value of a class is of use to other files though it leads nowhere."""
    return texts.is_text(value) or (
        isinstance(value, External) and scan.evaluator.interest.covers(value.path)
    )


def _constants(scan: Scan, body: Node, depth: int, *, derives: bool) -> Iterator[tuple[str, Value]]:
    """The texts that a class without readers holds, and what one that `derives` says its instances have."""
    evaluator = scan.evaluator
    for statement in evaluator.statements(body, "expression_statement"):
        for name, assignment in _bound_in(evaluator, statement):
            if assignment.type != "assignment":
                continue
            if texts.is_text(value := evaluator.value(assignment)):
                yield name, value
            elif derives and assignment.child_by_field_name("type") is not None:
                of = functions.of_annotation(evaluator, assignment)
                yield name, UNKNOWN if of is None else _freed(scan, of, depth)
