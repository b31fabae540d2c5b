"""The values of a function's expressions if a variable is not set: `os.environ.get(name)` is `None`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from configvars.limits import WRAPPER_STEPS, beyond
from configvars.model import Access, Need
from configvars.names.calls import parameters_of
from configvars.names.conditions import same, truth
from configvars.names.evaluate import Evaluator
from configvars.names.values import (
    NOTHING,
    UNKNOWN,
    Condition,
    Known,
    Nothing,
    Parameter,
    Str,
    Value,
    alternatives,
)
from configvars.readers import absence
from configvars.readers.absent_paths import ABSENT, BROKEN, EXIT, Path
from configvars.readers.base import Use
from configvars.readers.handlers import is_default
from configvars.readers.presence_tests import UsesAt
from configvars.readers.refusals import is_exit
from configvars.syntax.python import Node, is_too_deep, named
from configvars.syntax.python_chains import operands, sign_of

_INNER = frozenset({"parenthesized_expression", "await", "expression_statement"})
# Expressions of which all parts are evaluated.
_WHOLE = frozenset(
    {"argument_list", "keyword_argument", "tuple", "list", "set", "dictionary", "pair", "expression_list"}
    | {"interpolation", "string", "concatenated_string", "list_splat", "unary_operator"}
)


Outcome = tuple[Path, Value]


@dataclass
class Absent:
    """Evaluates the expressions of one function for the case that the variable of `key` is not set."""

    evaluator: Evaluator
    uses_at: UsesAt
    key: Value
    steps: int = field(default=0)

    def __post_init__(self) -> None:
        self._rules: Mapping[str, Callable[[Node, Path], Iterator[Outcome]]] = {
            "named_expression": self._assigned,
            "assignment": self._assigned,
            "identifier": self._name,
            "attribute": self._name,
            "boolean_operator": self._boolean,
            "conditional_expression": self._conditional,
            "not_operator": self._negated,
            "comparison_operator": self._compared,
            "call": self._call,
            "subscript": self._all_parts,
            "binary_operator": self._all_parts,
        }

    def outcomes(self, node: Node | None, path: Path) -> list[Outcome]:
        """The possible values of an expression on a path, each with the path that leads to it."""
        self.steps += 1
        if node is None or is_too_deep(node) or self.steps > WRAPPER_STEPS.most:
            if self.steps > WRAPPER_STEPS.most:
                beyond(WRAPPER_STEPS)
            return [(path, UNKNOWN)]
        if path.raised is not None:
            return [(path, UNKNOWN)]
        if (use := self._use_at(node)) is not None:
            return list(self._read(node, use, path))
        if node.type in _INNER:
            return self.outcomes(next(iter(node.named_children), None), path)
        if node.type in _WHOLE:
            return list(self._parts(node, path, named(node)))
        rule = self._rules.get(node.type)
        return [(path, self.evaluator.value(node))] if rule is None else list(rule(node, path))

    def tests(self, node: Node | None, path: Path) -> Iterator[tuple[Path, bool | None]]:
        """The possible outcomes of a test, each with its path; the outcome is None if it is not known."""
        if node is not None and node.type == "not_operator":
            for one, said in self.tests(node.child_by_field_name("argument"), path):
                yield one, None if said is None else not said
            return
        for one, value in self.outcomes(node, path):
            yield from _by_truth(one, value)

    def _negated(self, node: Node, path: Path) -> Iterator[Outcome]:
        for one, said in self.tests(node, path):
            yield one, _known(said)

    def _all_parts(self, node: Node, path: Path) -> Iterator[Outcome]:
        yield from self._parts(node, path, named(node))

    def _use_at(self, node: Node) -> Use | None:
        """The read or test of the variable at a node itself."""
        if node.type not in ("call", "subscript", "comparison_operator"):
            return None
        for use in self.uses_at(node):
            if use.key.value == self.key and use.access in (Access.READ, Access.TEST):
                return use
        return None

    def _read(self, node: Node, use: Use, path: Path) -> Iterator[Outcome]:
        if use.access is Access.TEST:
            is_negated = any(child.type == "not in" for child in node.children)
            yield path, _known(is_negated)
            return
        if (use.raises or use.need is Need.REQUIRED) and not _has_default_of_caller(use):
            yield replace(path, raised=ABSENT), UNKNOWN
            return
        for conditions in use.fails_if:
            found: Path | None = path
            for condition in conditions:
                found = found.where(condition) if found is not None else None
            if found is not None:
                yield replace(found, raised=ABSENT), UNKNOWN
        if (use.default is not None and is_default(use.default.value)) or (
            use.default is not None and isinstance(use.default.value, Nothing)
        ):
            yield path, use.default.value
        else:
            yield path, UNKNOWN if use.via is not None and use.need is not None else NOTHING

    def _assigned(self, node: Node, path: Path) -> Iterator[Outcome]:
        target = node.child_by_field_name("left") or node.child_by_field_name("name")
        given = node.child_by_field_name("right") or node.child_by_field_name("value")
        for one, value in self.outcomes(given, path):
            yield (one if target is None else self._bound(target, value, one)), value

    def _bound(self, target: Node, value: Value, path: Path) -> Path:
        if target.type in ("identifier", "attribute"):
            return path.holding(self.evaluator.tree.source(target), value)
        for word, _ in path.held:
            if any(True for _ in self.evaluator.tree.words(word.rpartition(".")[2], target)):
                path = path.holding(word, UNKNOWN)
        return path

    def _name(self, node: Node, path: Path) -> Iterator[Outcome]:
        held = path.value_of(self.evaluator.tree.source(node))
        if held is not None:
            yield path, held
        elif node.type == "attribute":
            yield from self._parts(node, path, named(node)[:1])
        else:
            yield path, self.evaluator.value(node)

    def _parts(self, node: Node, path: Path, parts: list[Node]) -> Iterator[Outcome]:
        """An expression whose parts are evaluated in order; it may fail if one of them is `None`."""
        paths = [path]
        for part in parts:
            following: list[Path] = []
            for one in paths:
                for after, value in self.outcomes(part, one):
                    broken = after.raised is None and self._is_absent(part, value, after)
                    following.append(replace(after, raised=BROKEN) if broken else after)
            paths = following
        for one in paths:
            is_known = node.type != "call" and one.raised is None and not self._is_of_held(node, one)
            yield one, self.evaluator.value(node) if is_known else UNKNOWN

    def _is_of_held(self, node: Node, path: Path) -> bool:
        """Whether an expression uses a name that was assigned on the path."""
        words = self.evaluator.tree.words
        return any(True for name, _ in path.held for _ in words(name.rpartition(".")[2], node))

    def _is_absent(self, part: Node, value: Value, path: Path) -> bool:
        """Whether a part is `None` because of the variable, so that the operation raises."""
        if not isinstance(value, Nothing) or value.is_sentinel or part.type == "none":
            return False
        return absence.breaks(self.evaluator, part)

    def _call(self, node: Node, path: Path) -> Iterator[Outcome]:
        if is_exit(self.evaluator, node):
            yield replace(path, raised=EXIT), UNKNOWN
            return
        function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        parts = [function] if function is not None and function.type == "attribute" else []
        yield from self._parts(node, path, [*parts, *(named(given) if given is not None else [])])

    def _boolean(self, node: Node, path: Path) -> Iterator[Outcome]:
        decides = sign_of(node) == "or"
        waiting: list[Path] = [path]
        sides = operands(node) or [None]
        for index, side in enumerate(sides):
            is_last = index == len(sides) - 1
            following: list[Path] = []
            for one in waiting:
                for after, value in self.outcomes(side, one):
                    if is_last or after.raised is not None:
                        yield after, value
                        continue
                    for split, said in _by_truth(after, value):
                        if said is None:
                            yield split, UNKNOWN
                        elif said is decides:
                            yield split, value
                        else:
                            following.append(split)
            waiting = following

    def _conditional(self, node: Node, path: Path) -> Iterator[Outcome]:
        parts = named(node)
        if len(parts) != 3:
            yield path, UNKNOWN
            return
        for one, said in self.tests(parts[1], path):
            if said is None:
                yield one, UNKNOWN
            else:
                yield from self.outcomes(parts[0] if said else parts[2], one)

    def _compared(self, node: Node, path: Path) -> Iterator[Outcome]:
        children = node.children
        signs = {child.type for child in children[1:-1]}
        if len(children) != 3 or not signs & {"is", "==", "is not", "!="}:
            yield from self._parts(node, path, named(node))
            return
        is_same = bool(signs & {"is", "=="})
        for one, left in self.outcomes(children[0], path):
            for after, right in self.outcomes(children[2], one):
                yield from _compare(after, left, right, is_same=is_same)


def _compare(path: Path, left: Value, right: Value, *, is_same: bool) -> Iterator[Outcome]:
    if isinstance(right, Parameter) and not isinstance(left, Parameter):
        left, right = right, left
    if (isinstance(left, Parameter) and isinstance(right, Nothing | Known)) or _is_open(left, right):
        of, other = _bare(left), _plain(right)
        for holds in (True, False):
            if of is not None and (one := path.where(Condition(of, other, holds))) is not None:
                yield one, _known(holds is is_same)
        return
    said = same(left, right) if len(alternatives(left)) == 1 else None
    yield path, UNKNOWN if said is None else _known(said is is_same)


def _is_open(left: Value, right: Value) -> bool:
    return isinstance(left, Parameter) and same(right, right) is True


def _by_truth(path: Path, value: Value) -> Iterator[tuple[Path, bool | None]]:
    of = _bare(value)
    if path.raised is not None:
        yield path, None
    elif of is None:
        yield path, truth(value)
    else:
        for holds in (True, False):
            if (one := path.where(Condition(of, None, holds))) is not None:
                yield one, holds


def _bare(value: Value) -> Parameter | None:
    return replace(value, default=None) if isinstance(value, Parameter) else None


def _plain(value: Value) -> Value:
    return Str(value.text) if isinstance(value, Str) else value


def _known(said: bool | None) -> Value:
    return UNKNOWN if said is None else Known(str(said))


def _has_default_of_caller(use: Use) -> bool:
    """Whether the caller of the function determines the default, and so whether the read can fail."""
    return use.default is not None and bool(parameters_of(use.default.value))
