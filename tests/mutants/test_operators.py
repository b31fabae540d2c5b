"""Which mutations are made: the old and the new text."""

from __future__ import annotations

import ast

import pytest

from mutants.operators import mutants

NONE = {
    "annotations": "def f(a: int | None = x) -> list[1]: g = a",
    "an f-string": "x = f'{1}'",
    "an assertion": "assert 1",
    "a text": "x = 'any'",
}
FOUND = {
    "a comparison": ("x = a < b", ["a < b → a <= b"]),
    "membership": ("x = a not in b", ["a not in b → a in b"]),
    "and": ("x = a and b", ["and → or"]),
    "a test": ("if a: b = c", ["a → not (a)"]),
    "a filter": ("x = [a for a in b if a.c]", ["a.c → not (a.c)"]),
    "not": ("x = not a", ["not a → bool(a)"]),
    "a number and a truth": ("x = 1, True", ["1 → 2", "True → False"]),
    "a call of a similar function": ("x = any(a)", ["any → all"]),
    "a statement": ("a()", ["a() → pass"]),
    "a severity": ("x = Severity.ERROR", ["Severity.ERROR → Severity.WARNING"]),
    "after letters of two bytes": ("x = 'é', 1", ["1 → 2"]),
    "a result": ("def f():\n    return a", ["return a → return None"]),
    "a loop": ("for a in b:\n    continue", ["continue → break"]),
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_code_that_is_not_mutated(text: str) -> None:
    assert list(mutants("a.py", text.encode())) == []


@pytest.mark.parametrize(("text", "faults"), FOUND.values(), ids=FOUND)
def test_planted_faults(text: str, faults: list[str]) -> None:
    found = list(mutants("a.py", text.encode()))
    assert [f"{each.old.strip()} → {each.new.strip()}" for each in found] == faults
    for each in found:
        planted = each.planted(text.encode())
        assert ast.dump(ast.parse(planted)) != ast.dump(ast.parse(text))
