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


def leads(evaluator: Evaluator, homes: AbstractSet[Place], value: Value, depth: int = 0) -> bool:
    """Whether a value is, holds or makes something that reads variables.

    `homes` are the functions and classes of this file that are known to.
    """

    def inner(part: Value) -> bool:
        return leads(evaluator, homes, part, depth + 1)

    match value:
        case _ if depth > _MAX_DEPTH:
            return False
        case External():
            return evaluator.interest.leads(value.path)
        case Module():
            return bool(value.names)
        case Function() | Class() if value.home in homes:
            return True
        case Function():
            return bool(reads_of(evaluator, value)) or (value.returns is not None and inner(value.returns))
        case _:
            return any(inner(part) for part in _parts(value))


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
