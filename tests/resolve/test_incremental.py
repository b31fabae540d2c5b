"""After any edit the results are those of a new analysis, and little is computed again."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configvars.analyze import Unit
from configvars.model import FileFacts
from configvars.names.evaluate import Evaluator
from configvars.names.values import Value
from configvars.readers.scan import Key, Scan
from configvars.resolve.link import Linker
from configvars.resolve.open_files import ROOM
from configvars.syntax.python import Node
from support.fixtures import fixture
from support.properties import share_of
from support.python_facts import ROOT

CIRCLE = """\
-- a.py --
import os
from b import B
class A:
    env = os.environ
    def make(self):
        return B(self)
-- b.py --
from a import A
class B:
    def __init__(self, a: A):
        self.a = a
    def other(self):
        return A()
-- m.py --
from a import A
A().make().a.env.get('K')
"""
PROJECT = """\
-- consts.py --
PREFIX = 'APP_'
KEY = PREFIX + 'KEY'
-- conf.py --
import os
from consts import *
from consts import PREFIX as START
class Conf:
    def get(self, name, default=None):
        return os.environ.get(START + name, default)
def need(name):
    return os.environ[name]
-- mid.py --
from conf import Conf, need
conf = Conf()
def ask(name):
    return need(name.upper())
-- app.py --
from mid import conf, ask
from consts import KEY
import conf as module
conf.get('A')
ask('b')
module.need(KEY)
"""
LINES = (
    "",
    "# a line more",
    "import os",
    "KEY = 'OTHER'",
    "PREFIX = 'NEW_'",
    "from mid import ask",
    "from app import conf as ask",
    "def need(name, other): return os.environ[other]",
    "def ask(name): return name",
    "x = os.environ['HERE']",
    "class Conf: pass",
    "conf.get('B')",
    "need('C')",
)


def _linker(files: dict[str, str], room: int = ROOM) -> Linker:
    linker = Linker(ROOT, room=room)
    for path, text in files.items():
        linker.update(f"{ROOT}/{path}", text)
    return linker


def _described(facts: FileFacts, linker: Linker) -> object:
    """The facts of a file, with positions instead of marks, because marks depend on the version of the
    text.
    """
    references = [
        (r.variable, r.span, r.access, r.need, r.written_at and linker.place(r.written_at), r.via is None)
        for r in facts.references
    ]
    return references, facts.dynamic, facts.definitions, facts.env_files


def _all_of(linker: Linker, known: dict[str, FileFacts]) -> dict[str, object]:
    known.update({facts.path: facts for facts in linker.settle()})
    for _ in linker.resting():
        pass
    return {path: _described(facts, linker) for path, facts in known.items()}


def _counted_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are scanned from now on, each as often as it is scanned."""
    runs: list[str] = []
    running = Unit.running

    def counted(unit: Unit) -> Generator[None, None, bool]:
        runs.append(unit.path.removeprefix(f"{ROOT}/"))
        return running(unit)

    monkeypatch.setattr(Unit, "running", counted)
    return runs


def _edited(text: str, line: int, new: str, *, replaces: bool) -> str:
    lines = text.splitlines()
    at = line % (len(lines) + 1)
    return "\n".join([*lines[:at], new, *lines[at + (1 if replaces else 0) :]]) + "\n"


@pytest.mark.parametrize("text", [CIRCLE, PROJECT], ids=["circle", "project"])
def test_nothing_is_computed_again_without_a_change(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    linker = _linker(fixture(text).files)
    assert linker.settle()
    runs = _counted_runs(monkeypatch)
    assert linker.settle() == ()
    assert runs == []


@pytest.mark.parametrize("text", [CIRCLE, PROJECT], ids=["circle", "project"])
def test_moved_text_affects_only_its_file(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = fixture(text).files
    linker = _linker(files)
    linker.settle()
    runs = _counted_runs(monkeypatch)
    for path, body in files.items():
        runs.clear()
        linker.update(f"{ROOT}/{path}", f"# a comment\n\n{body}")
        linker.settle()
        assert runs.count(path) == len(runs) or text == CIRCLE, path


def test_modules_that_create_each_others_objects_terminate() -> None:
    linker = _linker(fixture(CIRCLE).files)
    found = {facts.path.removeprefix(f"{ROOT}/"): facts for facts in linker.settle()}
    assert [one.variable.name for one in found["m.py"].references] == ["K"]


@pytest.mark.parametrize("text", [CIRCLE, PROJECT], ids=["circle", "project"])
def test_the_order_of_files_does_not_matter(text: str) -> None:
    files = fixture(text).files
    first = _all_of(_linker(files), {})
    for start in files:
        others = [path for path in files if path != start]
        for order in (others, others[::-1]):
            assert _all_of(_linker({path: files[path] for path in (start, *order)}), {}) == first


OPEN = "import os\nfrom b import g\ndef f(n):\n    os.environ[n]\n    g(n)\n"
CALL = "from b import g\ndef f(n):\n    g(n)\n"
BACK = "from a import f\ndef g(n):\n    f(n)\n"
READ = "import os\nfrom a import f\ndef g(n):\n    f(n)\n    os.environ['X' + n]\n"
THROUGH = "from c import h\ndef g(n):\n    h(n)\n"
LAST = "from a import f\ndef h(n):\n    f(n)\n"
USE = "from b import g\ng('K')\n"


@pytest.mark.parametrize(
    ("files", "edits"),
    [
        ({"a.py": OPEN, "b.py": BACK, "m.py": USE}, {"a.py": CALL}),
        ({"a.py": OPEN, "b.py": BACK, "m.py": USE}, {"a.py": f"import os\nos.environ['Z']\n{CALL}"}),
        ({"a.py": OPEN, "b.py": THROUGH, "c.py": LAST, "m.py": USE}, {"a.py": CALL}),
        ({"a.py": OPEN, "b.py": READ, "m.py": USE}, {"a.py": CALL, "b.py": f"import os\n{BACK}"}),
    ],
    ids=["the only read", "another read stays", "through three files", "one after the other"],
)
@pytest.mark.parametrize("room", [ROOM, 0])
def test_functions_that_call_each_other_keep_no_read_alive(
    files: dict[str, str], edits: dict[str, str], room: int
) -> None:
    files = dict(files)
    linker, known = _linker(files, room), {}
    assert _all_of(linker, known)[f"{ROOT}/m.py"][0]
    for path, text in edits.items():
        files[path] = text
        linker.update(f"{ROOT}/{path}", text)
        assert _all_of(linker, known) == _all_of(_linker(files), {})
    assert not known[f"{ROOT}/m.py"].references


@pytest.mark.slow
@settings(max_examples=share_of(100), deadline=None)
@given(
    st.sampled_from([CIRCLE, PROJECT]),
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 12), st.sampled_from(LINES), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([ROOM, 0]),
)
def test_incremental_equals_from_scratch(
    text: str, edits: list[tuple[int, int, str, bool]], room: int
) -> None:
    """This also holds if no syntax tree is kept."""
    files = dict(fixture(text).files)
    linker, known = _linker(files, room), {}
    _all_of(linker, known)
    for file, line, new, replaces in edits:
        path = sorted(files)[file % len(files)]
        files[path] = _edited(files[path], line, new, replaces=replaces)
        linker.update(f"{ROOT}/{path}", files[path])
        assert _all_of(linker, known) == _all_of(_linker(files), {})


def _chain(count: int) -> str:
    """Wrappers that call the next one, each in three ways."""
    handing_on = (
        f"def f{i}(name):\n    if f{i - 1}(name): return f{i - 1}(name)\n    return f{i - 1}(name)\n"
        for i in range(1, count)
    )
    first = "import os\ndef f0(name): return os.environ.get(name)\n"
    return f"{first}{''.join(handing_on)}f{count - 1}('A')\n"


def test_mutually_recursive_wrappers_cost_no_more_than_their_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value, evaluated = Evaluator.value, [0]

    def counted(evaluator: Evaluator, node: Node | None) -> Value:
        evaluated[0] += 1
        return value(evaluator, node)

    monkeypatch.setattr(Evaluator, "value", counted)
    work: list[int] = []
    for count in (10, 20, 40):
        evaluated[0] = 0
        (facts,) = _linker({"f.py": _chain(count)}).settle()
        assert "A" in {one.variable.name for one in facts.references}
        work.append(evaluated[0])
    assert work[1] < 4.5 * work[0]
    assert work[2] < 4.5 * work[1]


def _chain_of_files(count: int) -> dict[str, str]:
    """Wrappers that call the next one, each in its own file."""
    first = {"f0.py": "import os\ndef f0(name): return os.environ[name]\n"}
    others = {
        f"f{i}.py": f"from f{i - 1} import f{i - 1}\ndef f{i}(name): return f{i - 1}(name)\n"
        for i in range(1, count)
    }
    return {**first, **others, "m.py": f"from f{count - 1} import f{count - 1}\nf{count - 1}('A')\n"}


def _counted_steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on, the file of each step of a scan."""
    steps: list[str] = []
    done = Scan.do

    def counted(scan: Scan, key: Key) -> tuple[str, ...]:
        steps.append(scan.evaluator.path.removeprefix(f"{ROOT}/"))
        return done(scan, key)

    monkeypatch.setattr(Scan, "do", counted)
    return steps


@pytest.mark.parametrize("backwards", [False, True], ids=["imported first", "imported last"])
def test_the_work_is_linear_in_a_chain_of_wrappers(backwards: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = _counted_steps(monkeypatch)
    work = []
    for count in (10, 20, 40):
        steps.clear()
        files = _chain_of_files(count)
        linker = _linker(dict(reversed(files.items())) if backwards else files)
        (found,) = (facts for facts in linker.settle() if facts.path == f"{ROOT}/m.py")
        assert [one.variable.name for one in found.references] == ["A"]
        work.append(len(steps) / count)
    assert work[2] <= work[1] <= work[0] < 20


def test_late_results_are_followed_only_where_they_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"os.environ['V{i}']\n" for i in range(50))
    files = {"user.py": f"import os\nfrom late import need\n{many}need('A')\n"}
    linker = _linker(files)
    linker.know(f"{ROOT}/late.py")
    linker.settle()
    steps = _counted_steps(monkeypatch)
    linker.update(f"{ROOT}/late.py", "import os\ndef need(name): return os.environ[name]\n")
    found = {facts.path.removeprefix(f"{ROOT}/"): facts for facts in linker.settle()}
    assert "A" in {one.variable.name for one in found["user.py"].references}
    assert steps.count("user.py") < 12


def test_a_keystroke_in_circular_imports_scans_no_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    files = fixture(CIRCLE).files
    linker = _linker(files)
    linker.settle()
    steps = _counted_steps(monkeypatch)
    linker.update(f"{ROOT}/a.py", f"{files['a.py']}os.environ['TYPED']\n")
    assert [facts.path for facts in linker.settle()] == [f"{ROOT}/a.py"]
    assert set(steps) == {"a.py"}


def test_unused_files_are_closed_and_opened_on_demand() -> None:
    files = dict(fixture(PROJECT).files)
    linker, known = _linker(files, room=0), {}
    before = _all_of(linker, known)
    for path, text in files.items():
        linker.update(f"{ROOT}/{path}", f"# moved\n{text}")
        linker.settle()
        linker.update(f"{ROOT}/{path}", text)
        assert _all_of(linker, known) == before
