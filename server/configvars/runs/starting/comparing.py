"""The results of comparisons while a program starts."""

from __future__ import annotations

from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Constant,
    External,
    Items,
    Table,
    Value,
    constant,
    follows,
)


def is_environ(value: Value) -> bool:
    """Whether a value is `os.environ`, its keys or a copy."""
    return isinstance(value.known, External) and value.known.path == "os.environ"


def contained(left: Value, right: Value, *, is_in: bool) -> Value:
    """The result of a membership test such as `None in (A, B)`."""
    items = right.known.values if isinstance(right.known, Items) else ()
    if isinstance(right.known, Table) and not right.known.open:
        items = tuple(map(constant, right.known.items))
    found = [each.known.content for each in items if isinstance(each.known, Constant)]
    if isinstance(left.known, Constant) and items and len(found) == len(items):
        return follows((left.known.content in found) is is_in, left, *items)
    if not (isinstance(left.known, Constant) and left.known.content is None):
        return UNKNOWN
    reads = NO_READS.union(*(each.absent for each in items))
    return Value(filled=reads) if is_in else Value(empty=reads)


def same(left: Value, sign: str, right: Value) -> Value:
    """The result of a comparison such as `X is None`, `X == ""` or `__name__ == "__main__"`."""
    is_equal = sign in ("is", "==")
    if not is_equal and sign not in ("isnot", "!="):
        return UNKNOWN
    if isinstance(left.known, Constant) and isinstance(right.known, Constant):
        is_same = left.known.content == right.known.content
        return follows(is_same is is_equal, left, right)
    value, other = (left, right) if isinstance(right.known, Constant) else (right, left)
    if not isinstance(other.known, Constant):
        return UNKNOWN
    content = other.known.content
    if content is None:
        return Value(filled=value.absent) if is_equal else Value(empty=value.absent)
    if content == "":
        reads = value.empty - value.absent
        return Value(filled=reads) if is_equal else Value(empty=reads)
    if not isinstance(content, str):
        return UNKNOWN
    # A variable that is not set is no other string.
    return Value(empty=value.empty) if is_equal else Value(filled=value.empty)
