"""Code lenses above variables, and inlay hints after reads."""

from __future__ import annotations

import pytest

from configvars.features.code_lens import code_lens
from configvars.features.expression_end import expression_end
from configvars.features.inlay_hints import inlay_hints
from configvars.settings import Settings
from configvars.text import Span

EVERY = Settings(code_lens="all")
FILES = """\
-- heroku:shop --
A=1
B=other
-- heroku:prod --
A=1
-- .env.example --
A=
-- .env --
A=1
B=1
C=${A}
-- app.py --
import os
os.environ["A"], os.environ["B"], os.environ["MISSING"]
os.environ["PORT"], os.getenv("ELSEWHERE"), os.environ["D"]
os.environ["D"] = "x"
"""


def lenses(it, name):
    path = it.path(name)
    text = it.project.text_of(path)
    return [f"{lens.span.of(text)}: {lens.title}" for lens in code_lens(it.project, path)]


def test_lenses_offer_actions(project):
    it = project(
        FILES
        + "-- heroku:shop-2 --\nEMPTY=1\nOWNED=x @addon\nSAME=1\n-- .env.local --\nEMPTY=\nOWNED=y\nSAME=1\n"
    )
    assert lenses(it, ".env") == ["B: Differs from shop: pull…"]
    assert lenses(it, ".env.local") == ["EMPTY: Pull from shop-2"]
    assert lenses(it, ".env.example") == []
    (lens,) = code_lens(it.project, it.path(".env.local"))
    assert lens.command.name == "configvars.pull"
    assert lens.command.argument["into"] == it.path(".env.local")


def test_no_lens_without_need(project):
    assert lenses(project(FILES, Settings(code_lens="off")), ".env") == []


def test_lenses_show_readers_and_apps(project):
    it = project(FILES.replace("B=1\n", "B=other\n"), EVERY)
    assert lenses(it, ".env") == [
        "A: 2 references · set on shop · same · set on prod · same",
        "B: 1 reference · set on shop · same · not on prod",
        "C: no references · not on shop · not on prod",
    ]
    assert lenses(it, ".env.example") == ["A: 2 references · set on shop · set on prod"]
    assert lenses(it, "app.py") == []


def test_a_lens_shows_the_references(project):
    it = project(FILES, EVERY)
    first = code_lens(it.project, it.path(".env"))[0]
    assert [it.place(place) for place in first.references] == [".env:3:5 A", "app.py:2:13 A"]


@pytest.mark.parametrize(
    "code",
    [
        'os.environ["A"]|, x',
        'os.getenv("A", ")")| + 1',
        'os.getenv(\n  "A",  # )\n  d(1),\n)|\nx',
        'if "A"| in os.environ: pass\nf(1)',
        'int(os.environ["A"]|)',
        'os.getenv("A" + str(\n1\n))|\nx',
        "class S(BaseSettings):\n    A|: int = Field(1)\n",
        'os.environ["A|',
    ],
)
def test_a_hint_is_after_the_call_or_subscript(code):
    text, behind = code.replace("|", ""), code.index("|")
    assert expression_end(text, text.index("A") + 1) == behind


def test_hints_show_where_a_variable_is_set(project):
    it = project(FILES)
    path = it.path("app.py")
    text = it.project.text_of(path)
    found = inlay_hints(it.project, path, Span(0, len(text)))
    assert [f"{it.line(path, hint.offset)} {hint.label}" for hint in found] == [
        "app.py:2:16 .env · shop · prod",
        "app.py:2:33 .env · shop",
        "app.py:2:56 not set here",
        "app.py:3:19 platform",
        "app.py:3:43 not set here",
        "app.py:3:60 set elsewhere",
    ]
    assert inlay_hints(it.project, path, Span(0, 5)) == ()
    assert inlay_hints(it.project, it.path(".env"), Span(0, 5)) == ()


@pytest.mark.parametrize(
    ("files", "label"),
    [
        ("-- .env --\nA=\n", "empty in .env"),
        ("-- .env --\nA=''\n", "empty in .env"),
        ("-- .env --\nA=\nA=1\n", ".env"),
        ("-- .env --\nA\n", "not set here"),
        ("-- .env.example --\nA=\n", "not set here"),
        ("-- .env --\nA=' '\n", ".env"),
    ],
)
def test_a_hint_says_that_a_value_is_empty(project, files, label):
    it = project(f"{files}-- app.py --\nimport os\nos.environ['A']\n")
    (hint,) = inlay_hints(it.project, it.path("app.py"), Span(0, 99))
    assert hint.label == label
