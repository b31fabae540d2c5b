"""Full garbage collections are put off while a folder is read; before and after, Python's defaults apply."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from configvars.lsp.collector import at_rest


@pytest.fixture(autouse=True)
def collector() -> Iterator[tuple[int, int, int]]:
    before = gc.get_threshold()
    gc.set_threshold(5, 2, 2)
    yield gc.get_threshold()
    gc.set_threshold(*before)
    gc.unfreeze()


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_there_are_none_while_a_folder_is_read() -> None:
    with at_rest():
        before = gc.get_stats()[2]["collections"]
        kept = [Cycle() for _ in range(20_000)]
        assert gc.get_stats()[2]["collections"] == before
    assert len(kept) == 20_000


def test_what_was_read_is_not_looked_at_again(collector: tuple[int, int, int]) -> None:
    with at_rest(), at_rest():
        kept = [Cycle() for _ in range(100)]
    assert gc.get_freeze_count() >= len(kept)
    assert gc.get_threshold() == collector


def test_after_a_fault_it_is_as_before(collector: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="x"), at_rest():
        raise ValueError("x")
    assert gc.get_threshold() == collector
