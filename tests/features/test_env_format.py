"""Formatting and sorting in the editor: only env files and templates."""

from __future__ import annotations

from configvars.edits import apply_edits
from configvars.features.env_format import format_env_file, sort_env_file
from support.projects import opened

FILES = "-- .env --\n # c\nB = 2\nA=1\n-- .env.example --\nB = \n\n\nA=\n-- app.py --\n # c\n\n\nB = 2 \n"


def test_formatting(tmp_path):
    it = opened(tmp_path, FILES)
    after = {
        name: apply_edits(it.project.text_of(it.path(name)) or "", format_env_file(it.project, it.path(name)))
        for name in (".env", ".env.example", "app.py")
    }
    assert after == {
        ".env": "# c\nB = 2\nA=1\n",
        ".env.example": "B = \n\nA=\n",
        "app.py": " # c\n\n\nB = 2 \n",
    }


def test_sorting(tmp_path):
    it = opened(tmp_path, FILES)
    fix = sort_env_file(it.project, it.path(".env"))
    assert fix is not None
    (change,) = fix.changes
    assert apply_edits(it.project.text_of(change.path) or "", change.edits) == " # c\nA=1\nB = 2\n"
    assert sort_env_file(it.project, it.path(".env.example")) is None
    assert sort_env_file(it.project, it.path("app.py")) is None
    assert format_env_file(it.project, it.path("absent")) == ()


def test_a_file_with_a_byte_order_mark_stays_as_it_is(tmp_path):
    it = opened(tmp_path, "-- .env --\n\ufeff\n\nB=2\nA=1\n")
    assert it.project.text_of(it.path(".env")) == "\n\nB=2\nA=1\n"
    assert format_env_file(it.project, it.path(".env")) == ()
    assert sort_env_file(it.project, it.path(".env")) is None
