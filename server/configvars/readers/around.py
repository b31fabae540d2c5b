"""The syntax around a call: the target it is assigned to, the function it decorates, its parameter."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.names.scopes import Binding, binding_at
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_PARAMETERS = frozenset({"typed_parameter", "typed_default_parameter", "parameters", "block", "module"})


def target(node: Node) -> Node | None:
    """The name to which the value of an expression is assigned; None if there is none."""
    statement = node.parent
    if statement is None or statement.type != "assignment":
        return None
    name = statement.child_by_field_name("left")
    is_value = statement.child_by_field_name("right") == node
    return name if is_value and name is not None and name.type == "identifier" else None


def decorated(node: Node) -> Node | None:
    """The function or class that an expression decorates; None if it is no decorator."""
    above = node.parent
    whole = above.parent if above is not None and above.type == "decorator" else None
    return whole.child_by_field_name("definition") if whole is not None else None


def definition(statement: Node | None) -> Binding | None:
    """The binding of the name of a function or class definition."""
    name = statement.child_by_field_name("name") if statement is not None else None
    return binding_at(name) if name is not None else None


def parameters(function: Node | None) -> Iterator[tuple[Node, Node]]:
    """The names of a function's parameters, each with the node of the whole parameter."""
    found = function.child_by_field_name("parameters") if function is not None else None
    for child in named(found) if found is not None else []:
        name = child.child_by_field_name("name") or (child.named_children or [child])[0]
        if name.type == "identifier":
            yield name, child


def calls_in(annotation: Node | None) -> Iterator[Node]:
    """The calls in an annotation, such as `Parameter(…)` in `Annotated[str, Parameter(…)]`."""
    waiting = [annotation] if annotation is not None else []
    while waiting:
        node = waiting.pop()
        if node.type == "call":
            yield node
        else:
            waiting.extend(reversed(node.named_children))


def default(node: Node) -> Node | None:
    """The default of the parameter whose annotation contains an expression."""
    child, parent = node, node.parent
    while parent is not None and parent.type not in _PARAMETERS:
        child, parent = parent, parent.parent
    if parent is None or parent.child_by_field_name("type") != child:
        return None
    return parent.child_by_field_name("value")


def calls(tree: PythonTree, word: str) -> Iterator[Node]:
    """The calls of a method with this name, and the calls with a keyword argument of this name."""
    for leaf in tree.words(word):
        above = leaf.parent
        if (
            above is not None
            and above.type == "keyword_argument"
            and above.child_by_field_name("name") == leaf
        ):
            above = above.parent
        call = above.parent if above is not None else None
        if call is not None and call.type == "call":
            yield call


def onward(node: Node) -> Iterator[Node]:
    """The attributes and string keys in a chain after an expression: `.a["b"].get("c")`.

    Methods other than `get` end the chain.
    """
    parent = node.parent
    while parent is not None:
        name, key = parent.child_by_field_name("attribute"), parent.child_by_field_name("subscript")
        outer = parent.parent
        if parent.type == "subscript" and parent.child_by_field_name("value") == node and key is not None:
            yield key
        elif parent.type == "attribute" and parent.child_by_field_name("object") == node and name is not None:
            is_called = (
                outer is not None and outer.type == "call" and outer.child_by_field_name("function") == parent
            )
            if is_called and outer is not None:
                given = outer.child_by_field_name("arguments")
                if name.text != b"get" or given is None or not named(given):
                    return
                yield named(given)[0]
                parent = outer
            else:
                yield name
        else:
            return
        node, parent = parent, parent.parent


def is_attribute(name: Node) -> bool:
    """Whether a name stands after a dot."""
    return name.parent is not None and name.parent.child_by_field_name("attribute") == name


def keywords(tree: PythonTree, call: Node) -> dict[str, Span]:
    """The positions of the names of a call's keyword arguments; of a repeated name the first."""
    given = call.child_by_field_name("arguments")
    found: dict[str, Span] = {}
    for child in named(given) if given is not None else []:
        written = child.child_by_field_name("name") if child.type == "keyword_argument" else None
        if written is not None:
            found.setdefault(tree.source(written), tree.span(written))
    return found


def expression_at(tree: PythonTree, around: Node, span: Span) -> Node | None:
    """The expression with this span in a node."""
    waiting = [around]
    while waiting:
        node = waiting.pop()
        for child in node.named_children:
            inner = tree.span(child)
            if inner == span and child.type not in ("argument_list", "keyword_argument"):
                return child
            if inner.start <= span.start and span.end <= inner.end:
                waiting.append(child)
    return None
