"""Code lenses above variables, hints behind reads."""

from __future__ import annotations

from configvars.features.code_lens import code_lens
from configvars.features.inlay_hints import inlay_hints
from configvars.text import Span

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


def test_lenses_tell_readers_and_apps(project):
    it = project(FILES)
    assert lenses(it, ".env") == [
        "A: 2 references · set on shop · same · set on prod · same",
        "B: 1 reference · set on shop · differs · not on prod",
        "C: no references · not on shop · not on prod",
    ]
    assert lenses(it, ".env.example") == ["A: 2 references · set on shop · set on prod"]
    assert lenses(it, "app.py") == []


def test_the_lens_leads_to_the_references(project):
    it = project(FILES)
    first = code_lens(it.project, it.path(".env"))[0]
    assert [it.place(place) for place in first.references] == [".env:3:5 A", "app.py:2:13 A"]


def test_hints_tell_where_a_variable_is_set(project):
    it = project(FILES)
    path = it.path("app.py")
    text = it.project.text_of(path)
    found = inlay_hints(it.project, path, Span(0, len(text)))
    assert [f"{it.line(path, hint.offset)} {hint.label}" for hint in found] == [
        "app.py:2:14 .env · shop · prod",
        "app.py:2:31 .env · shop",
        "app.py:2:54 not set here",
        "app.py:3:17 platform",
        "app.py:3:41 not set here",
        "app.py:3:58 set elsewhere",
    ]
    assert inlay_hints(it.project, path, Span(0, 5)) == ()
    assert inlay_hints(it.project, it.path(".env"), Span(0, 5)) == ()
