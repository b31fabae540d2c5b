"""Which files are kept open, with their trees: those that were opened last, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.analyze import Unit

ROOM = 600_000
"""How many characters of text are kept as trees, values and places: some 60 bytes of memory for each."""


class Shelf:
    """The open files of one folder, the one that has been open for the longest time first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._open: dict[str, Unit] = {}
        self._taken = 0

    def put(self, unit: Unit) -> None:
        """A file has been opened."""
        self.take(unit.path)
        self._open[unit.path] = unit
        self._taken += len(unit.text)

    def take(self, path: str) -> None:
        """A file is closed, or gone."""
        unit = self._open.pop(path, None)
        if unit is not None:
            self._taken -= len(unit.text)

    def too_many(self, *, at_rest: bool) -> Iterator[Unit]:
        """The files to be closed so that there is room, taken out one by one.

        As long as files are being scanned, one that leads to variables is likely to be asked again soon,
        and to work all out anew would take long.
        """
        for unit in list(self._open.values()) if self._taken > self._room else ():
            if self._taken <= self._room:
                return
            if at_rest or unit.is_cold:
                self.take(unit.path)
                yield unit
