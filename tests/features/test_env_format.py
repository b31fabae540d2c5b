"""Formatting and sorting as editor features: env files and templates alone."""

from __future__ import annotations

from configvars.edits import apply_edits
from configvars.features.env_format import format_env_file, sort_env_file
from support.projects import opened

FILES = "-- .env --\n B = 2\nA=1\n-- .env.example --\nB = \n-- app.py --\nB = 2 \n"


def test_formatting(tmp_path):
    it = opened(tmp_path, FILES)
    after = {
        name: apply_edits(it.project.text_of(it.path(name)) or "", format_env_file(it.project, it.path(name)))
        for name in (".env", ".env.example", "app.py")
    }
    assert after == {".env": "B=2\nA=1\n", ".env.example": "B=\n", "app.py": "B = 2 \n"}


def test_sorting(tmp_path):
    it = opened(tmp_path, FILES)
    fix = sort_env_file(it.project, it.path(".env"))
    assert fix is not None
    assert [apply_edits(" B = 2\nA=1\n", change.edits) for change in fix.changes] == ["A=1\n B = 2\n"]
    assert sort_env_file(it.project, it.path(".env.example")) is None
    assert sort_env_file(it.project, it.path("app.py")) is None
    assert format_env_file(it.project, it.path("absent")) == ()
