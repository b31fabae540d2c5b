"""The fix for `from_file` makes Flask load the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import CHECKS
from configvars.edits import apply_edits
from support.forked import run_python
from support.projects import opened

APP = "from flask import Flask\nimport tomllib\napp = Flask(__name__)\n{}\nprint(app.config['A'])\n"
FILE = "-- a.toml --\nA = 5\n"


@pytest.mark.parametrize(
    "call",
    [
        "app.config.from_file('a.toml', load=tomllib.load)",
        "app.config.from_file('a.toml', tomllib.load)",
        "app.config.from_file('a.toml', tomllib.load, False, True)",
        "app.config.from_file('a.toml', load=tomllib.load, text=True, silent=True)",
        "app.config.from_file(\n    'a.toml',\n    load=tomllib.load,  # TOML\n)",
    ],
)
def test_flask_loads_the_file_after_the_fix(tmp_path: Path, call: str) -> None:
    project = opened(tmp_path, f"-- app.py --\n{APP.format(call)}{FILE}").project
    check = next(one for one in CHECKS if one.name == "config-object-not-found")
    app = tmp_path / "app.py"
    (found,) = filter(None, check.run(project.index.files[str(app)], project))
    assert _ran(app) != "5"
    app.write_text(apply_edits(app.read_text(), found.fixes[0].changes[0].edits))
    assert _ran(app) == "5"


def _ran(app: Path) -> str:
    return run_python(app.name, cwd=app.parent, env={"PATH": os.environ["PATH"]}).stdout.strip()
