"""Data about well-known variables and configuration keys, with its sources."""

from configvars.catalog.variables import (
    KnownVariable,
    known_names,
    lookup,
    never_missing,
    variables_of_addon,
)

__all__ = ["KnownVariable", "known_names", "lookup", "never_missing", "variables_of_addon"]
