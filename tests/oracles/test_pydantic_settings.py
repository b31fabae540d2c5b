"""pydantic-settings itself reads what the engine says that it reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oracles.compare import Tally, differences
from oracles.engine import said_of
from oracles.harness import Child, child, version
from oracles.pydantic_examples import EXAMPLES, Example
from oracles.pydantic_names import candidates
from oracles.truth import truth_of
from support.fixtures import fixture

RELEASE = version("pydantic-settings")
SUITED = [example for example in EXAMPLES if example.since <= RELEASE]


@pytest.fixture(scope="module")
def library() -> Iterator[Child]:
    with child("pydantic_settings") as process:
        yield process


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    counted = Tally()
    yield counted
    print(f"\npydantic-settings {'.'.join(map(str, RELEASE))}: {counted}")


def compared(library: Child, tally: Tally, text: str) -> list[str]:
    files = fixture(text).files
    said = said_of(files)
    code = "\n".join(body for name, body in files.items() if name.endswith(".py"))
    truth = truth_of(library, files, lambda first: {*candidates(code), *said.read}, spelled=said.read)
    wrong = list(differences(truth, said, files))
    tally.take(truth, said, wrong)
    return wrong


@pytest.mark.parametrize("example", SUITED, ids=[example.name for example in SUITED])
def test_example(library: Child, tally: Tally, example: Example) -> None:
    assert compared(library, tally, example.text) == []
