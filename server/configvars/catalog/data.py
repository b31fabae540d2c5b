"""The data files of this folder."""

from __future__ import annotations

from typing import Any


def toml(name: str) -> dict[str, Any]:
    """The parsed content of a TOML file in this folder."""
    import tomllib  # slow to import, and not every run needs the catalogue

    return tomllib.loads(text(name))


def text(name: str) -> str:
    """The text of a file in this folder."""
    from pkgutil import get_data

    return (get_data(__package__, name) or b"").decode()
