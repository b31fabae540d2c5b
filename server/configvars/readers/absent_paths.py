"""The paths through a function if a variable is not set."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.names.conditions import same, truth
from configvars.names.values import (
    UNKNOWN,
    Condition,
    Known,
    Nothing,
    Parameter,
    Sequence,
    Str,
    Value,
    alternatives,
)
from configvars.readers.handlers_around import ABSENT_ERRORS, NONE_ERRORS
from configvars.syntax.python import Node

ABSENT, BROKEN, EXIT = "absent", "broken", "exit"
MISSING = Sequence((UNKNOWN,))
"""A list of variables that are not set, with at least one item."""


class Path(Struct, frozen=True):
    """One path through a function: the conditions on its arguments, and the values of names.

    `raised` says why it ends: a read raises because the variable is `absent`, an operation on `None` raises
    (`broken`), the program ends (`exit`), or it is the node of a `raise` statement. `left`: it returns, or
    continues elsewhere. `decided`: a test of the variable or an exception handler has led to it. `errors` are
    exceptions of a library that it may end with, if it is broken.
    """

    conditions: frozenset[Condition] = frozenset()
    held: tuple[tuple[str, Value], ...] = ()
    raised: str | Node | None = None
    left: bool = False
    decided: bool = False
    errors: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        """Whether nothing more of the block runs."""
        return self.left or self.raised is not None

    def value_of(self, word: str) -> Value | None:
        """The value of a name that was assigned on this path; None if it was not."""
        return next((value for name, value in self.held if name == word), None)

    def holding(self, word: str, value: Value) -> Path:
        """The same path after an assignment."""
        return replace(self, held=(*(pair for pair in self.held if pair[0] != word), (word, value)))

    def where(self, condition: Condition) -> Path | None:
        """The same path if a condition is met; None if the opposite was assumed before."""
        opposite = replace(condition, holds=not condition.holds)
        if opposite in self.conditions:
            return None
        return replace(self, conditions=self.conditions | {condition})


Outcome = tuple[Path, Value]
"""A path, and what an expression comes to on it."""


def compare(path: Path, left: Value, right: Value, *, is_same: bool) -> Iterator[Outcome]:
    """The result of `left is right` or `left is not right`; the caller decides about a parameter."""
    if isinstance(right, Parameter) and not isinstance(left, Parameter):
        left, right = right, left
    if (isinstance(left, Parameter) and isinstance(right, Nothing | Known)) or _is_open(left, right):
        of, other = _bare(left), _plain(right)
        for holds in (True, False):
            if of is not None and (one := path.where(Condition(of, other, holds))) is not None:
                yield one, known(holds is is_same)
        return
    said = same(left, right) if len(alternatives(left)) == 1 else None
    yield path, UNKNOWN if said is None else known(said is is_same)


def _is_open(left: Value, right: Value) -> bool:
    return isinstance(left, Parameter) and same(right, right) is True


def by_truth(path: Path, value: Value) -> Iterator[tuple[Path, bool | None]]:
    """The paths on which a value is true, and those on which it is false; None if that is not known."""
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


def known(said: bool | None) -> Value:
    """A truth value as a symbolic value; unknown for None."""
    return UNKNOWN if said is None else Known(str(said))


def words_of(paths: list[Path]) -> list[str]:
    """The names that have a value on at least one of the paths."""
    return list(dict.fromkeys(word for path in paths for word, _ in path.held))


def decided(path: Path) -> Path:
    """The same path, to which a test of the variable has led."""
    return replace(path, decided=True)


def decided_as(before: Path, after: Path) -> Path:
    """The path behind an expression: its tests have decided only about parts of the expression."""
    return replace(after, decided=before.decided)


def errors_of(path: Path) -> frozenset[str] | None:
    """The exception classes that catch what was raised; None if they are not known."""
    if path.raised == ABSENT:
        return ABSENT_ERRORS
    if path.raised == BROKEN:
        return NONE_ERRORS | path.errors
    return frozenset() if path.raised == EXIT else None
