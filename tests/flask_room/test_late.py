"""Keys that are set too late, and those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.flask.late import late_keys
from support.projects import opened

HEAD = (
    "-- app.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n"
)
URI = "app.config['SQLALCHEMY_DATABASE_URI']"
MAIN = "if __name__ == '__main__':\n"
LOGIN = "-- app.py --\nfrom flask import Flask, session\napp = Flask(__name__)\nsession['a'] = 1\n"
SERVED = "-- Procfile --\nweb: gunicorn app:app\n"

NONE = {
    "set before": f"{HEAD}{URI} = 'x'\ndb = SQLAlchemy(app)\n",
    "None, as before": f"{HEAD}db = SQLAlchemy(app)\n{URI} = None\n",
    "a default": f"{HEAD}db = SQLAlchemy(app)\napp.config.setdefault('SQLALCHEMY_DATABASE_URI', 'x')\n",
    "initialised in a branch": f"{HEAD}if app.debug:\n    SQLAlchemy(app)\n{URI} = 'x'\n",
    "initialised again": f"{HEAD}db = SQLAlchemy(app)\n{URI} = 'x'\ndb.init_app(app)\n",
    "another key": f"{HEAD}db = SQLAlchemy(app)\napp.config['OTHER'] = 'x'\n",
    "initialised by the main block": f"{HEAD}{MAIN}    SQLAlchemy(app)\n    {URI} = 'x'\n",
    "an ordinary constant below": f"{HEAD}app.config.from_object(__name__)\nLIMIT = 1\n",
    "an attribute of a class below": (
        f"{HEAD}app.config.from_object(__name__)\nclass Config:\n    TESTING = True\n"
    ),
    "a key below that is set otherwise": (
        f"{HEAD}app.config.from_object(__name__)\nTESTING = True\napp.config['TESTING'] = True\n"
    ),
    "a key in the main block, and no server": f"{LOGIN}{MAIN}    app.config['SECRET_KEY'] = 'x'\n",
    "a program of the Procfile": (
        f"{LOGIN}{MAIN}    app.config['SECRET_KEY'] = 'x'\n-- Procfile --\nweb: python app.py\n"
    ),
}
LATE = {
    "set behind": (
        f"{HEAD}db = SQLAlchemy(app)\n{URI} = 'x'\n",
        "app.py:5:13 SQLALCHEMY_DATABASE_URI:"
        " Flask-SQLAlchemy already read it when it was initialised with the app",
    ),
    "set behind, in what a server imports": (
        f"{HEAD}db = SQLAlchemy(app)\n{URI} = 'x'\n{SERVED}",
        "app.py:5:13 SQLALCHEMY_DATABASE_URI:"
        " Flask-SQLAlchemy already read it when it was initialised with the app",
    ),
    "set behind, and initialised again only by the main block": (
        f"{HEAD}db = SQLAlchemy(app)\n{URI} = 'x'\n{MAIN}    db.init_app(app)\n",
        "app.py:5:13 SQLALCHEMY_DATABASE_URI:"
        " Flask-SQLAlchemy already read it when it was initialised with the app",
    ),
    "a key below": (
        f"{HEAD}app.config.from_object(__name__)\nTESTING = True\n",
        "app.py:5:1 TESTING: from_object(__name__) has loaded only the names above it",
    ),
    "a key in the main block of an app that a server imports": (
        f"{LOGIN}{MAIN}    app.config['SECRET_KEY'] = 'x'\n{SERVED}",
        "app.py:5:17 SECRET_KEY: a server that imports the app does not run this block",
    ),
}


def told(root: Path, text: str) -> list[str]:
    it = opened(root, text)
    return [
        f"{it.line(one.place.path, one.place.span.start)} {one.name}: {one.why.partition(';')[0]}"
        for one in [*(late for path in it.project.index.files for late in late_keys(it.project, path))]
    ]


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_keys_that_are_not_too_late(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(("text", "expected"), LATE.values(), ids=LATE)
def test_keys_that_are_too_late(tmp_path: Path, text: str, expected: str) -> None:
    assert told(tmp_path, text) == [expected]
