"""The code in notebooks, and its offsets in the file."""

from __future__ import annotations

import json

import pytest

from configvars.resolve.link import Linker
from configvars.syntax.notebook import parse_notebook


def _code(*sources: object, **metadata: object) -> str:
    cells = [{"cell_type": "code", "outputs": [], "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("text", ["1", '"A"', "true", "import os\n"])
def test_text_that_is_no_notebook_is_the_code(text: str) -> None:
    assert parse_notebook(text).code == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"cells": 1}',
        '{"cells": [1, {"cell_type": "code"}, {"cell_type": "code", "source": [1]}]}',
        json.dumps({"cells": [{"cell_type": "markdown", "source": ["os.environ['A']"]}]}),
        _code("x <- 1", language_info={"name": "R"}),
        _code("%%bash\necho $A"),
    ],
)
def test_no_code(text: str) -> None:
    assert parse_notebook(text).code.strip() == ""


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ((["a\n", "b"], "c\nd"), "a\nb\nc\nd\n"),
        (("%%time\nx",), "#%time\nx\n"),
        (('!pip install "x"\n  %env A=1',), '#pip install "x"\n  #env A=1\n'),
        (("x = ('%s'\n  % y)",), "x = ('%s'\n  % y)\n"),
        (('"é\\t😀"',), '"é\\t😀"\n'),
    ],
)
def test_code(sources: tuple[object, ...], code: str) -> None:
    assert parse_notebook(_code(*sources)).code == code


def test_every_character_has_an_offset() -> None:
    text = _code(["import os\n", 's = "\t😀"'], "x")
    notebook = parse_notebook(text)
    written = [text[offset] for offset in notebook.offsets]
    assert [a for a, b in zip(notebook.code, written, strict=False) if a != b] == [
        "\n",
        '"',
        "\t",
        '"',
        "\n",
        "\n",
    ]
    assert list(notebook.offsets) == sorted(notebook.offsets)


def test_reads_of_a_notebook_have_places_in_its_file() -> None:
    text = _code(
        ["import os\n", 'os.environ["A"]\n', "K = 'B'\n"],
        "%matplotlib inline\nos.getenv(K)\nos.environ['é😀'], os.environ[\"C\"]  # configvars: ignore",
        "def f(n): return os.environ[n]\nf('D')",
    )
    linker = Linker("/ws")
    linker.update("/ws/a.ipynb", text)
    (facts,) = linker.settle()
    assert facts.kind == "notebook"
    assert [one.span.of(text) for one in facts.references] == ["A", "K", "é😀", "C", "D"]
    assert [one.variable.name for one in facts.references] == ["A", "B", "é😀", "C", "D"]
    assert facts.references[1].written_at is not None
    place = linker.place(facts.references[1].written_at)
    assert place is not None
    assert place.span.of(text) == "B"
    assert [text.split("\n")[one.line].strip()[:20] for one in facts.suppressions] == ['"source": "%matplotl']
