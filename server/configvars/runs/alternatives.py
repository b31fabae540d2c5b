"""The variables of which one is enough for a read: `Field(validation_alias=AliasChoices("A", "B"))`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Reference, Variable


def alternatives(reference: Reference) -> Iterator[Reference]:
    """A read, and the same read of the variables that can be set instead."""
    yield reference
    for name in reference.instead:
        yield replace(reference, variable=Variable("env", name))
