"""`configvars pull` at the top of a repository of several apps: no value goes where no code looks for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

API = "-- apps/api/app.py --\nimport os\nos.environ['STRIPE'], os.environ['MAIL']\n"
OWN = f"-- apps/api/.env --\nA=1\n{API}"
IGNORED = "-- .gitignore --\n.env\n"


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {"STRIPE": "canary", "MAIL": "canary"}})
    monkeypatch.setenv("PATH", fake.env["PATH"])


@pytest.mark.parametrize("names", [[], ["STRIPE", "MAIL"]], ids=["missing", "named"])
def test_the_command_for_the_file_that_counts_is_named(run: Run, tree: Tree, names: list[str]) -> None:
    folder = tree(f"{IGNORED}{OWN}")
    ran = run(folder, "pull", *names, "--app", "shop")
    command = f"configvars pull {' '.join(names or ['MAIL', 'STRIPE'])} --app shop --into apps/api/.env"
    listed = " and ".join(names or ["MAIL", "STRIPE"])
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"configvars: The code that reads {listed} uses apps/api/.env: `{command}`.\n"
    assert not (folder / ".env").exists()
    assert run(folder, *command.split(" ")[1:]).out == f"Pulled {listed} from shop into apps/api/.env.\n"


def test_the_other_names_are_pulled(run: Run, tree: Tree) -> None:
    folder = tree(f"{IGNORED}{OWN}-- app.py --\nimport os\nos.environ['MAIL']\n")
    ran = run(folder, "pull", "--app", "shop")
    assert (ran.status, ran.out) == (0, "Pulled MAIL from shop into .env.\n")
    assert "STRIPE uses apps/api/.env" in ran.err


@pytest.mark.parametrize(
    "text",
    [API, f"{OWN}-- app.py --\nimport os\nos.environ['STRIPE'], os.environ['MAIL']\n"],
    ids=["no other file", "code here reads them, too"],
)
def test_the_file_at_the_top_counts(run: Run, tree: Tree, text: str) -> None:
    ran = run(tree(f"{IGNORED}{text}"), "pull", "--app", "shop")
    assert (ran.status, ran.out, ran.err) == (0, "Pulled MAIL and STRIPE from shop into .env.\n", "")


@pytest.mark.parametrize("arguments", [["--all"], ["MAIL", "STRIPE", "--into", ".env"]])
def test_everything_goes_where_it_is_asked_for(run: Run, tree: Tree, arguments: list[str]) -> None:
    ran = run(tree(f"{IGNORED}{OWN}"), "pull", *arguments, "--app", "shop")
    assert (ran.status, ran.out) == (0, "Pulled MAIL and STRIPE from shop into .env.\n")
