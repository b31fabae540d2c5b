"""Whether code tests the string of a read after it has given it to a name: by the words of the names alone.

A test of the parts into which the string is split counts as well, and so does a split that makes no part of an empty one.

The flow of a read follows a name only if nothing else assigns to it. Here a name may have other values, too, as in
`a = os.environ["A"]; if not a: a = "x"`. A function of the file that gets the string as an argument may test its
parameter. Code that is not understood contains no test.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.checks.split_parts import (
    COLLECTING,
    COMPREHENSIONS,
    SPLITTING,
    is_filtered,
    splits_into_none,
)
from configvars.limits import FLOW, beyond
from configvars.names.scopes import function_of, scope_of
from configvars.readers.flows import SAME_TEXT
from configvars.runs.catching import EXITS
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_INSIDE = frozenset({"string", "argument_list", "keyword_argument"})
_TESTS = frozenset({"comparison_operator", "not_operator", "assert_statement", "if_clause"})
_CONDITIONS = frozenset({"if_statement", "elif_clause", "while_statement"})
_ASKING = frozenset({"len", "bool", "all", "any", "filter"})
_SAME = COMPREHENSIONS | {"parenthesized_expression", "await", "conditional_expression", "boolean_operator"}
_METHODS = SAME_TEXT | SPLITTING | {"replace"}
_SEVERAL = frozenset({"list", "tuple", "set"})
_PATTERNS = frozenset({"pattern_list", "tuple_pattern"})


class Target(Struct, frozen=True):
    """What the string is given to: a name in a scope, an attribute or item of any object, a function's result.

    Or a parameter, at a position or with a name (`at`), of all functions of the file with the name `word`.
    """

    how: str
    word: str
    scope: Node
    at: int | str = 0


class Leads(Struct, frozen=True):
    """Whether expressions are tested, and what they are given to."""

    tested: bool
    targets: tuple[Target, ...]


class LaterTests:
    """The tests of one file. The uses of a word in a scope are looked at once."""

    def __init__(self, tree: PythonTree) -> None:
        self._tree = tree
        self._known: dict[Target, Leads] = {}

    def follow(self, span: Span) -> bool:
        """Whether the read whose name is at a span is tested, or something that it is given to."""
        node = _read_at(self._tree, span)
        found = self._leads([node] if node is not None else [])
        waiting, seen = list(found.targets), set[Target]()
        while waiting and not found.tested and len(seen) < FLOW.most:
            target = waiting.pop()
            if target not in seen:
                seen.add(target)
                found = self._of(target)
                waiting += found.targets
        if waiting and not found.tested:
            beyond(FLOW)
        return found.tested

    def _of(self, target: Target) -> Leads:
        if target not in self._known:
            self._known[target] = self._leads([*self._uses(target)])
        return self._known[target]

    def _uses(self, target: Target) -> Iterator[Node]:
        """The expressions that have the value of a target."""
        for leaf in self._tree.words(target.word, target.scope):
            if target.how == "parameter":
                for function in _functions(leaf, self._tree):
                    yield from self._uses_of_parameter(function, target.at)
            else:
                yield from _use(leaf, target.how)

    def _uses_of_parameter(self, function: Node, at: int | str) -> Iterator[Node]:
        """The same for a parameter of a function; without the tests that end it, since these need the string."""
        names = [self._tree.source(name) for name in _names_of(function)]
        if isinstance(at, int):
            names = names[at + self._has_receiver(function) :][:1]
        else:
            names = [name for name in names if name == at]
        for leaf in (leaf for name in names for leaf in self._tree.words(name, function)):
            yield from (use for use in _use(leaf, "name") if not self._ends(use))

    def _has_receiver(self, function: Node) -> bool:
        """Whether the first parameter of a function is an object or a class, which a call does not pass."""
        around = function.parent
        if around is not None and around.type == "decorated_definition":
            if any(self._tree.source(each) == "@staticmethod" for each in named(around)):
                return False
            around = around.parent
        return around is not None and around.parent is not None and around.parent.type == "class_definition"

    def _ends(self, node: Node) -> bool:
        """Whether code raises an exception or ends the program if an expression is not as it should be."""
        statement = node.parent
        while statement is not None and not statement.type.endswith(("_statement", "elif_clause", "block")):
            statement = statement.parent
        if statement is None or statement.type not in _CONDITIONS:
            return statement is not None and statement.type == "assert_statement"
        body = statement.child_by_field_name("consequence")
        return body is not None and any(map(self._is_end, named(body)))

    def _is_end(self, statement: Node) -> bool:
        call = named(statement)[0] if statement.type == "expression_statement" else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        is_exit = function is not None and self._tree.source(function) in EXITS
        return is_exit or statement.type == "raise_statement"

    def _leads(self, nodes: list[Node]) -> Leads:
        targets: list[Target] = []
        for node in nodes:
            child, parent = self._outermost(node)
            if parent is not None and self._is_test(child, parent):
                return Leads(True, ())
            targets += self._given_to(child, parent) if parent is not None else ()
        return Leads(False, tuple(targets))

    def _outermost(self, child: Node) -> tuple[Node, Node | None]:
        """The largest expression with the same string or its parts, and what it is part of."""
        parent = child.parent
        while parent is not None and not self._is_test(child, parent):
            above = parent.parent
            if parent.type == "attribute" and above is not None and self._is_method(parent, above):
                child, parent = above, above.parent
            elif parent.type in _SAME or (parent.type == "subscript" and child.type == "call"):
                child, parent = parent, above
            elif above is not None and self._called(parent) in COLLECTING:
                child, parent = above, above.parent
            else:
                break
        return child, parent

    def _is_method(self, attribute: Node, call: Node) -> bool:
        name = attribute.child_by_field_name("attribute")
        called = call.type == "call" and call.child_by_field_name("function") == attribute
        return called and name is not None and self._tree.source(name) in _METHODS

    def _called(self, arguments: Node) -> str:
        """The function that gets an argument list; empty if it is no argument list."""
        call = arguments.parent if arguments.type == "argument_list" else None
        function = call.child_by_field_name("function") if call is not None else None
        return self._tree.source(function) if function is not None else ""

    def _is_test(self, child: Node, parent: Node) -> bool:
        match parent.type:
            case "boolean_operator":
                return parent.child_by_field_name("left") == child
            case "conditional_expression":
                return named(parent)[1] == child
            case "match_statement":
                return child in parent.children_by_field_name("subject")
            case kind if kind in _CONDITIONS:
                return parent.child_by_field_name("condition") == child
            case kind if kind in _SEVERAL and parent.parent is not None:
                return self._is_test(parent, parent.parent)
            case "argument_list":
                return self._called(parent) in _ASKING
            case "attribute":
                return splits_into_none(parent, self._tree)
            case "for_in_clause":
                return is_filtered(parent)
        return parent.type in _TESTS

    def _given_to(self, child: Node, parent: Node) -> Iterator[Target]:
        match parent.type:
            case "assignment" | "for_statement" | "for_in_clause" if (
                parent.child_by_field_name("right") == child
            ):
                yield from self._names(parent.child_by_field_name("left"))
            case "named_expression":
                yield from self._names(parent.child_by_field_name("name"))
            case "pair":
                yield from self._item(parent.child_by_field_name("key"))
            case "return_statement" if (function := function_of(parent)) is not None:
                if (name := function.child_by_field_name("name")) is not None:
                    yield Target("call", self._tree.source(name), self._tree.root)
            case "argument_list" | "keyword_argument":
                yield from self._parameters(child, parent)
            case "expression_list" if (above := parent.parent) is not None and above.type == "assignment":
                left = above.child_by_field_name("left")
                at = self._tree.siblings(parent).place(child)
                if left is not None and left.type in _PATTERNS and at < len(parts := named(left)):
                    yield from self._names(parts[at])

    def _parameters(self, child: Node, parent: Node) -> Iterator[Target]:
        """The parameter that gets an argument, of all functions of the file with the name that is called."""
        is_named = parent.type == "keyword_argument"
        arguments = parent.parent if is_named else parent
        call = arguments.parent if arguments is not None else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        called = function.child_by_field_name("attribute") if function is not None else None
        word = self._tree.source(called or function) if function is not None else ""
        if word.isidentifier():
            name = parent.child_by_field_name("name") if is_named else None
            at = self._tree.source(name) if name is not None else self._tree.siblings(parent).place(child)
            yield Target("parameter", word, self._tree.root, at)

    def _names(self, target: Node | None) -> Iterator[Target]:
        if target is not None and target.type == "identifier":
            yield Target("name", self._tree.source(target), scope_of(target))
        elif target is not None and target.type == "attribute":
            name = target.child_by_field_name("attribute")
            if name is not None:
                yield Target("attribute", self._tree.source(name), self._tree.root)
        elif target is not None and target.type == "subscript":
            yield from self._item(target.child_by_field_name("subscript"))

    def _item(self, key: Node | None) -> Iterator[Target]:
        word = self._tree.source(key).strip("\"'") if key is not None and key.type == "string" else ""
        if word.isidentifier():
            yield Target("item", word, self._tree.root)


def _read_at(tree: PythonTree, span: Span) -> Node | None:
    """The call or subscript that reads the variable whose name is at a span."""
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.parent is not None:
        if node.parent.type in ("call", "subscript"):
            return node.parent
        node = node.parent if node.type in _INSIDE or node.parent.type in _INSIDE else None
    return None


def _use(leaf: Node, how: str) -> Iterator[Node]:
    """The expression that a leaf with the word of a target is, if it has the target's value."""
    parent = leaf.parent
    if parent is None:
        return
    if how == "item":
        around = _around_key(parent) if leaf.type == "string_content" else None
        yield from [around] if around is not None else []
        return
    if leaf.type != "identifier":
        return
    is_attribute = parent.type == "attribute" and parent.child_by_field_name("attribute") == leaf
    if how == "name" and not is_attribute:
        yield leaf
    elif how == "attribute" and is_attribute:
        yield parent
    elif how == "call":
        called = parent if is_attribute else leaf
        call = called.parent
        if call is not None and call.type == "call" and call.child_by_field_name("function") == called:
            yield call


def _functions(leaf: Node, tree: PythonTree) -> Iterator[Node]:
    """The function that a leaf with its name defines, or the `__init__` of the class."""
    definition = leaf.parent
    if definition is None or definition.child_by_field_name("name") != leaf:
        return
    if definition.type == "function_definition":
        yield definition
    elif definition.type == "class_definition":
        for init in tree.words("__init__", definition):
            if (method := init.parent) is not None and method.type == "function_definition":
                yield method


def _names_of(definition: Node) -> Iterator[Node]:
    """The names of the parameters in their order; without `*args` and `**options`."""
    parameters = definition.child_by_field_name("parameters")
    for each in named(parameters) if parameters is not None else []:
        name = each.child_by_field_name("name") or (
            named(each)[0] if each.type == "typed_parameter" else each
        )
        if name.type == "identifier":
            yield name


def _around_key(string: Node) -> Node | None:
    """`x["A"]` or `x.get("A")` around its key."""
    parent = string.parent
    if parent is None or parent.type == "subscript":
        return parent
    return parent.parent if parent.type == "argument_list" and named(parent)[0] == string else None
