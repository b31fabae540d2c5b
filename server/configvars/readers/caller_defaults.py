"""The default of a read in a wrapper function, for one call of the wrapper."""

from __future__ import annotations

from configvars.model import Need
from configvars.names import calls
from configvars.names.values import (
    NOTHING,
    Arguments,
    Function,
    Known,
    Nothing,
    Parameter,
    ParameterRead,
    Str,
    Value,
    alternatives,
)
from configvars.readers.base import Argument
from configvars.readers.handlers import is_default
from configvars.text import Span


def default_for(
    function: Function, given: Arguments, read: ParameterRead, bound: calls.Given, span: Span
) -> tuple[Argument | None, Need | None]:
    """The default that a call passes, and the need if it passes none."""
    if read.default is None:
        return None, read.need
    value = calls.substitute(read.default, bound)
    by_caller = any(calls.is_given(function, given, one.name) for one in calls.parameters_of(read.default))
    if (
        isinstance(value, Parameter)
        and value.owner != function.home  # the caller of the enclosing function decides
        and (by_caller or not isinstance(value.default, Str | Known))
    ):
        return Argument(value, span), read.need
    stands_in = (
        is_default(value) if by_caller else any(isinstance(v, Str | Known) for v in alternatives(value))
    )
    if stands_in and not isinstance(value, Nothing):
        return None, Need.DEFAULTED
    if by_caller and value == NOTHING and _has_sentinel(function, read.default):
        return None, Need.OPTIONAL
    return None, read.need


def _has_sentinel(function: Function, default: Value) -> bool:
    """Whether passing `None` for a parameter differs from passing nothing."""
    names = {parameter.name for parameter in calls.parameters_of(default)}
    return any(formal.name in names and formal.default != NOTHING for formal in function.formals)
