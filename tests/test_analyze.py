"""The whole analysis of one file: what it finds. No text makes it fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from configvars.analyze import TABLES, Unit
from configvars.failures import Failure
from configvars.model import Suppression
from configvars.readers.base import Fact
from configvars.readers.os_environ import OS_ENVIRON
from configvars.readers.tables import Tables
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules
from configvars.resolve.questions import Questions
from configvars.slices import result
from support.properties import share_of
from support.python_facts import analyze, rendered

# Public comparison text: the ways of reading that other tools were compared on.
FIFTEEN = """\
import os, os as o
from os import environ, getenv as ge
env = os.environ
A1 = os.environ["SUB"]
A2 = os.environ.get("GETND")
A3 = os.environ.get("GETDEF", "x")
A4 = os.getenv("GETENV")
A5 = os.environ.pop("POP", None)
A6 = os.environ.setdefault("SETDEF", "1")
A7 = "INCHECK" in os.environ
A8 = o.environ["OALIAS"]
A9 = environ["FROMENV"]
B1 = ge("GEALIAS")
B2 = env["ASSIGNED"]
NAME = "CONSTNAME"
B3 = os.environ[NAME]
def h(k): return os.environ[k]
B4 = h("WRAPPED")
B8 = os.environ.get("ORDEF") or "d"
try:
    B9 = os.environ["TRYKEY"]
except KeyError:
    B9 = "x"
"""

FOUND = [
    "4:18 SUB read required",
    "5:22 GETND read optional",
    "6:22 GETDEF read defaulted",
    "7:17 GETENV read optional",
    "8:22 POP read optional",
    "9:29 SETDEF read defaulted",
    "10:7 INCHECK test -",
    "11:17 OALIAS read required",
    "12:15 FROMENV read required",
    "13:10 GEALIAS read optional",
    "14:11 ASSIGNED read required",
    "16:17 CONSTNAME read required",
    "18:9 WRAPPED read required",
    "19:22 ORDEF read defaulted",
    "21:22 TRYKEY read guarded",
]


def test_idioms_of_a_comparison_of_tools() -> None:
    assert rendered(FIFTEEN) == FOUND


def test_a_suppression_is_a_comment_at_the_end_of_its_line() -> None:
    text = (
        "x = 1  # configvars: ignore[missing-variable, unused]\ny = '# configvars: ignore'\n"
        "z = 2  # configvars: ignore\n"
    )
    assert analyze("/ws/a.py", text).suppressions == (
        Suppression(0, frozenset({"missing-variable", "unused"})),
        Suppression(2),
    )


PARTS = st.sampled_from(
    [
        *(
            "import os\n",
            "from os import *\n",
            "os.environ",
            "[",
            "]",
            "(",
            ")",
            '"A"',
            "'",
            '"""',
            "f'{",
            "x",
            "\n",
        ),
        *(
            "def f(x):\n    ",
            "class C(D):\n    ",
            "return ",
            "if ",
            ":\n    ",
            "lambda x: ",
            ".get(",
            " in ",
            "\r",
        ),
        *(
            "for x in (",
            "with x as y:\n ",
            "match x:\n case ",
            "self.",
            "x",
            ",",
            "*",
            "**",
            "é",
            "😀",
            " or ",
            " = ",
        ),
        *("\ud800", "\\", "@x\n"),
    ]
)


@settings(max_examples=share_of(300), deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_no_python_raises_an_exception_in_the_analysis(text: str) -> None:
    facts = analyze("/ws/a.py", text)
    assert facts.skipped is None
    for reference in facts.references:
        assert reference.span.of(text) == reference.variable.name or reference.written_at is not None


@settings(deadline=None)
@given(st.text())
def test_no_text_raises_an_exception_in_the_analysis(text: str) -> None:
    assert analyze("/ws/a.py", "import os\nos.environ['A']\n" + text).skipped is None


def test_names_that_depend_on_themselves_terminate() -> None:
    text = (
        "import os\nx = os.environ\nwhile 1:\n    x = y[x]\n    y = x(y)\n    z = x + y + z\n"
        "x[z]\nclass A(A): pass\nA().b['C']\n"
    )
    assert analyze("/ws/a.py", text).skipped is None


@pytest.mark.beyond_limits
def test_deep_nesting_terminates() -> None:
    for text in (
        "(" * 2000,
        "x" + ".a" * 3000,
        "x = " + "'a' + " * 2000 + "'b'",
        "[" * 500 + "os.environ['A']" + "]" * 500,
    ):
        assert analyze("/ws/a.py", f"import os\n{text}\nos.environ[x]\n").skipped is None


def provoke(site: object) -> Iterator[Fact]:
    raise ValueError("canary")


def test_an_exception_in_a_reader_affects_one_place(faults: list[Failure]) -> None:
    tables = Tables.of([replace(OS_ENVIRON, calls={**OS_ENVIRON.calls, "os.getenv": provoke})])
    text = 'import os\nos.environ["A"]\nos.getenv("B")\nos.environ["C"]\n'
    facts = analyze("/ws/app.py", text, tables)
    assert [reference.variable.name for reference in facts.references] == ["A", "C"]
    assert {fault.what for fault in faults} == {"the reader of os.getenv in /ws/app.py"}
    faults.clear()


def test_what_is_new_is_only_known_after_the_first_time() -> None:
    unit = Unit("/ws/a.py", "import os\nenv = os.environ\n", Questions({}, Modules("/ws"), Ledger()), TABLES)
    result(unit.running())
    assert (unit.news(), unit.news()) == (None, frozenset())
