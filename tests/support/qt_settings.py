"""Values in Qt's settings files that are not plain strings: a list of tables, as a QVariant in Qt 4's
format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from struct import pack

_MAP, _LIST, _BOOLEAN, _NUMBER, _TEXT, _TEXTS = 8, 9, 1, 2, 10, 11


def variant(value: object) -> str:
    """The value as it is written after `name=` in a settings file."""
    return '"@Variant(' + "".join(f"\\x{byte:02x}" for byte in _typed(value)) + ')"'


def _typed(value: object) -> bytes:
    if isinstance(value, bool):
        return pack(">IB", _BOOLEAN, value)
    if isinstance(value, int):
        return pack(">Ii", _NUMBER, value)
    if isinstance(value, str):
        return pack(">I", _TEXT) + _text(value)
    if isinstance(value, Mapping):
        parts = (_text(name) + _typed(part) for name, part in value.items())
        return pack(">II", _MAP, len(value)) + b"".join(parts)
    assert isinstance(value, Sequence)
    if value and all(isinstance(part, str) for part in value):
        return pack(">II", _TEXTS, len(value)) + b"".join(_text(part) for part in value)
    return pack(">II", _LIST, len(value)) + b"".join(_typed(part) for part in value)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return pack(">I", len(data)) + data
