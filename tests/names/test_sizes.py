"""Values that are too large are not known."""

from __future__ import annotations

import pytest

from configvars.limits import CHOICES, PIECES, TEXT, VALUE, VALUE_LEVELS, Hits
from configvars.model import Place
from configvars.names import texts
from configvars.names.sizes import bounded, bounded_arguments, is_too_long, size
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Asked,
    External,
    FilePath,
    Mapping,
    Method,
    OneOf,
    Parameter,
    Sequence,
    Str,
    Value,
    one_of,
)
from configvars.text import Mark, Span

pytestmark = pytest.mark.beyond_limits

A, B = Str("A"), Str("B")
HERE = Mark("app.py", "f")
SIZES: dict[str, tuple[Value, int]] = {
    "a string": (A, 1),
    "a string from self": (Str("A", of=Parameter(".a", HERE)), 2),
    "a list": (Sequence((A, B)), 3),
    "a dict": (Mapping(((A, B), (B, A))), 5),
    "one of several": (OneOf((A, Sequence((B,)))), 4),
    "the result of a method": (Method("upper", Parameter("a", HERE)), 2),
    "a method of self": (Asked("a", HERE, Arguments((A,), (("b", B),)), A), 4),
    "a parameter": (Parameter("a", HERE), 1),
    "a parameter with a default": (Parameter("a", HERE, A), 2),
    "a call": (External("x()", External("x"), Arguments((A,), (("b", B),))), 4),
}


@pytest.mark.parametrize(("value", "expected"), SIZES.values(), ids=SIZES)
def test_the_size_of_a_value_is_that_of_its_parts(value: Value, expected: int) -> None:
    hits = Hits()
    assert (size(value, expected, hits), bounded(value, hits)) == (expected, value)
    assert (size(value, expected - 1, hits) is None) == (expected > 1)


def nested(levels: int) -> Value:
    value: Value = A
    for _ in range(levels):
        value = Sequence((value,))
    return value


def test_a_value_with_too_many_parts_or_levels() -> None:
    hits = Hits()
    assert bounded(Sequence((A,) * (VALUE.most - 1)), hits) != UNKNOWN
    assert bounded(Sequence((A,) * VALUE.most), hits) == UNKNOWN
    assert bounded(Sequence((Sequence((A,) * (VALUE.most // 2)),) * 2), hits) == UNKNOWN
    assert bounded(nested(VALUE_LEVELS.most), hits) != UNKNOWN
    assert bounded(nested(VALUE_LEVELS.most + 1), hits) == UNKNOWN
    assert bounded(FilePath("x" * (TEXT.most + 1)), hits) == UNKNOWN


def test_arguments_that_are_too_large_together() -> None:
    half = Sequence((A,) * (VALUE.most // 2))
    given = bounded_arguments(Arguments((half, half, A), (("a", half), ("b", B)), rest=True), Hits())
    assert given == Arguments((half, UNKNOWN, A), (("a", UNKNOWN), ("b", B)), rest=True)


def test_strings_that_are_too_long() -> None:
    written = tuple(Place("app.py", Span(number, number)) for number in range(PIECES.most + 1))
    assert not is_too_long([Str("x" * TEXT.most)], None)
    assert is_too_long([Str("x" * TEXT.most), A], None)
    assert not is_too_long([Str("x", written[1:])], None)
    assert is_too_long([Str("x", written)], None)
    assert not is_too_long([Parameter(str(number), HERE) for number in range(PIECES.most)], None)
    assert is_too_long([Parameter(str(number), HERE) for number in range(PIECES.most + 1)], None)


def test_operations_on_strings_have_a_limit() -> None:
    long = Str("x" * TEXT.most)
    assert texts.method("upper", long) == Str("X" * TEXT.most)
    half = Str("x" * (TEXT.most // 2))
    assert texts.replaced(half, Str("x"), Str("y")) == Str("y" * (TEXT.most // 2))
    assert texts.replaced(half, Str("x"), Str("yy")) == UNKNOWN
    longer = Str("x" * (TEXT.most + 1))
    assert {texts.method("upper", longer), texts.replaced(longer, A, B), texts.parted(longer, ())} == {
        UNKNOWN
    }
    name = "n" * (TEXT.most - 4)
    assert texts.percent(Str(f"%({name})s"), (), {name: A}) == A
    assert texts.percent(Str(f"%({name}n)s"), (), {f"{name}n": A}) == UNKNOWN
    assert texts.formatted(Str(f"{{{name}}}"), (), {name: A}) == A
    assert texts.formatted(Str(f"{{{name}nnn}}"), (), {f"{name}nnn": A}) == UNKNOWN


def test_the_number_of_combinations_has_a_limit() -> None:
    choices = [one_of([Str(str(number)) for number in range(CHOICES.most)])]
    assert texts.join([*choices, A]) != UNKNOWN
    assert texts.join([*choices, one_of([A, B])]) == UNKNOWN
