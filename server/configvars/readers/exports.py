"""What a file's names stand for in other files: values that hold no syntax."""

from __future__ import annotations

from collections.abc import Mapping as MappingType

from configvars.names.values import Value
from configvars.readers.scan import Scan


def exports_of(scan: Scan) -> tuple[MappingType[str, Value], frozenset[str]]:
    """The exports of a file, and those of their names that lead to variables."""
    return {}, frozenset()
