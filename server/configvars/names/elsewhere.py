"""The questions about other files that the evaluator of one file may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from configvars.names.memory import Memory
from configvars.names.values import Class, ParameterRead, Value
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.declared import Declared
    from configvars.names.item_uses import ItemUses
    from configvars.names.members import Own


class Elsewhere(Protocol):
    """The other files of the workspace. `asker` is the path of the file that asks.

    Functions and classes are identified by their home. If something is not known, the answer is unknown or
    empty.
    """

    @property
    def memory(self) -> Memory:
        """The answers that are being computed, for all files."""

    def lookup(self, asker: str, dotted: str) -> Value | None:
        """The value of a dotted name in the file that asks; None if no file of the workspace has it."""

    def is_known(self, asker: str, module: str) -> bool:
        """Whether a module, by the name that the asking file uses, may belong to the workspace."""

    def hands_on(self, asker: str, module: str, name: str) -> bool:
        """Whether `from module import *` imports a name of the module into the file that asks."""

    def member(self, asker: str, cls: Class, name: str, of_instance: bool) -> Value:
        """The value of a member of a class in another file, or of an instance of it."""

    def own(self, asker: str, cls: Class, name: str) -> Own:
        """The values of a member of a class in another file, without its base classes."""

    def returned(self, asker: str, function: Mark) -> Value:
        """The value that a function of another file returns, in terms of its parameters."""

    def ends(self, asker: str, function: Mark) -> bool:
        """Whether a function of another file never returns."""

    def bases(self, asker: str, cls: Class) -> tuple[Value, ...]:
        """The base classes of a class in another file."""

    def keywords(self, asker: str, cls: Class) -> tuple[tuple[str, Value], ...]:
        """The keywords of the class statement of a class in another file."""

    def declared(self, asker: str, cls: Class) -> tuple[Declared, ...]:
        """The names in the body of a class in another file."""

    def item_uses(self, asker: str, function: Mark, parameter: str) -> ItemUses:
        """What a function of another file does with the items of a parameter."""

    def reads(self, asker: str, function: Mark) -> tuple[ParameterRead, ...]:
        """What a function of another file reads with its parameters, as far as known now."""

    def leads(self, asker: str, home: Mark) -> bool:
        """Whether a function or class of another file is known to lead to variables."""

    def leading_names(self, asker: str, path: str) -> frozenset[str]:
        """The module-level names of the file `path` that are known to lead to variables."""

    def leading_members(self, asker: str, cls: Class) -> frozenset[str]:
        """The names of the members of a class in another file that lead to variables."""
