"""Whether following a value leads to variables."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from configvars.model import Place
from configvars.names.evaluate import Evaluator
from configvars.names.values import (
    Class,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    OneOf,
    Parameter,
    Sequence,
    Value,
)
from configvars.readers.uses import reads_of

_MAX_DEPTH = 6


class Leading:
    """Whether values lead to variables, remembered as long as nothing new is known of this file.

    `homes` are the functions and classes of this file that are known to.
    """

    def __init__(self, evaluator: Evaluator, homes: AbstractSet[Place]) -> None:
        self._evaluator = evaluator
        self._homes = homes
        self._known: dict[tuple[int, int], tuple[Value, bool]] = {}
        self._as_of = (0, 0)

    def leads(self, value: Value) -> bool:
        """Whether a value is, holds or makes something that reads variables."""
        now = (len(self._homes), len(self._evaluator.reads))
        if now != self._as_of:
            self._known = {key: known for key, known in self._known.items() if known[1]}
            self._as_of = now
        return self._leads(value, 0)

    def _leads(self, value: Value, depth: int) -> bool:
        # By identity: to compare values that hold each other costs more than to follow them. The value is
        # kept beside the answer so that its identity stays its own.
        known = self._known.get((id(value), depth))
        if known is None:
            known = self._known[id(value), depth] = (value, self._found(value, depth))
        return known[1]

    def _found(self, value: Value, depth: int) -> bool:
        match value:
            case _ if depth > _MAX_DEPTH:
                return False
            case External():
                return self._evaluator.interest.leads(value.path)
            case Module():
                return bool(value.names)
            case Function() | Class() if value.home in self._homes:
                return True
            case Function():
                returns = value.returns is not None and self._leads(value.returns, depth + 1)
                return returns or bool(reads_of(self._evaluator, value))
            case _:
                return any(self._leads(part, depth + 1) for part in _parts(value))


def _parts(value: Value) -> tuple[Value, ...]:
    match value:
        case Class():
            return (*(member for _, member in value.members), *value.bases)
        case Instance():
            return (value.cls, *(given for _, given in value.bound))
        case OneOf():
            return value.values
        case Sequence():
            return value.items
        case Mapping():
            return tuple(item for _, item in value.items)
        case Parameter() if value.default is not None:
            return (value.default,)
        case _:
            return ()
