"""`configvars template`: what it writes into a template or app.json, and what it leaves unchanged."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.git import git

Tree = Callable[[str], Path]

SHOP = """\
-- shop/config.py --
import os
SECRET_KEY = os.environ["SECRET_KEY"]
MAIL_PORT = int(os.environ["MAIL_PORT"])
MAIL_SERVER = os.environ.get("MAIL_SERVER")
LOG_LEVEL = os.environ.get("LOG_LEVEL", "info")
PORT = os.environ["PORT"]
-- Procfile --
web: gunicorn shop.pay
-- shop/pay.py --
import os
from shop import config
os.environ["DATABASE_URL"], os.environ["SECRET_KEY"]
"""
COMPLETE = """\
# Copy this file to .env and fill it in. Never commit .env.

# Required: read in shop/pay.py
DATABASE_URL=

# Required: read in shop/config.py, a whole number
MAIL_PORT=

# Optional: read in shop/config.py
# MAIL_SERVER=

# Required: read in shop/config.py and 1 more file
SECRET_KEY=
"""
PLAIN = '-- app.py --\nimport os\nos.environ["NEW"]\n'


def template(folder: Path, name: str = ".env.example") -> str:
    return (folder / name).read_bytes().decode()


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_preview_writes_nothing(run: Run, tree: Tree, option: str) -> None:
    folder = tree(SHOP)
    assert run(folder, "template", option).status == 1
    assert not (folder / ".env.example").exists()


@pytest.mark.parametrize(
    "files",
    [
        '-- .env.example --\nA=\n-- app.py --\nimport os\nos.environ["A"]\n',
        '-- .env.example --\n# A=\n-- app.py --\nimport os\nos.getenv("A")\n',
        '-- .env.sample --\nA=1\n-- .env.example --\nB=\n-- app.py --\nimport os\nos.environ["A"]\n',
        '-- .env.example --\nOLD=\n-- app.py --\nimport os\nos.getenv("A", "x"), os.environ["PATH"]\n',
        '-- .env.example --\nOLD=\n-- tests/test_app.py --\nimport os\nos.environ["A"]\n',
        '-- .env.example --\nOLD=\n-- app.py --\nimport os\nos.environ["A"] = "1"\nos.environ["A"]\n',
        '-- pyproject.toml --\n[tool.configvars]\ngiven = ["A"]\n-- .env.example --\n'
        '-- app.py --\nimport os\nos.environ["A"]\n',
    ],
)
def test_variables_that_need_no_entry(run: Run, tree: Tree, files: str) -> None:
    folder = tree(files)
    before = template(folder)
    for options in ((), ("--check",), ("--diff",)):
        ran = run(folder, "template", *options)
        assert (ran.status, ran.err) == (0, "")
    assert template(folder) == before


def test_a_new_template(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "template")
    assert ran.status == 0
    assert ran.out == "Wrote .env.example with DATABASE_URL, MAIL_PORT, MAIL_SERVER and SECRET_KEY.\n"
    assert template(folder) == COMPLETE
    assert run(folder, "template", "--check").status == 0
    assert "undeclared-variable" not in run(folder, "check").out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_template_can_be_read_by_others(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    before = os.umask(0o022)
    try:
        run(folder, "template")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / ".env.example").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("B=x\n", "B=x\n\n# Required: read in app.py\nNEW=\n"),
        ("# ours\n\nexport B='x' # why\nZ", None),
        ("NEW_ONE=1\n\n# last\nB=\n", "NEW_ONE=1\n\n# Required: read in app.py\nNEW=\n\n# last\nB=\n"),
        ("B=\r\n", "B=\r\n\r\n# Required: read in app.py\r\nNEW=\r\n"),
        ("export B=\n", "export B=\n\n# Required: read in app.py\nexport NEW=\n"),
        ("URL=${NEW}\n", "# Required: read in app.py\nNEW=\nURL=${NEW}\n"),
        ("\ufeffB=\n", "\ufeffB=\n\n# Required: read in app.py\nNEW=\n"),
        ("# only a comment", "# only a comment\n\n# Required: read in app.py\nNEW="),
        ("", "# Required: read in app.py\nNEW=\n"),
    ],
)
def test_order_comments_and_placeholders_stay(run: Run, tree: Tree, before: str, after: str | None) -> None:
    folder = tree(PLAIN)
    (folder / ".env.example").write_bytes(before.encode())
    ran = run(folder, "template")
    assert (ran.status, ran.out) == (0, "Added NEW to .env.example.\n")
    assert template(folder).startswith(before) if after is None else template(folder) == after
    assert run(folder, "template", "--check").status == 0


def test_the_output_of_the_preview(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- .env.example --\n# canary comment\nMAIL_PORT=canary\nDATABASE_URL=\n")
    assert run(folder, "template", "--check").out == (
        ".env.example does not list MAIL_SERVER (optional: read in shop/config.py).\n"
        ".env.example does not list SECRET_KEY (required: read in shop/config.py and 1 more file).\n"
        "To add them: configvars template\n"
    )
    assert run(folder, "template", "--diff").out == (
        "--- .env.example\n+++ .env.example\n@@ -1,3 +1,9 @@\n ***\n MAIL_PORT=***\n"
        "+\n+# Optional: read in shop/config.py\n+# MAIL_SERVER=\n DATABASE_URL=***\n"
        "+\n+# Required: read in shop/config.py and 1 more file\n+SECRET_KEY=\n"
    )


def test_the_advised_command_works_in_the_current_folder(run: Run, tree: Tree) -> None:
    folder = tree("-- shop/app.json --\n{}\n-- shop/app.py --\nimport os\nos.environ['A']\n")
    (folder / "shop").rename(folder / "my shop")
    said = run(folder, "template", "my shop", "--app-json", "--check").out
    assert said.endswith("To add it: configvars template 'my shop' --app-json\n")
    assert "my shop/app.json does not list A (required: read in my shop/app.py)." in said


def test_each_app_has_its_own_template(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- api/Procfile --\nweb: python app.py\n-- api/app.py --\nimport os\nos.environ['A']\n"
        "-- web/.env.template --\nX=\n-- web/src/app.py --\nimport os\nos.environ['B']\n"
        "-- app.py --\nimport os\nos.environ['C']\n"
    )
    assert run(folder, "template").out == (
        "Wrote .env.example with C.\nWrote api/.env.example with A.\nAdded B to web/.env.template.\n"
    )


def test_one_template_for_all(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- deploy/.env.example --\n")
    assert run(folder, "template", "--into", "deploy/.env.dist").status == 0
    assert "# Required: read in ../shop/pay.py\nDATABASE_URL=\n" in template(folder, "deploy/.env.dist")
    assert template(folder, "deploy/.env.example") == ""


@pytest.mark.parametrize(
    ("files", "after"),
    [
        (
            "",
            '{\n  "env": {\n'
            '    "MAIL_PORT": {\n      "description": "Read in shop/config.py, a whole number"\n    },\n'
            '    "SECRET_KEY": {\n      "description": "Read in shop/config.py and 1 more file"\n    }\n'
            "  }\n}\n",
        ),
        (
            '-- app.json --\n{\n  "name": "shop",\n  "env": {\n    "MAIL_PORT": "25"\n  }\n}\n',
            '{\n  "name": "shop",\n  "env": {\n    "MAIL_PORT": "25",\n'
            '    "SECRET_KEY": {"description": "Read in shop/config.py and 1 more file"}\n  }\n}\n',
        ),
    ],
)
def test_app_json(run: Run, tree: Tree, files: str, after: str) -> None:
    folder = tree(SHOP + files)
    assert run(folder, "template", "--app-json").status == 0
    assert template(folder, "app.json") == after
    assert run(folder, "template", "--app-json", "--check").out == (
        "app.json is complete: it lists every variable that the code cannot run without.\n"
    )


def test_a_preview_of_app_json_shows_no_value(run: Run, tree: Tree) -> None:
    folder = tree(PLAIN + '-- app.json --\n{"env": {"A": "canary"}}\n')
    ran = run(folder, "template", "--app-json", "--diff")
    assert (ran.status, "canary" in ran.out) == (1, False)


def test_a_preview_shows_every_name_of_a_line(run: Run, tree: Tree) -> None:
    manifest = '{\n  "name": "x", "env": {"B": "canary", "C": {}},\n  "addons": []}\n'
    ran = run(tree(f"{SHOP}-- app.json --\n{manifest}"), "template", "--app-json", "--diff")
    assert ran.out == (
        "--- app.json\n+++ app.json\n@@ -1,3 +1,3 @@\n ***\n-B=*** C=***\n"
        "+B=*** C=*** MAIL_PORT=*** SECRET_KEY=***\n ***\n"
    )


@pytest.mark.parametrize("text", ["[]", '{"env": []}', '{"env": {', ""])
def test_an_app_json_that_cannot_be_completed_is_not_changed(run: Run, tree: Tree, text: str) -> None:
    folder = tree(PLAIN)
    (folder / "app.json").write_text(text)
    ran = run(folder, "template", "--app-json")
    assert (ran.status, template(folder, "app.json")) == (2, text)
    assert ran.err.startswith("configvars: app.json was not changed: ")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("target", ["other", "nowhere"])
def test_nothing_is_written_through_a_link(run: Run, tree: Tree, target: str) -> None:
    folder = tree(PLAIN + "-- other --\nB=\n")
    (folder / ".env.example").symlink_to(target)
    ran = run(folder, "template")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("configvars: .env.example ")
    assert ran.err.count("\n") == 1
    assert (folder / "other").read_text() == "B=\n"
    assert not (folder / "nowhere").exists()


def test_a_template_that_git_ignores_is_reported(run: Run, tree: Tree) -> None:
    folder = tree(PLAIN + "-- .gitignore --\n.env*\n")
    git(folder, "init", "-q")
    assert run(folder, "template").err == (
        "configvars: Git ignores .env.example, so it is not committed:"
        " add the line !.env.example to .gitignore.\n"
    )


@pytest.mark.parametrize(
    ("files", "line", "said"),
    [
        (PLAIN, "--into .env", ".env is not named like a template, such as .env.example."),
        (PLAIN, "--into notes.txt", "notes.txt is not named like a template, such as .env.example."),
        (PLAIN, "--into no/.env.example", "The folder of no/.env.example does not exist."),
        (PLAIN, "nowhere", "nowhere does not exist."),
        (PLAIN, "--app-json --into .env.example", "--into and --app-json cannot be used together."),
        (PLAIN, "--check --diff", "--diff and --check cannot be used together."),
        (PLAIN, "--chek", "`configvars template` has no option --chek. Did you mean --check?"),
        ("-- notes.txt --\n", "", "There is no Python file in this folder."),
        ("-- a/app.py --\n-- b/notes.txt --\n", "b", "There is no Python file in b."),
    ],
)
def test_mistakes(run: Run, tree: Tree, files: str, line: str, said: str) -> None:
    ran = run(tree(files), "template", *line.split())
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_code_that_needs_nothing(run: Run, tree: Tree) -> None:
    folder = tree("-- app.py --\nprint(1)\n")
    assert run(folder, "template").out == "The code reads no variable that somebody has to set.\n"
    assert [path.name for path in folder.iterdir()] == ["app.py"]


def test_what_an_unreadable_template_lists_is_not_known(run: Run, tree: Tree) -> None:
    folder = tree("-- app.py --\nimport os\nos.environ['TOKEN']\n")
    (folder / ".env.example").write_text("TOKEN=\n", "utf-16")
    ran = run(folder, "template", "--check")
    said = "configvars: .env.example cannot be read, so it is not known what it lists.\n"
    assert (ran.status, ran.out, ran.err) == (2, "", said)
