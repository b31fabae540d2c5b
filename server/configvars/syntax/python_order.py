"""The order in which a Python file runs: its imports and calls, by the body in which they are.

Facts (reads, loads of env files) are found elsewhere; `Order.where` returns the body of a place and whether
the place is certainly reached. Function bodies run when they are called, everything else at import.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.syntax.python import Node, PythonTree, parse
from configvars.syntax.python_imports import Import

MODULE = ""
"""The name of the body that runs at import."""
NEVER = "<lambda>"
"""The body of code that nothing calls by name."""

Phase = Literal["import", "main", "never"]


class Where(Struct, frozen=True):
    """The place of something in the order: its body, and whether it is certainly reached there.

    `phase` is `main` in a block that only `python FILE` runs, `never` in one for type checkers.
    """

    body: str = MODULE
    certain: bool = True
    phase: Phase = "import"


class Step(Struct, frozen=True):
    """An import or a call. `at` is the offset (code points) after which it has happened.

    `callee` is the dotted name that is called; if its first part was imported, `module` is its module, and
    `callee` the rest. `imports` is what is imported; `name` is the last string argument of a call that can
    import by name, such as `from_object("config.Base")`.
    """

    at: int
    where: Where
    callee: str = ""
    module: str = ""
    imports: Import | None = None
    name: str = ""


class Order(Struct, frozen=True):
    """The steps of each body of one file, its classes, and the regions that map places to bodies.

    `imported` maps the names that the module imports to the module and the name there.
    """

    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    _starts: tuple[int, ...] = ()
    _regions: tuple[tuple[int, int, Where], ...] = ()

    def where(self, offset: int) -> Where:
        """The `Where` of an offset in code points."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            end, outer, where = self._regions[index]
            if offset < end:
                return where
            index = outer
        return Where()


NO_ORDER = Order()


def order_of(text: str) -> Order:
    """The order of a file with this text; that of an empty file if it cannot be parsed."""
    return _Walk(parse(text)).order()


_BODIES = frozenset({"function_definition", "lambda", "class_definition"})
_LATER = frozenset({"else_clause", "elif_clause", "except_clause", "except_group_clause", "case_clause"})
_BY_NAME = frozenset({"import_module", "__import__", "from_object", "setdefault"})


_MAY_END = frozenset({"if_statement", "for_statement", "while_statement", "try_statement", "match_statement"})
# Iterables that certainly have items: literals, and names that show what they contain.
_HAS_ITEMS = frozenset({"identifier", "list", "tuple", "set", "dictionary", "expression_list"})
_Chain = tuple[int, "_Chain"] | None


def _that_return(tree: PythonTree) -> set[int]:
    """The statements (their nodes' ids) in which the function around them may return."""
    found: set[int] = set()
    todo: list[tuple[Node, _Chain]] = [(tree.root, None)]
    while todo:
        node, around = todo.pop()
        if node.type == "return_statement":
            while around is not None and around[0] not in found:
                found.add(around[0])
                around = around[1]
            continue
        if node.type in _BODIES:
            around = None
        elif node.type in _MAY_END:
            around = (node.id, around)
        todo.extend((child, around) for child in node.named_children)
    return found


class _Walk:
    """One traversal of a tree, without recursion."""

    def __init__(self, tree: PythonTree) -> None:
        self._tree = tree
        self._that_return = _that_return(tree)
        self._steps: dict[str, list[Step]] = {}
        # By name and body: the offset from which the name means which module, and which name in it.
        self._bound: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        self._classes: set[str] = set()
        self._regions: list[tuple[int, int, Where]] = []

    def order(self) -> Order:
        """Everything that the traversal finds."""
        todo = [(self._tree.root, Where(), "")]
        while todo:
            node, where, owner = todo.pop()
            self._take(node, where)
            todo.extend(self._inside(node, where, owner))
        return self._finished()

    def _finished(self) -> Order:
        regions: list[tuple[int, int, Where]] = []
        around: list[int] = []
        self._regions.sort(key=lambda one: (one[0], -one[1]))
        for start, end, where in self._regions:
            while around and regions[around[-1]][0] <= start:
                around.pop()
            regions.append((end, around[-1] if around else -1, where))
            around.append(len(regions) - 1)
        for bound in self._bound.values():
            bound.sort()
        steps = {
            body: tuple(self._resolved(step) for step in sorted(found, key=lambda step: step.at))
            for body, found in self._steps.items()
        }
        starts = tuple(start for start, _, _ in self._regions)
        imported = {name: found[-1][1:] for (name, body), found in self._bound.items() if body == MODULE}
        return Order(steps, imported, frozenset(self._classes), starts, tuple(regions))

    def _resolved(self, step: Step) -> Step:
        """A call with the origin of its name: the last import before it in its body, or in the module."""
        first, _, rest = step.callee.partition(".")
        own = self._bound.get((first, step.where.body), [])
        index = bisect_right(own, step.at, key=lambda one: one[0])
        around = self._bound.get((first, MODULE), [])
        if index:
            _, module, name = own[index - 1]
        elif around and step.where.body != MODULE:
            _, module, name = around[-1]
        else:
            return step
        return replace(step, module=module, callee=".".join(filter(None, (name, rest))))

    def _bind(self, name: str, where: Where, meaning: tuple[int, str, str]) -> None:
        self._bound.setdefault((name, where.body), []).append(meaning)

    def _region(self, node: Node, where: Where) -> Where:
        span = self._tree.span(node)
        self._regions.append((span.start, span.end, where))
        return where

    def _inside(self, node: Node, where: Where, owner: str) -> Iterator[tuple[Node, Where, str]]:
        """The parts of a node, each with its place and the prefix of names in it."""
        if node.type == "block" and where.body != MODULE:
            yield from self._statements(node, where, owner)
            return
        body = node.child_by_field_name("body") if node.type in _BODIES else None
        for child in node.named_children:
            if body is None or child != body:
                yield child, self._branch(node, child, where), owner
                continue
            name = self._text(node.child_by_field_name("name"))
            if node.type == "class_definition":
                self._classes.add(owner + name)
                yield child, where, f"{owner}{name}."
            else:
                inner = owner + name if name else NEVER
                yield child, self._region(child, Where(inner)), f"{inner}."

    def _statements(self, block: Node, where: Where, owner: str) -> Iterator[tuple[Node, Where, str]]:
        """The statements of a block in a function: uncertain after a statement that may return."""
        for child in block.named_children:
            yield child, where, owner
            if child.id in self._that_return and where.certain:
                where = replace(where, certain=False)
                self._regions.append((self._tree.span(child).end, self._tree.span(block).end, where))

    def _branch(self, node: Node, child: Node, where: Where) -> Where:
        """The place of a part of a node that may have branches."""
        if node.type == "if_statement" and child == node.child_by_field_name("consequence"):
            return self._region(child, self._guarded(node, where))
        if node.type in ("for_statement", "while_statement") and child == node.child_by_field_name("body"):
            return where if self._runs(node) else self._region(child, replace(where, certain=False))
        if (
            (child.type in _LATER and (node.type, child.type) != ("try_statement", "else_clause"))
            or (node.type == "boolean_operator" and child == node.child_by_field_name("right"))
            or (node.type == "conditional_expression" and child != node.named_children[1])
        ):
            return self._region(child, Where(where.body, False, where.phase))
        return where

    def _runs(self, loop: Node) -> bool:
        """Whether the body of a loop certainly runs once."""
        if loop.type == "while_statement":
            return self._text(loop.child_by_field_name("condition")) in ("True", "1")
        items = loop.child_by_field_name("right")
        if items is not None and items.type == "call":  # `names.items()`
            function = items.child_by_field_name("function")
            is_all = self._text(function).rpartition(".")[2] in ("items", "keys", "values")
            items = function.child_by_field_name("object") if function is not None and is_all else None
        return items is not None and items.type in _HAS_ITEMS

    def _guarded(self, node: Node, where: Where) -> Where:
        """The place of the block after a condition."""
        condition = "".join(self._text(node.child_by_field_name("condition")).split()).strip("()")
        if condition in ("__name__=='__main__'", '__name__=="__main__"'):
            return Where(where.body, where.certain, "main")
        if condition in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            return Where(where.body, False, "never")
        return Where(where.body, False, where.phase)

    def _take(self, node: Node, where: Where) -> None:
        at = self._tree.offset(node.end_byte)
        if node.type == "import_statement":
            for name in node.children_by_field_name("name"):
                module = self._text(name.child_by_field_name("name") or name)
                alias = self._text(name.child_by_field_name("alias"))
                package = module.partition(".")[0]
                self._bind(alias or package, where, (at, module if alias else package, ""))
                self._add(Step(at, where, imports=Import(module)))
        elif node.type == "import_from_statement":
            self._import_from(node, at, where)
        elif node.type == "call":
            self._call(node, at, where)

    def _import_from(self, node: Node, at: int, where: Where) -> None:
        module = self._text(node.child_by_field_name("module_name"))
        names = []
        for each in node.children_by_field_name("name"):
            name = self._text(each.child_by_field_name("name") or each)
            names.append(name)
            self._bind(self._text(each.child_by_field_name("alias")) or name, where, (at, module, name))
        self._add(Step(at, where, imports=Import(module, tuple(names))))

    def _call(self, node: Node, at: int, where: Where) -> None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or function.type not in ("identifier", "attribute"):
            return
        callee = self._text(function)
        if not all(part.isidentifier() for part in callee.split(".")):
            return
        by_name = callee.rpartition(".")[2] in _BY_NAME
        given = self._texts(arguments) if by_name and arguments is not None else []
        self._add(Step(at, where, callee, name=given[-1] if given else ""))

    def _texts(self, arguments: Node) -> list[str]:
        """The string arguments of a call, if it has no other argument before them."""
        found = []
        for child in arguments.named_children[:2]:
            content = child.named_children[1] if len(child.named_children) == 3 else None
            if child.type != "string" or content is None or content.type != "string_content":
                break
            found.append(self._text(content))
        return found

    def _add(self, step: Step) -> None:
        self._steps.setdefault(step.where.body, []).append(step)

    def _text(self, node: Node | None) -> str:
        return "" if node is None else "".join(self._tree.source(node).split())
