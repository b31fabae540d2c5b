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


def test_a_file_inside_counts_as_before(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=canary\n", "utf-8")
    it = opened(tmp_path / "shop", APP.format("from dotenv import load_dotenv\nload_dotenv('.env')"))
    assert any("TOKEN is missing from .env" in each for each in missing(it))
