"""What is known of variables and configuration keys before any file is read: data, and where it is from."""

from configvars.catalog.variables import (
    KnownVariable,
    known_names,
    lookup,
    never_missing,
    variables_of_addon,
)

__all__ = ["KnownVariable", "known_names", "lookup", "never_missing", "variables_of_addon"]
