"""Reading more files of a folder as long as what is known of some makes others worth reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from configvars.workspace.analysis import Analysis

Steps = Iterator[None]


def settled(analysis: Analysis, read: Callable[[Iterable[str]], Steps], link: Callable[[], Steps]) -> Steps:
    """Link the files until nothing new is learned: names that make more files worth reading.

    What new files make worth reading is read, and what these do, before any file is looked at again.
    """
    yield from _explored(analysis, read)
    yield from link()
    while analysis.learn():
        yield from read(analysis.in_question())
        yield from _explored(analysis, read)
        yield from link()


def _explored(analysis: Analysis, read: Callable[[Iterable[str]], Steps]) -> Steps:
    yield from analysis.exploring()
    while analysis.learn():
        yield from read(analysis.in_question())
        yield from analysis.exploring()
