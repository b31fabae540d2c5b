"""Follows a name outwards through the syntax as long as its value leads to variables."""

from __future__ import annotations

from collections.abc import Iterator, Set

from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.memory import Ask, Listed
from configvars.names.scopes import FUNCTIONS, scope_of
from configvars.names.values import Class, External, Instance, Value
from configvars.readers.leading import Leading
from configvars.readers.passed_objects import passed_as
from configvars.readers.summaries import functions_around
from configvars.readers.tables import Tables, handler_for
from configvars.syntax.python import Node, named
from configvars.text import Mark

# Expressions whose value is the value of one of their parts, so that following continues.
_THROUGH = frozenset(
    {"attribute", "parenthesized_expression", "conditional_expression", "boolean_operator", "await", "lambda"}
    | {"binary_operator", "tuple", "list", "set", "pair", "dictionary", "dictionary_splat", "expression_list"}
    | {
        "keyword_argument",
        "type",
        "generic_type",
        "type_parameter",
        "union_type",
        "list_splat",
        "not_operator",
    }
)
_SPELLED = frozenset(
    {"pair", "keyword_argument", "dictionary_splat", "argument_list", "type", "generic_type"}
) | {
    "type_parameter",
    "union_type",
    "list_splat",
    "expression_list",
    "with_item",
}


class Following:
    """Follows names; `touched` collects the candidate nodes, `led` the functions and classes that lead."""

    def __init__(self, evaluator: Evaluator, tables: Tables) -> None:
        self.evaluator = evaluator
        self.touched: dict[int, Node] = {}
        self.led: set[Mark] = set()
        self._tables = tables
        self._leading = Leading(evaluator)
        self._inherited: Listed[tuple[str, ...]] = Listed()

    def forget(self, changed: Set[Ask]) -> None:
        """Discard what depends on answers that have changed."""
        self._leading.forget(changed)
        self._inherited.forget(changed)

    def leads(self, value: Value) -> bool:
        """Whether a value leads to variables; see `Leading`."""
        if news := self.evaluator.learned.news:
            self.forget(news)
        return self._leading.leads(value)

    def up(self, leaf: Node) -> Iterator[str]:
        """Follow a name outwards as long as its value leads to variables.

        Yields the names it is assigned to.
        """
        node = leaf
        if leaf.type != "identifier" or leaf.parent is None:
            return
        if leaf.parent.type == "attribute" and leaf.parent.child_by_field_name("attribute") == leaf:
            node = leaf.parent
        while node.type in _SPELLED or self._leads_here(node):
            parent = node.parent
            if parent is None:
                return
            yield from self._touched(node, parent)
            if (
                parent.type in _THROUGH
                or parent.type == "assignment"
                or parent.type == "named_expression"
                or (parent.type in ("call", "subscript") and parent.named_children[0] == node)
            ):
                node = parent
            elif (
                parent.type == "argument_list" and parent.parent is not None and parent.parent.type == "call"
            ):
                yield from passed_as(self.evaluator, node, parent.parent)
                node = parent.parent
                self._touch(node)
            else:
                return

    def _leads_here(self, node: Node) -> bool:
        value = self.evaluator.value(node)
        if isinstance(value, External) and value.path in ("builtins.__import__", "importlib.import_module"):
            return True
        return self.leads(value)

    def _touched(self, node: Node, parent: Node) -> Iterator[str]:
        """Note how `parent` uses a value that leads to variables; yields the names that get it."""
        match parent.type:
            case "call" | "subscript" | "comparison_operator" | "match_statement" | "binary_operator":
                self._touch(parent)
            case "attribute" if self._tables.attributes and self._is_read_by_attribute(node):
                self._touch(parent)
            case "augmented_assignment":
                self._touch(parent)
                yield from self._targets(parent.child_by_field_name("left"))
            case "assignment" | "for_statement" | "for_in_clause" if (
                parent.child_by_field_name("left") != node
            ):
                yield from self._in_class(parent)
                yield from self._targets(parent.child_by_field_name("left"))
            case "named_expression" | "default_parameter" | "typed_default_parameter":
                yield from self._targets(parent.child_by_field_name("name"))
            case "typed_parameter" | "as_pattern":
                yield from self._targets(parent.child_by_field_name("alias") or parent.named_children[0])
            case "return_statement" | "yield":
                yield from self._made_leading(functions_around(node))
            case "lambda":
                self._lead(self.evaluator.home(parent))
            case "argument_list" if parent.parent is not None and parent.parent.type == "class_definition":
                yield from self._derived(parent.parent)

    def _is_read_by_attribute(self, node: Node) -> bool:
        """Whether attributes of an object are variables, or may be."""
        value = self.evaluator.value(node)
        return isinstance(value, External) and handler_for(self._tables.attributes, value.path) is not None

    def _targets(self, target: Node | None) -> Iterator[str]:
        """The names in the target of an assignment; of an attribute the last name."""
        waiting = [target] if target is not None else []
        while waiting:
            node = waiting.pop()
            if node.type == "identifier":
                yield self.evaluator.tree.source(node)
            elif node.type == "attribute":
                name = node.child_by_field_name("attribute")
                if name is not None:
                    yield from self._owner(node)
                    yield self.evaluator.tree.source(name)
            elif node.type != "subscript":
                waiting.extend(named(node))

    def _owner(self, attribute: Node) -> Iterator[str]:
        of = self.evaluator.value(attribute.child_by_field_name("object"))
        cls = of.cls if isinstance(of, Instance) else of
        node = self.evaluator.node(cls.home) if isinstance(cls, Class) else None
        if node is not None:
            yield from self._class_leads(node)

    def _in_class(self, statement: Node) -> Iterator[str]:
        scope = scope_of(statement)
        if scope.type == "class_definition":
            yield from self._class_leads(scope)

    def _class_leads(self, node: Node) -> Iterator[str]:
        """Note that a class leads to variables; yields its name if that is new."""
        name = node.child_by_field_name("name")
        if self._lead(self.evaluator.home(node)) and name is not None:
            yield self.evaluator.tree.source(name)

    def _lead(self, home: Mark) -> bool:
        """Note that a function or class leads to variables; returns whether that is new."""
        self.led.add(home)
        return self.evaluator.learned.lead(home)

    def _derived(self, node: Node) -> Iterator[str]:
        """Handle a class whose base class leads to variables."""
        yield from self._class_leads(node)
        self._touch(node)
        cls = classes.class_of(self.evaluator, node)
        yield from self.evaluator.memory.recall(
            self._inherited, cls.home, lambda: tuple(dict.fromkeys(self._inherited_by(cls))), ()
        )

    def _inherited_by(self, cls: Class) -> Iterator[str]:
        """The names under which the code of a class uses members of its base classes."""
        evaluator = self.evaluator
        for base in classes.lineage(evaluator, cls):
            if isinstance(base, External) and self.leads(base):
                yield from ("self", "cls")
            elif isinstance(base, Class) and base.home.path != evaluator.path:
                yield from sorted(evaluator.elsewhere.leading_members(evaluator.path, base))

    def _made_leading(self, owners: list[Node]) -> Iterator[str]:
        """Note that functions now lead to variables; yields the names under which they are called."""
        for node in owners[:1]:
            self._lead(self.evaluator.home(node))
            yield from self.callers(node)

    def callers(self, node: Node) -> Iterator[str]:
        """The names under which a function is called."""
        name = node.child_by_field_name("name")
        if name is None:
            yield from self._lambda_names(node)
            return
        word = self.evaluator.tree.source(name)
        around = scope_of(node)
        if around.type == "class_definition":
            yield from self._class_leads(around)
            if word in ("__init__", "__call__", "__getitem__", "__new__"):
                named_class = around.child_by_field_name("name")
                word = self.evaluator.tree.source(named_class) if named_class is not None else word
                yield "self"
        yield word

    def _lambda_names(self, node: Node) -> Iterator[str]:
        """The names to which a lambda is assigned, also inside a dict or a call."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS and parent.type not in ("block", "module"):
            yield from self._touched(child, parent)
            child, parent = parent, parent.parent

    def _touch(self, node: Node) -> None:
        self.touched[node.id] = node
