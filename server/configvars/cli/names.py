"""Names of checks on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from configvars.checks import CHECKS
from configvars.cli.errors import CannotRun


def split(words: Iterable[str]) -> tuple[frozenset[str], list[str]]:
    """The checks named by the words after `--select` or `--ignore`, and the paths that came after them.

    Names stand in a row or with commas between. `CannotRun` for a word that is neither.
    """
    names: set[str] = set()
    paths: list[str] = []
    for word in words:
        parts = [part for part in word.split(",") if part]
        unknown = [part for part in parts if part not in _known()]
        if not unknown:
            names.update(parts)
        elif os.path.exists(word):
            paths.append(word)
        else:
            raise CannotRun(unknown_check(unknown[0]))
    return frozenset(names), paths


def unknown_check(name: str) -> str:
    """Say that there is no such check, and which may be meant."""
    near = get_close_matches(name, _known(), n=1)
    hint = f"Did you mean {near[0]}?" if near else "`configvars rule` lists them."
    return f"There is no check {name}. {hint}"


def _known() -> Sequence[str]:
    return [check.name for check in CHECKS]
