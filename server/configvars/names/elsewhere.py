"""What the evaluator of one file may ask about other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from configvars.names.memory import Memory
from configvars.names.values import Class, ParameterRead, Value
from configvars.text import Mark

if TYPE_CHECKING:
    from configvars.names.declared import Declared


class Elsewhere(Protocol):
    """The other files of the workspace. `asker` is the path of the file that asks.

    Functions and classes are named by their home. What is not known there is answered as unknown or empty.
    """

    @property
    def memory(self) -> Memory:
        """What is being worked out, over all files."""

    def lookup(self, asker: str, dotted: str) -> Value | None:
        """What a dotted name stands for in the file that asks; None where no file of the workspace has it."""

    def is_known(self, asker: str, module: str) -> bool:
        """Whether a module, as the file that asks names it, may be of the workspace."""

    def member(self, asker: str, cls: Class, name: str, of_instance: bool) -> Value:
        """What a class of another file, or an instance of it, has under a name."""

    def returned(self, asker: str, function: Mark) -> Value:
        """What a function of another file returns, in terms of its parameters."""

    def bases(self, asker: str, cls: Class) -> tuple[Value, ...]:
        """The bases of a class of another file."""

    def keywords(self, asker: str, cls: Class) -> tuple[tuple[str, Value], ...]:
        """The keywords of the class statement of a class of another file."""

    def declared(self, asker: str, cls: Class) -> tuple[Declared, ...]:
        """What the body of a class of another file declares."""

    def reads(self, asker: str, function: Mark) -> tuple[ParameterRead, ...]:
        """What a function of another file reads with its parameters, as far as is known now."""

    def leads(self, asker: str, home: Mark) -> bool:
        """Whether a function or class of another file is known to lead to variables."""

    def leading_names(self, asker: str, path: str) -> frozenset[str]:
        """The names of the module at `path` that are known to lead to variables."""

    def leading_members(self, asker: str, cls: Class) -> frozenset[str]:
        """The names under which a class of another file has what leads to variables."""
