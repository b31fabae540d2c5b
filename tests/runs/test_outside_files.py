"""Env files outside of the workspace that code loads: they are not read, and may set any variable."""

from __future__ import annotations

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
from support.projects import Opened, opened

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
    assert "may be set by ../.env (outside of the workspace)" in said
    assert "not set" not in said
    differences = as_diff(drift(it.project), Style(colour=False))
    assert differences.endswith("TOKEN may be set by ../.env.\n")
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
    assert "may be set by ../../../.env (outside of the workspace)" in said
    differences = as_diff(drift(it.project), Style(colour=False))
    assert differences.endswith("TOKEN may be set by ../../../.env.\n")
    assert "canary" not in said + differences


def test_flask_run_finds_the_file_above(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", NO_FILE.format(""))
    found = {each.runtime: each.state for each in explain(it.project, "TOKEN").outcomes}
    assert found == {
        "flask run": "unknown",
        "load_dotenv()": "unset",
        "gunicorn": "unset",
        "heroku local": "unset",
    }


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
    states = {each.runtime: each.state for each in explain(it.project, "TOKEN").outcomes}
    assert states["load_dotenv()"] == states["gunicorn"] == "unset"


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
