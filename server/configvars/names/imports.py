"""The values that imports bind: values of workspace modules, or external paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.limits import STARS
from configvars.names.scopes import Binding
from configvars.names.values import UNKNOWN, Value
from configvars.syntax.python import Node, PythonTree

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_STAR = ord("*")


def dotted(module: str, name: str) -> str:
    """The dotted name of `name` in `module`; a relative module may consist of dots only."""
    return module + name if module.endswith(".") else f"{module}.{name}"


def imported(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of an imported name."""
    tree = evaluator.tree
    part = binding.source
    statement = part.parent
    name = part.child_by_field_name("name") if part.type == "aliased_import" else part
    if statement is None or name is None:
        return UNKNOWN
    if statement.type == "import_from_statement":
        module = statement.child_by_field_name("module_name")
        return UNKNOWN if module is None else evaluator.ask(dotted(_plain(tree, module), _plain(tree, name)))
    if part.type == "aliased_import":
        return evaluator.ask(_plain(tree, name))
    return evaluator.ask(_plain(tree, name).partition(".")[0])


def statements(tree: PythonTree) -> list[Node]:
    """Every import statement of a file, at any level."""
    found: list[Node] = []
    for leaf in tree.words("import"):
        parent = leaf.parent
        if parent is not None and parent.type in ("import_statement", "import_from_statement"):
            found.append(parent)
    return found


def modules(tree: PythonTree) -> Iterator[str]:
    """The dotted names of the modules that a file imports, or imports from."""
    for statement in statements(tree):
        module = statement.child_by_field_name("module_name")
        for node in [module] if module is not None else statement.children_by_field_name("name"):
            yield _plain(tree, node.child_by_field_name("name") or node)


def bound_names(tree: PythonTree) -> Iterator[tuple[str, Node]]:
    """The leaves of the names that import statements bind, each with the module that it is or comes from."""
    for statement in statements(tree):
        module = statement.child_by_field_name("module_name")
        source = _plain(tree, module) if module is not None else None
        for name in statement.children_by_field_name("name"):
            is_renamed = name.type == "aliased_import"
            leaf = name.child_by_field_name("alias") if is_renamed else next(iter(name.named_children), None)
            if leaf is not None:
                yield source or _plain(tree, name.child_by_field_name("name") or name), leaf


def star_modules(tree: PythonTree) -> tuple[str, ...]:
    """The modules from which a file imports all names with `*`, last one first."""
    found: list[str] = []
    for statement in statements(tree):
        if tree.data[statement.end_byte - 1] != _STAR:  # faster than looking at the names
            continue
        module = statement.child_by_field_name("module_name")
        if module is not None and any(child.type == "wildcard_import" for child in statement.named_children):
            found.append(_plain(tree, module))
    if len(found) > STARS.most:
        tree.hits.count(STARS)
    return tuple(reversed(found[-STARS.most :]))


def _plain(tree: PythonTree, node: Node) -> str:
    return "".join(tree.source(node).split())
