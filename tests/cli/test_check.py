"""`configvars check` as users and CI run it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.failures import Failure
from configvars.model import FileFacts

Tree = Callable[[str], Path]

SHOP = """\
-- .env --
SECRET_KEY=canary-secret
OLD=canary-old
-- app/config.py --
import os

SECRET_KEY = os.environ["SECRET_KEY"]
API_KEY = os.environ["API_KEY"]
"""
CLEAN = """\
-- .env --
A=1
-- app.py --
import os
os.environ["A"]
"""


def test_nothing_found(run: Run, tree: Tree) -> None:
    ran = run(tree(CLEAN), "check")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Checked 2 files and 1 variable against .env.\nNothing found.\n"


def test_only_variables_that_code_reads_are_counted(run: Run, tree: Tree) -> None:
    folder = tree(f'{CLEAN}os.environ["SET"] = "1"\nif "TESTED" in os.environ: pass\n')
    assert run(folder, "check").out.startswith("Checked 2 files and 1 variable against .env.\n")


def test_json_has_paths_relative_to_the_root_of_the_project(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    written = [
        run(where, "check", *path, "--output-format", "json", "--exit-zero").out
        for where, path in ((folder, ()), (folder.parent, (folder.name,)), (folder / "app", ("..",)))
    ]
    assert "API_KEY is missing from .env;" in written[0]
    assert written[1:] == [written[0]] * 2


def test_text(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--select", "missing-variable", "unused-variable")
    assert ran.status == 1
    assert ran.out == (
        ".env:2:1 information unused-variable Nothing in this workspace reads OLD\n"
        "    2 | OLD=***\n"
        "      | ^^^\n"
        "\n"
        "app/config.py:4:23 warning missing-variable API_KEY is missing from .env;"
        " this code fails without it\n"
        '    4 | *** = os.environ["API_KEY"]\n'
        "      |                   ^^^^^^^\n"
        "\n"
        "Checked 2 files and 2 variables against .env.\n"
        "Found 1 warning, 1 information.\n"
    )


def test_no_variable_is_underlined_if_a_finding_is_about_the_whole_file(run: Run, tree: Tree) -> None:
    folder = tree("-- .git/HEAD --\nref: refs/heads/main\n-- .env --\nA=1\n")
    ran = run(folder, "check", "--select", "not-git-ignored")
    message = ".env is not ignored by git: the next commit may publish it"
    assert ran.out.startswith(f".env:1:1 warning not-git-ignored {message}\n\nThere is no Python file")


def test_json(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--select", "missing-variable", "--output-format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "version": 1,
        "findings": [
            {
                "check": "missing-variable",
                "severity": "warning",
                "message": "API_KEY is missing from .env; this code fails without it",
                "path": "app/config.py",
                "line": 4,
                "column": 23,
                "end_line": 4,
                "end_column": 30,
                "variable": "API_KEY",
                "fixable": False,
            }
        ],
        "checked": [
            {
                "files": 2,
                "python_files": 1,
                "variables": 2,
                "against": [".env"],
                "without_env_file": False,
                "skipped": [],
            }
        ],
    }


@pytest.mark.parametrize("name", ["text", "concise", "json", "github", "sarif", "junit", "gitlab"])
def test_no_format_shows_a_value(run: Run, tree: Tree, name: str) -> None:
    ran = run(tree(SHOP), "check", "--output-format", name)
    assert "API_KEY" in ran.out
    assert "canary" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--ignore", "missing-variable"], 0),
        (["--ignore", "missing-variable", "--fail-on", "information"], 1),
        (["--select", "unused-variable"], 0),
        (["--select", "unused-variable,missing-variable"], 1),
        (["--select", "unused-variable", "missing-variable"], 1),
        (["--select", "missing-variable", "--ignore", "missing-variable"], 0),
        (["--select", "missing-variable", "app"], 1),
        (["--select", "missing-variable", ".env"], 0),
        (["app/config.py"], 1),
        ([".env"], 0),
    ],
)
def test_exit_status(run: Run, tree: Tree, arguments: list[str], status: int) -> None:
    assert run(tree(SHOP), "check", *arguments).status == status


def test_paths_below_know_the_env_file_above(run: Run, tree: Tree) -> None:
    ran = run(
        tree(CLEAN + "-- requirements.txt --\n-- lib/b.py --\nimport os\nos.environ['A']\n"), "check", "lib"
    )
    assert ran.out.endswith("Nothing found.\n")


def test_in_a_subfolder_the_project_is_found_upwards(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- app/templates/a.html --\n{{ config.SECRET_KEY }}\n")
    ran = run(folder / "app", "check")
    assert ran.status == 1
    assert "config.py:4:23 warning missing-variable API_KEY is missing from ../.env; this code" in ran.out
    assert "Checked 2 files and 2 variables against ../.env.\nFound 1 warning.\n" in ran.out
    assert "API_KEY" in run(folder / "app", "inventory").out
    ran = run(folder / "app" / "templates", "check")
    assert ran.status == 0
    assert "There is no Python file in this folder: no code was checked." in ran.out


def test_a_run_without_python_files_says_so(run: Run, tree: Tree) -> None:
    folder = tree("-- .env --\nA=1\n-- docs/a.md --\n-- more/b.md --\n")
    said = "There is no Python file in docs and more: no code was checked."
    assert (
        run(folder, "check", "docs", "more").out
        == f"{said}\nChecked 0 files and 0 variables.\nNothing found.\n"
    )
    assert run(folder, "check", "docs", "more", "--output-format", "json").err == f"configvars: {said}\n"


def test_paths_are_relative_to_the_current_folder(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- api/.env --\nSECRET_KEY=h4-rTz8!w\n-- api/app.py --\nimport os\nos.environ['A']\n-- web/.env --\n"
    )
    (folder / "api" / ".env").chmod(0o666)
    out = run(folder, "check", "api", "web").out
    assert "A is missing from api/.env" in out
    assert os.name == "nt" or "`chmod 600 api/.env`" in out


def test_a_folder_elsewhere(run: Run, tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tree(SHOP)
    ran = run(tmp_path_factory.mktemp("elsewhere"), "check", str(folder), "--output-format", "json")
    assert {found["path"] for found in json.loads(ran.out)["findings"]} == {".env", "app/config.py"}


def test_several_projects(run: Run, tree: Tree) -> None:
    text = "".join(f"-- {name}/{line}" for name in ("a", "b") for line in CLEAN.split("-- ")[1:])
    assert run(tree(text + "-- b/c.py --\nimport os\nos.environ['C']\n"), "check", "a", "b").status == 1


def test_each_project_has_its_notes(run: Run, tree: Tree) -> None:
    folder = tree("-- a/.env --\nA=1\n-- b/app.py --\nimport os\nos.environ['B']\n")
    ran = run(folder, "check", "a", "b")
    assert "There is no Python file in a: no code was checked.\n" in ran.out + ran.err
    assert "There is no env file here, and no template or app.json to compare" in ran.out + ran.err


TEMPLATE_ONLY = """\
-- .env.example --
A=
-- app.py --
import os
os.environ["A"]
os.environ["B"]
"""


def test_without_an_env_file_the_code_is_compared_with_the_template(run: Run, tree: Tree) -> None:
    ran = run(tree(TEMPLATE_ONLY), "check")
    assert ran.status == 1
    assert "app.py:3:13 warning missing-variable B is not listed in .env.example" in ran.out
    assert "There is no env file here: the code was compared with .env.example.\n" in ran.out
    ran = run(tree(TEMPLATE_ONLY), "check", "--output-format", "json")
    assert json.loads(ran.out)["checked"][0]["against"] == [".env.example"]
    assert json.loads(ran.out)["checked"][0]["without_env_file"] is True
    assert ran.err == "configvars: There is no env file here: the code was compared with .env.example.\n"


def test_without_anything_to_compare_with(run: Run, tree: Tree) -> None:
    ran = run(tree('import os\nos.environ["B"]\n'), "check")
    assert ran.status == 0
    assert "app.py:2:13 information missing-variable" in ran.out
    assert "There is no env file here, and no template or app.json to compare the code with.\n" in ran.out


@pytest.mark.parametrize("setting", ['ignore = ["ALL"]', 'select = ["unused-variable"]\nignore = ["ALL"]'])
def test_a_repository_that_turns_every_check_off(run: Run, tree: Tree, setting: str) -> None:
    files = f"-- app.py --\nimport os\nos.environ['B']\n-- pyproject.toml --\n[tool.configvars]\n{setting}\n"
    ran = run(tree(files), "check")
    is_off = "select" not in setting
    assert ("The settings turn off every check: nothing is reported.\n" in ran.out) is is_off


def test_code_without_reads_needs_nothing_to_compare_with(run: Run, tree: Tree) -> None:
    assert run(tree("x = 1\n"), "check").out == "Checked 1 file and 0 variables.\nNothing found.\n"


def test_baseline(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    (folder / "known.json").write_text(run(folder, "check", "--output-format", "json").out, "utf-8")
    assert run(folder, "check", "--baseline", "known.json").out.endswith("\nNothing found.\n")
    config = folder / "app" / "config.py"
    config.write_text("# moved\n" + config.read_text("utf-8") + 'os.environ["API_KEY"]\n', "utf-8")
    ran = run(folder, "check", "--baseline", "known.json", "--select", "missing-variable")
    assert ran.status == 1
    assert "app/config.py:6:13" in ran.out  # the new finding; the other one has only moved
    assert "Found 1 warning." in ran.out


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{}]}', "[" * 100_000])
def test_a_file_that_is_not_a_baseline(run: Run, tree: Tree, text: str) -> None:
    folder = tree(CLEAN)
    (folder / "known.json").write_text(text, "utf-8")
    ran = run(folder, "check", "--baseline", "known.json")
    assert ran.status == 2
    assert ran.err.startswith("configvars: The baseline known.json is not what")


def test_settings_of_the_project(run: Run, tree: Tree) -> None:
    settings = '[tool.configvars]\ngiven = ["API_*"]\n[tool.configvars.checks]\nunused-variable = "error"\n'
    ran = run(tree(f"{SHOP}-- pyproject.toml --\n{settings}"), "check")
    assert "API_KEY" not in ran.out
    assert ".env:2:1 error unused-variable" in ran.out


def test_mistakes_in_settings_are_reported(run: Run, tree: Tree) -> None:
    ran = run(tree(CLEAN + "-- pyproject.toml --\n[tool.configvars]\ngiven = 1\n"), "check")
    assert ran.status == 2
    assert "pyproject.toml:2:1 warning invalid-setting given must be a list of strings" in ran.out
    assert ran.err == "configvars: pyproject.toml: given must be a list of strings; the default is used.\n"


def test_misspelt_names_of_checks_are_reported_and_exit_with_2(run: Run, tree: Tree) -> None:
    settings = '[tool.configvars.checks]\nmising-variable = "off"\n'
    folder = tree(f"{CLEAN}-- pyproject.toml --\n{settings}")
    for arguments in ([], ["--exit-zero"], ["--select", "missing-variable"], ["--fail-on", "error"]):
        ran = run(folder, "check", *arguments)
        assert ran.status == 2
        assert "mising-variable. Did you mean missing-variable?" in ran.err
    found = json.loads(run(folder, "check", "--output-format", "json").out)["findings"]
    assert [(each["path"], each["line"], each["check"]) for each in found] == [
        ("pyproject.toml", 2, "invalid-setting")
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere does not exist."),
        (
            ["--select", "missing-varable"],
            "There is no check missing-varable. Did you mean missing-variable?",
        ),
        (["--ignore", "zzz"], "There is no check zzz. `configvars rule` lists them."),
        (["--fail-on", "loud"], "--fail-on must be one of error, warning, information, hint, not loud."),
        (
            ["--output-format", "xml"],
            "--output-format must be one of text, concise, json, github,",
        ),
        (
            ["--baseline", "nowhere.json"],
            "The baseline nowhere.json does not exist. Write it with `configvars check --exit-zero",
        ),
        (["--what"], "`configvars check` has no option --what. See `configvars check --help`."),
    ],
)
def test_wrong_use(run: Run, tree: Tree, arguments: list[str], said: str) -> None:
    ran = run(tree(CLEAN), "check", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_unchecked_code_never_passes(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, faults: list[Failure]
) -> None:
    def fail(facts: FileFacts) -> int:
        raise ValueError("canary")

    monkeypatch.setattr("configvars.checks.bare_name.first_broken", fail)
    folder = tree(CLEAN + "-- sub/.env --\nB\nC\n-- sub/more.env --\nD\nD=1\n")
    ran = run(folder, "check", "--fail-on", "error")
    assert (ran.status, "bare-name" in ran.out) == (2, False)
    assert re.sub(r"\d+;", "_;", ran.err) == (
        "configvars: the check bare-name on sub/.env failed: ValueError at checks/bare_name.py:_;"
        " please report it.\n"
        "configvars: the check bare-name on sub/more.env failed: ValueError at checks/bare_name.py:_;"
        " please report it.\n"
    )
    faults.clear()
    ran = run(folder, "check", "--exit-zero", "--output-format", "json")
    assert ran.status == 2
    assert "duplicate-variable" in {found["check"] for found in json.loads(ran.out)["findings"]}
    faults.clear()
