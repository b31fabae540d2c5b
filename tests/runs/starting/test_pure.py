"""What a start computes with Python: nothing that takes long or is large, whatever the code contains."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path

import pytest

from configvars.runs.starting.pure import TooLargeError, limited, pure, pure_method, pure_operator
from support.growth import calls_of
from support.started import is_reported

REPEATED = ["x"] * 600
NESTED = json.loads("[" * 30 + "]" * 30)


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("builtins.list", [ip_network("10.0.0.0/12")]),
        ("builtins.sum", [ip_network("10.0.0.0/12")]),
        ("builtins.int", [Decimal("1e99999")]),
        ("builtins.map", [len, ip_network("10.0.0.0/12")]),
        ("builtins.sorted", [[REPEATED, REPEATED]]),
        ("builtins.len", [{"a": REPEATED, "b": REPEATED}]),
        ("builtins.tuple", [NESTED]),
        ("builtins.bytes", [1_000_001]),
        ("json.loads", ["[" * 30 + "]" * 30]),
        ("json.loads", [json.dumps([["x"] * 100] * 9 + ["y"] * 100)]),
        ("builtins.int", ["1" * 1001]),
    ],
)
def test_what_may_be_large_is_not_computed(path: str, given: list[object]) -> None:
    function = pure(path)
    assert function is not None
    with pytest.raises(TooLargeError):
        function(*given)


@pytest.mark.parametrize("path", ["fractions.Fraction", "re.compile", "builtins.range", "builtins.open"])
def test_functions_that_are_not_called(path: str) -> None:
    assert pure(path) is None


@pytest.mark.parametrize(
    ("sign", "left", "right"),
    [("*", [REPEATED], 2), ("*", ["x"], 1001), ("*", 1001, "x"), ("%", "%9999d", 1), ("%", "%*d", (9, 1))],
)
def test_operators_with_large_results(sign: str, left: object, right: object) -> None:
    function = pure_operator(sign)
    assert function is not None
    with pytest.raises(TooLargeError):
        limited(function)(left, right)


@pytest.mark.parametrize("text", ["{:{}}", "{:9999}", "{0.real}", "{0[0]}"])
def test_formats_that_may_be_large_or_look_into_objects(text: str) -> None:
    method = pure_method(text, "format")
    assert method is not None
    with pytest.raises(TooLargeError):
        limited(lambda on: method(on, 9))(text)


@pytest.mark.parametrize(
    ("path", "given", "result"),
    [
        ("builtins.int", ["12"], 12),
        ("builtins.list", [{"a": 1}.keys()], ["a"]),
        ("json.loads", ['{"a": [1, 2]}'], {"a": [1, 2]}),
        ("ast.literal_eval", ["(1, 'x')"], ast.literal_eval("(1, 'x')")),
        ("urllib.parse.quote", ["a b"], "a%20b"),
    ],
)
def test_what_is_computed(path: str, given: list[object], result: object) -> None:
    function = pure(path)
    assert function is not None
    assert function(*given) == result


def test_lists_that_share_parts(tmp_path: Path) -> None:
    first = '-- app.py --\nimport os\nl0 = [os.getenv("A", "1")] * 500\n'
    lists = "".join(f"l{n} = [l{n - 1}, l{n - 1}]\n" for n in range(1, 11))
    work: Callable[[], object] = lambda: is_reported(tmp_path, f"{first}{lists}b = len(l10)\n")  # noqa: E731
    assert calls_of(work) < 600_000
