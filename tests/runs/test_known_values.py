"""Operations on the values in conditions: their results are those of Python, or not known."""

from __future__ import annotations

import pytest

from configvars.runs.known_values import Known, Text, Value, compared, converted, method, truth

TEXT, FILLED, NOTHING = Text(), Text(True), None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Known(""), False),
        (Known(0), False),
        (Known("x"), True),
        (TEXT, None),
        (FILLED, True),
        (NOTHING, None),
    ],
)
def test_truth(value: Value, expected: bool | None) -> None:
    assert truth(value) is expected


@pytest.mark.parametrize(
    ("value", "name", "arguments", "expected"),
    [
        (Known("A "), "lower", (), Known("a ")),
        (Known("A "), "strip", (), Known("A")),
        (Known("Ab"), "startswith", (Known("A"),), Known(True)),
        (Known("Ab"), "startswith", (NOTHING,), None),
        (Known("Ab"), "startswith", (Known(1),), None),
        (Known("Ab"), "encode", (), None),
        (Known(1), "lower", (), None),
        (FILLED, "lower", (), FILLED),
        (FILLED, "strip", (), TEXT),
        (FILLED, "startswith", (Known("A"),), None),
        (NOTHING, "lower", (), None),
    ],
)
def test_method(value: Value, name: str, arguments: tuple[Value, ...], expected: Value) -> None:
    assert method(value, name, arguments) == expected


@pytest.mark.parametrize(
    ("value", "by", "expected"),
    [
        (Known("x"), "", Known("x")),
        (TEXT, "", TEXT),
        (TEXT, "str", TEXT),
        (TEXT, "int", None),
        (Known("Yes"), "flag", Known(True)),
        (Known("off"), "flag", Known(False)),
        (Known("perhaps"), "flag", None),
        (Known(0), "flag", Known(False)),
        (Known(True), "flag", Known(True)),
        (Known(None), "flag", None),
        (Known(""), "bool", Known(False)),
        (Known("x"), "str", Known("x")),
        (Known(1), "str", None),
        (Known("7"), "int", Known(7)),
        (Known("x"), "int", None),
        (Known(None), "int", None),
        (Known("1.5"), "float", Known(1.5)),
        (Known("x"), "float", None),
        (Known("x"), "json", None),
    ],
)
def test_converted(value: Value, by: str, expected: Value) -> None:
    assert converted(value, by) == expected


@pytest.mark.parametrize(
    ("left", "sign", "right", "expected"),
    [
        (Known(1), "==", Known(1), True),
        (Known(1), "!=", Known(1), False),
        (Known(1), "<", Known("a"), None),
        (Known("a"), "in", Known(("a", "b")), True),
        (Known("c"), "not in", Known(("a", "b")), True),
        (Known("a"), "in", Known(1), None),
        (Known(None), "is", Known(None), True),
        (Known("a"), "is", Known("a"), None),
        (Known("a"), "@", Known("a"), None),
        (NOTHING, "==", Known(1), None),
        (TEXT, "==", Known("a"), None),
        (TEXT, "==", Known(None), False),
        (TEXT, "is not", Known(None), True),
        (TEXT, "==", Known(""), None),
        (FILLED, "==", Known(""), False),
        (FILLED, "!=", Known(""), True),
        (Known(""), "==", FILLED, False),
        (TEXT, "<", Known("a"), None),
        (TEXT, "in", Known((1, 2)), False),
        (TEXT, "not in", Known((1, 2)), True),
        (TEXT, "in", Known(("a",)), None),
        (TEXT, "in", Known("abc"), None),
        (Known("a"), "in", TEXT, None),
        (TEXT, "==", NOTHING, None),
        (TEXT, "==", TEXT, None),
    ],
)
def test_compared(left: Value, sign: str, right: Value, expected: bool | None) -> None:
    assert compared(left, sign, right) is expected
