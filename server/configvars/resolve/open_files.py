"""Which files stay open, with their trees: those that were opened last, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.analyze import Unit

ROOM = 600_000
"""How many characters of text are kept as trees, values and places: some 60 bytes of memory for each."""
ROOM_OF_A_COMMAND = 3_000_000
"""How many a command keeps, which ends soon: fewer files are parsed twice."""

MOST = 6_000_000
"""The maximum that is kept while files are being scanned."""
_MORE = 2
"""The factor by which the text of a file that was closed too early adds room, until everything is at rest."""


class OpenFiles:
    """The open files of one folder, the one that has been open longest first."""

    def __init__(self, room: int = ROOM, most: int = MOST) -> None:
        self._least, self._room = room, room
        self._most = most
        self._open: dict[str, Unit] = {}
        self._closed: set[str] = set()
        self._warm: set[str] = set()
        self._taken = 0

    def put(self, unit: Unit) -> None:
        """Note that a file was opened."""
        if unit.path in self._closed:
            self._closed.discard(unit.path)
            self._room += _MORE * len(unit.text)
            self._most += len(unit.text)
        self.take(unit.path)
        self._open[unit.path] = unit
        self._taken += len(unit.text)

    def take(self, path: str) -> None:
        """Note that a file was closed or removed."""
        self._warm.discard(path)
        unit = self._open.pop(path, None)
        if unit is not None:
            self._taken -= len(unit.text)

    def too_many(self, *, at_rest: bool) -> Iterator[Unit]:
        """The files to be closed to make room; each is removed when it is yielded.

        While files are being scanned, one that leads to variables is likely to be asked again soon, and
        computing everything again would take long: such files stay, up to a maximum.
        """
        if at_rest:
            self._room = self._least
            self._closed.clear()
        for unit in list(self._open.values()) if self._taken > self._room else ():
            if self._taken <= self._room:
                return
            if not at_rest and self._taken <= self._most and not self._is_cold(unit):
                continue
            self.take(unit.path)
            if not at_rest:
                self._closed.add(unit.path)
            yield unit

    def _is_cold(self, unit: Unit) -> bool:
        """Whether a file can be closed; one that leads to variables is not looked at again until it is."""
        if unit.path in self._warm:
            return False
        if unit.is_warm:
            self._warm.add(unit.path)
            return False
        return unit.is_cold
