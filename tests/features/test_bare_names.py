"""A name without `=` in an env file sets nothing under python-dotenv: every answer says so."""

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
from configvars.features.inlay_hints import inlay_hints
from configvars.text import Span
from support.projects import Opened, opened

APP = (
    '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\nX = os.environ["<CURSOR>KEY"]\n'
)
WITHOUT_LOADING = '-- app.py --\nimport os\nX = os.environ["<CURSOR>KEY"]\n'
SETS_NOTHING = {
    "a name": f"-- .env --\nKEY\n{APP}",
    "after export": f"-- .env --\nexport KEY\n{APP}",
    "below a value": f"-- .env --\nKEY=1\nKEY\n{APP}",
    "without a load": f"-- .env --\nKEY\n{WITHOUT_LOADING}",
    "with a Procfile": f"-- .env --\nKEY\n-- Procfile --\nweb: python app.py\n{APP}",
    "in a Makefile": f"-- .env --\nA=1\n-- web.env --\nKEY\n-- Makefile --\nrun:\n"
    f"\tdotenv -f web.env run python app.py\n{WITHOUT_LOADING}",
}
SETS = {
    "a value below": f"-- .env --\nKEY\nKEY=1\n{APP}",
    "another file": f"-- .env --\nKEY\n-- .flaskenv --\nKEY=1\n{APP}",
    "only heroku local": f"-- .env --\nKEY\n-- Procfile --\nweb: python app.py\n{WITHOUT_LOADING}",
    "Compose": f"-- .env --\nA=1\n-- web.env --\nKEY\n-- compose.yaml --\nservices:\n  web:\n    build: .\n"
    f"    env_file: web.env\n{WITHOUT_LOADING}",
}


def missing(it: Opened) -> list[str]:
    return [
        it.finding(each)
        for path in sorted(it.project.index.files)
        for each in run_checks(it.project, path)
        if each.check == "missing-variable"
    ]


@pytest.mark.parametrize("files", SETS.values(), ids=SETS)
def test_what_is_set_all_the_same(tmp_path: Path, files: str) -> None:
    it = opened(tmp_path, files)
    assert missing(it) == []
    assert drift(it.project).drifts is False


@pytest.mark.parametrize("files", SETS_NOTHING.values(), ids=SETS_NOTHING)
def test_what_is_not_set(tmp_path: Path, files: str) -> None:
    it = opened(tmp_path, files)
    (finding,) = missing(it)
    assert "KEY is missing from .env; this code fails without it" in finding
    (row,) = (row for row in drift(it.project).rows if row.name == "KEY")
    assert row.missing == ("env files",)
    assert "set" not in {cell.state for cell in row.cells}
    assert "KEY is missing from env files" in as_diff(drift(it.project), Style(colour=False))
    shown = hover(it.project, *it.cursor)
    assert shown is not None
    assert shown.markdown.startswith("**`KEY`** — no file here sets it\n")
    (hint,) = inlay_hints(it.project, it.path("app.py"), Span(0, 999))
    assert hint.label == "not set here"
    assert "set by .env" not in as_text(explain(it.project, "KEY"), it.project).partition("heroku local")[0]


def test_the_finding_names_the_line_and_its_fix_completes_it(tmp_path: Path) -> None:
    it = opened(tmp_path, SETS_NOTHING["a name"])
    assert missing(it) == [
        "app.py:4:17 warning KEY is missing from .env; this code fails without it"
        " (.env:1 has only the name, without =) [fix: Set KEY in .env]"
    ]
    assert as_diff(drift(it.project), Style(colour=False)).endswith(
        "KEY is missing from env files: .env:1 has only the name, without =.\n"
    )
    (found,) = (f for f in it.workspace.findings(it.path("app.py")) if f.check == "missing-variable")
    (edit,) = found.fixes[0].changes[0].edits
    assert (edit.span, edit.text) == (Span(3, 3), "=")
