"""The examples of every reader; those without results come first."""

from __future__ import annotations

import pytest

from configvars.model import Example
from configvars.readers import READERS
from support.python_facts import rendered

SILENT = [(reader.name, example) for reader in READERS for example in reader.silent]
FOUND = [(reader.name, example) for reader in READERS for example in reader.examples]


@pytest.mark.parametrize(("name", "example"), SILENT, ids=[name for name, _ in SILENT])
def test_is_not_found(name: str, example: Example) -> None:
    assert rendered(example.text) == []


@pytest.mark.parametrize(("name", "example"), FOUND, ids=[name for name, _ in FOUND])
def test_is_found(name: str, example: Example) -> None:
    assert rendered(example.text) == list(example.found)


def test_every_reader_has_examples_with_and_without_reads() -> None:
    assert [reader.name for reader in READERS if not reader.silent or not reader.examples] == []


def test_every_example_contains_a_trigger_of_its_reader() -> None:
    missed = [
        (reader.name, example.text)
        for reader in READERS
        for example in reader.examples
        if not any(
            trigger in example.text.encode()
            for trigger in (*reader.triggers, *reader.conditional_triggers.words)
        )
    ]
    assert missed == []
