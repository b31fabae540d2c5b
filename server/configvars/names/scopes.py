"""To which scope a name belongs, and what binds it there, by Python's rules."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.names import mutations
from configvars.names.bindings import Binding, Bindings, How
from configvars.syntax.python import Node, PythonTree
from configvars.syntax.python_depth import scope_of_deep

FUNCTIONS = frozenset({"function_definition", "lambda"})
COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}
)
_SCOPES = FUNCTIONS | COMPREHENSIONS | {"class_definition", "module"}
_PATTERNS = frozenset(
    {
        "pattern_list",
        "tuple_pattern",
        "list_pattern",
        "list_splat_pattern",
        "tuple",
        "list",
        "expression_list",
    }
    | {"parenthesized_expression", "as_pattern_target", "list_splat"}
)


class Scopes:
    """The bindings of one tree, collected for each name on demand.

    `attributes` are those whose assignment changes the value of a name that its scope binds.
    """

    def __init__(self, tree: PythonTree, attributes: frozenset[str] = frozenset()) -> None:
        self._tree = tree
        self._attributes = attributes
        self._bindings: dict[str, dict[int, Bindings]] = {}
        self._leaving: dict[int, bool] = {}
        self._everywhere: dict[str, list[Binding]] = {}

    def bindings(self, name: str) -> list[Binding]:
        """Every place in the file that binds `name`, by scope and then in order."""
        known = self._everywhere.get(name)
        if known is None:
            self.in_scope(name, self._tree.root)
            by_scope = self._bindings[name].values()
            known = self._everywhere[name] = [binding for found in by_scope for binding in found]
        return known

    def in_scope(self, name: str, scope: Node) -> list[Binding]:
        """Every place that binds `name` in a scope, in order."""
        known = self._bindings.get(name)
        if known is None:
            known = self._bindings[name] = {}
            for binding in self._find(name):
                if binding.scope.id not in known:
                    known[binding.scope.id] = Bindings((), self._leaving, self._tree.hits)
                known[binding.scope.id].append(binding)
        return known.get(scope.id, [])

    def _find(self, name: str) -> list[Binding]:
        found: list[Binding] = []
        declared: dict[int, str] = {}
        for leaf in self._tree.words(name):
            parent = leaf.parent
            if leaf.type != "identifier" or parent is None:
                continue
            if parent.type in ("global_statement", "nonlocal_statement"):
                declared[scope_of(leaf).id] = parent.type
            elif (binding := binding_at(leaf) or self._set_at(leaf, parent)) is not None:
                found.append(binding)
        found += mutations.of(leaf for leaf in self._tree.words(name)) if mutations.are_seen(found) else []
        if declared:
            found = [_redirected(binding, declared.get(binding.scope.id)) for binding in found]
        bound = {binding.scope.id for binding in found if binding.how not in ("set", "mutate")}
        found = [_moved_out(binding, bound) if binding.how == "mutate" else binding for binding in found]
        return [binding for binding in found if binding.scope.id in bound]

    def _set_at(self, leaf: Node, parent: Node) -> Binding | None:
        """An assignment to an attribute of a name, if the attribute is in `attributes`."""
        statement = parent.parent
        if parent.type != "attribute" or statement is None or statement.type != "assignment":
            return None
        name = parent.child_by_field_name("attribute")
        if statement.child_by_field_name("left") != parent or parent.named_children[0] != leaf:
            return None
        if name is None or self._tree.source(name) not in self._attributes:
            return None
        return Binding("set", leaf, statement, scope_of(statement), statement.end_byte)


def scope_of(node: Node) -> Node:
    """The module, function, lambda, class or comprehension in which a node is evaluated."""
    if node.__class__ is not Node and (known := scope_of_deep(node, _is_scope_of)) is not None:
        return known
    child = node
    parent = node.parent
    while parent is not None:
        if parent.type in _SCOPES and _is_inside(parent, child):
            return parent
        child, parent = parent, parent.parent
    return child


def _is_scope_of(parent: Node, child: Node) -> bool:
    return parent.type in _SCOPES and _is_inside(parent, child)


def outer_scope(scope: Node) -> Node | None:
    """The scope around a scope; None around the module."""
    return scope_of(scope) if scope.parent is not None else None


def function_of(node: Node) -> Node | None:
    """The innermost function or lambda in which a node is evaluated."""
    scope: Node | None = scope_of(node)
    while scope is not None and scope.type not in FUNCTIONS:
        scope = outer_scope(scope)
    return scope


def _is_inside(scope: Node, child: Node) -> bool:
    """Whether a direct child of a scope's node is evaluated in that scope, not around it."""
    if scope.type in COMPREHENSIONS:
        return True
    if scope.type == "module":
        return True
    return scope.child_by_field_name("body") == child or child.type == "type_parameter"


def _moved_out(binding: Binding, bound: set[int]) -> Binding:
    """A change of a name's value, moved to the scope that binds the name."""
    scope: Node | None = binding.scope
    while scope is not None and scope.id not in bound:
        scope = outer_scope(scope)
    return binding if scope is None else replace(binding, scope=scope)


def _redirected(binding: Binding, declaration: str | None) -> Binding:
    if declaration is None:
        return binding
    scope: Node = binding.scope
    while (outer := outer_scope(scope)) is not None:
        scope = outer
        if declaration == "nonlocal_statement" and scope.type in FUNCTIONS:
            break
    return Binding(binding.how, binding.node, binding.source, scope, binding.effect)


def binding_at(leaf: Node) -> Binding | None:
    """The binding at an occurrence of a name; None if it does not bind."""
    child = leaf
    parent = leaf.parent
    while parent is not None and parent.type in _PATTERNS:
        child, parent = parent, parent.parent
    if parent is None:
        return None
    rule = _RULES.get(parent.type)
    return rule(leaf, child, parent) if rule is not None else None


def _is_field(parent: Node, field: str, child: Node) -> bool:
    return parent.child_by_field_name(field) == child


def _assignment(leaf: Node, child: Node, parent: Node) -> Binding | None:
    if not _is_field(parent, "left", child):
        return None
    if parent.type == "assignment" and parent.child_by_field_name("right") is None:
        return None
    how: How = "assign" if parent.type == "assignment" else "augment"
    return Binding(how, leaf, parent, scope_of(parent), parent.end_byte)


def _walrus(leaf: Node, child: Node, parent: Node) -> Binding | None:
    if not _is_field(parent, "name", child):
        return None
    scope = scope_of(parent)
    while scope.type in COMPREHENSIONS and (outer := outer_scope(scope)) is not None:
        scope = outer
    return Binding("walrus", leaf, parent, scope, parent.end_byte)


def _loop(leaf: Node, child: Node, parent: Node) -> Binding | None:
    if not _is_field(parent, "left", child):
        return None
    scope = scope_of(parent)
    return Binding("loop", leaf, parent, scope, 0 if scope.type in COMPREHENSIONS else leaf.end_byte)


def _as_pattern(leaf: Node, child: Node, parent: Node) -> Binding | None:
    """`with x as y`, `except x as y`, `case x as y`."""
    if child == parent.named_children[0]:
        return None
    above = parent.parent
    how: How = "with" if above is not None and above.type == "with_item" else "other"
    return Binding(how, leaf, parent, scope_of(parent), parent.end_byte)


def _definition(leaf: Node, child: Node, parent: Node) -> Binding | None:
    if not _is_field(parent, "name", child):
        return None
    how: How = "def" if parent.type == "function_definition" else "class"
    return Binding(how, leaf, parent, scope_of(parent), parent.start_byte)


def _parameter(leaf: Node, child: Node, parent: Node) -> Binding | None:
    """A parameter, plain or with a default, an annotation or a star."""
    if parent.type in ("default_parameter", "typed_default_parameter"):
        if not _is_field(parent, "name", child):
            return None
    elif parent.type in ("typed_parameter", "dictionary_splat_pattern") and child != parent.named_children[0]:
        return None
    source = leaf if parent.type in ("parameters", "lambda_parameters") else parent
    above: Node | None = parent
    while above is not None and above.type not in FUNCTIONS:
        if above.type not in _PARAMETER_PARTS:
            return None
        if above.parent is not None and above.parent.type in _PARAMETER_PARTS - {
            "parameters",
            "lambda_parameters",
        }:
            source = above.parent
        above = above.parent
    return Binding("parameter", leaf, source, above, 0) if above is not None else None


_PARAMETER_PARTS = frozenset(
    {"parameters", "lambda_parameters", "default_parameter", "typed_default_parameter", "typed_parameter"}
    | {"dictionary_splat_pattern", "list_splat_pattern", "tuple_pattern"}
)


def _import(leaf: Node, child: Node, parent: Node) -> Binding | None:
    """`import a.b` binds `a`; `from m import a` binds `a`; `as c` binds `c`."""
    statement = parent.parent
    if parent.type == "aliased_import":
        if not _is_field(parent, "alias", child):
            return None
        return Binding("import", leaf, parent, scope_of(parent), parent.end_byte)
    if statement is None:
        return None
    if statement.type == "import_statement":
        if child != parent.named_children[0]:
            return None
    elif statement.type != "import_from_statement" or _is_field(statement, "module_name", parent):
        return _case_name(leaf, child, parent)
    return Binding("import", leaf, parent, scope_of(statement), statement.end_byte)


def _case_name(leaf: Node, child: Node, parent: Node) -> Binding | None:
    """`case name:` binds the name; `case a.b:` and `case Class():` do not."""
    above = parent.parent
    if (
        above is None
        or above.type not in ("case_pattern", "keyword_pattern")
        or len(parent.named_children) > 1
    ):
        return None
    return Binding("other", leaf, parent, scope_of(parent), leaf.end_byte)


def _other(leaf: Node, child: Node, parent: Node) -> Binding | None:
    """`del name`, `case *name`, `type name = …`: the name has an unknown value afterwards."""
    return Binding("other", leaf, parent, scope_of(parent), leaf.end_byte)


_RULES = {
    "assignment": _assignment,
    "augmented_assignment": _assignment,
    "named_expression": _walrus,
    "for_statement": _loop,
    "for_in_clause": _loop,
    "as_pattern": _as_pattern,
    "function_definition": _definition,
    "class_definition": _definition,
    "parameters": _parameter,
    "lambda_parameters": _parameter,
    "default_parameter": _parameter,
    "typed_default_parameter": _parameter,
    "typed_parameter": _parameter,
    "dictionary_splat_pattern": _parameter,
    "aliased_import": _import,
    "dotted_name": _import,
    "delete_statement": _other,
    "splat_pattern": _other,
}

__all__ = ["Binding", "Bindings", "How", "Scopes", "binding_at", "function_of", "outer_scope", "scope_of"]
