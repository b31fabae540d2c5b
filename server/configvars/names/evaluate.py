"""The values of expressions in one file, computed on demand."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Hashable, Mapping, Set
from typing import Any

from configvars.names import (
    classes,
    displays,
    dots,
    fixtures,
    functions,
    imports,
    items,
    mutations,
    objects,
    operations,
)
from configvars.names.elsewhere import Elsewhere
from configvars.names.flow import reaching
from configvars.names.interest import Interest
from configvars.names.learned import Learned
from configvars.names.memory import Ask, Memo
from configvars.names.narrowing import narrowed
from configvars.names.scopes import FUNCTIONS, Binding, How, Scopes, outer_scope, scope_of
from configvars.names.values import (
    NOTHING,
    UNKNOWN,
    External,
    FilePath,
    Instance,
    Known,
    Missing,
    Nothing,
    Parameter,
    ParameterRead,
    Str,
    Unknown,
    Value,
    alternatives,
    one_of,
)
from configvars.syntax.python import Node, PythonTree, named
from configvars.syntax.python_anchors import Anchors
from configvars.text import Mark, Place

_BUILTINS = frozenset(dir(builtins)) | {"unicode", "basestring"}


class Evaluator:
    """The values of the expressions of one tree.

    `asked` collects the dotted names that were asked of other files; `needed` those without an answer on
    which the name of a variable depends, `needed_files` the files that could answer. `learned` is what the
    scan has found out about the functions and classes of the file. `told` stores values that readers have set
    for nodes.
    """

    def __init__(self, path: str, tree: PythonTree, elsewhere: Elsewhere, interest: Interest) -> None:
        self.path = path
        self.tree = tree
        self.scopes = Scopes(tree, interest.attributes)
        self.anchors = Anchors(path, tree)
        self.interest = interest
        self.elsewhere = elsewhere
        self.asked: set[str] = set()
        self.needed: set[str] = set()
        self.needed_files: set[str] = set()
        self.memory = elsewhere.memory
        self.learned = Learned(self.memory)
        self._nodes: dict[Mark, Node] = {}
        self._homes: dict[int, Mark] = {}
        self._values: Memo[Value] = Memo()
        self._others: Memo[Value] = Memo()
        self.told: Memo[Any] = Memo()
        self._stars: tuple[str, ...] | None = None
        self._is_foreign: bool | None = None
        self._statements: dict[tuple[int, str], tuple[Node, ...]] = {}

    def place(self, node: Node) -> Place:
        """The place of a node: the file and the span in code points."""
        return Place(self.path, self.tree.span(node))

    def mark(self, node: Node) -> Mark:
        """The mark of a node, by which other files can refer to it."""
        return self.anchors.mark(node.start_byte, node.end_byte)

    def home(self, node: Node) -> Mark:
        """The mark that identifies a function, class or lambda of this file."""
        known = self._homes.get(node.id)
        if known is None:
            known = self._homes[node.id] = self.anchors.definition(node)
            self._nodes[known] = node
        return known

    def node(self, home: Mark) -> Node | None:
        """The node of the function, class or lambda with this home."""
        if home.path != self.path:
            return None
        known = self._nodes.get(home)
        if known is None and (found := self.anchors.node(home)) is not None:
            known = self._nodes[home] = found
        return known

    def need(self, missing: Missing) -> None:
        """Note that the name of a variable depends on a file that has not been read."""
        self.needed.add(missing.dotted)
        if missing.path is not None:
            self.needed_files.add(missing.path)

    def leads(self, home: Mark) -> bool:
        """Whether a function or class of the workspace is known to lead to variables."""
        if home.path != self.path:
            return self.elsewhere.leads(self.path, home)
        return self.learned.leads(home)

    def reads(self, home: Mark) -> tuple[ParameterRead, ...]:
        """What a function of the workspace is known to read with its parameters."""
        if home.path != self.path:
            return self.elsewhere.reads(self.path, home)
        return self.learned.reads(home)

    def forget(self, changed: Set[Ask]) -> None:
        """Discard the values that depend on answers of other files that have changed."""
        self._values.forget(changed)
        self._others.forget(changed)
        self.told.forget(changed)

    def start_anew(self) -> None:
        """Discard everything that the scan has found out, including the names that it still needs."""
        self.learned = Learned(self.memory)
        self.needed.clear()
        self.needed_files.clear()

    def statements(self, block: Node, kind: str) -> tuple[Node, ...]:
        """The statements of one kind in a block, in order."""
        found = self._statements.get((block.id, kind))
        if found is None:
            found = tuple(child for child in block.named_children if child.type == kind)
            self._statements[block.id, kind] = found
        return found

    def value(self, node: Node | None) -> Value:
        """The value of an expression."""
        if node is None:
            return UNKNOWN
        rule = _RULES.get(node.type)
        if rule is None:
            return UNKNOWN
        return self.memory.recall(self._values, node.id, lambda: rule(self, node), UNKNOWN)

    def guarded(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """The result of `find`, computed once; unknown while it is being computed."""
        return self.memory.recall(self._others, key, find, UNKNOWN)

    def ask(self, dotted: str) -> Value:
        """The value of a name of another module; a relative name starts with its dots."""
        self.asked.add(dotted)
        answer = self.elsewhere.lookup(self.path, dotted)
        return self.interest.outside(dotted) if answer is None else answer

    def resolve(self, word: str, use: Node) -> Value:
        """The value of a name at the place where it is used."""
        scope: Node | None = scope_of(use)
        later, place = False, use
        while scope is not None:
            if scope.type != "class_definition" or not later:
                own = self.scopes.in_scope(word, scope)
                seen = reaching(own, scope, use, later=later)
                if seen:
                    value = one_of([self.bound(binding) for binding in seen])
                    return value if seen[0].how != "loop" else narrowed(self, value, place, seen)
                if own and scope.type in FUNCTIONS:
                    return UNKNOWN
            later = later or scope.type in FUNCTIONS
            use, scope = scope, outer_scope(scope)
        return self._unbound(word)

    def by_convention(self, node: Node) -> Value:
        """The value of an attribute that only naming conventions determine."""
        of = node.child_by_field_name("object")
        word = of.child_by_field_name("attribute") if of is not None and of.type == "attribute" else of
        name = node.child_by_field_name("attribute")
        if word is None or name is None or word.type != "identifier":
            return UNKNOWN
        attribute = self.tree.source(name)
        last = self.tree.source(word).rpartition("_")[2]
        path = self.interest.conventions.get(f"{last}.{attribute}")
        is_asked = path is None and self.interest.is_conventional(attribute)
        if is_asked and isinstance(self.value(of), Parameter):
            return classes.member(self, fixtures.fixture(self, self.tree.source(word)), attribute)
        if path is None or not all(self._is_untold(value) for value in alternatives(self.value(of))):
            return UNKNOWN
        if self._is_foreign is None:
            modules = {module.partition(".")[0] for module in imports.modules(self.tree)}
            is_known = path.partition(".")[0] in modules
            self._is_foreign = not is_known and not modules.isdisjoint(self.interest.other_frameworks)
        return UNKNOWN if self._is_foreign else External(path)

    def _is_untold(self, value: Value) -> bool:
        """Whether only the import path of a value is known."""
        is_imported = isinstance(value, External) and value.path in self.asked
        if isinstance(value, Instance) and value.cls.home.path != self.path:
            return any(isinstance(base, Unknown | Missing) for base in classes.bases(self, value.cls))
        return is_imported or isinstance(value, Unknown | Parameter | Nothing | Missing)

    def _unbound(self, word: str) -> Value:
        if word == "__file__":
            return FilePath(self.path)
        if self._stars is None:
            self._stars = imports.star_modules(self.tree)
        for module in self._stars:
            if not self.elsewhere.hands_on(self.path, module, word):
                continue
            value = self.ask(imports.dotted(module, word))
            is_outside = isinstance(value, External) and not self.interest.covers(value.path)
            is_open = isinstance(value, Missing) and word in _BUILTINS
            if not is_outside and not is_open and value != UNKNOWN:
                return value
        if word in _BUILTINS:
            return External(f"builtins.{word}")
        self.needed.update(imports.dotted(module, word) for module in self._stars)
        return UNKNOWN

    def bound(self, binding: Binding) -> Value:
        """The value that a binding gives to its name."""
        rule = _BINDINGS.get(binding.how)
        if rule is None:
            return UNKNOWN
        return self.guarded(("bound", binding.node.id), lambda: rule(self, binding))


def _identifier(evaluator: Evaluator, node: Node) -> Value:
    return evaluator.resolve(evaluator.tree.source(node), node)


def _only_child(evaluator: Evaluator, node: Node) -> Value:
    children = named(node)
    return evaluator.value(children[0]) if len(children) == 1 else UNKNOWN


def _assignment(evaluator: Evaluator, node: Node) -> Value:
    return evaluator.value(node.child_by_field_name("right") or node.child_by_field_name("value"))


def _known(evaluator: Evaluator, node: Node) -> Value:
    return Known("" if node.type == "float" else evaluator.tree.source(node))


_BINDINGS: Mapping[How, Callable[[Evaluator, Binding], Value]] = {
    "assign": operations.assigned,
    "walrus": lambda evaluator, binding: evaluator.value(binding.source.child_by_field_name("value")),
    "augment": operations.augmented,
    "set": objects.changed,
    "mutate": mutations.mutated,
    "loop": displays.looped,
    "with": objects.entered,
    "import": imports.imported,
    "parameter": functions.parameter,
    "def": objects.decorated,
    "class": lambda evaluator, binding: classes.class_of(evaluator, binding.source),
}
_RULES: Mapping[str, Callable[[Evaluator, Node], Value]] = {
    "identifier": _identifier,
    "attribute": dots.attribute,
    "call": operations.call,
    "subscript": items.subscript,
    "string": displays.string,
    "concatenated_string": displays.string,
    "binary_operator": operations.binary,
    "boolean_operator": operations.boolean,
    "conditional_expression": operations.conditional,
    "named_expression": _assignment,
    "assignment": _assignment,
    "parenthesized_expression": _only_child,
    "await": _only_child,
    "type": _only_child,
    "list_splat": displays.splat,
    "as_pattern": lambda evaluator, node: evaluator.value(node.named_children[0]),
    "tuple": displays.sequence,
    "list": displays.sequence,
    "set": displays.sequence,
    "expression_list": displays.sequence,
    "dictionary": displays.mapping,
    "list_comprehension": displays.comprehension,
    "set_comprehension": displays.comprehension,
    "generator_expression": displays.comprehension,
    "unary_operator": items.negative,
    "lambda": functions.function,
    "integer": _known,
    "float": _known,
    "true": _known,
    "false": _known,
    "ellipsis": _known,
    "none": lambda evaluator, node: NOTHING,
}

__all__ = ["Evaluator", "Interest", "Str"]
