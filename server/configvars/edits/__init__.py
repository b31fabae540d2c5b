"""Edits of env files that leave everything else unchanged: functions from a text to edits."""

from configvars.edits.apply import apply_edits, moved
from configvars.edits.encode import encode_value
from configvars.edits.remove import remove
from configvars.edits.rename import rename
from configvars.edits.sort import sort
from configvars.edits.tidy import tidy
from configvars.edits.write import insert_names, is_writable_name, set_value, set_value_in

__all__ = [
    "apply_edits",
    "encode_value",
    "insert_names",
    "is_writable_name",
    "moved",
    "remove",
    "rename",
    "set_value",
    "set_value_in",
    "sort",
    "tidy",
]
