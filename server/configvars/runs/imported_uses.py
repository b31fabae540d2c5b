"""What a file does with values that it imports: `settings.PORT + 1`, `if DEBUG:` of an imported `DEBUG`."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from msgspec import Struct

from configvars.analyze import TABLES
from configvars.flow_model import ValueUse
from configvars.names.alone import Alone
from configvars.names.evaluate import Evaluator
from configvars.names.imports import dotted, star_modules
from configvars.names.values import External
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.readers.base import Use
from configvars.readers.flow_parts import checks_type
from configvars.readers.flows import Flows
from configvars.readers.guards import Guards
from configvars.syntax.python import Node, PythonTree


class ImportedUse(Struct, frozen=True):
    """A name as a file imports it (`settings.PORT`), and its uses; `changed`: the file assigns it."""

    name: str
    uses: tuple[ValueUse, ...]
    changed: bool


_ALONE = Alone()
_WORD = lazy_pattern(r"[^\W\d]\w*")
_WHAT = "uses of imported names"


def evaluator_of(path: str, tree: PythonTree) -> Evaluator:
    """The values in a file; what it imports keeps its dotted name."""
    return Evaluator(path, tree, _ALONE, TABLES.interest)


def imported_uses(
    project: Project, path: str, names: frozenset[str]
) -> Generator[None, None, tuple[ImportedUse, ...]]:
    """The uses of the imported names whose last part is one of `names`, in slices."""

    def find() -> frozenset[str]:
        return names.intersection(_WORD.findall(project.text_of(path) or ""))

    present = project.code.kept_of(path, "imported words", names, find)
    found: tuple[ImportedUse, ...] = ()
    if present and not project.code.has_kept(path, _WHAT, present):
        tree = yield from project.code.trees.parsing(path)
        found = tuple(_found(evaluator_of(path, tree), sorted(present)))
    return project.code.kept_of(path, _WHAT, present, lambda: found)


def path_of(evaluator: Evaluator, node: Node | None) -> str:
    """The dotted name of an imported value, or of the imported class that makes it; empty for others."""
    value = evaluator.value(node)
    if isinstance(value, External):
        return value.path
    if node is not None and node.type == "call":
        return path_of(evaluator, node.child_by_field_name("function"))
    if node is None or node.type != "identifier":
        return ""
    bindings = evaluator.scopes.bindings(evaluator.tree.source(node))
    made = bindings[0].source if len(bindings) == 1 and bindings[0].how == "assign" else None
    right = made.child_by_field_name("right") if made is not None else None
    return path_of(evaluator, right) if right is not None and right.type == "call" else ""


def _found(evaluator: Evaluator, names: Iterable[str]) -> Iterator[ImportedUse]:
    flows = Flows(evaluator, Guards(evaluator, no_uses))
    stars = star_modules(evaluator.tree)
    for name in names:
        uses: dict[str, dict[ValueUse, None]] = {}
        typed: set[str] = set()
        changed: set[str] = set()
        for leaf in _leaves(evaluator.tree, name):
            path = _path(evaluator, leaf, stars)
            if path:
                uses.setdefault(path, {}).update(dict.fromkeys(flows.of_name(leaf)))
                typed |= {path} if checks_type(evaluator, leaf) else set()
                changed |= {path} if _is_assigned(leaf) else set()
        for path, found in uses.items():
            yield ImportedUse(path, () if path in typed else tuple(found), path in changed)


def _leaves(tree: PythonTree, name: str) -> Iterator[Node]:
    """The places where a name or an attribute is used, also under the name that an import gives it."""
    for leaf in tree.words(name):
        parent = leaf.parent
        if leaf.type != "identifier" or parent is None:
            continue
        if parent.type == "attribute" and parent.child_by_field_name("attribute") == leaf:
            yield parent
        elif parent.type == "dotted_name":
            alias = parent.parent.child_by_field_name("alias") if parent.parent is not None else None
            if alias is not None:
                yield from (other for other in tree.words(tree.source(alias)) if other != alias)
        else:
            yield leaf


def _path(evaluator: Evaluator, node: Node, stars: tuple[str, ...]) -> str:
    """The dotted name of an imported value, or of an attribute of one; empty for any other value."""
    if node.type == "attribute":
        owner = path_of(evaluator, node.child_by_field_name("object"))
        name = evaluator.tree.source(node).rpartition(".")[2]
        return f"{owner}.{name}" if owner else ""
    value = evaluator.value(node)
    if isinstance(value, External):
        return value.path
    name = evaluator.tree.source(node) if len(stars) == 1 else ""
    return dotted(stars[0], name) if name and not evaluator.scopes.bindings(name) else ""


def _is_assigned(node: Node) -> bool:
    """Whether a statement assigns to an attribute."""
    parent = node.parent
    is_target = parent is not None and parent.child_by_field_name("left") == node
    return is_target and parent is not None and parent.type in ("assignment", "augmented_assignment")


def no_uses(node: Node) -> tuple[Use, ...]:
    """The reads at a node, for a file that is evaluated alone: none are known."""
    return ()
