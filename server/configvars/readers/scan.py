"""Finds the places in a file that can matter, without looking at the others.

It starts at the imported names that lead to variables and follows them: to what they are assigned to, the
functions that return them or read with a parameter, the classes that hold them. Only what such a name
touches is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.names import classes
from configvars.names.displays import missing
from configvars.names.evaluate import Evaluator
from configvars.names.flow import reaching
from configvars.names.scopes import FUNCTIONS, scope_of
from configvars.names.values import (
    Class,
    External,
    Instance,
    Value,
)
from configvars.readers.leading import Leading
from configvars.readers.seeds import seeds
from configvars.readers.summaries import functions_around, summarised
from configvars.readers.tables import Tables
from configvars.readers.uses import Uses
from configvars.syntax.python import Node, named

_MAX_VISITS = 40
# An expression that has what its part has, so that the way up goes on.
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
SEEDS = ""
"""Stands for all names that lead to variables by themselves: imports and what goes by a convention."""


class Scan:
    """The candidates of one tree.

    `word` is the name that is being followed; what other files are asked meanwhile is asked for its sake, and
    `resume` follows it again when they say more.
    """

    def __init__(self, evaluator: Evaluator, tables: Tables) -> None:
        self.evaluator = evaluator
        self.uses = Uses(evaluator, tables)
        self.word = SEEDS
        self._tables = tables
        self._sites: dict[int, Node] = {}
        self._visits: dict[str, int] = {}
        self._waiting: dict[str, None] = {SEEDS: None}
        self._memory = Leading(evaluator)

    def run(self) -> None:
        """Follow every name that leads to variables."""
        while self._waiting:
            self.word = word = next(iter(self._waiting))
            del self._waiting[word]
            if word == SEEDS:
                self._waiting.update(
                    dict.fromkeys(
                        seed
                        for seed in seeds(self.evaluator, self._tables.interest, self.leads)
                        if seed not in self._visits
                    )
                )
                continue
            self._visits[word] = self._visits.get(word, 0) + 1
            for leaf in self.evaluator.tree.words(word):
                for more in self._follow(leaf):
                    if self._visits.get(more, 0) < (1 if more == word else _MAX_VISITS):
                        self._waiting[more] = None
        self.word = SEEDS

    def resume(self, word: str) -> None:
        """Follow a name again at the next `run`: another file says more of what it stands for."""
        self._memory.doubt()
        self._waiting[word] = None

    @property
    def sites(self) -> list[Node]:
        """The nodes that may hold facts, in the order of the text."""
        return sorted(self._sites.values(), key=lambda node: (node.start_byte, -node.end_byte))

    def leading_names(self) -> frozenset[str]:
        """The names of the module that lead to variables."""
        root = self.evaluator.tree.root
        return frozenset(
            word for word in self._visits if self._any_leads(self._bound_values(word, root), of_module=True)
        )

    def leading_members(self, node: Node) -> tuple[str, ...]:
        """The names under which a class of this file has what leads to variables."""
        return tuple(
            word for word in self._visits if self._any_leads(classes.written(self.evaluator, node, word))
        )

    def _bound_values(self, word: str, scope: Node) -> list[Value]:
        own = self.evaluator.scopes.in_scope(word, scope)
        return [self.evaluator.bound(binding) for binding in reaching(own, scope, scope, later=True)]

    def _any_leads(self, values: list[Value], *, of_module: bool = False) -> bool:
        return any(self.leads(value) and not (of_module and self.is_passage(value)) for value in values)

    def leads(self, value: Value) -> bool:
        """Whether a value is, holds or makes something that reads variables."""
        return self._memory.leads(value)

    def is_passage(self, value: Value) -> bool:
        """Whether a value is an outside module on the way to readers, not something that reads."""
        if not isinstance(value, External) or "()" in value.path:
            return False
        tables = self._tables
        ends = (tables.calls, tables.subscripts, tables.tests, tables.classes)
        return not any(value.path in table for table in ends) and not tables.interest.covers(
            value.path + "()"
        )

    def _follow(self, leaf: Node) -> Iterator[str]:
        """Go up from a name as long as what it stands for leads on; yields the names it is given to."""
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
                node = parent.parent
                yield from self._visited(node)
            else:
                return

    def _leads_here(self, node: Node) -> bool:
        value = self.evaluator.value(node)
        if isinstance(value, External) and value.path in ("builtins.__import__", "importlib.import_module"):
            return True
        return self.leads(value)

    def _touched(self, node: Node, parent: Node) -> Iterator[str]:
        """What `parent` does with something that leads to variables; the names that have it from there."""
        match parent.type:
            case "call" | "subscript" | "comparison_operator":
                yield from self._visited(parent)
            case "attribute" if self._tables.attributes and isinstance(self.evaluator.value(node), External):
                yield from self._visited(parent)
            case "augmented_assignment":
                yield from self._visited(parent)
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
                self.evaluator.leading.add(self.evaluator.home(parent))
            case "argument_list" if parent.parent is not None and parent.parent.type == "class_definition":
                yield from self._derived(parent.parent)

    def _targets(self, target: Node | None) -> Iterator[str]:
        """The names in a target of an assignment, attributes by their last word."""
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
        """A class now leads to variables; the name by which it is used."""
        home = self.evaluator.home(node)
        name = node.child_by_field_name("name")
        if home not in self.evaluator.leading and name is not None:
            yield self.evaluator.tree.source(name)
        self.evaluator.leading.add(home)

    def _derived(self, node: Node) -> Iterator[str]:
        """A class with a base that leads to variables."""
        yield from self._class_leads(node)
        self._sites[node.id] = node
        for base in classes.lineage(self.evaluator, classes.class_of(self.evaluator, node)):
            yield from self._inherited(base)

    def _inherited(self, base: Value) -> Iterator[str]:
        """The names by which a class's own code uses what its base has."""
        evaluator = self.evaluator
        if isinstance(base, External) and self.leads(base):
            yield from ("self", "cls")
        elif isinstance(base, Class) and base.home.path != evaluator.path:
            yield from evaluator.elsewhere.leading_members(evaluator.path, base)

    def _made_leading(self, owners: list[Node]) -> Iterator[str]:
        """Functions that now lead to variables, and the names by which they are called."""
        for node in owners[:1]:
            self.evaluator.leading.add(self.evaluator.home(node))
            yield from self._callers(node)

    def _callers(self, node: Node) -> Iterator[str]:
        """The words at which calls of a function are found."""
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
        """What a lambda is assigned to, also inside a dict or a call."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS and parent.type not in ("block", "module"):
            yield from self._touched(child, parent)
            child, parent = parent, parent.parent

    def _visited(self, node: Node) -> Iterator[str]:
        """Note a candidate; the names of the functions that turn out to read with a parameter."""
        self._sites[node.id] = node
        for use in self.uses.uses_at(node):
            unread = missing(self.evaluator, [use.key.value])
            if unread is not None:
                self.evaluator.need(unread)
            for function in summarised(self.evaluator, self.uses.uses_at, node, use):
                yield from self._callers(function)
