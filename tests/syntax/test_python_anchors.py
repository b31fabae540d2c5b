"""Each statement has a name of its own, which leads back to it, also after text was added elsewhere."""

from __future__ import annotations

import pytest

from configvars.syntax.python import parse
from configvars.syntax.python_anchors import Anchors
from configvars.text import Mark, Span

CODES = {
    "equal statements": "f(X)\nf(X)\ng(X)\n",
    "branches": "if a:\n    f(X)\nelif b:\n    f(X)\nelif c:\n    f(X)\nelse:\n    f(X)\n",
    "two branches": "if a:\n    f(X)\nelse:\n    f(X)\n",
    "nested branches": "if a:\n    if b:\n        f(X)\n    else:\n        f(X)\nelse:\n    f(X)\n",
    "handlers": "try:\n    f(X)\nexcept A:\n    f(X)\nexcept B:\n    f(X)\nelse:\n    f(X)\n",
    "the end": "try:\n    f(X)\nfinally:\n    f(X)\n",
    "loops": "for a in b:\n    f(X)\nelse:\n    f(X)\nwhile a:\n    f(X)\nelse:\n    f(X)\n",
    "functions": "def a():\n    f(X)\ndef a():\n    f(X)\nclass C:\n    def a(self):\n        f(X)\n",
}


def marks(code: str) -> list[Mark]:
    found = Anchors("/app.py", parse(code))
    return [found.mark(at, at + 1) for at, letter in enumerate(code) if letter == "X"]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_every_place_has_a_mark_of_its_own(code: str) -> None:
    found = marks(code)
    assert len(set(found)) == len(found) == code.count("X")
    anchors = Anchors("/app.py", parse(code))
    assert [span.of(code) for mark in found if (span := anchors.span(mark))] == ["X"] * len(found)
    assert len({anchors.span(mark) for mark in found}) == len(found)


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_marks_stay_when_other_statements_are_added(code: str) -> None:
    above = "import os\n\n\ndef other():\n    pass\n\n\n"
    assert marks(above + code) == marks(code)
    anchors = Anchors("/app.py", parse(above + code))
    assert anchors.span(marks(code)[0]) == Span(
        len(above) + code.index("X"), len(above) + code.index("X") + 1
    )
