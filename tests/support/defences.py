"""The defences in `defences.toml`: for each, a test fails if it is removed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Defence:
    """A text in a file of the program, the replacement that removes the defence, and the test that must
    then fail.
    """

    what: str
    file: str
    old: str
    new: str
    test: str


def defences() -> list[Defence]:
    """All defences."""
    table = tomllib.loads((ROOT / "tests" / "defences.toml").read_text("utf-8"))
    return [Defence(**one) for one in table["defence"]]
