"""Syntax trees are dropped if there is no room; if one is dropped too early, the room grows."""

from __future__ import annotations

from configvars.analyze import TABLES, Unit
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules
from configvars.resolve.open_files import OpenFiles
from configvars.resolve.questions import Questions
from configvars.slices import result

TEXT = "x = 1\n"


def _run(path: str, text: str, opened: OpenFiles) -> Unit:
    unit = Unit(path, text, Questions({}, Modules("/ws"), Ledger()), TABLES, opened.put)
    result(unit.running())
    return unit


def _closed(opened: OpenFiles, *, at_rest: bool = False) -> list[str]:
    units = list(opened.too_many(at_rest=at_rest))
    for unit in units:
        unit.close()
    return [unit.path for unit in units]


def test_files_with_reads_stay_open_until_everything_is_at_rest() -> None:
    opened = OpenFiles(room=0)
    _run("reads.py", "import os\ndef f(name): return os.environ[name]\n", opened)
    _run("other.py", TEXT, opened)
    assert _closed(opened) == ["other.py"]
    assert _closed(opened, at_rest=True) == ["reads.py"]


def test_the_memory_is_bounded() -> None:
    opened = OpenFiles(room=0, most=len(TEXT))
    _run("reads.py", "import os\ndef f(name): return os.environ[name]\n", opened)
    _run("other.py", TEXT, opened)
    assert _closed(opened) == ["reads.py", "other.py"]


def test_a_file_that_was_closed_too_early_adds_room() -> None:
    opened = OpenFiles(room=0)
    unit = _run("a.py", TEXT, opened)
    assert _closed(opened) == ["a.py"]
    assert unit.evaluator is not None
    assert _closed(opened) == []
    assert _closed(opened, at_rest=True) == ["a.py"]
