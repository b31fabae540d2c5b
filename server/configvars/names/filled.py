"""Which fields of a class its own code may set before they are checked: `model_validator(mode="before")`.

Such a function gets a dict with the values, and `__init__` gets them as keywords.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree, named

_ANY = "*"
_MAYBE = "?"  # before a key of a dict that may be another one than that of the values
_VALIDATORS = frozenset({"model_validator", "root_validator"})
# Functions that do not change a dict that they get.
_HARMLESS = frozenset(
    {"all", "any", "bool", "dict", "isinstance", "len", "list", "print", "repr", "sorted", "str", "type"}
)
_SETTERS = frozenset({"setdefault", "__setitem__"})
_FIELD_VALIDATORS = frozenset({"field_validator", "validator"})
_EARLY = lazy_pattern(r"""mode=(?!["']after["'])|pre=(?!False)""")
_QUOTED = lazy_pattern(r"""(?<!=)["'](\w+)["']""")


def filled(tree: PythonTree, body: Node, fields: frozenset[str]) -> frozenset[str]:
    """Those of some fields that the body of a class may set; all of them if that is not known."""
    names: set[str] = set()
    for function in _functions(tree, body):
        parameters = function.child_by_field_name("parameters")
        given = [_name(tree, each) for each in named(parameters)[1:]] if parameters is not None else []
        names.update(_set(tree, function, frozenset(given)))
    known = {name.lower(): name for name in fields}
    if not all(name in known for name in names if not name.startswith(_MAYBE)):
        return fields
    found = (known.get(name.removeprefix(_MAYBE)) for name in names)
    return frozenset(name for name in found if name is not None)


def _functions(tree: PythonTree, body: Node) -> Iterator[Node]:
    """The functions of a class that get the values before they are checked."""
    for statement in named(body):
        function = statement.child_by_field_name("definition") or statement
        if function.type != "function_definition":
            continue
        signs = [tree.source(each) for each in statement.children if each.type == "decorator"]
        name = tree.source(function.child_by_field_name("name") or function)
        if name == "__init__" or any(map(_is_before, signs)):
            yield function


def _is_before(decorator: str, validators: frozenset[str] = _VALIDATORS) -> bool:
    name, _, rest = decorator.lstrip("@ ").partition("(")
    return name.rpartition(".")[2] in validators and _EARLY.search("".join(rest.split())) is not None


def corrected(tree: PythonTree, body: Node, fields: frozenset[str]) -> frozenset[str]:
    """Those of some fields whose value a validator of the class gets before its type is checked."""
    found: set[str] = set()
    for statement in named(body):
        for sign in (tree.source(each) for each in statement.children if each.type == "decorator"):
            if _is_before(sign, _FIELD_VALIDATORS):
                names = frozenset(_QUOTED.findall("".join(sign.split())))
                found |= names if names and "*" not in sign else fields
    return fields & found


def _set(tree: PythonTree, function: Node, given: frozenset[str]) -> Iterator[str]:
    """The keys in lower case that a function may set, `*` for any; `given` are its parameters."""
    body = function.child_by_field_name("body")
    results = {
        tree.source(leaf.named_children[0]) for leaf in _all(body, "return_statement") if leaf.named_children
    }
    for node in _all(body):
        match node.type:
            case "assignment" | "augmented_assignment":
                left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
                if left is not None and left.type == "subscript":
                    yield _key(tree, left.child_by_field_name("subscript"))
                elif left is not None and tree.source(left) in results and not _is_known(tree, right, given):
                    yield _ANY
            case "pair" if node.parent is not None and node.parent.type == "dictionary":
                key = _key(tree, node.child_by_field_name("key"))
                yield key if key == _ANY else f"{_MAYBE}{key}"
            case "dictionary_splat" if not _is_given(tree, node.named_children[0], given):
                yield _ANY
            case "call":
                yield from _called(tree, node, given)
            case "return_statement" if named(node) and not _is_known(tree, named(node)[0], given | results):
                yield _ANY


def _all(body: Node | None, kind: str = "") -> Iterator[Node]:
    """The nodes of a body, of one kind or of all."""
    waiting = [body] if body is not None else []
    while waiting:
        node = waiting.pop()
        waiting += named(node)
        if not kind or node.type == kind:
            yield node


def _called(tree: PythonTree, call: Node, given: frozenset[str]) -> Iterator[str]:
    """The keys that a call may set."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    path = tree.source(function) if function is not None else ""
    name = path.rpartition(".")[2]
    items = named(arguments) if arguments is not None and arguments.type == "argument_list" else []
    if name in _SETTERS:
        yield _key(tree, items[0] if items else None)
    if name in ("update", "dict", "__init__"):
        words = (_name(tree, each) for each in items if each.type == "keyword_argument")
        yield from (f"{_MAYBE}{word.lower()}" for word in words)
    if name == "update" and any(each.type not in ("keyword_argument", "dictionary") for each in items):
        yield _ANY
    is_safe = path in _HARMLESS | given or name in ("__init__", "update")
    if not is_safe and any(_is_given(tree, each, given) for each in items):
        yield _ANY


def _is_known(tree: PythonTree, value: Node | None, given: frozenset[str]) -> bool:
    """Whether an expression is the values that a function got, a dict of them, or what a handler returns."""
    if value is None or value.type in ("dictionary", "none"):
        return True
    if value.type in ("boolean_operator", "binary_operator", "parenthesized_expression"):
        return all(_is_known(tree, each, given) for each in named(value))
    if value.type == "dictionary_comprehension":
        return any(tree.source(leaf) in given for leaf in _all(value, "identifier"))
    function = value.child_by_field_name("function") if value.type == "call" else None
    name = value if function is None else function
    if name.type == "attribute":  # `data.copy()`
        name = name.child_by_field_name("object") or name
    return name.type == "identifier" and tree.source(name) in _HARMLESS | given


def _key(tree: PythonTree, node: Node | None) -> str:
    """The text of a literal key, `*` for any other."""
    inner = [each for each in named(node) if each.type == "string_content"] if node is not None else []
    is_plain = node is not None and node.type == "string" and len(inner) == 1 and len(named(node)) <= 3
    return tree.source(inner[0]).lower() if is_plain else _ANY


def _is_given(tree: PythonTree, node: Node, given: frozenset[str]) -> bool:
    return node.type == "identifier" and tree.source(node) in given


def _name(tree: PythonTree, node: Node) -> str:
    """The name of a parameter or keyword."""
    while node.type != "identifier" and node.named_children:
        node = node.named_children[0]
    return tree.source(node)
