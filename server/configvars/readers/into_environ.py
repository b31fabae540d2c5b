"""Values that code writes into `os.environ`, which accepts only strings: None raises a TypeError."""

from __future__ import annotations

from configvars.names.evaluate import Evaluator
from configvars.names.values import External, Str
from configvars.syntax.python import Node, named

_ENVIRONS = frozenset({"os.environ", "os.environb"})
_SETTERS = frozenset({"os.putenv"} | {f"{each}.__setitem__" for each in _ENVIRONS})
_UPDATES = frozenset(f"{each}.{method}" for each in _ENVIRONS for method in ("update", "__ior__"))
_DEFAULTS = frozenset(f"{each}.setdefault" for each in _ENVIRONS)
_SECOND = ("default", "value")


def is_put_into_environ(evaluator: Evaluator, node: Node) -> bool:
    """Whether the code around an expression certainly writes its value into `os.environ`."""
    parent = node.parent
    match parent.type if parent is not None else "":
        case "assignment":
            return _is_assigned(evaluator, node)
        case "argument_list":
            return _is_argument(evaluator, parent, node)
        case "keyword_argument":
            return _is_keyword(evaluator, parent, node)
        case "pair":
            is_value = parent is not None and parent.child_by_field_name("value") == node
            return is_value and _updates(evaluator, parent.parent if parent is not None else None)
        case _:
            return False


def _is_assigned(evaluator: Evaluator, node: Node) -> bool:
    """`os.environ["X"] = node`, also as one of several targets."""
    child, parent = node, node.parent
    while parent is not None and parent.type == "assignment" and parent.child_by_field_name("right") == child:
        target = parent.child_by_field_name("left")
        of = target.child_by_field_name("value") if target is not None else None
        if target is not None and target.type == "subscript" and _path(evaluator, of) in _ENVIRONS:
            return True
        child, parent = parent, parent.parent
    return False


def _is_argument(evaluator: Evaluator, arguments: Node | None, node: Node) -> bool:
    """`os.putenv("X", node)`, `os.environ.setdefault("X", node)`."""
    given = named(arguments) if arguments is not None else []
    path = _called(evaluator, arguments)
    if len(given) != 2 or given[1] != node:
        return False
    return path in _SETTERS or (path in _DEFAULTS and _reads_again(evaluator, given[0], node))


def _is_keyword(evaluator: Evaluator, keyword: Node | None, node: Node) -> bool:
    """`os.environ.update(X=node)`, `os.environ.setdefault("X", value=node)`."""
    arguments = keyword.parent if keyword is not None else None
    path = _called(evaluator, arguments)
    if path in _UPDATES or path == "builtins.dict":
        return path in _UPDATES or _updates(evaluator, arguments.parent if arguments is not None else None)
    name = keyword.child_by_field_name("name") if keyword is not None else None
    given = named(arguments) if arguments is not None else []
    is_default = path in _DEFAULTS and name is not None and evaluator.tree.source(name) in _SECOND
    return is_default and _reads_again(evaluator, given[0], node)


def _updates(evaluator: Evaluator, mapping: Node | None) -> bool:
    """`os.environ.update(mapping)`, `os.environ |= mapping`."""
    parent = mapping.parent if mapping is not None else None
    if parent is not None and parent.type == "augmented_assignment":
        is_joined = any(child.type == "|=" for child in parent.children)
        return is_joined and _path(evaluator, parent.child_by_field_name("left")) in _ENVIRONS
    return _called(evaluator, parent) in _UPDATES


def _reads_again(evaluator: Evaluator, key: Node, node: Node) -> bool:
    """Whether a default reads the variable that it is the default of, so that it matters only if it is None."""
    given = node.child_by_field_name("arguments") if node.type == "call" else None
    first = next(iter(named(given)), None) if given is not None else None
    name, read = evaluator.value(key), evaluator.value(first)
    return isinstance(name, Str) and isinstance(read, Str) and name.text == read.text


def _called(evaluator: Evaluator, arguments: Node | None) -> str:
    """The path of the function that gets some arguments; empty if it is not known."""
    call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
    return _path(evaluator, function)


def _path(evaluator: Evaluator, node: Node | None) -> str:
    value = evaluator.value(node) if node is not None else None
    return value.path if isinstance(value, External) else ""
