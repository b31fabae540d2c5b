"""Where names are completed, which ones, in which order, and which text they replace."""

from __future__ import annotations

import pytest

from configvars.features.completion import completion

FILES = """\
-- .env --
A_LOCAL=1
-- .env.example --
# How it is called
C_TEMPLATE=
-- heroku:shop --
A_LOCAL=1
B_HEROKU=1
-- other.py --
import os
os.environ["A_READ"]
-- app.py --
import os
from os import environ as e
"""


def rendered(it, limit=5):
    """The first items, each as ``span-text: LABEL (origin)``."""
    answer = completion(it.project, *it.cursor)
    if answer is None:
        return None
    text = it.project.text_of(it.cursor[0])
    items = [
        item.label + (f"={item.text}" if item.text else "") + f" ({item.origin})" for item in answer.items
    ]
    return f"{answer.span.of(text)!r}: {', '.join(items[:limit])}"


NAMES = "A_READ (other.py), A_LOCAL (.env · heroku shop), C_TEMPLATE (.env.example), B_HEROKU (heroku shop)"

NOWHERE = [
    "print('<CURSOR>')",
    "x = {}\nx['<CURSOR>']",
    "# os.environ['<CURSOR>']",
    "def f(environ):\n    environ['<CURSOR>']",
    "'''os.environ[\"<CURSOR>\"]'''",
    "os.environ<CURSOR>",
]


@pytest.mark.parametrize("code", NOWHERE)
def test_silent(project, code):
    assert rendered(project(FILES + code)) is None


HERE = [
    ('os.environ["<CURSOR>"]', "''"),
    ('os.environ["B_<CURSOR>"]', "'B_'"),
    ('os.environ["B_<CURSOR>OLD"]\nx = 1', "'B_OLD'"),
    ("os.environ.get('<CURSOR>', 'x')", "''"),
    ('os.getenv("<CURSOR>', "''"),
    ("os.getenv('A<CURSOR>\nx = 1\n", "'A'"),
    ('os.environ["<CURSOR>\nx = 1\n', "''"),
    ('os.environ["<CURSOR>"\nx = 1\n', "''"),
    ("e['<CURSOR>']", "''"),
    ('if "<CURSOR>" in os.environ: pass', "''"),
    ("def get(name): return os.environ[name]\nget('A<CURSOR>')", "'A'"),
    ("x = f\"{os.environ['<CURSOR>']}\"", "''"),
]


@pytest.mark.parametrize(("code", "span"), HERE)
def test_names_in_code(project, code, span):
    found = rendered(project(FILES + code), 4)
    assert found == f"{span}: {NAMES}"


def test_well_known_names_come_last(project):
    it = project(FILES + 'os.environ["<CURSOR>"]')
    items = completion(it.project, *it.cursor).items
    ranks = {item.label: item.rank for item in items}
    assert (
        ranks["A_READ"] < ranks["A_LOCAL"] < ranks["C_TEMPLATE"] < ranks["B_HEROKU"] < ranks["DATABASE_URL"]
    )
    assert "How it is called" in next(item.documentation for item in items if item.label == "C_TEMPLATE")


def test_the_name_that_is_being_typed_is_not_offered(project):
    it = project(FILES + 'os.environ["A_TYP<CURSOR>"]')
    assert "A_TYP" not in {item.label for item in completion(it.project, *it.cursor).items}


def test_names_with_control_characters_are_not_offered(project):
    it = project(
        "-- .env --\nA_<CURSOR>\n-- app.py --\nimport os\nos.environ['A_\\x1b[31m'], os.environ['A_GOOD']\n"
    )
    labels = {item.label for item in completion(it.project, *it.cursor).items}
    assert "A_GOOD" in labels
    assert not any("\x1b" in label for label in labels)


def test_names_that_the_same_file_reads_are_offered(project):
    it = project(FILES + 'x = os.environ["A_TWICE"]\nos.environ["A_TW<CURSOR>"]')
    assert rendered(it, 1) == "'A_TW': A_READ (other.py)"
    items = {item.label: item.origin for item in completion(it.project, *it.cursor).items}
    assert items["A_TWICE"] == "app.py"
    assert "A_TW" not in items


def test_names_read_in_distant_files_come_after_set_names(project):
    it = project(FILES + 'os.environ["<CURSOR>"]\n-- far/other.py --\nimport os\nos.environ["A_FAR"]\n')
    labels = [item.label for item in completion(it.project, *it.cursor).items]
    assert labels[:4] == ["A_READ", "A_LOCAL", "A_FAR", "C_TEMPLATE"]


def test_flask_configuration_has_its_own_names(project):
    code = 'from flask import Flask\napp = Flask(__name__)\napp.config["MINE"] = 1\napp.config["<CURSOR>"]\n'
    it = project(code)
    labels = [item.label for item in completion(it.project, *it.cursor).items]
    assert labels[0] == "MINE"
    assert "SESSION_COOKIE_SECURE" in labels


ENV_FILE = """\
-- heroku:shop --
HAVE=1
HEROKU_HAS=1
-- .env.example --
DECLARED=
-- app.py --
import os
os.environ["NEEDED"]
os.environ["HAVE"]
os.environ.get("ELSEWHERE")
-- app.json --
{"env": {"SWITCH": "false"}}
-- other.env --
ELSEWHERE=1
-- .env --
HAVE=1
"""

IN_ENV_FILE = [
    ("<CURSOR>", "'': NEEDED=, DECLARED=, SWITCH=, HEROKU_HAS="),
    ("HER<CURSOR>\nX=1", "'HER': NEEDED=, DECLARED=, SWITCH=, HEROKU_HAS="),
    ("export N<CURSOR>=x", "'N': NEEDED, DECLARED, SWITCH, HEROKU_HAS"),
    ("n<CURSOR>", "'n': NEEDED=, DECLARED=, SWITCH=, HEROKU_HAS="),
    ("export n<CURSOR>\nX=1", "'n': NEEDED=, DECLARED=, SWITCH=, HEROKU_HAS="),
    ("B=1\nA=${h<CURSOR>}", "'h': B, HAVE"),
    ("B=1\nA='x${ha<CURSOR>", "'ha': B, HAVE"),
    ("K=-----BEGIN A-----\nabc=\nab<CURSOR>\n-----END A-----\n", "nothing"),
    ("B=1\nA=${<CURSOR>}", "'': B, HAVE"),
    ("B=1\nA='x${B<CURSOR>", "'B': B, HAVE"),
    ("B=1\nA='x${<CURSOR>}'\nC=1", "'': B, C, HAVE"),
    ("B=1\nA=x${<CURSOR>\n", "'': B, HAVE"),
    ("DEBUG=<CURSOR>", "'': true, false"),
    ("export FLASK_TESTING = t<CURSOR>", "'t': true, false"),
    ("SWITCH=<CURSOR>", "'': true, false"),
    ("# N<CURSOR>", "nothing"),
    ("TEXT=<CURSOR>", "nothing"),
    ("KEY='first\nDEBUG=<CURSOR>'", "nothing"),
]


@pytest.mark.parametrize(("line", "expected"), IN_ENV_FILE)
def test_in_an_env_file(project, line, expected):
    it = project(ENV_FILE + line)
    answer = completion(it.project, *it.cursor)
    if answer is None:
        assert expected == "nothing"
        return
    well_known = {"BROWSER", "ALL_PROXY"}
    labels = [item.text or item.label for item in answer.items[: expected.count(",") + 1]]
    assert f"{answer.span.of(it.project.text_of(it.cursor[0]))!r}: {', '.join(labels)}" == expected
    assert well_known.isdisjoint(labels)


def test_names_that_the_system_sets_are_not_offered_in_an_env_file(project):
    it = project(ENV_FILE + "<CURSOR>")
    assert "PATH" not in {item.label for item in completion(it.project, *it.cursor).items}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-- Procfile --\nweb: run $<CURSOR>", "ELSEWHERE"),
        ("-- Procfile --\nweb: run ${HA<CURSOR>}", "ELSEWHERE"),
        ('-- app.json --\n{"env": {"N<CURSOR>": ""}}', "NEEDED"),
        ('-- app.json --\n{"env": {"<CURSOR>', "NEEDED"),
    ],
)
def test_in_manifests(project, text, expected):
    it = project(ENV_FILE + text)
    assert completion(it.project, *it.cursor).items[0].label == expected


KIN = "-- .env --\nA=1\n-- .env.local --\nB_LOCAL=2\n-- other/.env --\nB_OTHER=3\n-- app.py --\nimport os\n"


def test_names_of_env_files_that_nothing_loads(project):
    it = project(KIN + 'os.environ["B_<CURSOR>"]')
    assert rendered(it, 1) == "'B_': A (.env)"
    items = {item.label: item.origin for item in completion(it.project, *it.cursor).items}
    assert items["B_LOCAL"] == ".env.local"
    assert "B_OTHER" not in items
