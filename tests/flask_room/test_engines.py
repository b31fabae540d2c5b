"""Whether options in the code may name a database."""

from __future__ import annotations

from pathlib import Path

from configvars.flask.engines import passes_engine
from support.growth import calls_of
from support.projects import opened

_APP = "from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n"


def test_options_that_may_contain_the_address(tmp_path: Path) -> None:
    folder = opened(tmp_path, f"-- app.py --\n{_APP}")
    path = folder.path("app.py")
    assert not passes_engine(folder.project)
    folder.workspace.open(path, f"{_APP}db = SQLAlchemy(app, engine_options={{'url': 'sqlite://'}})\n")
    assert passes_engine(folder.project)
    folder.workspace.open(path, f"{_APP}db = SQLAlchemy(app)\n")
    assert not passes_engine(folder.project)


def test_a_key_in_one_file_searches_no_other(tmp_path: Path) -> None:
    others = "".join(f"-- views{number}.py --\nx = {number}\n" for number in range(100))
    folder = opened(tmp_path, f"-- app.py --\n{_APP}{others}")
    assert not passes_engine(folder.project)
    folder.workspace.open(folder.path("app.py"), f"{_APP}# x\n")
    project = folder.project
    assert calls_of(lambda: passes_engine(project)) < 12 * 100  # 140 for each file that is read again
