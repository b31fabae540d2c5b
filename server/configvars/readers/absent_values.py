"""The values of a function's expressions if a variable is not set: `os.environ.get(name)` is `None`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from configvars.limits import WRAPPER_STEPS, beyond
from configvars.model import Access, Need
from configvars.names import receivers
from configvars.names.calls import parameters_of
from configvars.names.conditions import BREAKS
from configvars.names.evaluate import Evaluator
from configvars.names.values import NOTHING, UNKNOWN, Condition, Nothing, Parameter, Str, Value
from configvars.readers import absence
from configvars.readers.absent_compared import compared
from configvars.readers.absent_each import COMPREHENSIONS, collected, comprehension, quantified, same_items
from configvars.readers.absent_ends import ended
from configvars.readers.absent_given import read_as
from configvars.readers.absent_paths import (
    ABSENT,
    BROKEN,
    MISSING,
    Outcome,
    Path,
    by_truth,
    decided,
    decided_as,
    known,
)
from configvars.readers.absent_strings import called_on, of_string
from configvars.readers.base import Use
from configvars.readers.presence_tests import UsesAt
from configvars.readers.refused_at import errors_of, refused_at, refuses_empty
from configvars.readers.set_tests import gives_missing
from configvars.syntax.python import Node, is_too_deep, named
from configvars.syntax.python_chains import operands, sign_of

_INNER = frozenset({"parenthesized_expression", "await", "expression_statement"})
# Expressions of which all parts are evaluated.
_WHOLE = frozenset(
    {"argument_list", "keyword_argument", "tuple", "list", "set", "dictionary", "pair", "expression_list"}
    | {"interpolation", "string", "concatenated_string", "list_splat", "unary_operator"}
)


class Absent(Struct):
    """Evaluates the expressions of one function if the variable of `key` is not set, or set to `given`."""

    evaluator: Evaluator
    uses_at: UsesAt
    key: Value
    given: Value | None = None
    steps: int = 0

    def outcomes(self, node: Node | None, path: Path) -> list[Outcome]:
        """The possible values of an expression on a path, each with the path that leads to it."""
        self.steps += 1
        if node is None or is_too_deep(node) or self.steps > WRAPPER_STEPS.most:
            if self.steps > WRAPPER_STEPS.most and self.given is None:
                beyond(WRAPPER_STEPS)
            return [(path, UNKNOWN)]
        if path.raised is not None:
            return [(path, UNKNOWN)]
        if (use := self._use_at(node)) is not None:
            given = self.given
            return list(self._read(node, use, path) if given is None else read_as(node, use, given, path))
        if node.type in _INNER:
            return self.outcomes(next(iter(node.named_children), None), path)
        if node.type in _WHOLE:
            return list(self.parts(node, path, named(node)))
        rule = self._rules.get(node.type)
        return [(path, self.evaluator.value(node))] if rule is None else list(rule(self, node, path))

    def tests(self, node: Node | None, path: Path) -> Iterator[tuple[Path, bool | None]]:
        """The possible outcomes of a test, each with its path; the outcome is None if it is not known."""
        if node is not None and node.type == "not_operator":
            for one, said in self.tests(node.child_by_field_name("argument"), path):
                yield one, None if said is None else not said
            return
        for one, value in self.outcomes(node, path):
            yield from by_truth(one, value)

    def _negated(self, node: Node, path: Path) -> Iterator[Outcome]:
        for one, said in self.tests(node, path):
            yield one, known(said)

    def _all_parts(self, node: Node, path: Path) -> Iterator[Outcome]:
        yield from self.parts(node, path, named(node))

    def _use_at(self, node: Node) -> Use | None:
        """The read or test of the variable at a node itself."""
        if node.type not in ("call", "subscript", "comparison_operator", "binary_operator"):
            return None
        for use in self.uses_at(node):
            if use.key.value == self.key and use.access in (Access.READ, Access.TEST):
                return use
        return None

    def _read(self, node: Node, use: Use, path: Path) -> Iterator[Outcome]:
        if use.access is Access.TEST and not use.raises and not use.fails_if:
            is_negated = any(child.type == "not in" for child in node.children)
            yield path, MISSING if gives_missing(node) else known(is_negated)
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
        if use.default is not None:
            yield path, use.default.value
        else:
            yield path, UNKNOWN if use.via is not None and use.need is not None else NOTHING

    def _assigned(self, node: Node, path: Path) -> Iterator[Outcome]:
        target = node.child_by_field_name("left") or node.child_by_field_name("name")
        given = node.child_by_field_name("right") or node.child_by_field_name("value")
        for one, value in self.outcomes(given, path):
            yield (one if target is None else self.bound(target, value, one)), value

    def bound(self, target: Node, value: Value, path: Path) -> Path:
        """The path after a target got a value; what the parts of other targets get is not known."""
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
        elif node.type == "attribute" and (flag := receivers.flag(self.evaluator, node)) is not None:
            yield path, flag
        elif node.type == "attribute":
            yield from self.parts(node, path, named(node)[:1])
        else:
            yield path, self.evaluator.value(node)

    def parts(self, node: Node, path: Path, parts: list[Node]) -> Iterator[Outcome]:
        """An expression whose parts are evaluated in order; it may fail if one of them is `None`."""
        for one, _ in self._evaluated(path, parts):
            is_known = node.type != "call" and one.raised is None and not self._is_of_held(node, one)
            yield one, self.evaluator.value(node) if is_known else UNKNOWN

    def _evaluated(self, path: Path, parts: list[Node]) -> list[Outcome]:
        """The paths behind parts that are evaluated in order, each with the value of the first part."""
        paths: list[Outcome] = [(path, UNKNOWN)]
        for part in parts:
            following: list[Outcome] = []
            for one, first in paths:
                for after, value in self.outcomes(part, one):
                    if after.raised is None and self._is_absent(part, value, after):
                        refused = refused_at(self.evaluator, part)
                        errors = errors_of(refused) if refused is not None else frozenset()
                        after = replace(after, raised=BROKEN, errors=errors)
                    following.append((after, value if part is parts[0] else first))
            paths = following
        return paths

    def _is_of_held(self, node: Node, path: Path) -> bool:
        """Whether an expression uses a name that was assigned on the path."""
        words = self.evaluator.tree.words
        return any(True for name, _ in path.held for _ in words(name.rpartition(".")[2], node))

    def _is_absent(self, part: Node, value: Value, path: Path) -> bool:
        """Whether a part is `None` because of the variable, so that the operation raises."""
        is_empty = isinstance(value, Str) and not value.text
        if (not isinstance(value, Nothing) and not is_empty) or part.type in ("none", "string"):
            return False
        if isinstance(value, Nothing) and value.is_sentinel:
            return False
        is_held = path.value_of(self.evaluator.tree.source(part)) is not None
        if not is_held and isinstance(self.evaluator.value(part), Nothing | Str):
            return False  # the same whether the variable is set or not
        if is_empty:
            return refuses_empty(self.evaluator, part)
        return absence.breaks(self.evaluator, part)

    def _call(self, node: Node, path: Path) -> Iterator[Outcome]:
        if (end := ended(self.evaluator, node, path)) is not None:
            yield end, UNKNOWN
            return
        function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is not None and given is not None and function.text in (b"all", b"any"):
            yield from quantified(self, given, path, decides=function.text == b"any")
            return
        if (items := same_items(self, node, path)) is not None:
            yield from items
            return
        cast = (
            self.evaluator.value(function) if function is not None and function.type == "identifier" else None
        )
        arguments = named(given) if given is not None else []
        if isinstance(cast, Parameter) and len(arguments) == 1:
            yield from self._cast(cast, arguments[0], path)
        else:
            for one, first in self._evaluated(path, [*called_on(function), *arguments]):
                yield collected(self, node, one), of_string(node, first)

    def _cast(self, cast: Parameter, argument: Node, path: Path) -> Iterator[Outcome]:
        """`cast(value)`, which raises if the caller passes `int` for `cast`."""
        for one, value in self.outcomes(argument, path):
            breaks = one.where(Condition(replace(cast, default=None), BREAKS))
            if value == NOTHING and one.raised is None and breaks is not None:
                yield replace(breaks, raised=BROKEN), UNKNOWN
            yield one, UNKNOWN

    def _boolean(self, node: Node, path: Path) -> Iterator[Outcome]:
        """`a or b`, `a and b`: the first operand that decides, even if an operand before it is not known."""
        decides = sign_of(node) == "or"
        waiting: list[tuple[Path, bool]] = [(path, True)]
        *before, last = operands(node) or [None]
        for side in before:
            following: list[tuple[Path, bool]] = []
            for one, is_sure in waiting:
                for after, value in self._part_of(side, one, is_sure=is_sure):
                    if after.raised is not None:
                        yield after, value
                        continue
                    for split, said in by_truth(after, value):
                        if said is decides:
                            yield decided_as(path, split), value if is_sure else known(decides)
                        else:
                            following.append(
                                (split if said is None else decided(split), is_sure and said is not None)
                            )
            waiting = following
        for one, is_sure in waiting:
            for end, value in self._part_of(last, one, is_sure=is_sure):
                after = decided_as(path, end)
                if is_sure or after.raised is not None:
                    yield after, value
                else:
                    yield from (
                        (split, known(decides) if said is decides else UNKNOWN)
                        for split, said in by_truth(after, value)
                    )

    def _part_of(self, side: Node | None, path: Path, *, is_sure: bool) -> list[Outcome]:
        """The outcomes of an operand; if it may not be evaluated, an exception in it is not known."""
        found = self.outcomes(side, path)
        return (
            found
            if is_sure
            else [(path, UNKNOWN) if one.raised is not None else (one, value) for one, value in found]
        )

    def _conditional(self, node: Node, path: Path) -> Iterator[Outcome]:
        parts = named(node)
        if len(parts) != 3:
            yield path, UNKNOWN
            return
        for one, said in self.tests(parts[1], path):
            if said is None:
                yield one, UNKNOWN
            else:
                ends = self.outcomes(parts[0] if said else parts[2], decided(one))
                yield from ((decided_as(path, end), value) for end, value in ends)

    # Of the class: a table of bound methods would refer to its own object, and to the tree of the file.
    _rules: ClassVar[Mapping[str, Callable[[Absent, Node, Path], Iterator[Outcome]]]] = MappingProxyType(
        {
            "named_expression": _assigned,
            "assignment": _assigned,
            "identifier": _name,
            "attribute": _name,
            "boolean_operator": _boolean,
            "conditional_expression": _conditional,
            "not_operator": _negated,
            "comparison_operator": compared,
            "call": _call,
            "subscript": _all_parts,
            "binary_operator": _all_parts,
            **dict.fromkeys(COMPREHENSIONS, comprehension),
        }
    )


def _has_default_of_caller(use: Use) -> bool:
    """Whether the caller of the function passes the default, and so decides whether the read can fail."""
    return use.default is not None and bool(parameters_of(use.default.value))
