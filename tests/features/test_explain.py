"""Which line sets a variable in each run of the app, compared with the real Flask."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from configvars.features.explain import explain
from configvars.features.explain_text import as_markdown, as_text
from support.fixtures import fixture
from support.forked import run_python
from support.projects import opened

LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['X']\n"
READS = "import os\nos.environ.get('X')\n"

# Where X is set; its value names the place. Each case has app.py in the root.
FIXTURES = {
    "nothing": "",
    ".env": "-- .env --\nX=env\n",
    ".flaskenv": "-- .flaskenv --\nX=flaskenv\n",
    ".env beats .flaskenv": "-- .flaskenv --\nX=flaskenv\n-- .env --\nX=env\n",
    "the last line counts": "-- .env --\nX=first\nX=last\n",
    "a bare name in .env masks .flaskenv": "-- .flaskenv --\nX=flaskenv\n-- .env --\nX\n",
    "a bare name removes the value": "-- .env --\nX=first\nX\n",
    "a bare name in .flaskenv masks nothing": "-- .flaskenv --\nX\n-- .env --\nX=env\n",
    "an empty value masks too": "-- .flaskenv --\nX=flaskenv\n-- .env --\nX=\n",
    "templates set nothing": "-- .env.example --\nX=template\n-- .env.local --\nX=local\n",
    "an invalid line sets nothing": "-- .flaskenv --\nX=flaskenv\n-- .env --\nX='env\n",
}
APPS = {
    "reads": READS,
    "loads": LOADS,
    "overrides": LOADS.replace("load_dotenv()", "load_dotenv(override=True)"),
    "names a file": LOADS.replace("load_dotenv()", "load_dotenv('other.env')"),
    "names a file that wins": LOADS.replace("load_dotenv()", "load_dotenv('other.env', override=True)"),
    "names a file first": LOADS.replace("load_dotenv()", "load_dotenv('other.env')\nload_dotenv('.env')"),
}
CASES = [(files, app) for files in FIXTURES for app in APPS]
# One process for all cases. It prints the environment after Flask (if requested) and after the app.
ORACLE = """
import json, os, runpy, sys
from flask.cli import load_dotenv

def run(folder, by_flask):
    os.environ.clear()
    os.chdir(folder)
    if by_flask:
        load_dotenv()
    try:
        runpy.run_path(os.path.join(folder, "app.py"))
    except KeyError:
        pass
    return os.environ.get("X")

print(json.dumps([{"flask run": run(f, True), "gunicorn": run(f, False)} for f in sys.argv[1:]]))
"""


def really(*folders: Path) -> list[dict[str, str | None]]:
    ran = run_python("-c", ORACLE, *map(str, folders), cwd=folders[0], env=os.environ)
    ran.check_returncode()
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def happened(tmp_path_factory):
    root = tmp_path_factory.mktemp("cases")
    folders = [root / str(number) for number in range(len(CASES))]
    for folder, (files, app) in zip(folders, CASES, strict=True):
        fixture(text_of(files, app)).write(folder)
    return dict(zip(CASES, really(*folders), strict=True))


def text_of(files, app) -> str:
    return f"-- app.py --\n{APPS[app]}-- other.env --\nX=other\n{FIXTURES[files]}"


def told(it, outcome) -> str | None:
    """The value of the line that explain names, as written in the fixture."""
    if outcome.state == "unset":
        return None
    line = it.project.text_of(outcome.by.path).splitlines()[outcome.by.line - 1]
    return "" if outcome.state == "empty" else line.partition("=")[2]


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("files", FIXTURES)
def test_the_explanation_is_what_really_happens(tmp_path, happened, files, app):
    it = opened(tmp_path, text_of(files, app))
    outcomes = {outcome.runtime: told(it, outcome) for outcome in explain(it.project, "X").outcomes}
    expected = happened[files, app]
    assert {runner: outcomes[runner] for runner in expected} == expected


def test_flask_looks_upwards_from_the_folder_it_runs_in(tmp_path):
    it = opened(tmp_path, f"-- .env --\nX=root\n-- web/Procfile --\nweb: x\n-- web/app.py --\n{READS}")
    first = explain(it.project, "X", it.path("web/app.py")).outcomes[0]
    assert first.runtime == "flask run"
    assert told(it, first) == really(tmp_path / "web")[0]["flask run"] == "root"


def test_the_words_of_outcomes(tmp_path):
    it = opened(
        tmp_path,
        f"""\
-- app.py --
{READS}-- .flaskenv --
X=1
-- .env --
# the shop's database
X=first
X=postgres://canary:canary@db/shop
-- heroku:shop --
X=postgres://canary:other@db/shop @heroku-postgresql
-- heroku:shop-prod --
Y=1
""",
    )
    explanation = explain(it.project, "X")
    url = "a URL (postgres://…), of medium length"
    assert as_text(explanation, it.project).splitlines() == [
        "X",
        f"  flask run             set by .env:3 ({url}); .flaskenv:1, .env:2 do not count",
        f"  load_dotenv()         set by .env:3 ({url}); .env:2 does not count; no code calls it",
        "  gunicorn              not set; neither it nor the code loads an env file",
        f"  heroku local          set by .env:3 ({url}); .env:2 does not count",
        f"  Heroku app shop       set ({url}); add-on heroku-postgresql owns it; a different value than here",
        "  Heroku app shop-prod  not set",
    ]
    assert "canary" not in as_text(explanation, it.project) + as_markdown(explanation, it.project) + repr(
        explanation
    )


CRASH = "it stops with an error: a quote that is not closed on its line"


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ("X=a#b", "heroku local          set by .env:1 (text, short)"),
        ("export X=a", "heroku local          not set; it reads the line with this name differently"),
        ("X", "heroku local          not set; it reads the line with this name differently"),
        ("X=1\nK='a\nb'", f"heroku local          not set; {CRASH}"),
        ("X=${HOME}/x", "flask run             set by .env:1 (interpolated)"),
        ("Y=1\nX=${Y}", "flask run             set by .env:2 (a number, short)"),
        ("X", "flask run             not set: .env:1 is a name without ="),
        ("Y=1", "Heroku app same       set (a number, short)"),
        ("X=12", "Heroku app same       set (a number, short); the same value as here"),
        ("X=1${:-2}", "Heroku app same       set (a number, short); the same value as here"),
        ("X=21", "Heroku app same       set (a number, short); a different value than here"),
        ("", "Heroku app none       not set"),
    ],
)  # fmt: skip
def test_sentences(tmp_path, env, expected):
    apps = "-- heroku:same --\nX=12\n-- heroku:none --\nY=1\n"
    it = opened(tmp_path, f"-- .env --\n{env}\n-- app.py --\n{READS}{apps}")
    lines = as_text(explain(it.project, "X"), it.project).splitlines()
    assert expected.split() in [line.split() for line in lines]


def test_flask_reads_each_file_on_its_own(tmp_path):
    it = opened(tmp_path, f"-- app.py --\n{READS}-- .flaskenv --\nY=1\n-- .env --\nX=${{Y}}\n")
    outcome = explain(it.project, "X").outcomes[0]
    assert really(tmp_path)[0]["flask run"] == ""
    assert (outcome.state, outcome.facts) == ("set", None)


def test_a_variable_that_is_set_below_is_not_interpolated(tmp_path):
    it = opened(tmp_path, f"-- app.py --\n{READS}-- .env --\nX=${{Y}}\nY=1\n")
    outcome = explain(it.project, "X").outcomes[0]
    assert (outcome.state, outcome.facts) == ("set", None)


def test_a_line_that_is_read_twice_does_not_lose_to_itself(tmp_path):
    it = opened(tmp_path, f"-- app.py --\n{LOADS}-- .env --\nX=1\n")
    for outcome in explain(it.project, "X").outcomes:
        assert (outcome.by.line, outcome.shadowed) == (1, ())


def test_what_direnv_loads_before(tmp_path: Path) -> None:
    files = "-- .envrc --\ndotenv prod.env\n-- prod.env --\nX=1\n-- .env --\nB=1\n"
    it = opened(tmp_path, f"{files}-- app.py --\n{READS}")
    text = as_text(explain(it.project, "X", None), it.project)
    assert "not set; direnv (.envrc) loads prod.env, which has it" in text


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "UNUSED", "FLASK_RUN_PORT"])
def test_a_variable_that_no_code_reads_is_loaded_with_the_others(tmp_path, name):
    it = opened(tmp_path, f"-- .env --\nX=1\n{name}=1\n-- app.py --\nimport boto3\n{LOADS}")
    said = explain(it.project, name)
    assert {each.runtime: (each.state, each.why) for each in said.outcomes} == dict.fromkeys(
        ("flask run", "load_dotenv()", "gunicorn", "heroku local"), ("set", "")
    )
