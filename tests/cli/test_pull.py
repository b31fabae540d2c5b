"""`configvars pull`: what it asks, what it writes, and what it leaves unchanged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.cli import pull as command
from configvars.cli.asking import Asker
from configvars.storage import remember_apps, state_folder
from support.answers import answering
from support.fake_heroku import FakeHeroku, fake_heroku
from support.git import git

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

APPS = {
    "shop": {
        "API_KEY": "canary-key",
        "MAIL_SERVER": "canary.example.com",
        "SECRET_KEY": "canary-remote",
        "DATABASE_URL": "postgres://canary",
        "UNREAD": "canary-unread",
    },
    "shop-staging": {"API_KEY": "staging"},
    "shop-new": {},
    "shop-prod": {"API_KEY": "canary-prod", "DATABASE_URL": "postgres://canary"},
}
SHOP = """\
-- .env --
# mine
SECRET_KEY=local
-- .gitignore --
.env
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["API_KEY"], os.environ["DATABASE_URL"], os.environ["NOWHERE"]
if os.environ.get("MAIL_SERVER"): pass
"""
PULLED_API_KEY = "API_KEY=canary-key\n"


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), APPS)
    monkeypatch.setenv("PATH", fake.env["PATH"])
    return fake


def env(folder: Path) -> str:
    return (folder / ".env").read_text("utf-8")


def test_a_name(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.out, ran.err) == (0, "Pulled API_KEY from shop into .env.\n", "")
    assert env(folder) == "# mine\nSECRET_KEY=local\n" + PULLED_API_KEY


def test_a_line_is_inserted_in_the_order_of_the_template(run: Run, tree: Tree) -> None:
    template = "-- .env.example --\nSECRET_KEY=\nMAIL_SERVER=\nZONE=\n"
    folder = tree(SHOP.replace("SECRET_KEY=local\n", "SECRET_KEY=local\nZONE=1\n") + template)
    assert run(folder, "pull", "MAIL_SERVER", "--app", "shop").status == 0
    assert env(folder) == "# mine\nSECRET_KEY=local\nMAIL_SERVER=canary.example.com\nZONE=1\n"


def test_without_names_the_missing_variables_are_pulled(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "--app", "shop")
    assert ran.status == 0
    assert ran.out == (
        "Pulled API_KEY and MAIL_SERVER from shop into .env; held back DATABASE_URL (it holds the credentials"
        " of a database; --include-addons pulls it);"
        " the code needs NOWHERE, which shop does not have either.\n"
    )
    assert "UNREAD" not in env(folder)
    assert "canary" not in ran.out + ran.err


def test_all(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "--all", "--app", "shop")
    assert ran.status == 0
    assert "kept the local value of SECRET_KEY" in ran.out
    assert {"API_KEY", "MAIL_SERVER", "UNREAD"} <= {
        line.partition("=")[0] for line in env(folder).splitlines()
    }
    assert "SECRET_KEY=local\n" in env(folder)


def test_a_local_value_is_replaced_only_after_a_yes(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "SECRET_KEY", "--app", "shop")
    assert (ran.status, ran.out) == (
        1,
        "Pulled nothing; kept the local value of SECRET_KEY (--overwrite replaces it).\n",
    )
    ran = run(folder, "pull", "SECRET_KEY", "--app", "shop", "--overwrite")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "configvars: Nothing was written, because there is no terminal to answer in. Use --yes to agree: pull"
        " SECRET_KEY from Heroku app shop into .env and overwrite the local value of SECRET_KEY.\n"
    )
    assert env(folder) == "# mine\nSECRET_KEY=local\n"
    assert run(folder, "pull", "--all", "--app", "shop", "--yes").status == 0
    assert "SECRET_KEY=local\n" in env(folder)
    assert run(folder, "pull", "SECRET_KEY", "--app", "shop", "--yes").status == 0
    assert "SECRET_KEY=canary-remote\n" in env(folder)


def test_all_with_overwrite(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    assert run(folder, "pull", "--all", "--app", "shop", "--overwrite", "--yes").status == 0
    assert "SECRET_KEY=canary-remote\n" in env(folder)


def test_a_production_app_needs_a_yes(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    question = "Pull API_KEY from the production app shop-prod into .env?"
    ran = run(folder, "pull", "API_KEY", "--app", "shop-prod")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "configvars: Nothing was written, because there is no terminal to answer in. Use --yes to agree: pull"
        " API_KEY from the production app shop-prod into .env.\n"
    )
    asked = answering(monkeypatch, command, "n", "y")
    ran = run(folder, "pull", "API_KEY", "--app", "shop-prod")
    assert (ran.status, ran.out, ran.err) == (1, "", "configvars: Nothing was written.\n")
    assert env(folder) == "# mine\nSECRET_KEY=local\n"
    assert run(folder, "pull", "API_KEY", "--app", "shop-prod").status == 0
    assert asked == [question] * 2
    assert "API_KEY=canary-prod" in env(folder)


def test_a_variable_of_an_add_on(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "DATABASE_URL", "--app", "shop")
    assert ran.status == 1
    assert ran.out.startswith("Pulled nothing; held back DATABASE_URL (")
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop", "--include-addons").status == 0
    assert "DATABASE_URL=postgres://canary\n" in env(folder)


def test_similar_names_are_suggested(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    assert run(folder, "pull", "API_KEZ", "--app", "shop").out == (
        "Pulled nothing; API_KEZ is not set on shop. API_KEZ: did you mean API_KEY?\n"
    )
    assert run(folder, "pull", "api_key", "--app", "shop").out.endswith(" api_key: did you mean API_KEY?\n")
    assert run(folder, "pull", "--app", "shpo").err.endswith(" Did you mean shop?\n")


def test_dry_run_writes_nothing(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--dry-run")
    assert ran.out == "Would pull API_KEY from shop into .env.\n"
    assert env(folder) == "# mine\nSECRET_KEY=local\n"


def test_a_name_that_the_app_lacks(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "pull", "NOWHERE", "API_KEY", "--app", "shop")
    assert ran.status == 1
    assert ran.out == "Pulled API_KEY from shop into .env; NOWHERE is not set on shop.\n"


def test_into_a_new_file(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    (folder / "config").mkdir()
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", "config/prod.settings")
    assert (ran.status, ran.out) == (0, "Pulled API_KEY from shop into config/prod.settings.\n")
    written = folder / "config" / "prod.settings"
    assert written.read_text("utf-8") == PULLED_API_KEY
    assert written.stat().st_mode & 0o777 == 0o600
    assert run(folder, "pull", "MAIL_SERVER", "--app", "shop", "--into", "config/prod.settings").status == 0
    assert "MAIL_SERVER=canary.example.com\n" in written.read_text("utf-8")
    assert PULLED_API_KEY in written.read_text("utf-8")


def test_json(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "pull", "API_KEY", "DATABASE_URL", "--app", "shop", "--output-format", "json")
    document = json.loads(ran.out)
    assert {key: document[key] for key in ("version", "app", "path", "dry_run")} == {
        "version": 1,
        "app": "shop",
        "path": ".env",
        "dry_run": False,
    }
    assert [(item["name"], item["state"]) for item in document["items"]] == [
        ("API_KEY", "add"),
        ("DATABASE_URL", "held-back"),
    ]
    assert "canary" not in ran.out


def test_the_app_by_environment(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEROKU_APP", "shop-staging")
    folder = tree(SHOP)
    assert run(folder, "pull", "API_KEY").out == "Pulled API_KEY from shop-staging into .env.\n"


def test_the_app_by_choice(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    remember_apps(state_folder(), str(folder), ("shop-staging",))
    assert run(folder, "pull", "API_KEY").out == "Pulled API_KEY from shop-staging into .env.\n"
    remember_apps(state_folder(), str(folder), ("shop", "shop-staging"))
    ran = run(folder, "pull", "API_KEY")
    assert (ran.status, ran.err) == (2, "configvars: Which app: shop, shop-staging? Name it with --app.\n")


REMOTE = """\
-- .git/config --
[remote "heroku"]
	url = https://git.heroku.com/shop.git
-- .git/HEAD --
ref: refs/heads/main
-- .git/objects/info/none --
-- .git/refs/heads/none --
"""


def test_a_lone_git_remote_is_a_question(
    run: Run, tree: Tree, heroku: FakeHeroku, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree(SHOP + REMOTE)
    ran = run(folder, "pull", "API_KEY")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "configvars: Which Heroku app? Your git remote suggests --app shop.\n"
    asked = answering(monkeypatch, command, "n")
    assert run(folder, "pull", "API_KEY").status == 1
    assert asked == ["You have not named an app. Use shop, the app of your git remote?"]
    assert heroku.calls == []
    monkeypatch.undo()


def test_yes_confirms_the_app_of_the_remote(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + REMOTE)
    assert run(folder, "pull", "API_KEY", "--yes").status == 0
    assert PULLED_API_KEY in env(folder)


def test_no_app(run: Run, tree: Tree, heroku: FakeHeroku) -> None:
    ran = run(tree(SHOP), "pull", "API_KEY")
    assert (ran.status, heroku.calls) == (2, [])
    assert ran.err == "configvars: Which Heroku app? Name it with --app, or set HEROKU_APP.\n"


def test_all_is_asked_at_once(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(UNIGNORED)
    asked = answering(monkeypatch, command, "n", "y")
    names = ("SECRET_KEY", "API_KEY")
    ran = run(folder, "pull", *names, "--app", "shop")
    assert (ran.status, ran.out, ran.err) == (1, "", "configvars: Nothing was written.\n")
    assert (env(folder), (folder / ".gitignore").exists()) == ("# mine\nSECRET_KEY=local\n", False)
    assert run(folder, "pull", *names, "--app", "shop").status == 0
    assert asked == 2 * [
        "Git does not ignore .env: values written there may be committed. Add .env to .gitignore, and"
        " pull SECRET_KEY and API_KEY from Heroku app shop into .env and overwrite the local value of"
        " SECRET_KEY?"
    ]
    assert env(folder) == f"# mine\nSECRET_KEY=canary-remote\n{PULLED_API_KEY}"


def test_a_local_value_in_place_of_a_credential(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree(SHOP)
    asked = answering(monkeypatch, command, "y")
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop-prod").status == 0
    assert "for this machine instead?" in asked[0]
    assert "DATABASE_URL=postgresql://localhost/" in env(folder)


def test_yes_answers_like_a_user_who_says_yes(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal and without one, `--yes` writes what a user gets who says yes to each question."""
    folder = tree(SHOP)
    after = {}
    for how in ("asked", "terminal", "script"):
        (folder / ".env").write_text("# mine\nSECRET_KEY=local\n")
        with monkeypatch.context() as patched:
            asked = answering(patched, command, "y", "y", "y") if how == "asked" else []
            if how == "terminal":
                patched.setattr(command, "asker", lambda yes: Asker(interactive=True, yes=yes))
            answer = [] if how == "asked" else ["--yes"]
            ran = run(folder, "pull", "DATABASE_URL", "SECRET_KEY", "--app", "shop", *answer)
        after[how] = (ran.status, ran.out, ran.err, env(folder))
        assert bool(asked) is (how == "asked")
    assert after["asked"] == after["terminal"] == after["script"]
    status, _, _, text = after["script"]
    assert status == 0
    assert "DATABASE_URL=postgresql://localhost/shop\n" in text
    assert "SECRET_KEY=canary-remote\n" in text


def test_yes_pulls_a_named_credential_without_a_local_value(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("SECRET_KEY=local\n", "DATABASE_URL=postgres://mine\n"))
    ran = run(folder, "pull", "DATABASE_URL", "--app", "shop")
    assert (ran.status, "--include-addons pulls it" in ran.out) == (1, True)
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop", "--yes").status == 0
    assert "DATABASE_URL=postgres://canary\n" in env(folder)
    assert "canary" not in run(folder, "pull", "--app", "shop", "--yes").out


NOTHING = {
    "nothing is missing": (
        "-- .env --\nA=1\n-- app.py --\nimport os\nos.environ['A']\n",
        ["--app", "shop"],
        "no variable that the code reads is missing here and set on shop; --all pulls every config var",
    ),
    "no reads": (
        "-- app.py --\nprint(1)\n",
        ["--app", "shop"],
        "no code here reads a variable; name the config vars, or use --all",
    ),
    "no config vars that the code needs": (
        "-- app.py --\nimport os\nos.environ['A']\n",
        ["--app", "shop-new"],
        "shop-new has no config vars; the code needs A, which shop-new does not have either",
    ),
    "no config vars": (
        "-- app.py --\nprint(1)\n",
        ["--all", "--app", "shop-new"],
        "shop-new has no config vars",
    ),
}


@pytest.mark.parametrize(("text", "arguments", "why"), NOTHING.values(), ids=NOTHING)
def test_the_reason_why_nothing_was_pulled(
    run: Run, tree: Tree, text: str, arguments: list[str], why: str
) -> None:
    folder = tree(text)
    ran = run(folder, "pull", *arguments)
    assert (ran.status, ran.out) == (0, f"Pulled nothing: {why}.\n")
    assert run(folder, "pull", "--dry-run", *arguments).out == f"Would pull nothing: {why}.\n"


def test_the_user_is_asked_only_once(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    asked = answering(monkeypatch, command, "n", "y")
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop-prod").status == 0
    assert "of production app shop-prod should not be copied" in asked[1]
    assert "DATABASE_URL=postgres://canary\n" in env(folder)


def test_a_credential_that_differs_is_replaced_after_one_question(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree(SHOP)
    (folder / ".env").write_text("DATABASE_URL=mine\n")
    asked = answering(monkeypatch, command, "n", "y")
    pull = ("pull", "DATABASE_URL", "--app", "shop-prod")
    assert (run(folder, *pull).status, env(folder)) == (1, "DATABASE_URL=mine\n")
    assert (run(folder, *pull).status, env(folder)) == (0, "DATABASE_URL=postgres://canary\n")
    assert [each.rpartition(". ")[2] for each in asked] == [
        "Pull it anyway and overwrite the different value in .env?"
    ] * 2


def test_no_question_without_need(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    asked = answering(monkeypatch, command)
    assert run(folder, "pull", "API_KEY", "--app", "shop").status == 0
    assert run(folder, "pull", "SECRET_KEY", "--app", "shop", "--dry-run").status == 1
    assert asked == []


LIVE = {
    "shop": {
        **APPS["shop"],
        "STRIPE_KEY": "sk_live_canary",
        "REPLICA": "postgres://reader:canary7Qx@db.canary.com/shop",
        "TEST_KEY": "sk_test_canary",
    }
}
USES = "code that runs on this machine then uses real accounts and data."


def test_a_live_key_is_asked_about_in_the_one_question_that_there_is(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fake = fake_heroku(tmp_path_factory.mktemp("live"), LIVE)
    monkeypatch.setenv("PATH", fake.env["PATH"])
    folder = tree(SHOP)
    pull = ("pull", "STRIPE_KEY", "REPLICA", "SECRET_KEY", "--app", "shop")
    is_live = (
        "On Heroku app shop, STRIPE_KEY is a live Stripe key and REPLICA connects to a PostgreSQL database on"
        f" another machine: {USES}"
    )
    question = (
        f"{is_live} Pull STRIPE_KEY, REPLICA and SECRET_KEY from Heroku app shop into .env"
        " and overwrite the local value of SECRET_KEY?"
    )
    assert run(folder, *pull, "--dry-run").status == 1
    alone = run(folder, "pull", "STRIPE_KEY", "--app", "shop")
    assert (alone.status, alone.out) == (2, "")
    assert alone.err.startswith(
        f"configvars: On Heroku app shop, STRIPE_KEY is a live Stripe key: {USES} Nothing was written,"
        " because"
        " there is no terminal to answer in. Use --yes to agree: pull STRIPE_KEY from Heroku app shop into"
        " .env."
    )
    asked = answering(monkeypatch, command, "n", "y")
    assert (run(folder, *pull).status, env(folder)) == (1, "# mine\nSECRET_KEY=local\n")
    assert run(folder, *pull).status == 0
    assert asked == [question] * 2
    assert "STRIPE_KEY=sk_live_canary\n" in env(folder)
    assert run(folder, "pull", "TEST_KEY", "--app", "shop").status == 0
    assert len(asked) == 2


def test_yes_answers_for_a_live_key_and_an_option_for_a_credential(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    apps = {"shop": {**LIVE["shop"], "DATABASE_URL": "postgres://shop:canary7Qx@db.canary.com/shop"}}
    fake = fake_heroku(tmp_path_factory.mktemp("live"), apps)
    monkeypatch.setenv("PATH", fake.env["PATH"])
    folder = tree(SHOP)
    assert run(folder, "pull", "STRIPE_KEY", "--app", "shop", "--yes").status == 0
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop", "--include-addons").status == 0
    assert "DATABASE_URL=postgres://shop:canary7Qx@db.canary.com/shop\n" in env(folder)


UNIGNORED = SHOP.replace("-- .gitignore --\n.env\n", REMOTE)


def test_a_file_that_git_does_not_ignore(run: Run, tree: Tree) -> None:
    folder = tree(UNIGNORED)
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("configvars: Git does not ignore .env: values written there may be committed. ")
    assert env(folder) == "# mine\nSECRET_KEY=local\n"
    ran = run(folder, "pull", "MAIL_SERVER", "--app", "shop", "--yes")
    assert (ran.status, ran.err) == (0, "configvars: .env was added to .gitignore.\n")
    assert (folder / ".gitignore").read_text("utf-8") == ".env\n"


OF_TEMPLATES = {
    "a template": (f"{SHOP}{REMOTE}", ".env.example"),
    "outside a repository": (SHOP, "env.dist"),
    "that git ignores": (f"{SHOP}{REMOTE}-- .gitignore --\n.env*\n", ".env.example"),
}


@pytest.mark.parametrize(("text", "path"), OF_TEMPLATES.values(), ids=OF_TEMPLATES)
def test_values_are_not_pulled_into_a_template(
    run: Run, tree: Tree, heroku: FakeHeroku, text: str, path: str
) -> None:
    folder = tree(f"{text}-- {path} --\nAPI_KEY=\n")
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", path, "--yes")
    assert ran.status == 2
    assert ran.err == (
        f"configvars: {path} is a template, so no value is pulled into it."
        " Name another file with --into, or leave it out for .env.\n"
    )
    assert heroku.calls == []
    assert (folder / path).read_text("utf-8") == "API_KEY=\n"


@pytest.mark.parametrize("path", [".env", ".env.production", "config/local.env"])
def test_a_file_that_git_tracks(run: Run, tree: Tree, path: str) -> None:
    folder = tree(f"{SHOP}-- .gitignore --\n*\n-- .env.production --\n-- config/local.env --\n")
    git(folder, "init", "-q")
    git(folder, "add", "-f", path)
    before = {
        name: name.read_bytes() for name in folder.rglob("*") if ".git" not in name.parts and name.is_file()
    }
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", path)
    assert (ran.status, ran.out) == (2, "")
    told = f"Git tracks {path}: values written there go into the next commit."
    assert ran.err.startswith(
        f"configvars: {told} Nothing was written, because there is no terminal to answer in."
        f" Use --yes to agree: pull API_KEY from Heroku app shop into {path}."
    )
    assert {name: name.read_bytes() for name in before} == before
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", path, "--yes")
    assert (ran.status, ran.err) == (0, f"configvars: {told}\n")
    assert PULLED_API_KEY in (folder / path).read_text("utf-8")


def test_where_the_index_cannot_be_read_the_user_is_asked(run: Run, tree: Tree) -> None:
    folder = tree(f"{SHOP}{REMOTE}-- .git/index --\nDIRC?\n")
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert ran.status == 2
    assert ran.err.startswith("configvars: Git's index cannot be read here: it may track .env")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_tracked_file_in_a_linked_folder(run: Run, tree: Tree) -> None:
    folder = tree(f"{SHOP}-- api/.env --\nA=1\n")
    (folder / "link").symlink_to("api")
    git(folder, "init", "-q")
    git(folder, "add", "-f", "api/.env")
    assert run(folder, "pull", "API_KEY", "--app", "shop", "--into", "link/.env").status == 2
    assert (folder / "api" / ".env").read_text("utf-8") == "A=1\n"


def test_into_a_file_that_no_code_loads(run: Run, tree: Tree) -> None:
    folder = tree(f"{SHOP}-- .env.local --\nMAIL_SERVER=mine\n".replace(".env\n-- app", ".env*\n-- app"))
    ran = run(folder, "pull", "--app", "shop", "--into", ".env.local")
    assert ran.out.startswith(
        "Pulled API_KEY and SECRET_KEY from shop into .env.local; held back DATABASE_URL"
    )
    ran = run(folder, "pull", "--app", "shop", "--into", ".env.new")
    assert ran.out.startswith("Pulled API_KEY, MAIL_SERVER and SECRET_KEY from shop into .env.new; held")


def test_in_a_folder_of_the_project(run: Run, tree: Tree) -> None:
    folder = tree(f"{SHOP}-- src/shop/main.py --\n")
    ran = run(folder / "src" / "shop", "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.out) == (0, "Pulled API_KEY from shop into ../../.env.\n")
    assert PULLED_API_KEY in env(folder)


def test_into_a_file_of_a_project_below(run: Run, tree: Tree) -> None:
    folder = tree(
        SHOP.replace("-- .env --", "-- apps/api/.env --").replace("-- app.py --", "-- apps/api/app.py --")
    )
    ran = run(folder, "pull", "--app", "shop", "--into", "apps/api/.env", "--output-format", "json")
    told = json.loads(ran.out)
    assert told["message"].startswith("Pulled API_KEY and MAIL_SERVER from shop into apps/api/.env")
    assert told["path"] == ".env"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--app", "nope"], "nope"),
        (["--app", "No Such!"], "not the name of a Heroku app"),
        (["A", "--all", "--app", "shop"], "Name the variables or use --all, not both."),
        (
            ["A", "--app", "shop", "--app", "shop-prod"],
            "pull reads from one app at a time, but --app names shop and",
        ),
        (
            ["A", "--app", "shop,shop-prod"],
            "pull reads from one app at a time, but --app names shop and shop-prod.",
        ),
        (
            ["API_KEY=canary", "--app", "shop"],
            "API_KEY comes with a value: pull takes only names and reads the values from",
        ),
        (
            ["A", "canary-x=1", "--app", "shop"],
            "Name 2 cannot be the name of a config var: only letters, digits and",
        ),
        (["A", "--app", "shop", "--into", "nowhere/.env"], "The folder of nowhere/.env does not exist."),
    ],
)
def test_wrong_use(run: Run, tree: Tree, arguments: list[str], said: str) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "canary" not in ran.err
    assert env(folder) == "# mine\nSECRET_KEY=local\n"


def test_without_the_heroku_cli(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = run(tree(SHOP), "pull", "API_KEY", "--app", "shop")
    assert ran.status == 2
    assert ran.err.startswith("configvars: The Heroku CLI was not found.")


def test_an_env_file_that_is_a_link_is_not_written(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- shared.txt --"))
    (folder / ".env").symlink_to("shared.txt")
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "configvars: .env is a symbolic link to shared.txt, and configvars does not write through a link."
        " To write to that file, name it: --into shared.txt\n"
    )
    before = (folder / "shared.txt").read_text()
    assert run(folder, "pull", "API_KEY", "--app", "shop", "--into", "shared.txt").status == 0
    assert "API_KEY" in (folder / "shared.txt").read_text().removeprefix(before)
    assert (folder / ".env").is_symlink()


@pytest.fixture
def main(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another project, which reads nothing."""
    folder = tmp_path_factory.mktemp("main")
    (folder / ".env").write_text("# main\n")
    return folder


LINKS = [(".env", ".env", "/.env", "is"), ("conf", "conf/.env", "", "leads through")]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize(("link", "named", "leads", "verb"), LINKS)
@pytest.mark.parametrize("answer", ["n", "y"])
def test_in_a_terminal_the_target_of_a_link_is_offered(
    run: Run,
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    heroku: FakeHeroku,
    main: Path,
    link: str,
    named: str,
    leads: str,
    verb: str,
    answer: str,
) -> None:
    """What is missing in the code here is pulled into the file that the link leads to."""
    folder = tree(SHOP)
    (folder / ".env").unlink()
    (folder / link).symlink_to(f"{main}{leads}")
    asked = answering(monkeypatch, command, answer, "y", "y")
    ran = run(folder, "pull", "--app", "shop", "--into", named)
    shown = os.path.relpath(main / ".env", folder)
    why = f"{named} {verb} a symbolic link to {shown}, and configvars does not write through a link."
    assert asked[0] == f"{why} Write to {shown} itself?"
    if answer == "n":
        said = f"configvars: Nothing was written. {why} To write to that file, name it: --into {shown}\n"
        assert (ran.status, ran.err, heroku.calls) == (1, said, [])
        assert (main / ".env").read_text() == "# main\n"
    else:
        assert ran.status == 0
        assert "API_KEY" in (main / ".env").read_text()
    assert (folder / link).is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("is_named", [False, True])
def test_what_the_code_here_lacks_is_pulled_into_the_target_of_its_env_file(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, main: Path, is_named: bool
) -> None:
    """As the question offers it, or with the `--into` that the refusal advises."""
    folder = tree(SHOP)
    (folder / ".env").unlink()
    (folder / ".env").symlink_to(main / ".env")
    answering(monkeypatch, command, *(["y"] * 3))
    into = ["--into", os.path.relpath(main / ".env", folder)] if is_named else []
    ran = run(folder, "pull", "--app", "shop", *into)
    assert (ran.status, ran.err) == (0, "")
    assert "API_KEY=" in (main / ".env").read_text()
    assert (folder / ".env").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("name", ["id_rsa", "app.py", ".env.example"])
def test_a_link_to_another_kind_of_file_is_not_offered(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, main: Path, name: str
) -> None:
    folder = tree(SHOP)
    (main / name).write_text("-----BEGIN KEY-----\nabc=\n")
    (folder / ".env").unlink()
    (folder / ".env").symlink_to(main / name)
    assert answering(monkeypatch, command) == []
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert ran.status == 2
    named = f"To write to that file, name it: --into {os.path.relpath(main / name, folder)}\n"
    assert ran.err.endswith(named if name == "id_rsa" else "Name another file with --into.\n")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_linked_folder_is_refused_without_a_terminal(run: Run, tree: Tree, main: Path) -> None:
    folder = tree(SHOP)
    (folder / "conf").symlink_to(main)
    shown = os.path.relpath(main / ".env", folder)
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", "conf/.env")
    assert (ran.status, ran.err) == (
        2,
        f"configvars: conf/.env leads through a symbolic link to {shown}, and configvars does not write"
        f" through a link. To write to that file, name it: --into {shown}\n",
    )
    assert (main / ".env").read_text() == "# main\n"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("interactive", [False, True], ids=["script", "terminal"])
@pytest.mark.parametrize("repository", [False, True], ids=["no repository", "not tracked"])
@pytest.mark.parametrize(("link", "named", "leads", "verb"), LINKS)
def test_yes_agrees_to_the_target_of_a_link(
    run: Run,
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    main: Path,
    link: str,
    named: str,
    leads: str,
    verb: str,
    repository: bool,
    interactive: bool,
) -> None:
    """The same is written as after a yes; the output names the file, and the link stays."""
    folder = tree(SHOP)
    (folder / ".env").unlink()
    (folder / link).symlink_to(f"{main}{leads}")
    if repository:
        git(folder, "init", "-q")
    monkeypatch.setattr(command, "asker", lambda yes: Asker(interactive=interactive, yes=yes))
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", named, "--yes")
    shown = os.path.relpath(main / ".env", folder)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith(f" into {shown}.\n")
    assert (main / ".env").read_text() == f"# main\n{PULLED_API_KEY}"
    assert (folder / link).is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("link", [".env", "conf", "chain"])
def test_yes_does_not_agree_to_a_link_of_the_repository(run: Run, tree: Tree, main: Path, link: str) -> None:
    folder = tree(SHOP)
    (folder / ".env").unlink()
    target = main if link == "conf" else main / ".env"
    (folder / link).symlink_to(target)
    named = {"conf": "conf/.env"}.get(link, ".env")
    git(folder, "init", "-q")
    git(folder, "add", "--force", link)
    if link == "chain":
        (folder / ".env").symlink_to("chain")
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--into", named, "--yes")
    shown = os.path.relpath(main / ".env", folder)
    assert ran.status == 2
    assert ran.err.endswith(
        " Git tracks the link, so --yes does not agree to it."
        f" To write to that file, name it: --into {shown}\n"
    )
    assert (main / ".env").read_text() == "# main\n"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("name", ["id_rsa", ".bashrc", ".env.example", "fifo.env", "folder.env"])
def test_yes_does_not_agree_to_what_is_no_env_file(run: Run, tree: Tree, main: Path, name: str) -> None:
    folder, target = tree(SHOP), main / name
    if name == "fifo.env":
        os.mkfifo(target)
    elif name == "folder.env":
        target.mkdir()
    else:
        target.write_text("-----BEGIN KEY-----\nabc=\n")
    (folder / ".env").unlink()
    (folder / ".env").symlink_to(target)
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--yes")
    assert (ran.status, ran.out) == (2, "")
    assert not target.is_file() or target.read_text() == "-----BEGIN KEY-----\nabc=\n"


@pytest.mark.parametrize("target", [os.devnull, "settings.py", ".env.example", "missing/dev.env"])
def test_a_link_to_what_is_never_written_gets_no_advice_to_name_it(run: Run, tree: Tree, target: str) -> None:
    folder = tree(SHOP)
    (folder / ".env").unlink()
    (folder / ".env").symlink_to(target)
    for options in ([], ["--yes"]):
        ran = run(folder, "pull", "API_KEY", "--app", "shop", *options)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.endswith(
            " and configvars does not write through a link. Name another file with --into.\n"
        )
    shown = os.path.relpath(folder / target, folder)
    assert run(folder, "pull", "API_KEY", "--app", "shop", "--into", shown).status == 2


def test_an_env_file_that_is_a_folder(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- .env/x --"))
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.err) == (2, "configvars: .env is a folder, and was not changed.\n")


def test_a_link_out_of_the_project_is_refused_before_heroku_is_contacted(
    run: Run, tree: Tree, heroku: FakeHeroku
) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- .env.example --"))
    outside = folder.parent / "outside.env"
    outside.write_text("A=1\n")
    (folder / ".env").symlink_to(outside)
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert ran.status == 2
    assert ran.err.endswith("To write to that file, name it: --into ../outside.env\n")
    assert heroku.calls == []
    assert outside.read_text() == "A=1\n"


def test_a_name_without_a_value_is_missing(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("SECRET_KEY=local\n", "SECRET_KEY=local\nAPI_KEY\n"))
    assert "Pulled API_KEY" in run(folder, "pull", "--app", "shop").out
    assert env(folder).startswith("# mine\nSECRET_KEY=local\nAPI_KEY=canary-key\n")
