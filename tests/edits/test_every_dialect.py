"""After formatting and sorting, every dialect of the model reads the same, Compose included."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from configvars.edits import apply_edits, sort, tidy
from configvars.model import TextEdit
from configvars.syntax.dialects import DIALECTS, reading

EDITS: dict[str, Callable[[str], tuple[TextEdit, ...]]] = {"sort": sort, "tidy": tidy}

# Each was read differently by Compose after it had been edited.
TEXTS = [
    "B=$A\nA=1\n",
    "B\nA=1",
    "1 B='x\ny'\nA=1\n",
    "C'\nB\nA=1\n'=1\n",
    "B=1\nA",
    "B=1\n\n\nA",
    "A='x\nD=x#'y",
    "A='x\n# it's",
    '# c  \nA="a\nB=b"\nA',
]
LINES = [
    *(
        "A=1",
        "A=2",
        "A = 1",
        "A =1",
        "export A=1",
        "  A=1",
        "A=1  ",
        "A=1 # c",
        "A=1# c",
        "A='1'",
        'A="1" # x',
    ),
    *(
        "A",
        "B=${A}",
        "B=$A",
        'B="${A}"',
        "#A=1",
        "# x",
        "  # y  ",
        "",
        "  ",
        "\t",
        "A='x",
        'A="a',
        'b"',
        "A==1",
    ),
    *(
        "A: 1",
        "=1",
        "'A'=1",
        "A=`x`",
        "A=x\\",
        "C=a b",
        "\xa0A=1",
        "A=1\x0b",
        "# c\u2028A=3",
        "# it's",
        '# "q',
    ),
]


def read(text: str, dialect: str) -> tuple[object, ...]:
    found = reading(text, dialect)
    given = {name: (each.value, each.fails, each.refers) for name, each in found.given.items()}
    return found.stops, given


def assert_same(text: str, name: str) -> None:
    after = apply_edits(text, EDITS[name](text))
    assert [dialect for dialect in DIALECTS if read(after, dialect) != read(text, dialect)] == []


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_dialect_reads_the_same(text: str, name: str) -> None:
    assert_same(text, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_every_dialect_reads_the_same_in_texts_made_at_random(name: str) -> None:
    chosen = random.Random(7)
    for _ in range(3000):
        ends = chosen.choice(["\n", "\r\n", "\n\n"])
        lines = chosen.choices(LINES, k=chosen.randint(1, 7))
        assert_same(ends.join(lines) + chosen.choice(["", "\n", "  \n"]), name)


def test_a_name_that_compose_replaces_is_not_moved_past_its_line() -> None:
    assert sort("B=$A\nA=1\n") == ()
