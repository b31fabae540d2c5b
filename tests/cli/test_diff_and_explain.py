"""`configvars diff` and `configvars explain`: every place of a variable, and which one wins."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.storage import remember_apps, state_folder
from support.fake_heroku import FakeHeroku, fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

APPS = {
    "shop": {"API_KEY": "canary", "SECRET_KEY": "canary-remote", "SAME": "canary-same"},
    "shop-staging": {"SECRET_KEY": "canary-staging"},
}
SHOP = """\
-- .env --
SECRET_KEY=canary-local
SAME=canary-same
-- .flaskenv --
SAME=canary-flask
-- .env.example --
SECRET_KEY=
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["API_KEY"]
"""


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), APPS)
    monkeypatch.setenv("PATH", fake.env["PATH"])
    return fake


def test_diff(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "diff", "--app", "shop", "--app", "shop-staging")
    assert ran.status == 1
    assert ran.out == (
        "NAME        CODE      .env  .flaskenv  .env.example  shop     shop-staging\n"
        "API_KEY     required  -     -          -             set      -\n"
        "SAME        -         set   set        -             same     -\n"
        "SECRET_KEY  required  set   -          listed        differs  differs\n"
        "\n"
        "API_KEY is missing from env files and shop-staging.\n"
    )
    assert "canary" not in ran.out


REMOTES = """\
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "heroku"]
	url = https://git.heroku.com/shop.git
[remote "staging"]
	url = git@heroku.com:shop-staging.git
"""


def test_apps_by_their_git_remotes(run: Run, tree: Tree, heroku: FakeHeroku) -> None:
    folder = tree(SHOP + REMOTES)
    by_name = run(folder, "diff", "--app", "shop", "--app", "shop-staging").out
    assert run(folder, "diff", "--remote", "heroku", "--remote", "staging").out == by_name
    assert run(folder, "diff", "--app", "shop", "--remote", "staging").out == by_name


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        (
            "diff",
            "prod",
            "prod is not a git remote of a Heroku app; the remotes of Heroku apps are heroku (shop), staging",
        ),
        (
            "check",
            "prod",
            "prod is not a git remote of a Heroku app; the remotes of Heroku apps are heroku (shop), staging",
        ),
        (
            "pull",
            "prod",
            "prod is not a git remote of a Heroku app; the remotes of Heroku apps are heroku (shop), staging",
        ),
        ("diff", "", "--remote needs the name of a git remote, but got an empty"),
    ],
)
def test_a_remote_that_does_not_exist(run: Run, tree: Tree, command: str, name: str, said: str) -> None:
    ran = run(tree(SHOP + REMOTES), command, "--remote", name)
    assert ran.status == 2
    assert said in ran.err


def test_the_stages_of_a_pipeline(run: Run, tree: Tree, heroku: FakeHeroku) -> None:
    heroku.answer({**APPS, "shop-pr-7": {"SECRET_KEY": "canary"}})
    folder = tree(SHOP + '-- app.json --\n{"env": {"SECRET_KEY": {"generator": "secret"}}}\n')
    ran = run(folder, "diff", "--pipeline", "shop-line")
    assert ran.out == (
        "NAME        CODE      .env  .flaskenv  .env.example  app.json  shop-staging  shop\n"
        "API_KEY     required  -     -          -             -         -             set\n"
        "SAME        -         set   set        -             -         -             same\n"
        "SECRET_KEY  required  set   -          listed        listed    differs       differs\n"
        "\n"
        "API_KEY is missing from env files and shop-staging.\n"
        "Review apps get what app.json lists and what is set for them in the pipeline; app.json does not list"
        " API_KEY.\n"
    )
    assert json.loads(run(folder, "diff", "--pipeline", "shop-line", "--output-format", "json").out)[
        "not_in_app_json"
    ] == ["API_KEY"]
    assert not any("shop-pr-7" in call for call in heroku.calls)
    for apps, why in (({}, "has no apps."), ({"shop-pr-7": {}}, "has only review apps.")):
        heroku.answer(apps)
        none = run(folder, "check", "--pipeline", "shop-line")
        assert (none.status, none.err) == (2, f"configvars: The pipeline shop-line {why}\n")
    gone = run(folder, "check", "--pipeline", "no-line")
    assert (gone.status, "has no pipeline of this name" in gone.err) == (2, True)


def test_diff_without_apps_does_not_contact_heroku(run: Run, tree: Tree, heroku: FakeHeroku) -> None:
    ran = run(tree(SHOP), "diff")
    assert ran.status == 1
    assert ran.out.endswith("API_KEY is missing from env files.\n")
    assert heroku.calls == []


def test_diff_names_the_service_that_lacks_a_variable(run: Run, tree: Tree) -> None:
    compose = "services:\n  web:\n    command: gunicorn app:app\n    environment:\n      A: 1\n"
    code = "import os\nos.environ['A'], os.environ['B']\n"
    ran = run(tree(f"-- .env --\nA=1\nB=1\n-- compose.yaml --\n{compose}-- app.py --\n{code}"), "diff")
    last = "B is missing from gunicorn app:app (compose.yaml)."
    assert (ran.status, ran.out.splitlines()[-1]) == (1, last)


def test_diff_of_a_subfolder_uses_the_env_files_of_its_project(run: Run, tree: Tree) -> None:
    reads = "import os\nos.environ['{}']\n"
    folder = tree(
        f"-- .env --\nA=1\n-- src/app.py --\n{reads.format('A')}-- other.py --\n{reads.format('B')}"
    )
    both = ["NAME  CODE      .env", "A     required  set", "", "Nothing that the code needs is missing."]
    assert run(folder, "diff", "src").out.splitlines() == both
    assert run(folder / "src", "diff", ".").out.splitlines()[1:] == both[1:]
    assert run(folder, "diff").out.endswith("B is missing from env files.\n")
    (folder / ".env").write_bytes("A=1\n".encode("utf-16"))
    assert run(folder, "diff", "src").out.endswith("A may be set by .env (UTF-16).\n")


def test_the_reason_why_a_file_above_the_project_may_set_a_variable(run: Run, tree: Tree) -> None:
    code = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['A']\n"
    folder = tree(f"-- .env --\nA=1\n-- p/pyproject.toml --\n-- p/app.py --\n{code}") / "p"
    said = "may be set by ../.env (outside of the project)"
    assert f"A {said}.\n" in run(folder, "diff").out
    assert said in run(folder, "explain", "A").out
    ran = run(folder, "check")
    assert f"A {said}, which is not read.\n" in ran.out
    assert "There is no env file here" not in ran.out
    (folder / ".env").write_text("A=1\n")
    assert "may be set by" not in run(folder, "check").out


def test_diff_names_a_file_that_the_code_loads_and_that_does_not_exist(run: Run, tree: Tree) -> None:
    code = "import os\nfrom dotenv import load_dotenv\nload_dotenv('nope.env')\nos.environ['A']\n"
    folder = tree(f"-- .env --\nA=1\n-- app.py --\n{code}")
    ran = run(folder, "diff")
    assert (ran.status, ran.out.splitlines()[-1]) == (1, "A is missing from nope.env, which does not exist.")
    assert run(folder, "check").status == 1
    assert (
        "load_dotenv()  not set; app.py:3 loads nope.env, which does not exist"
        in run(folder, "explain", "A").out
    )
    (folder / "app.py").write_text("from dotenv import load_dotenv\nload_dotenv('nope.env')\n")
    assert run(folder, "diff").status == 0


def test_diff_without_missing_variables(run: Run, tree: Tree) -> None:
    ran = run(tree("-- .env --\nA=1\n-- app.py --\nimport os\nos.environ['A']\n"), "diff")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "Nothing that the code needs is missing.")
    assert run(tree("-- .env --\n-- app.py --\n"), "diff").out == "No config vars found.\n"


@pytest.mark.parametrize("env_file", ["", "-- .env --\n# nothing yet\n", "-- .env.example --\nA=\n"])
def test_diff_without_set_variables(run: Run, tree: Tree, env_file: str) -> None:
    folder = tree(env_file + "-- app.py --\nimport os\nos.environ['A']\n")
    ran = run(folder, "diff")
    none = "" if (folder / ".env").exists() else "There is no env file here.\n"
    assert ran.status == 1
    assert ran.out.endswith(f"\n\nA is missing from env files.\n{none}")


def test_diff_as_json(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "diff", "--app", "shop", "--output-format", "json")
    document = json.loads(ran.out)
    assert document["version"] == 1
    assert document["columns"][-1] == {"kind": "app", "name": "shop"}
    assert document["rows"][0] == {
        "name": "API_KEY",
        "need": "required",
        "given": False,
        "cells": [*[{"state": "missing", "addon": None}] * 3, {"state": "set", "addon": None}],
        "missing": ["env files"],
        "maybe": [],
    }
    assert "canary" not in ran.out


def test_apps_of_an_earlier_choice(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    remember_apps(state_folder(), str(folder), ("shop",))
    assert run(folder, "diff").out.splitlines()[0].endswith("  shop")
    remember_apps(state_folder(), str(folder), ("gone",))
    ran = run(folder, "diff")
    assert "gone" in ran.err  # reported, and the rest of the report is still printed
    assert ran.out.endswith("API_KEY is missing from env files.\n")


def test_an_app_of_the_environment_must_answer(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEROKU_APP", "gone")
    for command in (["diff"], ["explain", "API_KEY"]):
        ran = run(tree(SHOP), *command)
        assert (ran.status, ran.out) == (2, "")
        assert "gone" in ran.err


def test_a_named_app_must_answer(run: Run, tree: Tree) -> None:
    for command in (["diff"], ["explain", "API_KEY"], ["check"], ["inventory"]):
        ran = run(tree(SHOP), *command, "--app", "gone")
        assert (ran.status, ran.out) == (2, "")
        assert "gone" in ran.err


@pytest.mark.parametrize("app", ["", ",", "shop,", " "])
@pytest.mark.parametrize("command", [["check"], ["diff"], ["explain", "A"], ["inventory"], ["pull", "A"]])
def test_an_empty_app_name_is_rejected(run: Run, tree: Tree, command: list[str], app: str) -> None:
    ran = run(tree(SHOP), *command, "--app", app)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "configvars: --app needs the name of a Heroku app, but got an empty one.\n"


def test_check_and_inventory_with_an_app(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    assert "(set on Heroku app shop)" in run(folder, "check", "--app", "shop").out
    (found,) = [
        line
        for line in run(folder, "check", "--app", "shop-staging").out.splitlines()
        if "API_KEY is" in line
    ]
    assert found.endswith(
        "warning not-on-heroku API_KEY is not set on Heroku app shop-staging, missing from .env"
        " and not listed in .env.example; the code fails there without it"
    )
    ran = run(folder, "check", "--app", "shop-staging", "--ignore", "not-on-heroku")
    assert "warning missing-variable API_KEY is missing from .env and not listed in" in ran.out
    document = json.loads(run(folder, "inventory", "--app", "shop", "--output-format", "json").out)
    (platform,) = document["platforms"]
    assert (platform["platform"], platform["app"], platform["names"]) == (
        "heroku",
        "shop",
        ["API_KEY", "SAME", "SECRET_KEY"],
    )
    assert platform["fetched"].endswith("Z")


def test_check_without_an_env_file_compares_with_the_app(run: Run, tree: Tree) -> None:
    ran = run(tree("import os\nos.environ['API_KEY']\nos.environ['NOT_THERE']\n"), "check", "--app", "shop")
    assert ran.status == 1
    assert ran.out.count("NOT_THERE is") == 1
    assert "warning not-on-heroku NOT_THERE is not set on Heroku app shop; the code fails" in ran.out
    assert "the code was compared with Heroku app shop.\n" in ran.out
    assert "app.py:2:" not in ran.out


def test_explain(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "explain", "SECRET_KEY", "--app", "shop")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "SECRET_KEY"
    assert [line.split("  ")[1] for line in lines[1:6]] == [
        "flask run",
        "load_dotenv()",
        "gunicorn",
        "heroku local",
        "Heroku app shop",
    ]
    assert "a different value than here" in lines[5]
    assert lines[6] == "  read at app.py:2 (os.environ[], required)"
    assert "canary" not in ran.out


def test_explain_a_variable_that_another_value_names(run: Run, tree: Tree) -> None:
    code = "-- app.py --\nimport environ\nenviron.Env()('URL')\n"
    folder = tree(f"-- .env --\nURL=$REAL_URL\nREAL_URL=x\nPASSWORD=$hidden\n{code}")
    said = run(folder, "explain", "REAL_URL").out
    assert "django-environ reads it for URL, whose value at .env:1 is its name" in said
    assert "PASSWORD" not in run(folder, "explain", "hidden").out


def test_explain_a_variable_that_becomes_a_key(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- .env --\nSECRET_KEY=x\nOTHER=1\n-- app.py --\nfrom dotenv import dotenv_values\n"
        "from flask import Flask\napp = Flask(__name__)\napp.config.update(dotenv_values('.env'))\n"
    )
    assert run(folder, "explain", "SECRET_KEY").out.endswith("  read at app.py:4 (dotenv_values)\n")
    assert run(folder, "explain", "OTHER").out.endswith("No code here reads it.\n")


def test_explain_a_variable_that_from_prefixed_env_reads(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- .env --\nSHOP_A__B=1\nOTHER=1\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
        "app.config.from_prefixed_env('SHOP')\n"
    )
    said = run(folder, "explain", "SHOP_A__B").out
    assert said.endswith("  read at app.py:3 (app.config.from_prefixed_env, which sets A)\n")
    assert run(folder, "explain", "OTHER").out.endswith("No code here reads it.\n")


def test_explain_a_variable_whose_prefix_is_read(run: Run, tree: Tree) -> None:
    code = "-- app.py --\nfrom quart import Quart\napp = Quart(__name__)\napp.config.from_prefixed_env()\n"
    said = run(tree(f"-- .env --\nQUART_KEY=1\n{code}"), "explain", "QUART_KEY").out
    assert said.endswith("  read in app.py (all variables QUART_*)\n")


@pytest.mark.parametrize(
    ("option", "name", "line", "state"),
    [
        ("True", "api_key", "gunicorn       set by .env:1 (a number, short)", "read at"),
        ("True", "API_KEY", "gunicorn       not set; neither it nor the code loads an env file", "No code"),
        ("False", "API_KEY", "gunicorn       set by .env:1 (a number, short)", "read at"),
        ("False", "api_key", "", "read at"),
    ],
)
def test_explain_a_field_whose_class_ignores_case(
    run: Run, tree: Tree, option: str, name: str, line: str, state: str
) -> None:
    code = "-- app.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
    code += f"    model_config = {{'env_file': '.env', 'case_sensitive': {option}}}\n    api_key: str\n"
    said = run(tree(f"-- .env --\napi_key=1\n{code}"), "explain", name).out
    assert line in said
    assert said.splitlines()[-1].strip().startswith(state)


def test_explain_an_unknown_variable(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "explain", "NOPE")
    assert ran.status == 1
    assert ran.out.endswith("No code here reads it.\n")


def test_text_has_paths_relative_to_the_current_folder(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + "-- src/web.py --\nimport os\nos.environ['SECRET_KEY']\n")
    below = folder / "src"
    assert "../.env" in run(below, "diff").out
    assert "../app.py:2" in run(below, "inventory").out
    out = run(below, "explain", "SECRET_KEY").out
    assert ("../.env:1" in out, " web.py:2 (" in out, " ../app.py:2 (" in out) == (True, True, True)
    for command in (["diff"], ["inventory"], ["explain", "SECRET_KEY"]):
        assert "../" not in run(below, *command, "--output-format", "json").out


def test_explain_a_misspelt_variable(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "explain", "SECRETKEY")
    assert ran.status == 1
    assert ran.out.endswith("No code here reads it. Did you mean SECRET_KEY?\n")


@pytest.mark.parametrize("name", ["A B", "SECRET-KEY", "1A", "A$B"])
def test_explain_what_cannot_be_a_name(run: Run, tree: Tree, name: str) -> None:
    ran = run(tree(SHOP), "explain", name)
    assert (ran.status, "It cannot be the name of a config var: only letters, digits" in ran.out) == (1, True)
    read = run(tree(f"-- odd.py --\nimport os\nos.environ['{name}']\n"), "explain", name)
    assert (read.status, "cannot be" in read.out) == (0, False)


def test_explain_as_json(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "explain", "SAME", "--app", "shop", "--output-format", "json")
    document = json.loads(ran.out)
    assert (document["version"], document["name"]) == (1, "SAME")
    flask = document["outcomes"][0]
    assert (flask["runtime"], flask["state"], flask["by"]) == (
        "flask run",
        "set",
        {"path": ".env", "line": 2},
    )
    assert document["outcomes"][-1]["same"] is True
    assert "canary" not in ran.out


def test_explain_for_one_file(run: Run, tree: Tree) -> None:
    folder = tree(
        SHOP
        + "-- worker/.env --\nSECRET_KEY=canary\n-- worker/job.py --\nimport os\nos.environ['SECRET_KEY']\n"
    )
    document = json.loads(
        run(folder, "explain", "SECRET_KEY", "worker/job.py", "--output-format", "json").out
    )
    assert document["outcomes"][1]["by"]["path"] in ("worker/.env", ".env")


def test_a_library_that_reads_by_itself(run: Run, tree: Tree) -> None:
    folder = tree("-- .env --\nAWS_REGION=x\n-- requirements.txt --\nboto3\n-- app.py --\n")
    said = run(folder, "explain", "AWS_REGION").out.splitlines()[-1]
    assert said.startswith("No code here reads it. boto3 reads it by itself (botocore/")
    (folder / "requirements.txt").write_text("flask\n")
    said = run(folder, "explain", "AWS_REGION").out.splitlines()[-1]
    assert said == "No code here reads it. boto3 reads this name, but this project does not use boto3."
    said = run(folder, "explain", "API_KEY").out.splitlines()[-1]
    assert said == "No code here reads it."


@pytest.mark.parametrize("command", ["diff", "explain SAME", "inventory"])
def test_the_time_limit_of_the_settings_that_are_named(
    tree: Tree, run: Run, heroku: FakeHeroku, command: str
) -> None:
    root = tree(f"{SHOP}-- fast.toml --\nheroku.timeout = 1\n-- configvars.toml --\nheroku.timeout = 600\n")
    heroku.hang()
    ran = run(root, *command.split(), "--app", "shop", "--config", "fast.toml")
    assert ran.status == 2
    assert "raise the setting `heroku.timeout`" in ran.err


def test_explain_in_a_folder_is_about_its_own_code(run: Run, tree: Tree) -> None:
    code = "import os\nfrom flask import Flask\nos.environ['KEY']\n"
    folder = tree(
        f"-- pyproject.toml --\n-- .env --\nKEY=1\n-- api/app.py --\n{code}-- api/.env --\nA=1\n"
        f"-- web/app.py --\n{code}"
    )
    said = [run(folder / name, "explain", "KEY").out.splitlines()[1] for name in (".", "web")]
    assert said == [
        "  flask run (api/app.py)      not set; .env has it, but nothing here loads it",
        "  flask run      set by ../.env:1 (a number, short)",
    ]


def test_explain_says_that_another_program_loads_the_file(run: Run, tree: Tree) -> None:
    makefile = "-- Makefile --\nweb:\n\tpython web.py\nwork:\n\tpython worker.py\n"
    reads = "-- common.py --\nimport os\nos.environ['KEY']\n-- worker.py --\nimport common\n"
    loads = "-- web.py --\nfrom dotenv import load_dotenv\nload_dotenv()\nimport common\n"
    ran = run(tree(f"-- .env --\nKEY=1\n{makefile}{reads}{loads}"), "explain", "KEY")
    assert "not set; .env has it, but only other programs load it" in ran.out
    makefile = "-- Makefile --\nrun:\n\tflask run\nserve:\n\tgunicorn app:app\n"
    app = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask('x')\nos.environ['KEY']\n"
    ran = run(tree(f"-- .env --\nKEY=1\n{makefile}{app}"), "explain", "KEY")
    assert "gunicorn app:app (Makefile)  not set; .env has it, but only other programs load it" in ran.out


LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['KEY']\n"
SERVICES = f"-- api/.env --\nKEY=1\n-- api/app.py --\n{LOADS}-- web/.env --\nA=1\n-- web/app.py --\n{LOADS}"
ALIKE = f"""\
-- .env --
KEY=1
-- app.py --
{LOADS}-- conf.py --
{LOADS}-- tests/test_app.py --
import os
os.environ["KEY"]
"""


def test_explain_names_the_file_if_others_get_something_else(run: Run, tree: Tree) -> None:
    folder = tree(SERVICES)
    done = run(folder, "explain", "KEY")
    assert "  load_dotenv() (api/app.py)  set by api/.env:1 (a number, short)\n" in done.out
    assert "\n  different for web/app.py: `configvars explain KEY web/app.py` shows it\n" in done.out
    document = json.loads(run(folder, "explain", "KEY", "--output-format", "json").out)
    assert document["outcomes"][1]["runtime"] == "load_dotenv()"
    for place in ("web", "web/app.py"):
        done = run(folder, "explain", "KEY", place)
        assert "  load_dotenv()  not set\n" in done.out
        assert "different" not in done.out


def test_explain_names_no_file_if_all_code_gets_the_same(run: Run, tree: Tree) -> None:
    done = run(tree(ALIKE), "explain", "KEY")
    assert "  load_dotenv()  set by .env:1 (a number, short)\n" in done.out
    assert "different" not in done.out
