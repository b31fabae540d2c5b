"""Evaluation of the constants in configuration files, whose content is not trusted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from configvars.actions.constants import UnclearError, constant, constants
from configvars.limits import CONSTANTS
from support.growth import calls_of

DOUBLING = {
    "texts": "A = 'x'\n" + "A = A + A\n" * 22,
    "texts that are repeated": "A = 'x'\n" + "A = A * 1000\n" * 6,
    "f-strings": "A = 'x'\n" + "A = f'{A}{A}'\n" * 22,
    "lists": "A = [1]\n" + "A = [A, A]\n" * 22,
    "tuples that are added": "A = (1,)\n" + "A = A + A\n" * 22,
    "dicts": "A = {}\n" + "A = {1: A, 2: A}\n" * 22,
    "paths": "import os\nA = 'x'\n" + "A = os.path.join(A, A)\n" * 22,
    "texts of lists": "A = [1]\n" + "A = str([A, A])\n" * 22,
    "copies of a long list": f"A = [{'1, ' * 5000}]\n" + "B = list(A)\n" * 300,
    "numbers": "A = 10\n" + "A = A * A\n" * 22,
}


@pytest.mark.parametrize("text", DOUBLING.values(), ids=DOUBLING)
def test_what_grows_without_end_is_not_evaluated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("configvars.actions.constants.CONSTANTS", replace(CONSTANTS, most=50_000))
    found: list[object] = []
    assert calls_of(lambda: found.append(constants(text, "/ws/config.py"))) < 250_000
    assert found == [None]


def test_plain_values() -> None:
    text = (
        "import os\nfrom datetime import timedelta\n"
        "HERE = os.path.dirname(__file__)\n"
        "A = f'{HERE}/x'\nB, C = 2 * 3, [True, {'a': (1, None)}]\n"
        "D = timedelta(days=2)\nE: str = 'é' + 'x' * 3\nF = dict(a=-1)\nG = H = {1, 2}\n"
    )
    assert constants(text, "/ws/config.py") == {
        "HERE": "/ws",
        "A": "/ws/x",
        "B": 6,
        "C": [True, {"a": (1, None)}],
        "D": __import__("datetime").timedelta(days=2),
        "E": "éxxx",
        "F": {"a": -1},
        "G": {1, 2},
        "H": {1, 2},
    }


@pytest.mark.parametrize("expression", ["a", "open('x')", "f'{1!r}'", "'x' * 10 ** 9", "(" * 5000])
def test_what_is_no_constant(expression: str) -> None:
    with pytest.raises(UnclearError):
        constant(expression)
