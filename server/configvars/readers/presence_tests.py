"""Which variables a test shows to be set; computed once for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from configvars.model import Access
from configvars.names.evaluate import Evaluator
from configvars.names.values import Value, alternatives
from configvars.readers.base import Use
from configvars.readers.refusals import ends_by_raising
from configvars.syntax.python import Node, is_too_deep, named

UsesAt = Callable[[Node], tuple[Use, ...]]
Texts = frozenset[object]

_LEAVING = frozenset({"return_statement", "raise_statement", "continue_statement", "break_statement"})
_DISPLAYS = frozenset({"list", "tuple", "set"})
_WAYS_OUT = ("if_statement", "assert_statement")


def texts_of(key: Value) -> Texts:
    """The names that a key may be, in a form that can be compared."""
    return frozenset(getattr(choice, "text", choice) for choice in alternatives(key))


class PresenceTests:
    """The variables that the tests of one file show to be set. `writes`: writes of a variable count, too."""

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt, *, writes: bool = False) -> None:
        self._evaluator = evaluator
        self._uses_at = uses_at
        self._writes = writes
        self._by_test: dict[tuple[int, bool], Texts] = {}
        self._operands: dict[int, tuple[int, dict[object, int]]] = {}
        self._ways_out: dict[int, dict[object, list[Node]]] = {}

    def by(self, test: Node, *, there: bool) -> Texts:
        """The variables that are set if a test is true (`there`), or if it is false."""
        known = self._by_test.get((test.id, there))
        if known is None:
            known = self._by_test[test.id, there] = frozenset(self._found(test, there))
        return known

    def before_operand(self, operand: Node, chain: Node, texts: Texts) -> bool:
        """Whether the operands before `operand` in an `and` or `or` chain show that a variable is set."""
        if chain.id not in self._operands:
            self._note_operands(chain)
        index, first = self._operands[chain.id]
        return any(first.get(text, index) < index for text in texts)

    def before_statement(self, statement: Node, block: Node, texts: Texts) -> bool:
        """Whether an earlier statement of a block leaves the block if a variable is not set."""
        ways_out = self._ways_out_of(block)
        return any(ways_out[text][0].end_byte <= statement.start_byte for text in texts if text in ways_out)

    def only_before(self, statement: Node, block: Node, texts: Texts) -> Node | None:
        """The test of the only statement of a block, before another one, that leaves it if a variable is not set."""
        ways_out = self._ways_out_of(block)
        found = {way_out.id: way_out for text in texts for way_out in ways_out.get(text, ())[:2]}
        way_out = next(iter(found.values())) if len(found) == 1 else None
        return _test_of(way_out) if way_out and way_out.end_byte <= statement.start_byte else None

    def _ways_out_of(self, block: Node) -> dict[object, list[Node]]:
        found = self._ways_out.get(block.id)
        if found is None:
            found = self._ways_out[block.id] = {}
            statements = [one for kind in _WAYS_OUT for one in self._evaluator.statements(block, kind)]
            for way_out in sorted(statements, key=lambda one: one.end_byte):
                for text in self._by_way_out(way_out):
                    found.setdefault(text, []).append(way_out)
        return found

    def _found(self, test: Node, there: bool) -> Iterator[object]:
        waiting = [(test, there)]
        while waiting:
            node, wanted = waiting.pop()
            if is_too_deep(node):
                continue
            match node.type:
                case "parenthesized_expression" | "named_expression":
                    inner = node.child_by_field_name("value") or next(iter(node.named_children), None)
                    waiting += [(inner, wanted)] if inner is not None else []
                case "not_operator":
                    inner = node.child_by_field_name("argument")
                    waiting += [(inner, not wanted)] if inner is not None else []
                case "boolean_operator":
                    operator = node.child_by_field_name("operator")
                    if operator is not None and (operator.type == "and") is wanted:
                        waiting += [(side, wanted) for side in named(node)]
                case "comparison_operator":
                    yield from self._compared(node, wanted)
                case "call":
                    yield from (*self._about(node), *self._quantified(node)) if wanted else ()
                    waiting += self._listed(node, wanted)
                case _:
                    yield from self._about(node) if wanted else ()

    def _about(self, node: Node) -> Texts:
        """The variables that a node itself reads or tests."""
        uses = self._uses_at(node)
        kinds = (Access.TEST, Access.READ)
        return _together(texts_of(use.key.value) for use in uses if self._writes or use.access in kinds)

    def _compared(self, test: Node, there: bool) -> Texts:
        """`"X" in os.environ`, `os.getenv("X") is not None`, `os.getenv("X") == "1"`."""
        signs = {c.type for c in test.children if not c.is_named or c.type in ("not in", "is not")}
        whole = self._about(test)
        found: Texts = whole if ("not in" in signs) is not there else frozenset()
        first = test.children[0]
        inner = first.child_by_field_name("value") if first.type == "named_expression" else first
        while inner is not None and inner.type == "parenthesized_expression" and inner.named_children:
            inner = inner.named_children[0].child_by_field_name("value") or inner.named_children[0]
        if inner is None:
            return found
        others = test.named_children[1:]
        if inner.type == "none" and len(others) == 1 and others[0].type in _DISPLAYS:
            is_out = there is ("not in" in signs) and bool(signs & {"in", "not in"})
            return _together(map(self._about, named(others[0]))) if is_out else found
        if any(child.type == "none" for child in test.named_children[1:]):
            tells = there is bool(signs & {"is not", "!="})
        else:
            tells = there and bool(signs & {"==", "in"})
        return found | (self._about(inner) - whole) if tells else found

    def _quantified(self, call: Node) -> Texts:
        """`all(name in os.environ for name in (…))`."""
        function = call.child_by_field_name("function")
        given = call.child_by_field_name("arguments")
        source = self._evaluator.tree.source
        if function is None or given is None or source(function) not in ("all", "any"):
            return frozenset()
        inner = given if given.type == "generator_expression" else next(iter(given.named_children), None)
        body = inner.child_by_field_name("body") if inner is not None else None
        return self._about(body) if body is not None else frozenset()

    def _listed(self, call: Node, wanted: bool) -> list[tuple[Node, bool]]:
        """`all([x, y])` is true, or `any([not x, not y])` is false: this is so for each part."""
        function, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        decides = {b"all": True, b"any": False}.get((function.text if function is not None else None) or b"")
        parts = named(given) if given is not None and given.type == "argument_list" else []
        if decides is not wanted or len(parts) != 1 or parts[0].type not in _DISPLAYS:
            return []
        return [(part, wanted) for part in named(parts[0])]

    def _by_way_out(self, statement: Node) -> Texts:
        """`if "X" not in os.environ: return` (or raise, or exit), `assert "X" in os.environ`."""
        test = _test_of(statement)
        if statement.type == "assert_statement":
            return self.by(test, there=True) if test is not None else frozenset()
        body = statement.child_by_field_name("consequence")
        statements = named(body) if body is not None else []
        told = self.by(test, there=False) if test is not None and statements else frozenset()
        leaves = told and (statements[-1].type in _LEAVING or ends_by_raising(self._evaluator, body))
        return told if leaves else frozenset()

    def _note_operands(self, part: Node) -> None:
        """For a chain of one operator, store what each operand shows, and where it is shown first."""
        sign, top = _sign(part), part
        while top.parent is not None and _sign(top.parent) == sign and _left(top.parent) == top:
            top = top.parent
        links: list[Node] = []
        link: Node | None = top
        while link is not None and _sign(link) == sign and not is_too_deep(link):
            links.append(link)
            link = _left(link)
        first: dict[object, int] = {}
        operands = [link, *(found.child_by_field_name("right") for found in reversed(links))]
        for index, operand in enumerate(operands):
            if index:
                self._operands[links[-index].id] = index, first
            for text in self.by(operand, there=sign == "and") if operand is not None else ():
                first.setdefault(text, index)


def _test_of(statement: Node) -> Node | None:
    """The test of an `if` or `assert`."""
    if statement.type == "assert_statement":
        return next(iter(statement.named_children), None)
    return statement.child_by_field_name("condition")


def _sign(node: Node) -> str:
    operator = node.child_by_field_name("operator") if node.type == "boolean_operator" else None
    return operator.type if operator is not None else ""


def _left(node: Node) -> Node | None:
    return node.child_by_field_name("left")


def _together(found: Iterable[Texts]) -> Texts:
    return frozenset().union(*found)
