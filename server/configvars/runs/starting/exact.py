"""The exact contents of values that depend on variables which are certainly not set."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import islice

from msgspec.structs import replace

from configvars.limits import CONDITION_VALUE
from configvars.runs.starting.pure import MOST_NESTED, pure
from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Constant,
    Exact,
    External,
    Items,
    Read,
    Reads,
    Table,
    Value,
)


class NotExactError(Exception):
    """The content of a value is not known exactly."""


class Contents:
    """Collects the contents of values, and the variables on which they depend."""

    def __init__(self, unset: Set[Read]) -> None:
        self._unset = unset
        self._left = CONDITION_VALUE.most
        self.by: Reads = NO_READS

    def of(self, value: Value, depth: int = 0) -> object:
        """The content of a value.

        Raises `NotExactError` if it is not known, or large: lists that share parts can be huge.
        """
        self._left -= 1
        if self._left < 0 or depth > MOST_NESTED:
            raise NotExactError
        exact = valid(value, self._unset)
        if exact is not None:
            self.by |= exact.by
        match value.known if exact is None else exact.known:
            case Constant(content):
                return content
            case Items(values, open=False, kind=kind):
                return kind(self.of(each, depth + 1) for each in values)
            case Table(items, open=False, is_config=False):
                return {key: self.of(each, depth + 1) for key, each in items.items()}
            case External(path) if (function := pure(path)) is not None:
                return function
            case _:
                raise NotExactError


def valid(value: Value, unset: Set[Read]) -> Exact | None:
    """What a value is exactly, if the variables on which this depends are all not set."""
    exact = value.exact
    return exact if exact is not None and exact.by <= unset else None


def valid_by(value: Value, unset: Set[Read]) -> Reads:
    """The variables on which a value depends that is known exactly because they are not set."""
    exact = valid(value, unset)
    return NO_READS if exact is None else exact.by


def unpacked(content: object, parts: int) -> None:
    """Unpack a content as Python does. Raises what Python raises."""
    if not isinstance(content, Iterable) or len(tuple(islice(content, parts + 1))) != parts:
        raise ValueError


def as_exact(value: Value, by: Reads) -> Exact | None:
    """What a value is exactly if further variables are not set."""
    if value.exact is not None:
        return Exact(value.exact.known, value.exact.by | by)
    return Exact(value.known, by) if isinstance(value.known, Constant | Items | Table) else None


def depending(value: Value, by: Reads) -> Value:
    """A value that is this one only if some variables are not set."""
    exact = as_exact(value, by) if by else None
    return value if exact is None else replace(value, exact=exact)


def without(value: Value, by: Reads) -> Value:
    """A value that is this one only because some variables are not set: nothing is known if they are set."""
    exact = as_exact(value, by) if by else None
    if exact is None:
        return value
    match exact.known:
        case Constant(None):
            return Value(absent=first_of(by), empty=first_of(by), exact=exact)
        case Constant(content) if not content:
            return Value(empty=first_of(by), exact=exact)
        case Constant(content):
            return Value(filled=value.filled, known=Constant(content, assumed=True), exact=exact)
        case _:
            return replace(value, known=None, exact=exact)


def lifted(content: object, by: Reads) -> Value:
    """The value with a content that Python has computed."""
    match content:
        case list() | tuple() | set() if type(content) in (list, tuple, set):
            if len(content) > CONDITION_VALUE.most:
                return UNKNOWN
            values = tuple(lifted(each, by) for each in content)
            return Value(exact=Exact(Items(values, kind=type(content)), by))
        case dict():
            if not all(isinstance(key, str) for key in content) or len(content) > CONDITION_VALUE.most:
                return UNKNOWN
            return Value(exact=Exact(Table({key: lifted(each, by) for key, each in content.items()}), by))
        case str() | bytes() if len(content) > CONDITION_VALUE.most:
            return UNKNOWN
        case _:
            return Value(exact=Exact(Constant(content), by))


def first_of(by: Reads) -> Reads:
    """The first of several variables, because setting one of them may be enough."""
    ordered = sorted(by, key=lambda read: (read.path, read.span.start, read.name))
    return frozenset(ordered[:1])
