"""Reading more files of a folder as long as the known files show that others are worth reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from configvars.workspace.analysis import Analysis

Steps = Iterator[None]


def settled(analysis: Analysis, read: Callable[[Iterable[str]], Steps], link: Callable[[], Steps]) -> Steps:
    """Link the files until no more names are found that make other files worth reading.

    Files that became worth reading are read first, and those that they lead to, before any file is analysed
    again.
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
