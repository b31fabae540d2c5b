"""`configvars pull`: what it asks, what it writes, what it leaves."""

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
from support.fake_heroku import FakeHeroku, fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for the Heroku CLI is a script")

APPS = {
    "shop": {
        "API_KEY": "canary-key",
        "MAIL_SERVER": "canary.example.com",
        "SECRET_KEY": "canary-remote",
        "DATABASE_URL": "postgres://canary",
        "UNREAD": "canary-unread",
    },
    "shop-staging": {"API_KEY": "staging"},
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


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Puts somebody at the terminal, who gives these answers in turn; what they are asked is listed."""
    left = list(answers)
    asked: list[str] = []

    def confirm(self: Asker, question: str, *, otherwise: bool = False) -> bool:
        asked.append(question)
        return left.pop(0) == "y"

    monkeypatch.setattr(Asker, "confirm", confirm)
    monkeypatch.setattr(command, "asker", lambda yes: Asker(interactive=True, yes=yes))
    return asked


def env(folder: Path) -> str:
    return (folder / ".env").read_text("utf-8")


def test_a_name(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.out, ran.err) == (0, "Pulled API_KEY from shop into .env.\n", "")
    assert env(folder) == "# mine\nSECRET_KEY=local\n" + PULLED_API_KEY


def test_without_names_what_the_code_lacks(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "--app", "shop")
    assert ran.status == 0
    assert ran.out.startswith("Pulled API_KEY and MAIL_SERVER from shop into .env; held back DATABASE_URL (")
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


def test_overwrite(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    assert run(folder, "pull", "SECRET_KEY", "--app", "shop").status == 1
    assert "SECRET_KEY=local\n" in env(folder)
    assert run(folder, "pull", "SECRET_KEY", "--app", "shop", "--overwrite").status == 0
    assert env(folder) == "# mine\nSECRET_KEY=canary-remote\n"


def test_what_an_addon_owns(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "DATABASE_URL", "--app", "shop")
    assert ran.status == 1
    assert ran.out.startswith("Pulled nothing; held back DATABASE_URL (")
    assert run(folder, "pull", "DATABASE_URL", "--app", "shop", "--include-addons").status == 0
    assert "DATABASE_URL=postgres://canary\n" in env(folder)


def test_dry_run_writes_nothing(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", "API_KEY", "--app", "shop", "--dry-run")
    assert ran.out == "Nothing was written; without --dry-run: Pulled API_KEY from shop into .env.\n"
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
    asked = answering(monkeypatch, "n")
    assert run(folder, "pull", "API_KEY").status == 2
    assert asked == ["No app is named. Ask Heroku for the one of your git remote, shop?"]
    assert heroku.calls == []
    monkeypatch.undo()


def test_yes_answers_for_the_remote(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + REMOTE)
    assert run(folder, "pull", "API_KEY", "--yes").status == 0
    assert PULLED_API_KEY in env(folder)


def test_no_app(run: Run, tree: Tree, heroku: FakeHeroku) -> None:
    ran = run(tree(SHOP), "pull", "API_KEY")
    assert (ran.status, heroku.calls) == (2, [])
    assert ran.err == "configvars: Which Heroku app? Name it with --app, or set HEROKU_APP.\n"


def test_questions_at_a_terminal(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    asked = answering(monkeypatch, "y", "y", "y")
    ran = run(folder, "pull", "DATABASE_URL", "SECRET_KEY", "--app", "shop")
    assert ran.status == 0
    assert [question.partition(" ")[0] for question in asked] == ["DATABASE_URL", "SECRET_KEY", "Pull"]
    assert "for this machine instead?" in asked[0]
    assert "DATABASE_URL=postgresql://localhost/" in env(folder)
    assert "SECRET_KEY=canary-remote" in env(folder)


def test_no_at_a_terminal_writes_nothing(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(SHOP)
    asked = answering(monkeypatch, "n")
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.err) == (2, "configvars: Nothing was written.\n")
    assert asked == ["Pull API_KEY from Heroku app shop into .env?"]
    assert env(folder) == "# mine\nSECRET_KEY=local\n"


UNIGNORED = SHOP.replace("-- .gitignore --\n.env\n", REMOTE)


def test_git_must_ignore_the_env_file(run: Run, tree: Tree) -> None:
    folder = tree(UNIGNORED)
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert ran.status == 0
    assert ran.err == "configvars: git does not ignore .env: add it to .gitignore, or answer with --yes.\n"
    ran = run(folder, "pull", "MAIL_SERVER", "--app", "shop", "--yes")
    assert (ran.status, ran.err) == (0, "configvars: .env was added to .gitignore.\n")
    assert (folder / ".gitignore").read_text("utf-8") == ".env\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--app", "nope"], "nope"),
        (["--app", "No Such!"], "not the name of a Heroku app"),
        (["A", "--all", "--app", "shop"], "Name the variables or give --all, not both."),
    ],
)
def test_wrong_use(run: Run, tree: Tree, arguments: list[str], said: str) -> None:
    folder = tree(SHOP)
    ran = run(folder, "pull", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert env(folder) == "# mine\nSECRET_KEY=local\n"


def test_without_the_heroku_cli(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = run(tree(SHOP), "pull", "API_KEY", "--app", "shop")
    assert ran.status == 2
    assert ran.err.startswith("configvars: The Heroku CLI was not found.")


def test_an_env_file_that_is_a_link_is_left(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- shared.txt --"))
    (folder / ".env").symlink_to("shared.txt")
    for answer in ([], ["--yes"]):
        ran = run(folder, "pull", "API_KEY", "--app", "shop", *answer)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == (
            "configvars: .env is a symbolic link to shared.txt, and nothing is written through a link."
            " To write to that file, name it: --into shared.txt\n"
        )
    before = (folder / "shared.txt").read_text()
    assert run(folder, "pull", "API_KEY", "--app", "shop", "--into", "shared.txt").status == 0
    assert "API_KEY" in (folder / "shared.txt").read_text().removeprefix(before)
    assert (folder / ".env").is_symlink()


def test_a_user_may_pull_into_the_file_that_a_link_leads_to(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- shared.txt --"))
    (folder / ".env").symlink_to("shared.txt")
    asked: list[str] = []

    def confirm(self: Asker, question: str, *, otherwise: bool = False) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(Asker, "confirm", confirm)
    assert run(folder, "pull", "API_KEY", "--app", "shop").status == 0
    assert asked[0].endswith("Pull into shared.txt itself?")
    assert "API_KEY" in (folder / "shared.txt").read_text()
    assert (folder / ".env").is_symlink()


def test_an_env_file_that_is_a_folder(run: Run, tree: Tree) -> None:
    folder = tree(SHOP.replace("-- .env --", "-- .env/x --"))
    ran = run(folder, "pull", "API_KEY", "--app", "shop")
    assert (ran.status, ran.err) == (2, "configvars: .env is a folder, and was left as it is.\n")


def test_a_link_that_leads_elsewhere_is_refused_before_heroku_is_asked(
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
