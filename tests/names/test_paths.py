"""Paths that code builds from `__file__`."""

from __future__ import annotations

import pytest

from configvars.limits import PARENTS, Hits, counted_in
from configvars.names.paths import member
from configvars.names.values import FilePath, Sequence


@pytest.mark.parametrize(
    ("folders", "is_cut"),
    [(PARENTS.most - 1, False), pytest.param(PARENTS.most, True, marks=pytest.mark.beyond_limits)],
)
def test_the_folders_above_a_path_are_limited(folders: int, is_cut: bool) -> None:
    """The root is above the folders."""
    hits = Hits()
    with counted_in(hits):
        above = member(FilePath("/a" * folders + "/app.py"), "parents")
    assert isinstance(above, Sequence)
    assert len(above.items) == PARENTS.most
    assert bool(hits.counts) is is_cut
