"""Python itself shows which names a program looks up, and without which of them it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from configvars.model import Access, Need, Reference
from oracles.engine import known
from oracles.harness import Child, child
from oracles.name_programs import Files, program
from oracles.reader_truth import reads_of
from oracles.truth import Truth
from support.properties import EXAMPLES

pytestmark = pytest.mark.slow

# Names that the interpreter looks up by itself.
_ITS_OWN = ("PYTHON", "LC_", "LANG", "HOME", "PATH")
_MOST_DYNAMIC = 0.3


@dataclass
class Said:
    """The results for all programs, and the engine's mistakes."""

    programs: int = 0
    dynamic: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        share = self.dynamic / max(1, self.programs)
        return f"{self.programs} programs, {share:.0%} with a name that is not known, {len(self.wrong)} wrong"


def test_names_and_needs() -> None:
    said = Said()
    with child("json") as process:
        for seed in range(EXAMPLES // 4):
            _compare(process, seed, said)
    print(said)
    assert said.wrong == []
    assert said.programs > EXAMPLES // 5
    assert said.dynamic < _MOST_DYNAMIC * said.programs


def _compare(process: Child, seed: int, said: Said) -> None:
    files = program(seed)
    truth = reads_of(process, files, (), {}, lambda name: name.startswith(_ITS_OWN))
    if truth.required is None:
        return  # these parts do not work together
    facts = known(files)
    is_dynamic = any(one.dynamic for one in facts)
    said.programs += 1
    said.dynamic += is_dynamic
    references = [one for found in facts for one in found.references if one.variable.scope == "env"]
    wrong = list(_differences(truth, references, is_dynamic=is_dynamic))
    if wrong:
        said.wrong.append(f"# {seed}: {', '.join(wrong)}\n{_shown(files)}")


def _differences(truth: Truth, references: list[Reference], *, is_dynamic: bool) -> Iterator[str]:
    """The engine's mistakes about a program: a name that it never looks up, a missing name, or a wrong need.

    A guarded read may not be reached. Only reads have a need, tests do not.
    """
    names = {one.variable.name for one in references}
    certain = {one.variable.name for one in references if one.need is not Need.GUARDED}
    needed = _with_need(references, required=True)
    yield from (f"{name} is not read" for name in sorted(certain - truth.read))
    yield from (f"{name} is read" for name in sorted(truth.read - names) if not is_dynamic)
    required = truth.required or frozenset()
    yield from (f"{name} is not required" for name in sorted(needed - required))
    yield from (f"{name} is required" for name in sorted(_with_need(references) & required - needed))


def _with_need(references: list[Reference], *, required: bool = False) -> set[str]:
    reads = [one for one in references if one.access is Access.READ]
    return {one.variable.name for one in reads if not required or one.need is Need.REQUIRED}


def _shown(files: Mapping[str, str] | Files) -> str:
    return "".join(f"-- {name} --\n{text}" for name, text in files.items() if text.strip())
