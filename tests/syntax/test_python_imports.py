"""Import statements that are found without parsing equal those that one pattern over the whole text finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configvars.syntax.python_imports import _IMPORT, Import, _statements, imports_in

PARTS = ["import", "from", " a", ".b", "\n", ";", ":", "(", ")", ",", "#", "\\\n", " ", "important", "'"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("important = 1\n", []),
        ("x = import_module('a')\n", []),
        ("import a, b.c as d\n", [Import("a"), Import("b.c")]),
        ("from a import (\n  b,  # import\n  c as d,\n)\n", [Import("a", ("b", "c"), renamed=(("c", "d"),))]),
        ("from . import a; import b\n", [Import(".", ("a",)), Import("b")]),
        ("if x: import a\n", [Import("a")]),
        ("x = 'import'\nfrom a import *\n", [Import("a", is_star=True)]),
        ("import a, \\\n  b\n", [Import("a"), Import("b")]),
    ],
)
def test_what_is_imported(text: str, found: list[Import]) -> None:
    assert list(imports_in(text.encode())) == found


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_lines_without_the_word_hold_nothing(text: str) -> None:
    data = text.encode()
    assert [found.span() for found in _statements(data)] == [found.span() for found in _IMPORT.finditer(data)]
