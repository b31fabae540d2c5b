"""The ways through a function where a variable is absent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from configvars.names.values import Condition, Value
from configvars.syntax.python import Node

ABSENT, BROKEN, EXIT = "absent", "broken", "exit"


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a function: what its caller must have given, and what names hold by then.

    `raised` says why it ends: the variable is `absent`, something is done with `None` (`broken`), it is an
    `exit`, or the code of a `raise` statement. `left`: it returns, or goes on elsewhere.
    """

    conditions: frozenset[Condition] = frozenset()
    held: tuple[tuple[str, Value], ...] = ()
    raised: str | Node | None = None
    left: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more of the block is run."""
        return self.left or self.raised is not None

    def value_of(self, word: str) -> Value | None:
        """What a name holds, if it was given something on this way."""
        return next((value for name, value in self.held if name == word), None)

    def holding(self, word: str, value: Value) -> Path:
        """The same after an assignment."""
        return replace(self, held=(*(pair for pair in self.held if pair[0] != word), (word, value)))

    def where(self, condition: Condition) -> Path | None:
        """The same if a condition is met; None where the opposite was found before."""
        opposite = replace(condition, holds=not condition.holds)
        if opposite in self.conditions:
            return None
        return replace(self, conditions=self.conditions | {condition})
