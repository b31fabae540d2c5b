"""Files are closed where there is no room, and one that was closed too early makes room for itself."""

from __future__ import annotations

from configvars.analyze import TABLES, Unit
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules
from configvars.resolve.questions import Questions
from configvars.resolve.shelf import Shelf
from configvars.slices import result

TEXT = "x = 1\n"


def _run(path: str, text: str, shelf: Shelf) -> Unit:
    unit = Unit(path, text, Questions({}, Modules("/ws"), Ledger()), TABLES, shelf.put)
    result(unit.running())
    return unit


def _closed(shelf: Shelf, *, at_rest: bool = False) -> list[str]:
    units = list(shelf.too_many(at_rest=at_rest))
    for unit in units:
        unit.close()
    return [unit.path for unit in units]


def test_what_reads_stays_open_until_all_is_at_rest() -> None:
    shelf = Shelf(room=0)
    _run("reads.py", "import os\ndef f(name): return os.environ[name]\n", shelf)
    _run("other.py", TEXT, shelf)
    assert _closed(shelf) == ["other.py"]
    assert _closed(shelf, at_rest=True) == ["reads.py"]


def test_memory_has_an_end() -> None:
    shelf = Shelf(room=0, most=len(TEXT))
    _run("reads.py", "import os\ndef f(name): return os.environ[name]\n", shelf)
    _run("other.py", TEXT, shelf)
    assert _closed(shelf) == ["reads.py", "other.py"]


def test_a_file_that_was_closed_too_early_makes_room_for_itself_until_all_is_at_rest() -> None:
    shelf = Shelf(room=0)
    unit = _run("a.py", TEXT, shelf)
    assert _closed(shelf) == ["a.py"]
    assert unit.evaluator is not None
    assert _closed(shelf) == []
    assert _closed(shelf, at_rest=True) == ["a.py"]
