"""The examples of every source, and rules that hold for all sources."""

from __future__ import annotations

import pytest

from configvars.model import FileFacts, Start
from configvars.sources import SOURCES
from configvars.sources.starts import label_of
from configvars.text import LineIndex

EXAMPLES = [
    pytest.param(source, example, id=f"{source.name}-{number}")
    for source in SOURCES
    for number, example in enumerate(source.examples)
]


def rendered(facts: FileFacts, text: str) -> tuple[str, ...]:
    """Definitions as ``1:1 NAME`` (declarations: ``NAME?``), references as ``1:1 NAME need``, then
    mentions.
    """
    lines = LineIndex(text)

    def at(offset: int) -> str:
        line, column = lines.position(offset)
        return f"{line + 1}:{column + 1}"

    return (
        *(f"{at(d.span.start)} {d.variable.name}{'?' * d.declaration}" for d in facts.definitions),
        *(f"{at(r.span.start)} {r.variable.name} {r.need}" for r in facts.references),
        *(f"mentions {name}" for name in sorted(facts.mentions)),
        *(started(start) for start in facts.starts),
    )


def started(start: Start) -> str:
    """A start as ``starts gunicorn shop:app in FOLDER after FILE with NAME``."""
    words = [f"starts {start.label}"]
    for word, found in (
        ("in", [start.folder] if start.folder else []),
        ("after", start.env_files),
        ("with", [gift.name for gift in start.given]),
    ):
        words += [word, *found] if found else []
    return " ".join(words)


@pytest.mark.parametrize(("source", "example"), EXAMPLES)
def test_example(source, example):
    facts = source.analyze("/app/file", example.text)
    assert rendered(facts, example.text) == example.found


LABELS = {
    "no name": ("job", None, "job"),
    "a name": ("job", "test", "job test"),
    "a name of several words": ("job", "integration tests (3.13)", "job integration tests (3.13)"),
    "a key": ("job", "sk_live_51HxYzAbCdEfGhIjKlMnOpQr", "job"),
    "a key among other words": ("job", "run ghp_16C7e42F292c6912E7710c838347Ae178B4a once", "job"),
}


@pytest.mark.parametrize(("kind", "name", "label"), LABELS.values(), ids=LABELS)
def test_labels_contain_no_secret(kind: str, name: str | None, label: str) -> None:
    assert label_of(kind, name) == label


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_has_examples_without_results_first(source):
    found = [bool(example.found) for example in source.examples]
    assert found == sorted(found)
    assert not found[0]
    assert found[-1]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("text", ["", "\0", "[" * 100_000, '{"env":' * 9_000, "=\n$", "\ufeff{}", "a: ${"])
def test_no_text_raises_an_exception_in_a_source(source, text):
    assert source.analyze("/app/file", text).path == "/app/file"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_spans_of_names_cover_the_names(source):
    for example in source.examples:
        for definition in source.analyze("/app/file", example.text).definitions:
            assert definition.span.of(example.text) == definition.variable.name
