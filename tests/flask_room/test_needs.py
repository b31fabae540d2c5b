"""The reads of the environment that an app needs, because they alone set a key that a used feature needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.flask import needs
from configvars.flask.apps import apps_of, effective_apps
from configvars.flask.effective import EffectiveApp
from configvars.flask.needs import needed_keys, needed_reads
from configvars.project import Project
from support.projects import opened

HEAD = "-- app.py --\nimport os\nfrom flask import Flask, session\napp = Flask(__name__)\n"
USES = "def view():\n    session['a'] = 1\n"
KEY = "app.config['SECRET_KEY']"
NEITHER = "os.getenv('OTHER')\n"

NOT_NEEDED = {
    "no use of the feature": f"{HEAD}{KEY} = os.getenv('A')\n",
    "a default": f"{HEAD}{KEY} = os.getenv('A', 'x')\n{USES}",
    "None on purpose": f"{HEAD}{KEY} = os.getenv('A', None)\n{USES}",
    "one of two variables": f"{HEAD}{KEY} = os.getenv('A') or os.getenv('B')\n{USES}",
    "a string as well": f"{HEAD}{KEY} = os.getenv('A') or 'x'\n{USES}",
    "set elsewhere, too": f"{HEAD}{KEY} = os.getenv('A')\nif app.debug:\n    {KEY} = 'x'\n{USES}",
    "a function that is perhaps not called, and keys that are not known": (
        f"{HEAD}app.config.from_object(x)\ndef later(app):\n    {KEY} = os.getenv('A')\n{USES}"
    ),
    "keys from prefixed variables": f"{HEAD}{KEY} = os.getenv('A')\napp.config.from_prefixed_env()\n{USES}",
}
NEEDED = {
    "a read": (f"{HEAD}{KEY} = os.getenv('A')\n{USES}", ["A"]),
    "a read with another behind it": (f"{HEAD}{KEY} = os.getenv('A')\n{NEITHER}{USES}", ["A"]),
    "a function that is perhaps not called": (
        f"{HEAD}def later(app):\n    {KEY} = os.getenv('A')\n{USES}",
        ["A"],
    ),
    "keys that are not known": (f"{HEAD}app.config.from_object(x)\n{KEY} = os.getenv('A')\n{USES}", ["A"]),
    "the last of two": (f"{HEAD}{KEY} = os.getenv('A')\n{KEY} = os.getenv('B')\n{USES}", ["B"]),
    "the read of a class": (
        f"{HEAD}class C:\n    SECRET_KEY = os.environ.get('A')\napp.config.from_object(C)\n{USES}",
        ["A"],
    ),
}


def names(root: Path, text: str) -> list[str]:
    it = opened(root, text)
    paths = sorted(it.project.index.files)
    found = {path: needed_reads(it.project, path) for path in paths}
    return [span.of(it.project.text_of(path) or "") for path in paths for span in found[path]]


@pytest.mark.parametrize("text", NOT_NEEDED.values(), ids=NOT_NEEDED)
def test_reads_that_are_not_needed(tmp_path: Path, text: str) -> None:
    assert names(tmp_path, text) == []


@pytest.mark.parametrize(("text", "expected"), NEEDED.values(), ids=NEEDED)
def test_reads_that_are_needed(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert names(tmp_path, text) == expected


def test_a_use_belongs_to_every_app_that_it_may_mean(tmp_path: Path) -> None:
    two = "from flask import Flask, session\na = Flask('a')\nb = Flask('b')\nsession['x'] = 1\n"
    project = opened(tmp_path, f"-- app.py --\n{two}").project
    assert [len(list(needed_keys(project, app))) for app in effective_apps(project)] == [1, 1]


def test_which_app_the_code_of_a_file_means_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counting(project: Project, path: str) -> tuple[EffectiveApp, ...]:
        asked.append(project.relative(path))
        return apps_of(project, path)

    monkeypatch.setattr(needs, "apps_of", counting)
    app = HEAD.partition("\n")[2] + f"{KEY} = os.getenv('A')\n{USES}"
    folders = ("blog", "news", "shop")
    assert names(tmp_path, "".join(f"-- {folder}/app.py --\n{app}" for folder in folders)) == ["A", "A", "A"]
    assert asked == [f"{folder}/app.py" for folder in folders]
