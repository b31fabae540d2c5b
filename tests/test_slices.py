"""Long work in slices is completed whoever continues it, and nothing runs twice at once."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from threading import Event

import pytest

from configvars import analyze, slices
from configvars.checks import CHECKS
from configvars.checks.run import findings
from configvars.slices import Shared, aside, finish, is_over, result, sliced
from configvars.workspace import Workspace
from support.growth import calls_of
from support.python_facts import analyze as analysed
from test_growth import SHAPES, source

# Each is one file of 15 to 30 KB that took between 0.1 and 30 seconds in one piece.
LONG = {
    "one name read again and again": 3000,
    "switches": 400,
    "elif": 500,
    "conditional expressions with reads": 800,
    "assigned to itself in a loop": 400,
    "prefixes of the environment, and uses": 300,
    "functions that pass a configuration on, in reverse order": 900,
}
MOST_CALLS = 300_000
"""The maximum number of calls in a slice of such a file; about three million calls take a second."""


def counted(log: list[str], name: str, times: int) -> Iterator[None]:
    for number in range(times):
        log.append(f"{name}{number}")
        yield


def test_all_slices_together_are_the_work() -> None:
    log: list[str] = []
    finish(sliced(counted(log, "a", 3)))
    assert log == ["a0", "a1", "a2"]


def test_at_least_one_step_runs() -> None:
    log: list[str] = []
    steps = counted(log, "a", 2)
    assert [is_over(steps, 0) for _ in range(3)] == [False, False, True]


def test_the_result_of_steps() -> None:
    def steps() -> Generator[None, None, int]:
        yield
        return 7

    assert result(steps()) == 7


def test_a_later_caller_continues_the_running_work() -> None:
    log: list[str] = []
    shared = Shared()
    first = shared.steps(lambda: counted(log, "a", 3))
    next(first)
    second = shared.steps(lambda: counted(log, "b", 3))
    next(second)
    next(first)
    finish(second)
    assert log == ["a0", "a1", "a2", "b0", "b1", "b2"]
    finish(first)
    assert len(log) == 6


def test_the_next_caller_finishes_abandoned_work() -> None:
    log: list[str] = []
    shared = Shared()
    first = shared.steps(lambda: counted(log, "a", 3))
    next(first)
    first.close()  # type: ignore[attr-defined]
    finish(shared.steps(lambda: counted(log, "b", 1)))
    assert log == ["a0", "a1", "a2", "b0"]


def test_work_aside_leaves_others_their_turn() -> None:
    is_asked = Event()
    steps = aside(lambda: is_asked.wait(60))
    turns = [next(steps) for _ in range(3)]
    is_asked.set()
    assert (turns, result(steps)) == ([None] * 3, True)


def test_an_error_of_work_aside_is_that_of_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        result(aside(lambda: 1 // 0))


# An eighth of a file is enough to notice work in one piece. These take the most time.
SLOW = {
    "elif",
    "one name read again and again",
    "conditional expressions with reads",
    "prefixes of the environment, and uses",
}
SHARES = [
    pytest.param(name, share, marks=[pytest.mark.slow] if share == 1 or name in SLOW else [])
    for share in (8, 1)
    for name in LONG
]


@pytest.mark.beyond_limits
@pytest.mark.parametrize(("name", "share"), SHARES)
def test_one_file_is_many_slices(
    name: str, share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's event loop answers other requests between two slices, so each slice must be short."""
    monkeypatch.setattr(slices, "SLICE", 0)
    monkeypatch.setattr(analyze, "SLICE", 0)
    text, path = source(SHAPES[name][1], LONG[name] // share), str(tmp_path / "app.py")
    (tmp_path / "app.py").write_text(text)
    (tmp_path / ".env").write_text("A=1\n")
    workspace = Workspace(str(tmp_path))
    analysed("/ws/app.py", "import os\nos.environ['A']\n")  # whatever is loaded only once, for any file
    assert most(workspace.load()) < MOST_CALLS // share
    assert most(workspace.opening(path, f"{text}\n# typed\n")) < MOST_CALLS // share
    assert most(findings(CHECKS, workspace.project(), path)) < MOST_CALLS // share


def test_a_long_file_with_an_error_is_parsed_and_mended_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE", 0)
    text = "def f(a): return {'a': [a, 1]}\n" * 2_000 + "x = (\nos.environ['A']\n"
    (tmp_path / "app.py").write_text(text)
    workspace = Workspace(str(tmp_path))
    assert sum(1 for _ in workspace.load()) > 40
    assert sum(1 for _ in workspace.opening(str(tmp_path / "app.py"), f"{text}# typed\n")) > 40


def test_a_long_file_that_another_one_imports_is_parsed_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "_room", 0)  # so that the long file is closed once everything is read
    names = "def f(a): return {'a': [a, 1]}\n" * 5000 + "import os\nNAME = os.environ['B']\n"
    (tmp_path / "names.py").write_text(names)
    workspace, path = Workspace(str(tmp_path)), str(tmp_path / "app.py")
    finish(workspace.load())
    at_once: list[str] = []
    monkeypatch.setattr(analyze, "result", lambda steps: at_once.append("parsed") or result(steps))
    finish(workspace.opening(path, "import os\nfrom names import NAME\nos.environ['A'] + NAME\n"))
    assert at_once == []


IMPORTS = "".join(f"from a{number} import b{number}\n" for number in range(4_000))


def test_whether_thousands_of_imports_lead_to_variables_is_found_out_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE", 0)
    (tmp_path / "app.py").write_text(IMPORTS)
    workspace = Workspace(str(tmp_path))
    assert most(workspace.load()) < MOST_CALLS // 10
    assert most(workspace.opening(str(tmp_path / "app.py"), f"{IMPORTS}# typed\n")) < MOST_CALLS // 10


@pytest.mark.parametrize("is_last_wanted", [False, True])
def test_the_last_text_counts_however_long_it_takes_to_look_at_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_last_wanted: bool
) -> None:
    monkeypatch.setattr(slices, "SLICE", 0)
    (tmp_path / "names.py").write_text("import os\nNAME = os.environ\n")
    workspace, path = Workspace(str(tmp_path)), str(tmp_path / "app.py")
    finish(workspace.load())
    reads = "from names import NAME\nNAME['A']\n"
    texts = [IMPORTS if is_last_wanted else IMPORTS + reads, reads if is_last_wanted else "import os\n"]
    earlier = workspace.opening(path, texts[0])
    next(earlier)
    workspace.withhold(path, begun=True)
    assert workspace.project().index.files.get(path) is None
    finish(workspace.opening(path, texts[1]))
    finish(earlier)
    facts = workspace.project().index.files.get(path)
    assert bool(facts and facts.references) is is_last_wanted


def most(steps: Iterator[object]) -> int:
    """The number of calls in the longest step."""
    found, is_left = 0, True

    def step() -> None:
        nonlocal is_left
        is_left = next(steps, steps) is not steps

    while is_left:
        found = max(found, calls_of(step))
    return found
