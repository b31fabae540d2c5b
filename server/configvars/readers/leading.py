"""Whether following a value leads to variables."""

from __future__ import annotations

from configvars.names import classes
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
    """Whether values lead to variables, remembered as long as nothing new is known of the functions they are."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._known: dict[tuple[int, int], tuple[Value, bool]] = {}
        self._as_of = (0, 0)

    def doubt(self) -> None:
        """Something new is known of other files: what was not known to lead may do so now."""
        self._as_of = (-1, -1)

    def leads(self, value: Value) -> bool:
        """Whether a value is, holds or makes something that reads variables."""
        now = (len(self._evaluator.leading), len(self._evaluator.reads))
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
                return self._module_leads(value)
            case Function() | Class() if self._evaluator.leads(value.home):
                return True
            case Function():
                return bool(reads_of(self._evaluator, value))
            case Class():
                above = classes.lineage(self._evaluator, value)
                return any(self._leads(base, depth + 1) for base in above if base != value)
            case _:
                return any(self._leads(part, depth + 1) for part in _parts(value))

    def _module_leads(self, module: Module) -> bool:
        evaluator = self._evaluator
        return module.path is not None and bool(
            evaluator.elsewhere.leading_names(evaluator.path, module.path)
        )


def _parts(value: Value) -> tuple[Value, ...]:
    match value:
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
