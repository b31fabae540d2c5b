"""The order in which a Python file runs: its imports and calls, by the body in which they are.

Facts (reads, loads of env files) are found elsewhere; `Order.where` returns the body of a place and whether
the place is certainly reached. Function bodies run when they are called, everything else at import.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.slices import in_steps
from configvars.syntax.python import Node, PythonTree
from configvars.syntax.python_branches import Phase, branch
from configvars.syntax.python_imports import Import
from configvars.syntax.python_sure import BODIES, Survey, is_plain, is_unsure, safe_end, survey

MODULE = ""
"""The name of the body that runs at import."""
NEVER = "<lambda>"
"""The body of code that nothing calls by name."""


class Where(Struct, frozen=True):
    """The place of something in the order: its body, and whether it is certainly reached there.

    `phase` is `main` in a block that only `python FILE` runs, `imported` in one that only an import runs, and
    `never` in one for type checkers. Apart from
    branches, it is `sure` that the place is reached, and that what it does lasts: not in a `try` after code
    that may raise, in a `with`, after a `break`, or in a loop that may have no items.
    """

    body: str = MODULE
    certain: bool = True
    phase: Phase = "import"
    sure: bool = True


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

    `imported` maps the names that the module imports to the module and the name there. A call of one of the
    `deferred` bodies does not certainly run it: coroutines, generators, decorated functions.
    """

    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    deferred: frozenset[str] = frozenset()
    _starts: tuple[int, ...] = ()
    _regions: tuple[tuple[int, int, Where], ...] = ()

    def where(self, offset: int) -> Where:
        """The `Where` of an offset in code points."""
        index = self._around(offset)
        return self._regions[index][2] if index >= 0 else Where()

    def holds(self, offset: int, other: int) -> bool:
        """Whether the innermost region around an offset also contains another one."""
        index = self._around(offset)
        return index < 0 or self._starts[index] <= other < self._regions[index][0]

    def _around(self, offset: int) -> int:
        """The index of the innermost region around an offset; -1 for none."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and offset >= self._regions[index][0]:
            index = self._regions[index][1]
        return index


NO_ORDER = Order()


def ordering(tree: PythonTree) -> Generator[None, None, Order]:
    """The order of a file with this tree, in slices; that of an empty file if it was refused."""
    return (yield from _Walk(tree, (yield from survey(tree))).order())


_BY_NAME = frozenset({"import_module", "__import__", "from_object", "setdefault"})


class _Walk:
    """One traversal of a tree, without recursion."""

    def __init__(self, tree: PythonTree, survey: Survey) -> None:
        self._tree = tree
        self._survey = survey
        self._steps: dict[str, list[Step]] = {}
        # By name and body: the offset from which the name means which module, and which name in it.
        self._bound: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        self._classes: set[str] = set()
        self._deferred: set[str] = set()
        self._with_items: dict[str, bool] = {}
        self._regions: list[tuple[int, int, Where]] = []

    def order(self) -> Generator[None, None, Order]:
        """Everything that the traversal finds, in slices."""
        todo = [(self._tree.root, Where(), "")]
        for is_time in in_steps(todo):
            node, where, owner = todo.pop()
            self._take(node, where)
            todo.extend(self._inside(node, where, owner))
            if is_time:
                yield
        return (yield from self._finished())

    def _finished(self) -> Generator[None, None, Order]:
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
        steps: dict[str, tuple[Step, ...]] = {}
        for body, found in self._steps.items():
            resolved: list[Step] = []
            for step in sorted(found, key=lambda step: step.at):
                resolved.append(self._resolved(step))
                yield
            steps[body] = tuple(resolved)
        starts = tuple(start for start, _, _ in self._regions)
        imported = {name: found[-1][1:] for (name, body), found in self._bound.items() if body == MODULE}
        classes, deferred = frozenset(self._classes), frozenset(self._deferred)
        return Order(steps, imported, classes, deferred, starts, tuple(regions))

    def _resolved(self, step: Step) -> Step:
        """A call with the origin of its name: the last import before it in its body, or in the module."""
        first, _, rest = step.callee.partition(".")
        if not rest and first in self._survey.rebound:
            step = replace(step, where=replace(step.where, sure=False))
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
        if node.type == "block":
            yield from self._statements(node, where, owner)
            return
        body = node.child_by_field_name("body") if node.type in BODIES else None
        for child in node.named_children:
            if body is None or child != body:
                part = self._branch(node, child, where)
                yield child, self._lasting(node, child, part), owner
                continue
            name = self._text(node.child_by_field_name("name"))
            if node.type == "class_definition":
                self._classes.add(owner + name)
                yield child, where, f"{owner}{name}."
            else:
                inner = owner + name if name else NEVER
                is_unique = owner or name not in self._survey.rebound
                if not (is_unique and is_plain(node) and where.certain and where.sure):
                    self._deferred.add(inner)
                yield child, self._region(child, Where(inner)), f"{inner}."

    def _statements(self, block: Node, where: Where, owner: str) -> Iterator[tuple[Node, Where, str]]:
        """The statements of a block: uncertain after one that may return, unsure after one that may break."""
        safe = safe_end(self._tree, block)
        for child in block.named_children:
            if child.start_byte >= safe and where.sure:
                where = self._from(child.start_byte, block, replace(where, sure=False))
            yield child, self._lasting(block, child, self._branch(block, child, where)), owner
            if child.id in self._survey.returning and where.certain and where.body != MODULE:
                where = self._from(child.end_byte, block, replace(where, certain=False))
            if child.id in self._survey.ending and where.sure:
                where = self._from(child.end_byte, block, replace(where, sure=False))

    def _lasting(self, node: Node, child: Node, where: Where) -> Where:
        """The place of a part of a node, which may not run or last."""
        if where.sure and is_unsure(self._tree, node, child, self._with_items):
            return self._region(child, replace(where, sure=False))
        return where

    def _from(self, start: int, block: Node, where: Where) -> Where:
        self._regions.append((self._tree.offset(start), self._tree.span(block).end, where))
        return where

    def _branch(self, node: Node, child: Node, where: Where) -> Where:
        """The place of a part of a node that may have branches."""
        found = branch(self._tree, node, child)
        if found is None:
            return where
        certain, phase = found
        return self._region(
            child, replace(where, certain=where.certain and certain, phase=phase or where.phase)
        )

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
