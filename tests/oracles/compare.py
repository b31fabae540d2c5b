"""Compares what a library really does with what the engine reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from oracles.engine import Said
from oracles.truth import Truth

_CODE = (".py", ".json", ".toml", ".yaml", ".yml")


def differences(truth: Truth, said: Said, files: Mapping[str, str], *, needs: bool = True) -> Iterator[str]:
    """The mistakes of the engine about a program, one per line.

    What it reports must be true: a name must be read, or at least looked up; a required name must be
    required. A name that it does not report is a mistake only if it does not report a dynamic name. A library
    that ignores case reads every spelling that was tried, but the engine reports only one of them.
    """
    read, may = _lower(truth.read), _lower(truth.looked_up)
    for name in sorted(said.read - truth.read):
        if name not in truth.looked_up and (name.lower() in read or name.lower() not in may):
            yield f"{name} is not read"
    if not said.dynamic:
        families = tuple(family.lower() for family in said.families)
        missed = (name for name in sorted(read - _lower(said.read)) if not name.startswith(families))
        yield from (f"{name} is read" for name in missed)
    if needs and truth.required is not None:
        yield from (f"{name} is not required" for name in sorted(said.required - truth.required))
        if not said.dynamic:
            unsaid = (truth.required - said.required) & said.read
            yield from (f"{name} is required" for name in sorted(unsaid))
    opened = {name for name in truth.files if not name.endswith(_CODE)} & set(files)
    yield from (f"{name} is not loaded" for name in sorted(said.files - opened))
    if not said.dynamic:
        yield from (f"{name} is loaded" for name in sorted(opened - said.files))


def _lower(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, names))


@dataclass
class Tally:
    """How many programs were compared, and for how many of them the result was not known."""

    texts: int = 0
    dynamic: int = 0
    without_need: int = 0
    wrong: list[str] = field(default_factory=list)

    def take(self, truth: Truth, said: Said, wrong: list[str]) -> None:
        """Add the result of a program."""
        self.texts += 1
        self.dynamic += said.dynamic
        self.without_need += truth.required is None
        self.wrong += wrong

    def __str__(self) -> str:
        share = self.dynamic / self.texts if self.texts else 0
        return (
            f"{self.texts} texts, {share:.0%} not known (dynamic), "
            f"{self.without_need} without an answer about needs, {len(self.wrong)} wrong"
        )
