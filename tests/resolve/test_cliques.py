"""Modules whose functions all call each other: the work grows little faster than their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.slices import finish
from configvars.workspace import Workspace
from support.growth import calls_of


def clique(count: int) -> dict[str, str]:
    """Modules of which each imports all others; their functions pass their parameters on in turn."""
    texts = {}
    for one in range(count):
        others = [number for number in range(count) if number != one]
        imports = "".join(f"from m{other} import f{other}\n" for other in others)
        calls = "".join(f"    f{other}(b, a)\n" for other in others)
        body = f"def f{one}(a, b):\n    os.environ[a]\n{calls}f{one}('K{one}', 'L{one}')\n"
        texts[f"m{one}.py"] = f"import os\n{imports}{body}"
    return texts


def calls_by_character(root: Path, count: int) -> float:
    root.mkdir()
    texts = clique(count)
    for name, text in texts.items():
        (root / name).write_text(text)
    return calls_of(lambda: finish(Workspace(str(root)).load())) / sum(map(len, texts.values()))


@pytest.mark.beyond_limits  # calls of wrappers on the ways to a read
def test_the_work_for_modules_that_call_each_other(tmp_path: Path) -> None:
    calls_by_character(tmp_path / "what is loaded once", 1)
    few, many = (calls_by_character(tmp_path / str(count), count) for count in (3, 7))
    assert many < 1.5 * few
