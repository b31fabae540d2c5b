"""Env files outside of the project that code loads: they are not read, and may set any variable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.diff import as_text as as_diff
from configvars.cli.terminal import Style
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.features.explain_text import as_text
from configvars.features.hover import hover
from configvars.workspace import Workspace
from support.forked import run_python
from support.projects import Opened, opened
from support.properties import REAL_STARTS

APP = "-- .env --\nA=1\n-- app.py --\nimport os\n{}\nX = os.environ['<CURSOR>TOKEN']\n"
DOTENV = "from dotenv import load_dotenv\n"
PATHS = {
    "the folder of the file": f"from pathlib import Path\n{DOTENV}"
    "load_dotenv(Path(__file__).parent.parent / '.env')",
    "the working directory": f"{DOTENV}load_dotenv('../.env')",
    "os.path": f"{DOTENV}load_dotenv(os.path.join(os.path.dirname(__file__), '..', '.env'))",
}


def missing(it: Opened) -> list[str]:
    return [
        it.finding(each)
        for path in sorted(it.project.index.files)
        for each in run_checks(it.project, path)
        if "missing" in each.check
    ]


@pytest.mark.parametrize("load", PATHS.values(), ids=PATHS)
def test_a_file_that_exists_may_set_the_variable(tmp_path: Path, load: str) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", APP.format(load))
    assert missing(it) == []
    said = as_text(explain(it.project, "TOKEN"), it.project)
    assert "may be set by ../.env (outside of the project)" in said
    assert "not set" not in said
    differences = as_diff(drift(it.project), Style(colour=False))
    assert differences.endswith("TOKEN may be set by ../.env (outside of the project).\n")
    shown = hover(it.project, *it.cursor)
    assert shown is not None
    assert "canary" not in said + differences + shown.markdown


@pytest.mark.parametrize("load", PATHS.values(), ids=PATHS)
def test_a_file_that_does_not_exist_sets_nothing(tmp_path: Path, load: str) -> None:
    it = opened(tmp_path / "shop", APP.format(load))
    assert any("TOKEN is missing from .env" in each for each in missing(it))
    assert "may be set" not in as_text(explain(it.project, "TOKEN"), it.project)


def test_what_only_tests_load_counts_only_for_tests(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    load = PATHS["the working directory"]
    it = opened(tmp_path / "shop", f"{APP.format('')}-- tests/conftest.py --\n{load}\n")
    assert any("TOKEN is missing from .env" in each for each in missing(it))


NO_FILE = "-- app.py --\nimport os\n{}\nX = os.environ['<CURSOR>TOKEN']\n"
SEARCHES = {
    "load_dotenv": f"{DOTENV}load_dotenv()",
    "find_dotenv": "from dotenv import find_dotenv, load_dotenv\nload_dotenv(find_dotenv())",
}


@pytest.mark.parametrize("load", SEARCHES.values(), ids=SEARCHES)
def test_a_worktree_without_its_own_file_has_the_one_above(tmp_path: Path, load: str) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / ".claude" / "worktrees" / "y", NO_FILE.format(load))
    assert missing(it) == []
    said = as_text(explain(it.project, "TOKEN"), it.project)
    assert "may be set by ../../../.env (outside of the project)" in said
    differences = as_diff(drift(it.project), Style(colour=False))
    assert differences.endswith("TOKEN may be set by ../../../.env (outside of the project).\n")
    assert "canary" not in said + differences


FLASK = "from flask import Flask\napp = Flask(__name__)\n"


def states(it: Opened) -> dict[str, str]:
    return {each.runtime: each.state for each in explain(it.project, "TOKEN").outcomes}


def set_by_flask(folder: Path) -> bool:
    """Whether the `flask` command really sets TOKEN if it starts in a folder."""
    code = "import os; from flask.cli import load_dotenv; load_dotenv(); print('TOKEN' in os.environ)"
    done = run_python("-c", code, cwd=folder, env=os.environ)
    done.check_returncode()
    return done.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("inside", "above"),
    [("-- .env --\nA=1\n", ".env"), ("-- .flaskenv --\nA=1\n", ".flaskenv"), ("", "x.env")],
    ids=["a nearer .env", "a nearer .flaskenv", "another name"],
)
def test_flask_does_not_find_a_file_above(tmp_path: Path, inside: str, above: str) -> None:
    (tmp_path / above).write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", inside + NO_FILE.format(FLASK))
    if REAL_STARTS:
        assert not set_by_flask(Path(it.workspace.root))
    assert len(missing(it)) == 1
    assert set(states(it).values()) == {"unset"}


def test_without_flask_no_command_finds_the_file_above(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(""))
    assert len(missing(it)) == 1
    assert set(states(it).values()) == {"unset"}


@pytest.mark.parametrize(
    ("inside", "above"),
    [("", ".env"), ("", ".flaskenv"), ("-- .flaskenv --\nA=1\n", ".env"), ("-- .env --\nA=1\n", ".flaskenv")],
    ids=["only .env", "only .flaskenv", ".env, .flaskenv inside", ".flaskenv, .env inside"],
)
def test_flask_finds_the_file_above_for_each_name(tmp_path: Path, inside: str, above: str) -> None:
    (tmp_path / above).write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", inside + NO_FILE.format(FLASK))
    if REAL_STARTS:
        assert set_by_flask(Path(it.workspace.root))
    assert missing(it) == []
    assert states(it)["flask run"] == "unknown"
    assert f"TOKEN may be set by ../{above} (outside of the project).\n" in as_diff(
        drift(it.project), Style(colour=False)
    )


def test_env_has_precedence_over_a_flaskenv_above(tmp_path: Path) -> None:
    (tmp_path / ".flaskenv").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", "-- .env --\nTOKEN=1\n" + NO_FILE.format(FLASK))
    assert states(it)["flask run"] == "set"


VIEW = """\
@app.route("/")
def view():
    return os.environ["<CURSOR>TOKEN"]

if __name__ == "__main__":
    app.run()
"""


def test_app_run_finds_the_file_above(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", f"-- app.py --\nimport os\n{FLASK}{VIEW}")
    assert missing(it) == []
    assert states(it)["load_dotenv()"] == "unknown"


DECOUPLE = "-- app.py --\nfrom decouple import config\nX = config('<CURSOR>TOKEN')\n"
FIND = "from dotenv import find_dotenv, load_dotenv\n"
BY_NAME = {
    "find_dotenv": f"{FIND}load_dotenv(find_dotenv('x.env'))",
    "find_dotenv of the working directory": f"{FIND}load_dotenv(find_dotenv('x.env', usecwd=True))",
    "envparse": "from envparse import Env\nEnv.read_envfile('x.env')",
}
BY_PATH = {
    "the working directory": f"{DOTENV}load_dotenv('x.env')",
    "the folder of the file": f"import pathlib\n{DOTENV}load_dotenv(pathlib.Path(__file__).parent / 'x.env')",
}


@pytest.mark.parametrize("load", BY_PATH.values(), ids=BY_PATH)
def test_a_path_without_a_search_is_not_found_above(tmp_path: Path, load: str) -> None:
    (tmp_path / "x.env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(load))
    assert len(missing(it)) == 1


def test_a_file_inside_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / "x.env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(BY_NAME["find_dotenv"]) + "-- x.env --\nA=1\n")
    assert len(missing(it)) == 1


@pytest.mark.parametrize("load", BY_NAME.values(), ids=BY_NAME)
def test_a_search_for_a_name_finds_the_file_above(tmp_path: Path, load: str) -> None:
    (tmp_path / "x.env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(load))
    assert missing(it) == []
    assert states(it)["load_dotenv()"] == "unknown"


def test_environs_finds_a_file_above_for_its_own_reads(tmp_path: Path) -> None:
    (tmp_path / "x.env").write_text("TOKEN=canary\n", "utf-8")
    code = "from environs import Env\nenv = Env()\nenv.read_env('x.env')\nX = env('<CURSOR>TOKEN')\n"
    it = opened(tmp_path / "shop", f"-- app.py --\n{code}")
    assert missing(it) == []
    assert states(it)["load_dotenv()"] == "unknown"


def test_decouple_stops_at_the_nearest_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", DECOUPLE + "-- .env --\nA=1\n")
    assert len(missing(it)) == 1


@pytest.mark.parametrize("name", [".env", "settings.ini"])
def test_decouple_finds_a_file_above(tmp_path: Path, name: str) -> None:
    text = "TOKEN=canary\n" if name == ".env" else "[settings]\nTOKEN=canary\n"
    (tmp_path / name).write_text(text, "utf-8")
    it = opened(tmp_path / "shop", DECOUPLE)
    assert missing(it) == []
    assert states(it)["gunicorn"] == "unknown"


@pytest.mark.parametrize(
    "files",
    [
        NO_FILE.format(SEARCHES["load_dotenv"]) + "-- .env --\nA=1\n",
        NO_FILE.format(f"{DOTENV}load_dotenv('.env')"),
        NO_FILE.format(""),
    ],
    ids=["a nearer file", "a path", "nothing loads"],
)
def test_a_file_above_that_nothing_loads_sets_nothing(tmp_path: Path, files: str) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", files)
    assert len(missing(it)) == 1
    assert set(states(it).values()) == {"unset"}


def test_a_folder_above_with_the_name_of_the_file_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    it = opened(tmp_path / "shop", NO_FILE.format(SEARCHES["load_dotenv"]))
    assert len(missing(it)) == 1


def test_nothing_is_looked_for_above_an_untrusted_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(SEARCHES["load_dotenv"]))
    untrusted = Workspace(it.workspace.root, trusted=False)
    for _ in untrusted.load():
        pass
    assert len(missing(Opened(it.root, untrusted, it.cursor))) == 1


def test_a_file_inside_counts_as_before(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", APP.format("from dotenv import load_dotenv\nload_dotenv('.env')"))
    assert any("TOKEN is missing from .env" in each for each in missing(it))
