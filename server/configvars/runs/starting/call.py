"""A call of something outside of the folder, with its arguments."""

from __future__ import annotations

from msgspec import Struct

from configvars.runs.starting.values import UNKNOWN, Module, Scope, Value, argument
from configvars.syntax.python import Node


class Call(Struct, frozen=True, eq=False):
    """A call at a node of a scope, of what is at a dotted path."""

    scope: Scope
    node: Node
    path: str
    positional: list[Value]
    named: dict[str, Value]

    @property
    def module(self) -> Module:
        """The module with the call."""
        return self.scope.module

    @property
    def first(self) -> Value:
        """The first argument; unknown if there is none."""
        return self.positional[0] if self.positional else UNKNOWN

    def argument(self, name: str, position: int | None) -> Value | None:
        """An argument by its name, or else by its position."""
        return argument(self.positional, self.named, name, position)
