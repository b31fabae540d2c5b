"""How long an editor user waits: for the first findings, after a keystroke, and for other answers."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bench.driver import Driver, Program
from bench.editing import Document, places
from bench.measure import CONFIGVARS, RUFF

OURS = Program("configvars", (CONFIGVARS, "server"), {"trusted": False, "settings": {}}, {})
_SETTINGS = {"configurationPreference": "editorOnly", "lint": {"select": ["F"]}}
THEIRS = Program("ruff", (RUFF, "server"), {"settings": _SETTINGS}, _SETTINGS)

_ASKED = 10
_PAUSE = 0.02
_PATIENCE = 60


@dataclass(frozen=True)
class Cost:
    """How many seconds a user waits, and how much processor time was used in them."""

    seconds: float
    processor: float


@dataclass(frozen=True)
class Session:
    """The costs of one server: opening a file, loading its folder, and a keystroke at each place."""

    first: Cost
    longest_wait: float
    megabytes: float
    keys: dict[str, Cost | None]


def session(program: Program, folder: Path, file: Path, keys: int) -> Session:
    """Start a server, open a file of a folder, and type in it."""
    at = places(file.read_text("utf-8"))
    with Driver(program, folder) as driver:
        driver.initialize()
        document = Document(driver, file)
        first, longest = _open(driver, document, at["end"], with_name=program is OURS)
        megabytes = driver.megabytes
        document.remove(at["end"])
        driver.settle()
        typed = {
            place: _type(driver, document, line, keys, with_name=program is OURS)
            for place, line in at.items()
        }
    return Session(first, longest, megabytes, typed)


def _open(driver: Driver, document: Document, line: int, *, with_name: bool) -> tuple[Cost, float]:
    """Open the document and send requests until the folder is loaded.

    Returns the cost of the first findings, and the longest wait for an answer in seconds.
    """
    start, before = time.perf_counter(), driver.processor
    first: list[Cost] = []

    def hear(message: object) -> None:
        if not first and isinstance(message, dict) and document.is_told(message, with_name=with_name):
            first.append(Cost(time.perf_counter() - start, driver.processor - before))

    driver.heard = hear
    document.open(line)
    waits = [0.0]
    while not first or driver.is_busy(_PAUSE):
        for turn in range(_ASKED):
            waits.append(document.ask(turn))
            driver.rest(_PAUSE)
        if time.perf_counter() - start > 600:
            raise TimeoutError("no findings in the open file within ten minutes")
    driver.heard = None
    return first[0], max(waits)


def _type(driver: Driver, document: Document, line: int, keys: int, *, with_name: bool) -> Cost | None:
    """Type a name before a line and delete it again; return the median cost of a keystroke.

    None if the server does not publish diagnostics for the change within a minute.
    """
    costs: list[Cost] = []
    document.insert(line)
    try:
        driver.wait(lambda m: document.is_told(m, with_name=with_name), _PATIENCE)
        driver.settle()
        costs += [_key(driver, document, line, with_name=with_name) for _ in range(keys)]
    except TimeoutError:
        return None
    finally:
        document.remove(line)
        driver.settle()
    seconds = statistics.median(cost.seconds for cost in costs)
    return Cost(seconds, statistics.median(cost.processor for cost in costs))


def _key(driver: Driver, document: Document, line: int, *, with_name: bool) -> Cost:
    start, before = time.perf_counter(), driver.processor
    document.key(line)
    driver.wait(lambda m: document.is_told(m, with_name=with_name), _PATIENCE)
    seconds = time.perf_counter() - start
    driver.settle()
    return Cost(seconds, driver.processor - before)


def start(program: Program, folder: Path) -> float:
    """The seconds from the start of a server to its answer to `initialize`."""
    began = time.perf_counter()
    with Driver(program, folder) as driver:
        driver.initialize()
        return time.perf_counter() - began
