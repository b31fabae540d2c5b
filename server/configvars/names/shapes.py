"""What an annotation shows about a value: its classes, and whether it is a mapping, a list or a string."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from msgspec import Struct, field

from configvars.limits import ANNOTATION
from configvars.names.flow import reaching
from configvars.names.scopes import Binding, outer_scope, scope_of
from configvars.names.values import UNKNOWN, Class, External, Missing, Nothing, Value, alternatives, one_of
from configvars.syntax.python import Node, PythonTree, named, parse
from configvars.syntax.python_strings import pieces

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_HOLDERS = frozenset(
    {"type", "union_type", "member_type", "parenthesized_expression", "expression_statement"}
)
_MAPS = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "DefaultDict", "defaultdict", "Counter"}
)
_LISTS = frozenset(
    {"list", "List", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple", "deque", "Deque"}
    | {"Sequence", "MutableSequence", "AbstractSet", "MutableSet"}
)
_THROUGH = frozenset({"Optional", "Union", "Final", "Required", "NotRequired", "ReadOnly"})
_PLAIN_MODULES = frozenset(
    {"builtins", "typing", "typing_extensions", "annotated_types", *sys.stdlib_module_names}
)
_MODELS_ELSEWHERE = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel"})


class Shape(Struct, frozen=True):
    """`models` are the workspace classes that it names; `maps` and `lists`: JSON is parsed for it.

    `plain`: a string is accepted as it is. `unknown`: a part of it is not known.
    """

    models: tuple[Value, ...] = ()
    maps: bool = False
    lists: bool = False
    plain: bool = False
    unknown: bool = False


NO_SHAPE = Shape()


def shape_of(evaluator: Evaluator, annotation: Node | None) -> Shape:
    """The shape of a value, from its annotation."""
    walk = _Walk(evaluator)
    if annotation is not None:
        walk.look(annotation, evaluator.tree, annotation)
    return Shape(tuple(dict.fromkeys(walk.models)), walk.maps, walk.lists, walk.plain, walk.unknown)


class _Walk(Struct):
    """Traverses an annotation. `left` is how many nodes may still be visited."""

    evaluator: Evaluator
    models: list[Value] = field(default_factory=list)
    maps: bool = False
    lists: bool = False
    plain: bool = False
    unknown: bool = False
    left: int = 4 * ANNOTATION.most

    def look(self, node: Node, tree: PythonTree, at: Node) -> None:
        """Visit a part of an annotation: a node of `tree`, which is written at the node `at` of the file."""
        self.left -= 1
        if self.left < 0:
            self.unknown = True
        elif node.type in _HOLDERS or (node.type == "binary_operator" and b"|" in (node.text or b"")):
            for child in named(node):
                self.look(child, tree, at)
        elif node.type == "none":
            return
        elif node.type == "string":
            self._quoted(node, tree, at)
        elif node.type in ("generic_type", "subscript"):
            self._generic(node, tree, at)
        elif node.type in ("identifier", "attribute"):
            self._name(node, tree, at)
        else:
            self.plain = True

    def _quoted(self, node: Node, tree: PythonTree, at: Node) -> None:
        text = "".join(piece.text for piece in pieces(tree, node) if piece.expression is None)
        inner = parse(text)
        if inner.root.has_error or len(inner.root.named_children) != 1:
            self.unknown = True
        else:
            self.look(inner.root.named_children[0], inner, at)

    def _generic(self, node: Node, tree: PythonTree, at: Node) -> None:
        children = named(node)
        inner = children[1:]
        if inner and inner[0].type == "type_parameter":
            inner = named(inner[0])
        word = tree.source(children[0]).rpartition(".")[2] if children else ""
        if word == "Annotated":
            inner = inner[:1]
        elif word not in _THROUGH:
            if word in _MAPS or word in _LISTS or word in ("Literal", "Json", "Secret", "type", "Type"):
                self._outside(word)
            elif children:
                self.look(children[0], tree, at)
            return
        for child in inner:
            self.look(child, tree, at)

    def _name(self, node: Node, tree: PythonTree, at: Node) -> None:
        for value in alternatives(self._value(node, tree, at)):
            match value:
                case Class():
                    self.models.append(value)
                case External() if not value.path.endswith("[]"):
                    self._external(value.path)
                case Nothing():
                    continue
                case Missing():
                    self.evaluator.need(value)
                    self.unknown = True
                case _:
                    self._alias(node, tree, at)

    def _value(self, node: Node, tree: PythonTree, at: Node) -> Value:
        """The value of a name.

        In quotes, or if it is defined further down, its value after the module has run.
        """
        word = tree.source(node)
        if tree is self.evaluator.tree:
            value = self.evaluator.value(node)
            if value != UNKNOWN or node.type != "identifier":
                return value
        if not word.isidentifier():
            return UNKNOWN
        bindings = [self.evaluator.bound(binding) for binding in self._seen(word, at)]
        return one_of(bindings) if bindings else self.evaluator.resolve(word, at)

    def _seen(self, word: str, at: Node) -> list[Binding]:
        """The bindings of a name after the code around has run."""
        scope: Node | None = scope_of(at)
        while scope is not None:
            found = reaching(self.evaluator.scopes.in_scope(word, scope), scope, at, later=True)
            if found:
                return found
            scope = outer_scope(scope)
        return []

    def _external(self, path: str) -> None:
        module, _, word = path.rpartition(".")
        if path in _MODELS_ELSEWHERE:
            self.unknown = True
        elif word in _MAPS or word in _LISTS:
            self._outside(word)
        elif module.partition(".")[0] in _PLAIN_MODULES or module.partition(".")[0] == "pydantic":
            self.plain = True
        else:
            self.unknown = True

    def _outside(self, word: str) -> None:
        if word in _MAPS:
            self.maps = True
        elif word in _LISTS:
            self.lists = True
        else:
            self.plain = True

    def _alias(self, node: Node, tree: PythonTree, at: Node) -> None:
        """A name for an annotation: `Pet = Cat | Dog`."""
        bindings = self._seen(tree.source(node), at)
        rights = [one.source.child_by_field_name("right") for one in bindings if one.how == "assign"]
        if not rights or None in rights:
            self.unknown = True
        for right in rights:
            if right is not None:
                self.look(right, self.evaluator.tree, right)
