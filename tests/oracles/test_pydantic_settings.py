"""pydantic-settings reads what the engine reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings

from oracles.compare import Tally, differences
from oracles.engine import Said, known, said_of
from oracles.harness import Child, child, version
from oracles.pydantic_examples import EXAMPLES, Example
from oracles.pydantic_generated import pydantic_settings
from oracles.pydantic_names import candidates
from oracles.truth import truth_of
from support.fixtures import fixture
from support.properties import EXAMPLES as MANY
from support.properties import thorough

pytestmark = pytest.mark.slow

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


def compared(library: Child, tally: Tally, example: Example) -> tuple[Said, list[str]]:
    files = fixture(example.text).files
    said = said_of(files)
    code = "\n".join(body for name, body in files.items() if name.endswith(".py"))
    names = {*candidates(code), *said.read}
    truth = truth_of(library, files, lambda first: names, values=dict(example.values), spelled=said.read)
    others = _one_of_several(files) - (truth.required or frozenset())
    alone = replace(said, required=said.required - others)
    wrong = list(differences(truth, alone, files, needs=example.needs))
    tally.take(truth, said, wrong)
    return said, wrong


def _one_of_several(files: Mapping[str, str]) -> frozenset[str]:
    """The names that are required only if certain others are not set.

    The oracle calls some of them required: those of nested fields, if the outer one has no value that fits.
    """
    read = (one for facts in known(files) for one in facts.references)
    return frozenset(one.variable.name for one in read if one.instead)


@pytest.mark.parametrize("example", SUITED, ids=[example.name for example in SUITED])
def test_example(library: Child, tally: Tally, example: Example) -> None:
    said, wrong = compared(library, tally, example)
    assert wrong == []
    assert said.dynamic == example.dynamic


def test_generated_classes(library: Child, tally: Tally) -> None:
    @settings(thorough, max_examples=max(3, MANY // 400), derandomize=True)
    @given(pydantic_settings())
    def check(text: str) -> None:
        assert compared(library, tally, Example("generated", text))[1] == [], text

    check()
