"""Edits of several fixes: those that overlap with an earlier fix are left out, all of a fix or none."""

from __future__ import annotations

import random

from configvars.edits.separate import Separate
from configvars.model import TextEdit
from configvars.text import Span


def test_a_fix_is_taken_whole_or_not_at_all() -> None:
    edits = Separate()
    edits.add([TextEdit(Span(4, 6), "a")])
    edits.add([TextEdit(Span(0, 2), "b"), TextEdit(Span(5, 8), "c")])
    assert edits.taken == [TextEdit(Span(4, 6), "a")]


def test_edits_that_touch_an_insertion_are_left_out() -> None:
    edits = Separate()
    edits.add([TextEdit(Span(4, 4), "a")])
    edits.add([TextEdit(Span(4, 6), "b")])
    edits.add([TextEdit(Span(6, 8), "c")])
    assert [edit.text for edit in edits.taken] == ["a", "c"]


def test_it_agrees_with_comparing_all_pairs() -> None:
    chosen = random.Random(3)
    for _ in range(500):
        edits, taken = Separate(), list[TextEdit]()
        for number in range(12):
            start = chosen.randint(0, 40)
            edit = TextEdit(Span(start, start + chosen.randint(0, 6)), str(number))
            edits.add([edit])
            if not any(edit.span.overlaps(other.span) for other in taken):
                taken.append(edit)
        assert edits.taken == taken
