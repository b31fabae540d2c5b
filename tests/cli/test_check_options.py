"""The options of `check`: which checks and files, what to print, and where to write it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.cli.masked_diff import masked_diff
from configvars.cli.terminal import style_for
from support.projects import opened

Tree = Callable[[str], Path]

SHOP = """\
-- .env --
SECRET_KEY=canary-secret
OLD=canary-old
OLD=canary-old
-- app.py --
import os
SECRET_KEY = os.environ["SECRET_KEY"]
API_KEY = os.environ["API_KEY"]
"""
COUNTED = "Checked 2 files and 2 variables against .env.\n"


def checks(run: Run, folder: Path, *arguments: str) -> list[str]:
    """The names of the checks that found something."""
    ran = run(folder, "check", "--exit-zero", "--output-format", "json", *arguments)
    assert ran.status == 0, ran.err
    return sorted({found["check"] for found in json.loads(ran.out)["findings"]} - {"readable-by-others"})


BOTH = ["missing-variable", "unused-variable"]
ALL = ["duplicate-variable", "missing-variable", "unused-variable"]


@pytest.mark.parametrize(
    ("settings", "arguments", "is_found"),
    [
        ("", [], False),
        ("", ["--extend-select", "env-files"], False),
        ("ignore = ['env-files']", [], False),
        ("", ["--extend-select", "unknown-config-key"], True),
        ("", ["--select", "flask"], True),
        ("checks.unknown-config-key = 'hint'", [], True),
        ("checks.unknown-config-key = 'hint'", ["--ignore", "flask"], False),
    ],
)
def test_a_check_that_is_off_by_default(
    run: Run, tree: Tree, settings: str, arguments: list[str], is_found: bool
) -> None:
    keys = "app.config['SHOP_PAGE_SIZE'] = 1\napp.config['SHOP_PAGES_SIZE']\n"
    app = f"-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n{keys}"
    folder = tree(f"-- configvars.toml --\n{settings}\n{app}")
    assert ("unknown-config-key" in checks(run, folder, *arguments)) is is_found


@pytest.mark.parametrize(
    ("settings", "arguments", "found"),
    [
        ("", [], ALL),
        ("", ["--select", "ALL"], ALL),
        ("", ["--select", "env-files"], ["duplicate-variable", "unused-variable"]),
        ("", ["--select", "code", "duplicate-variable"], ["duplicate-variable", "missing-variable"]),
        ("", ["--ignore", "env-files"], ["missing-variable"]),
        ("", ["--select", "env-files", "--ignore", "unused-variable"], ["duplicate-variable"]),
        ("", ["--exclude", ".env"], ["missing-variable"]),
        ("", ["--exclude", ".env", "."], ["missing-variable"]),
        ("", ["--exclude", ".env,app.py"], []),
        ("select = ['code']", [], ["missing-variable"]),
        (
            "select = ['code']",
            ["--extend-select", "unused-variable"],
            BOTH,
        ),
        ("select = ['code']", ["--select", "unused-variable"], ["unused-variable"]),
        ("select = ['code']", ["--isolated"], ALL),
        ("ignore = ['env-files']", [], ["missing-variable"]),
        ("ignore = ['unused-variable']", ["--select", "ALL"], ALL),
        (
            "ignore = ['env-files']",
            ["--extend-select", "unused-variable"],
            BOTH,
        ),
        ("checks.unused-variable = 'off'", [], ["duplicate-variable", "missing-variable"]),
        ("checks.unused-variable = 'off'", ["--select", "ALL"], ["duplicate-variable", "missing-variable"]),
        ("checks.unused-variable = 'off'", ["--select", "unused-variable"], ["unused-variable"]),
        ("select = ['code']", ["--config", "other.toml"], ["duplicate-variable", "unused-variable"]),
    ],
)
def test_selection(run: Run, tree: Tree, settings: str, arguments: list[str], found: list[str]) -> None:
    other = "-- other.toml --\nselect = ['env-files']\n"
    for file in (
        f"-- configvars.toml --\n{settings}\n",
        f"-- pyproject.toml --\n[tool.configvars]\n{settings}\n",
    ):
        folder = tree(SHOP + other + file)
        assert checks(run, folder, *arguments) == found
        (folder / "configvars.toml").unlink(missing_ok=True)


def test_a_misspelt_selection_in_the_settings_does_not_pass(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- configvars.toml --\nselect = ['mising-variable']\n")
    ran = run(folder, "check")
    assert ran.status == 2
    assert "configvars.toml:1:12 warning invalid-setting select names an unknown check" in ran.out
    assert ran.err == (
        "configvars: configvars.toml: select names an unknown check: mising-variable."
        " Did you mean missing-variable?\n"
    )


def test_concise(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--select", "code", "--output-format", "concise")
    assert ran.out == (
        "app.py:3:23: warning missing-variable API_KEY is missing from .env; this code fails without it\n"
        f"{COUNTED}Found 1 warning.\n"
    )


def test_quiet(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--select", "code", "--output-format", "concise", "--quiet")
    assert ran.out.count("\n") == 1
    assert (ran.status, ran.err) == (1, "")
    for options in ([], ["--statistics"], ["--output-format", "concise"]):
        ran = run(tree(SHOP), "check", "-q", "--select", "syntax-error", *options)
        assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_verbose(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- configvars.toml --\n")
    assert run(folder, "check", "-v").err == (
        f"configvars: Checking {folder} with the settings of {folder / 'configvars.toml'}.\n"
    )
    assert run(folder, "check", "-v", "--isolated").err.endswith(" without a settings file.\n")
    (folder / "configvars.toml").unlink()
    assert run(folder, "check", "-v").err.endswith(" without a settings file.\n")


@pytest.mark.beyond_limits
def test_verbose_reports_exceeded_limits_once_for_each_file(run: Run, tree: Tree) -> None:
    deep = "import os\nk = " + "(" * 500 + "os.environ['DEEP']" + ")" * 500 + "\n"
    folder = tree(f"-- app.py --\n{deep}{deep}-- b.py --\nimport os\n")
    beyond = "app.py exceeds limits of the analysis, so parts of it were not analysed: nesting (2)."
    assert run(folder, "check", "-v").err.count(beyond) == 1
    assert beyond not in run(folder, "check").err


@pytest.mark.beyond_limits
def test_verbose_reports_exceeded_limits_of_the_folder(run: Run, tree: Tree) -> None:
    apps = "".join(f"-- app{number}/app.py --\nimport os\nos.environ['A']\n" for number in range(80))
    folder = tree(f"-- .env --\nAWS_PROFILE=1\n{apps}")
    beyond = f"{folder} exceeds limits of the analysis, so parts of it were not analysed: requirement folders"
    assert run(folder, "check", "-v").err.count(beyond) == 1
    assert beyond not in run(folder, "check").err


def test_statistics(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--statistics", "--select", "env-files")
    assert [line.split()[:3] for line in ran.out.splitlines()] == [
        ["COUNT", "FIXABLE", "CHECK"],
        ["1", "1", "duplicate-variable"],
        ["1", "-", "unused-variable"],
    ]
    ran = run(tree(SHOP), "check", "--statistics", "--select", "code", "--output-format", "json")
    assert ran.status == 1
    assert json.loads(ran.out) == {
        "version": 1,
        "statistics": [{"check": "missing-variable", "count": 1, "fixable": 0}],
    }


def test_a_report_in_a_file(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    folder = tree(SHOP)
    ran = run(folder, "check", "-o", "report.txt")
    assert (ran.status, ran.out) == (1, "")
    assert "\x1b" not in (folder / "report.txt").read_text("utf-8")
    run(folder, "check", "--output-format", "json", "--output-file", "report.txt")
    assert json.loads((folder / "report.txt").read_text("utf-8"))["version"] == 1


@pytest.mark.parametrize("name", [".env", "app.py", "Procfile", "app.json"])
def test_a_report_does_not_replace_files_of_a_project(run: Run, tree: Tree, name: str) -> None:
    folder = tree(f"{SHOP}-- Procfile --\nweb: run\n-- app.json --\n{{}}\n")
    before = (folder / name).read_bytes()
    ran = run(folder, "check", "-o", name)
    why = "a project file exists at this path and would be lost"
    assert (ran.status, ran.err) == (2, f"configvars: The report was not written to {name}: {why}.\n")
    assert (folder / name).read_bytes() == before


def test_diff_shows_the_fixes_without_values(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    before = (folder / ".env").read_text("utf-8")
    ran = run(folder, "check", "--diff")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == ("--- .env\n+++ .env\n@@ -1,3 +1,2 @@\n SECRET_KEY=***\n OLD=***\n-OLD=***\n")
    assert (folder / ".env").read_text("utf-8") == before
    run(folder, "check", "--fix")
    ran = run(folder, "check", "--diff")
    assert (ran.status, ran.out) == (0, "")


def test_diff_of_python_masks_its_strings_and_comments(tmp_path: Path) -> None:
    before = (
        '"""canary\ncanary"""\nfrom flask import Flask\napp = Flask(__name__)  # canary\n'
        "app.config.from_mapping(Secret_Key='canary', A=1)\n"
    )
    it = opened(tmp_path, f"-- app.py --\n{before}")
    after = before.replace("Secret_Key", "SECRET_KEY")
    path = it.path("app.py")
    shown = masked_diff(path, "app.py", before, after, it.workspace.facts_of, style_for(io.StringIO(), {}))
    assert (
        "\n-app.config.from_mapping(Secret_Key='***', A=***)\n+app.config.from_mapping(SECRET_KEY=" in shown
    )
    assert "canary" not in shown


def on_stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize("name", ["app.py", "new.py"])
def test_stdin(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    folder = tree(SHOP)
    on_stdin(monkeypatch, "import os\nos.environ['OLD'], os.environ['NEW']\n")
    ran = run(folder, "check", "-", "--stdin-filename", name, "--output-format", "concise")
    assert ran.status == 1
    assert ran.out.startswith(f"{name}:2:32: warning missing-variable NEW is missing from .env")
    assert "API_KEY" not in ran.out


@pytest.mark.parametrize("name", ["app.py", "new.py"])
def test_stdin_without_a_read_is_a_checked_file(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tree(SHOP)
    on_stdin(monkeypatch, "x = 1\n")
    ran = run(folder, "check", "-", "--stdin-filename", name)
    assert ran.out.startswith("Checked 1 file and 0 variables")


def test_stdin_with_diff(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    on_stdin(monkeypatch, "A=canary\nA=canary\n")
    ran = run(folder, "check", "-", "--stdin-filename", ".env", "--diff")
    assert (ran.status, "-A=***\n" in ran.out, "canary" in ran.out) == (1, True, False)
