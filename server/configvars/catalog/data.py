"""The data files of this folder."""

from __future__ import annotations

from typing import Any


def toml(name: str) -> dict[str, Any]:
    """What a data file of this folder says."""
    import tomllib  # takes long, and not every run asks for anything that is known

    return tomllib.loads(text(name))


def text(name: str) -> str:
    """The text of a data file of this folder."""
    from pkgutil import get_data

    return (get_data(__package__, name) or b"").decode()
