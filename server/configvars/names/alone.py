"""A file that is evaluated without the other files: what it imports keeps its dotted name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names.item_uses import NOT_KNOWN, ItemUses
from configvars.names.members import NONE, Own
from configvars.names.memory import Memory
from configvars.names.values import UNKNOWN, Class, ParameterRead, Value
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.declared import Declared

_NO_NAMES: frozenset[str] = frozenset()


class Alone:
    """An `Elsewhere` in which there are no other files."""

    def __init__(self) -> None:
        self.memory = Memory()

    def lookup(self, asker: str, dotted: str) -> Value | None:
        """See `Elsewhere`."""
        return None

    def is_known(self, asker: str, module: str) -> bool:
        """See `Elsewhere`."""
        return False

    def hands_on(self, asker: str, module: str, name: str) -> bool:
        """See `Elsewhere`."""
        return False

    def member(self, asker: str, cls: Class, name: str, of_instance: bool) -> Value:
        """See `Elsewhere`."""
        return UNKNOWN

    def own(self, asker: str, cls: Class, name: str) -> Own:
        """See `Elsewhere`."""
        return NONE

    def returned(self, asker: str, function: Mark) -> Value:
        """See `Elsewhere`."""
        return UNKNOWN

    def ends(self, asker: str, function: Mark) -> bool:
        """See `Elsewhere`."""
        return False

    def bases(self, asker: str, cls: Class) -> tuple[Value, ...]:
        """See `Elsewhere`."""
        return (UNKNOWN,)

    def keywords(self, asker: str, cls: Class) -> tuple[tuple[str, Value], ...]:
        """See `Elsewhere`."""
        return ()

    def declared(self, asker: str, cls: Class) -> tuple[Declared, ...]:
        """See `Elsewhere`."""
        return ()

    def item_uses(self, asker: str, function: Mark, parameter: str) -> ItemUses:
        """See `Elsewhere`."""
        return NOT_KNOWN

    def reads(self, asker: str, function: Mark) -> tuple[ParameterRead, ...]:
        """See `Elsewhere`."""
        return ()

    def leads(self, asker: str, home: Mark) -> bool:
        """See `Elsewhere`."""
        return False

    def leading_names(self, asker: str, path: str) -> frozenset[str]:
        """See `Elsewhere`."""
        return _NO_NAMES

    def leading_members(self, asker: str, cls: Class) -> frozenset[str]:
        """See `Elsewhere`."""
        return _NO_NAMES
