"""The steps of each body of a file in their order, and which body contains an offset."""

from __future__ import annotations

import pytest

from configvars.syntax.python_order import Step
from support.python_facts import order_of

TEXT = """\
import os, a.b as c, d.e
from .config import X as Y, Z
from g import *

def make(x=first()):
    load_dotenv()
    if x:
        import later
    def inner():
        deep()
    return inner

class K(Base, k=base()):
    field = declared()
    def __init__(self):
        self.set_up()

if __name__ == "__main__":
    app.run()
if TYPE_CHECKING:
    import typed
try:
    import fast
except ImportError:
    import slow
else:
    chosen()
x = a() if b() else c()
y = d() or e()
z = lambda: f()
import_module("named")
app.config.from_object("config.Base")
os.environ.setdefault("S", "site.settings")
(lambda: 1)()
"""


def shown(step: Step) -> str:
    what = f"{step.module} {step.callee}".strip()
    if step.imports is not None:
        what = f"import {step.imports.module} {' '.join(step.imports.names)}".rstrip()
    named = f" of {step.name}" if step.name else ""
    maybe = "" if step.where.certain else " perhaps"
    phase = "" if step.where.phase == "import" else f" ({step.where.phase})"
    return what + named + maybe + phase


def test_the_steps_of_each_body_in_order():
    order = order_of(TEXT)
    assert {body: [shown(step) for step in steps] for body, steps in order.steps.items()} == {
        "": [
            *("import os", "import a.b", "import d.e", "import .config X Z", "import g", "first", "base"),
            *("declared", "app.run (main)", "import typed perhaps (never)", "import fast"),
            *("import slow perhaps", "chosen", "a perhaps", "b", "a.b perhaps", "d", "e perhaps"),
            *("import_module of named", "app.config.from_object of config.Base"),
            "os environ.setdefault of site.settings",
        ],
        "make": ["load_dotenv", "import later perhaps"],
        "make.inner": ["deep"],
        "K.__init__": ["self.set_up"],
        "<lambda>": ["f"],
    }
    assert order.classes == {"K"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()\n", "f"),
        ("f()\nfrom a import f\n", "f"),
        ("from a import f\nf()\n", "a f"),
        ("from .a import f as g\ng.x()\n", ".a f.x"),
        ("import a.b\na.b.f()\n", "a b.f"),
        ("import a.b as c\nc.f()\n", "a.b f"),
        ("from a import f\nfrom b import f\nf()\n", "b f"),
        ("from a import f\nf()\nfrom b import f\n", "a f"),
        ("def g():\n    f()\nfrom a import f\nfrom b import f\n", "b f"),
        ("from a import f\ndef g():\n    from b import f\n    f()\n", "b f"),
    ],
)
def test_the_module_of_a_called_name(text, expected):
    calls = [step for steps in order_of(text).steps.values() for step in steps if step.callee]
    assert [f"{step.module} {step.callee}".strip() for step in calls] == [expected]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("first", " certain import"),
        ("load_dotenv", "make certain import"),
        ("import later", "make perhaps import"),
        ("deep", "make.inner certain import"),
        ("declared", " certain import"),
        ("app.run", " certain main"),
        ("import typed", " perhaps never"),
        ("import slow", " perhaps import"),
        ("f()", "<lambda> certain import"),
    ],
)
def test_the_body_of_a_place(word, expected):
    where = order_of(TEXT).where(TEXT.index(word))
    assert f"{where.body} {'certain' if where.certain else 'perhaps'} {where.phase}" == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    if x: g()\n    here()\n", "certain"),
        ("def f():\n    if x: raise E\n    here()\n", "certain"),
        ("def f():\n    if x:\n        def g(): return\n    here()\n", "certain"),
        ("def f():\n    with x: pass\n    return here()\n", "certain"),
        ("for x in ('A', 'B'): here()\n", "certain"),
        ("for x in NAMES:\n    here()\n", "certain"),
        ("while True:\n    here()\n", "certain"),
        ("def f():\n    if x: return\n    here()\n", "perhaps"),
        ("def f():\n    for y in x:\n        if y: return y\n    here()\n", "perhaps"),
        (
            "def f():\n    try:\n        with x:\n            return 1\n    except E: pass\n    here()\n",
            "perhaps",
        ),
        ("def f():\n    if x:\n        if y: return\n        here()\n", "perhaps"),
        (
            "def f():\n    if x: return\n    if y:\n        pass\n    else:\n        pass\n    here()\n",
            "perhaps",
        ),
        ("for x in find(): here()\n", "perhaps"),
        ("while x:\n    here()\n", "perhaps"),
    ],
)
def test_loops_and_early_returns(text, expected):
    order = order_of(text)
    (step,) = (each for steps in order.steps.values() for each in steps if each.callee == "here")
    assert ("certain" if step.where.certain else "perhaps") == expected
    assert order.where(text.index("here")).certain is step.where.certain


@pytest.mark.parametrize(
    ("more", "is_sure"),
    [
        ("f = other\n", False),
        ("def f(): ...\n", False),
        ("from a import f\n", False),
        ("import a as f\n", False),
        ("@a\ndef f(): ...\n", False),
        ("def g(f): ...\n", False),
        ("lambda f: 1\n", False),
        ("", True),
        ("from f import a\n", True),
        ("a = f\n", True),
        ("import f as a\n", True),
        ("class C:\n    def f(self): ...\n", True),
        ("class C:\n    @a\n    def f(self): ...\n", True),
    ],
)
def test_a_name_that_has_several_meanings_is_not_sure(more, is_sure):
    order = order_of(f"def f(): ...\n{more}f()\n")
    assert order.steps[""][-1].where.sure is is_sure


def test_places_count_code_points():
    text = "x = '\U0001f600é'\nif x:\n    read()\n"
    (step,) = order_of(text).steps[""]
    assert step.at == text.index("read()") + len("read()")
    assert not order_of(text).where(text.index("read")).certain


@pytest.mark.parametrize("text", ["", "def f(:\n", "class :\n    x(", "import\nfrom . import\n", "(" * 50])
def test_invalid_code_has_an_order(text):
    order_of(text)
