"""`check --deploy`: can this version be pushed? And what a change adds since a revision or an inventory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import FakeHeroku, fake_heroku
from support.git import git

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

APPS = {
    "shop": {"SECRET_KEY": "canary", "DATABASE_URL": "canary"},
    "staging": {"SECRET_KEY": "canary", "DATABASE_URL": "canary", "STRIPE": "canary", "FEATURE": "canary"},
    "bare": {},
}
SHOP = """\
-- .env --
SECRET_KEY=canary
STRIPE=canary
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["STRIPE"], os.environ["DATABASE_URL"]
os.environ.get("FEATURE")
-- tests/test_app.py --
import os
os.environ["TEST_ONLY"]
"""
OWN = "-- configvars.toml --\n"
MANIFEST = """\
-- app.json --
{"addons": ["heroku-postgresql"],
 "env": {"ADMIN": {"required": true}, "MAYBE": {"required": false}, "SAID": {}, "FEATURE": {}}}
"""


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), APPS)
    monkeypatch.setenv("PATH", fake.env["PATH"])
    return fake


def found(run: Run, folder: Path, *arguments: str) -> list[str]:
    """The findings in order, each as `severity check VARIABLE`, one per line of the report."""
    ran = run(folder, "check", "--deploy", "--output-format", "json", *arguments)
    findings = json.loads(ran.out)["findings"]
    told = [f"{each['severity']} {each['check']} {each['variable'] or '-'}" for each in findings]
    assert ran.status == int(any(each.startswith(("error", "warning")) for each in told))
    assert "canary" not in ran.out + ran.err
    return told


def test_an_app_with_all_variables_passes(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--deploy", "--app", "staging")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Checked 3 files and 5 variables against Heroku app staging.\nNothing found.\n"


def test_the_processes_that_fail_are_named(run: Run, tree: Tree) -> None:
    procfile = "-- Procfile --\nweb: gunicorn app:app\nother: gunicorn other:app\njob: python app.py\n"
    ran = run(tree(f"{SHOP}{procfile}-- other.py --\nprint(1)\n"), "check", "--deploy", "--app", "shop")
    assert (
        "STRIPE is not set on Heroku app shop; the code fails there without it, in web and job. " in ran.out
    )


def test_a_missing_variable_is_an_error_with_the_command_to_copy(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--deploy", "--app", "shop")
    assert ran.status == 1
    assert (
        "app.py:2:39 error not-on-heroku STRIPE is not set on Heroku app shop; the code fails there"
        " without it. Set it: `heroku config:set STRIPE=… --app shop`\n"
    ) in ran.out
    assert "\nheroku config:set STRIPE=… --app shop\nChecked " in ran.out


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        (SHOP, ["--app", "staging"], []),
        (SHOP, ["--app", "shop"], ["error not-on-heroku STRIPE"]),
        (
            SHOP,
            ["--app", "shop,staging"],
            ["error not-on-heroku STRIPE", "information apps-differ FEATURE"],
        ),
        (
            SHOP + MANIFEST,
            ["--app", "staging"],
            ["error declared-not-on-heroku ADMIN", "warning declared-not-on-heroku SAID"],
        ),
        (
            SHOP + MANIFEST,
            ["--app", "bare"],
            [
                "information addon-not-on-heroku -",
                "error declared-not-on-heroku ADMIN",
                "warning declared-not-on-heroku SAID",
                *(f"error not-on-heroku {name}" for name in ("SECRET_KEY", "STRIPE", "DATABASE_URL")),
            ],
        ),
        (SHOP, ["--app", "shop", "--ignore", "not-on-heroku"], []),
        (SHOP, ["--app", "shop", "--exclude", "app.py,tests/"], []),
        (SHOP + OWN + "checks.not-on-heroku = 'off'\n", ["--app", "shop"], ["error not-on-heroku STRIPE"]),
        (SHOP + OWN + "ignore = ['heroku']\n", ["--app", "shop"], ["error not-on-heroku STRIPE"]),
        (SHOP + OWN + "given = ['STRIPE']\n", ["--app", "shop"], []),
    ],
)  # fmt: skip
def test_only_names_decide(
    run: Run, tree: Tree, files: str, arguments: list[str], expected: list[str]
) -> None:
    folder = tree(files + "-- wsgi.py --\n")
    assert found(run, folder, *arguments) == expected


def test_the_commands_of_all_apps(run: Run, tree: Tree) -> None:
    out = run(tree(SHOP), "check", "--deploy", "--app", "bare", "--app", "shop").out
    assert (
        "\nheroku config:set SECRET_KEY=… STRIPE=… --app bare\n"
        "heroku addons:create heroku-postgresql --app bare\n"
        "heroku config:set STRIPE=… --app shop\nChecked 3 files and 5 variables against Heroku app bare, "
    ) in out


def test_an_add_on_is_created_with_the_plan_of_the_manifest(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + '-- app.json --\n{"addons": ["heroku-postgresql:essential-0"]}\n')
    out = run(folder, "check", "--deploy", "--app", "bare").out
    command = "heroku addons:create heroku-postgresql:essential-0 --app bare"
    assert f"\n{command}\n" in out
    assert out.count(command) == out.count("heroku addons:create") == 3


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        (SHOP, [], "--deploy needs the app to deploy to: --app NAME, or set HEROKU_APP."),
        (SHOP, ["--app", ""], "--app needs the name of a Heroku app, but got an empty one."),
        (SHOP, ["--app", "shopp"], "Did you mean shop?"),
        (
            "-- .env --\nA=1\n",
            ["--app", "shop"],
            "No Python file was checked, so it is not known whether this can be",
        ),
        (
            SHOP,
            ["--app", "shop", "--since", "main"],
            "--since needs a git repository, and there is none here: use --against",
        ),
        (SHOP, ["--app", "shop", "--against", "no.json"], "The inventory no.json does not exist."),
        (
            SHOP,
            ["--app", "shop", "--against", ".env"],
            "The inventory .env is not what `configvars inventory",
        ),
        (SHOP, ["--since", "main", "--against", ".env"], "--against and --since cannot be used together."),
    ],
)
def test_unknown_state_never_passes(
    run: Run, tree: Tree, files: str, arguments: list[str], said: str
) -> None:
    ran = run(tree(files), "check", "--deploy", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_unreadable_python_never_passes(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    (folder / "big.py").write_bytes(b"import os\n" + b"os.environ['A']\n" * 200_000)
    ran = run(folder, "check", "--deploy", "--app", "staging")
    assert (ran.status, ran.out) == (2, "")
    assert "big.py is larger than 2048 KiB, so it is not known whether this can be deployed." in ran.err


@pytest.fixture
def branch(tree: Tree) -> Path:
    """A repository whose branch reads a new variable and requires another one that was optional before."""
    folder = tree(SHOP)
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    git(folder, "commit", "-qm", "1")
    git(folder, "checkout", "-qb", "feature")
    tree('-- pay.py --\nimport os\nos.environ["WEBHOOK"], os.environ["FEATURE"], os.environ["STRIPE"]\n')
    git(folder, "add", "pay.py")
    git(folder, "commit", "-qm", "2")
    git(folder, "checkout", "-q", "main")
    tree('-- other.py --\nimport os\nos.environ["LATER"]\n')
    git(folder, "add", "other.py")
    git(folder, "commit", "-qm", "3")
    git(folder, "checkout", "-q", "feature")
    return folder


@pytest.mark.parametrize("since", ["main", "HEAD~1", "refs/heads/main"])
def test_since_a_revision(run: Run, branch: Path, since: str) -> None:
    assert found(run, branch, "--app", "shop", "--since", since) == [
        "error not-on-heroku WEBHOOK",
        "error not-on-heroku FEATURE",
    ]


def test_against_an_inventory(run: Run, branch: Path) -> None:
    git(branch, "checkout", "-q", "main~1")
    before = run(branch, "inventory", "--output-format", "json").out
    git(branch, "checkout", "-q", "feature")
    (branch / "before.json").write_text(before, "utf-8")
    ran = run(branch, "check", "--deploy", "--app", "shop,staging", "--against", "before.json")
    assert ran.status == 1
    assert "This change needs FEATURE: set on staging, not set on shop.\n" in ran.out
    assert "This change needs WEBHOOK: not set on shop, staging.\n" in ran.out
    assert "STRIPE is not set" not in ran.out


def test_a_change_that_adds_nothing(run: Run, branch: Path) -> None:
    ran = run(branch, "check", "--deploy", "--app", "bare", "--since", "HEAD")
    assert ran.status == 0
    assert "This change needs no new config var.\n" in ran.out


def test_an_unknown_revision(run: Run, branch: Path) -> None:
    ran = run(branch, "check", "--since", "nope")
    assert (ran.status, ran.err) == (
        2,
        "configvars: There is no git revision nope here. If a remote has it, fetch it first:"
        " `git fetch --all --tags`.\n",
    )


def test_a_revision_that_a_clone_lacks(run: Run, branch: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=feature", f"file://{branch}", "shallow")
    git(tmp_path, "clone", "-q", "--branch=feature", str(branch), "whole")
    ran = run(tmp_path / "shallow", "check", "--since", "main")
    assert (ran.status, ran.err) == (
        2,
        "configvars: There is no git revision main here. The clone is shallow: run `git fetch --unshallow`,"
        " or set `fetch-depth: 0` in GitHub Actions or `GIT_DEPTH: 0` in GitLab.\n",
    )
    ran = run(tmp_path / "whole", "check", "--since", "main")
    assert ran.err == "configvars: There is no git revision main here. Did you mean origin/main?\n"
    assert "This change needs WEBHOOK" in run(tmp_path / "whole", "check", "--since", "origin/main").out


def test_without_a_repository(run: Run, tree: Tree) -> None:
    ran = run(tree(SHOP), "check", "--since", "main")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("there is none here: use --against with an earlier inventory.\n")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x")], ids=["gone", "broken"])
def test_a_repository_with_missing_objects(run: Run, branch: Path, damage: Callable[[Path], object]) -> None:
    blob = git(branch, "rev-parse", "main:app.py").strip()
    path = branch / ".git" / "objects" / blob[:2] / blob[2:]
    path.chmod(0o600)
    damage(path)
    ran = run(branch, "check", "--since", "main")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "configvars: This clone does not have all of git's objects."
        " Clone the repository again, without `--filter`.\n"
    )


def test_in_a_folder_of_the_repository(run: Run, branch: Path, tree: Tree) -> None:
    tree('-- api/Procfile --\n-- api/app.py --\nimport os\nos.environ["SECRET_KEY"]\n')
    ran = run(branch / "api", "check", "--deploy", "--app", "bare", "--since", "main")
    assert "This change needs SECRET_KEY: not set on bare.\n" in ran.out
    git(branch, "add", "api")
    git(branch, "commit", "-qm", "4")
    git(branch, "checkout", "-qb", "next")
    ran = run(branch / "api", "check", "--deploy", "--app", "bare", "--since", "feature")
    assert "This change needs no new config var.\n" in ran.out


def test_markdown(run: Run, branch: Path) -> None:
    ran = run(
        branch, "check", "--deploy", "--app", "shop,staging", "--since", "main", "--output-format", "markdown"
    )
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == (
        "### configvars: 2 errors\n\n"
        "New in this change:\n\n"
        "| variable | required | shop | staging |\n| --- | --- | --- | --- |\n"
        "| `FEATURE` | yes | **not set** | set |\n"
        "| `WEBHOOK` | yes | **not set** | **not set** |\n\n"
        "|  | where | what |\n| --- | --- | --- |\n"
        "| ❌ | `pay.py:2` | WEBHOOK is not set on Heroku apps shop and staging; the code fails there without"
        " it. Set it: `heroku config:set WEBHOOK=… --app shop` and `heroku config:set WEBHOOK=…"
        " --app staging` |\n"
        "| ❌ | `pay.py:2` | FEATURE is not set on Heroku app shop; the code fails there without"
        " it. Set it: `heroku config:set FEATURE=… --app shop` |\n\n"
        "To set what is missing:\n\n"
        "```sh\nheroku config:set WEBHOOK=… FEATURE=… --app shop\n"
        "heroku config:set WEBHOOK=… --app staging\n```\n\n"
        "<sub>Checked 4 files and 6 variables against Heroku app shop, Heroku app staging.</sub>\n"
    )
