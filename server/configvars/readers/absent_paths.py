"""The paths through a function if a variable is not set."""

from __future__ import annotations

from dataclasses import dataclass, replace

from configvars.names.values import Condition, Value
from configvars.syntax.python import Node

ABSENT, BROKEN, EXIT = "absent", "broken", "exit"


@dataclass(frozen=True, slots=True)
class Path:
    """One path through a function: the conditions on its arguments, and the values of names.

    `raised` is why it ends: the variable is `absent`, an operation failed on `None` (`broken`), an `exit`, or
    the source of a `raise` statement. `left`: it returns, or continues elsewhere.
    """

    conditions: frozenset[Condition] = frozenset()
    held: tuple[tuple[str, Value], ...] = ()
    raised: str | Node | None = None
    left: bool = False

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
