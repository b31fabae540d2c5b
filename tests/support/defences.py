"""The defences that tests must miss when they are gone, as `defences.toml` lists them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Defence:
    """A text of a file of the program, what stands in its place when it is gone, and the test that fails."""

    what: str
    file: str
    old: str
    new: str
    test: str


def defences() -> list[Defence]:
    """All of them."""
    table = tomllib.loads((ROOT / "tests" / "defences.toml").read_text("utf-8"))
    return [Defence(**one) for one in table["defence"]]
