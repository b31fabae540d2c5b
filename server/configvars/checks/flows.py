"""Where the unchanged value of a read goes: to a key, an argument or a call, directly or through one variable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import Reference
from configvars.project import Project
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

# Syntax that may surround a read without changing its value.
_AROUND = frozenset({"parenthesized_expression", "boolean_operator", "conditional_expression", "await"})
_TESTS = frozenset(
    {
        *("boolean_operator", "comparison_operator", "conditional_expression", "elif_clause", "if_statement"),
        *("not_operator", "parenthesized_expression", "while_statement"),
    }
)
_DISPLAYS = frozenset({"dictionary", "list", "set", "tuple"})
_SCOPES = frozenset({"module", "function_definition", "class_definition", "lambda"})


class UnchangedUse(Struct, frozen=True):
    """A read whose value is used unchanged.

    `key` is the name or key that it is assigned to, or the keyword of the argument. `function` is the called
    function as written, `arguments` are its arguments, and `position` is the index of a positional argument.
    `within` is the f-string that contains it. `read` is the read itself, if no variable is in between. `tested`:
    the code tests somewhere whether the variable in between has a value. `path` is the file of the use if the
    value comes from an object or another module.
    """

    reference: Reference
    key: str = ""
    function: str = ""
    arguments: Span | None = None
    read: Span | None = None
    position: int = 0
    within: Span | None = None
    tested: bool = False
    path: str = ""

    @property
    def callee(self) -> str:
        """The last part of the function's name."""
        return self.function.rpartition(".")[2]


def unchanged_uses(project: Project, path: str, words: Collection[str]) -> tuple[UnchangedUse, ...]:
    """The uses of the reads in a Python file; none if the file contains none of `words`."""
    facts = project.index.files[path]
    reads = [each for each in facts.references if each.need is not None and each.variable.scope == "env"]
    text = project.text_of(path) if reads and facts.kind == "python" else None
    if text is None or not any(word in text for word in words):
        return ()
    return project.code.kept_of(
        path, "handed on", facts, lambda: tuple(_all_handed_on(project.tree_of(path), reads))
    )


def _all_handed_on(tree: PythonTree, reads: Iterable[Reference]) -> Iterator[UnchangedUse]:
    for reference in reads:
        read = _read_around(tree, reference.span)
        if read is not None:
            yield from _from(tree, reference, read, tree.span(read))


def _read_around(tree: PythonTree, span: Span) -> Node | None:
    """The call or subscript around a name."""
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type not in ("call", "subscript"):
        if node.type in _SCOPES:
            return None
        node = node.parent
    return node


def _from(tree: PythonTree, reference: Reference, value: Node, read: Span | None) -> Iterator[UnchangedUse]:
    value, above = _out(value)
    if above is None:
        return
    if above.type == "assignment" and above.child_by_field_name("right") == value:
        left = above.child_by_field_name("left")
        if left is None:
            return
        yield UnchangedUse(reference, key=_key(tree, left), read=read)
        if left.type == "identifier" and read is not None:
            yield from _by_way_of(tree, reference, left, above)
    elif above.type == "pair" and above.child_by_field_name("value") == value:
        key = above.child_by_field_name("key")
        yield UnchangedUse(reference, key=_text(tree, key), read=read)
    elif above.type in ("keyword_argument", "argument_list"):
        key = above.child_by_field_name("name") if above.type == "keyword_argument" else None
        arguments = above if key is None else above.parent
        call = arguments.parent if arguments is not None else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        if arguments is not None and function is not None:
            name = tree.source(key) if key is not None else ""
            place = 0 if key is not None else tree.siblings(above).place(value)
            yield UnchangedUse(reference, name, tree.source(function), tree.span(arguments), read, place)
    elif above.type == "interpolation" and above.parent is not None:
        yield UnchangedUse(reference, read=read, within=tree.span(above.parent))


def _by_way_of(
    tree: PythonTree, reference: Reference, name: Node, assignment: Node
) -> Iterator[UnchangedUse]:
    """The uses of a variable that only this value is assigned to, below the assignment in the same scope."""
    scope = _scope(assignment)
    uses = [leaf for leaf in tree.words(tree.source(name), scope) if leaf.type == "identifier"]
    others = [leaf for leaf in uses if leaf.start_byte != name.start_byte]
    if any(_is_changed(leaf) for leaf in others):
        return
    tested = any(_is_tested(leaf) for leaf in others)
    for leaf in others:
        if leaf.start_byte > name.start_byte and not _is_keyword(leaf):
            yield from (replace(handed, tested=tested) for handed in _from(tree, reference, leaf, None))


def _is_keyword(leaf: Node) -> bool:
    """Whether a name is a keyword argument or an attribute, and not a value."""
    above = leaf.parent
    if above is None:
        return False
    if above.type == "keyword_argument":
        return above.child_by_field_name("name") == leaf
    return above.type == "attribute" and above.child_by_field_name("attribute") == leaf


def _is_tested(leaf: Node) -> bool:
    """Whether a use is a test of the variable: `if url:`, `url or other`, `url is None`, `all([url, key])`."""
    if _is_tested_with_others(leaf):
        return True
    node, above = leaf, leaf.parent
    while above is not None and above.type in _TESTS:
        if above.type == "conditional_expression":
            return named(above)[1] == node
        if above.type in ("boolean_operator", "comparison_operator", "not_operator"):
            return True
        if above.type in ("if_statement", "elif_clause", "while_statement"):
            return above.child_by_field_name("condition") == node
        node, above = above, above.parent
    return False


def _is_tested_with_others(leaf: Node) -> bool:
    """`all([url, key])`, `None in (url, key)`, `for value in (url, key)`, `{"url": url}.items()` in a loop."""
    display = leaf.parent.parent if leaf.parent is not None and leaf.parent.type == "pair" else leaf.parent
    if display is None or display.type not in _DISPLAYS or display.parent is None:
        return False
    above = display.parent
    if above.type == "argument_list" and above.parent is not None:
        function = above.parent.child_by_field_name("function")
        return function is not None and function.text in (b"all", b"any")
    while above.type in ("attribute", "call") and above.parent is not None:
        display, above = above, above.parent
    is_looped = (
        above.type in ("for_in_clause", "for_statement") and above.child_by_field_name("right") == display
    )
    return is_looped or above.type == "comparison_operator"


def _is_changed(leaf: Node) -> bool:
    """Whether a use assigns to the variable or calls a method of it, and so may change the value."""
    above = leaf.parent
    if above is None:
        return False
    if above.type in ("assignment", "augmented_assignment"):
        return above.child_by_field_name("left") == leaf
    return above.type in ("attribute", "subscript", "named_expression") and above.child(0) == leaf


def _out(value: Node) -> tuple[Node, Node | None]:
    """The outermost expression with the same value, and the node around it."""
    above = value.parent
    while above is not None and above.type in _AROUND:
        if above.type == "conditional_expression" and named(above)[1] == value:
            return value, None  # the test
        value, above = above, above.parent
    return value, above


def _scope(node: Node) -> Node:
    while node.parent is not None and node.type not in _SCOPES:
        node = node.parent
    return node


def _key(tree: PythonTree, left: Node) -> str:
    """The last name of the assignment target, or the key in its brackets."""
    if left.type == "subscript":
        return _text(tree, left.child_by_field_name("subscript"))
    if left.type == "attribute":
        return _text(tree, left.child_by_field_name("attribute"))
    return _text(tree, left)


def _text(tree: PythonTree, node: Node | None) -> str:
    return "" if node is None else tree.source(node).strip("'\"")
