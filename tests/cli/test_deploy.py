"""`check --deploy`: can this version be pushed? And what a change adds since a revision or an inventory."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import FakeHeroku, fake_heroku
from support.fixtures import fixture
from support.git import commit, git

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
        "STRIPE is not set on Heroku app shop; the code fails there without it,"
        " in the web and job processes. " in ran.out
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
        (SHOP, ["shop"], "shop does not exist. If it is an app, write `--app shop`."),
        (SHOP, ["x/y.py"], "x/y.py does not exist.\n"),
        (SHOP, ["--app", "shop", "other"], "other does not exist. If it is an app, write `--app other`.\n"),
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


def test_the_summary_names_the_app_if_no_file_reads_a_variable(run: Run, tree: Tree) -> None:
    ran = run(tree("-- app.py --\nprint(1)\n"), "check", "--deploy", "--app", "shop")
    assert ran.out == "Checked 1 file and 0 variables against Heroku app shop.\nNothing found.\n"


def test_in_a_subfolder_the_whole_project_is_deployed(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- app.py --\nimport os\nos.environ['A']\n-- src/other.py --\nprint(1)\n"
        "-- Procfile --\nweb: python app.py\n"
    )
    for where, path in ((folder / "src", []), (folder, ["src"])):
        ran = run(where, "check", "--deploy", "-a", "bare", *path)
        assert (ran.status, "A is not set on Heroku app bare" in ran.out) == (1, True)


def test_a_name_that_heroku_refuses_is_in_no_command(run: Run, tree: Tree) -> None:
    folder = tree("-- app.py --\nimport os\nos.environ['__A'], os.environ['HEROKU_ZZ'], os.environ['B-C']\n")
    ran = run(folder, "check", "--deploy", "--app", "bare")
    assert ran.status == 1
    assert "config:set" not in ran.out
    assert ran.out.count("Heroku does not accept this name") == 3


def test_an_inventory_of_another_version_is_rejected(run: Run, tree: Tree) -> None:
    folder = tree(SHOP + '-- before.json --\n{"version": 99, "references": [], "definitions": []}\n')
    ran = run(folder, "check", "--deploy", "--app", "staging", "--against", "before.json")
    assert (ran.status, "before.json has another version" in ran.err) == (2, True)


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
    commit(folder, "-f", ".")
    git(folder, "checkout", "-qb", "feature")
    tree('-- pay.py --\nimport os\nos.environ["WEBHOOK"], os.environ["FEATURE"], os.environ["STRIPE"]\n')
    commit(folder, "pay.py")
    git(folder, "checkout", "-q", "main")
    tree('-- other.py --\nimport os\nos.environ["LATER"]\n')
    commit(folder, "other.py")
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


def test_a_repository_without_commits(run: Run, tree: Tree) -> None:
    folder = tree(SHOP)
    git(folder, "init", "-q")
    ran = run(folder, "check", "--since", "HEAD")
    assert ran.err == "configvars: There is no git revision HEAD here. The repository has no commit yet.\n"


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
    commit(branch, "api")
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


READS_FOO = '-- app.py --\nimport os\nos.environ["FOO"]\n'
LOADED = (
    '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv("defaults.env")\n'
    'os.environ["FOO"]\n'
)
WEB = "-- Procfile --\nweb: gunicorn app:app\nworker: python worker.py\n-- worker.py --\nprint(1)\n"
LOADS_FOO = (
    "-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv('deploy.env')\nos.environ['FOO']\n"
)
IF_INSTALLED = (
    "-- app.py --\nimport os\ntry:\n    from dotenv import load_dotenv\n    load_dotenv('deploy.env')\n"
    "except ImportError:\n    pass\nos.environ['FOO']\n"
)
CHANGES = {
    "nothing": (READS_FOO, "-- other.py --\nprint(1)\n", []),
    "a second read": (READS_FOO, '-- other.py --\nimport os\nos.environ["FOO"]\n', []),
    "a read in a test": ("-- app.py --\n", '-- tests/test_a.py --\nimport os\nos.environ["FOO"]\n', []),
    "an app.json that requires it": (
        "-- app.py --\nprint(1)\n",
        '-- app.json --\n{"env": {"FOO": {"required": true}}}\n',
        ["error declared-not-on-heroku FOO"],
    ),
    "an app.json that requires it now": (
        '-- app.py --\nprint(1)\n-- app.json --\n{"env": {"FOO": {"required": false}}}\n',
        '-- app.json --\n{"env": {"FOO": {"required": true}}}\n',
        ["error declared-not-on-heroku FOO"],
    ),
    "no default any more": (
        '-- app.py --\nimport os\nos.getenv("FOO", "x")\n',
        READS_FOO,
        ["error not-on-heroku FOO"],
    ),
    "no condition any more": (
        '-- app.py --\nimport os\nif os.environ.get("USE"):\n    os.environ["FOO"]\n',
        READS_FOO,
        ["error not-on-heroku FOO"],
    ),
    "from a script into the app": (
        '-- app.py --\nprint(1)\n-- scripts/a.py --\nimport os\nos.environ["FOO"]\n',
        READS_FOO,
        ["error not-on-heroku FOO", "error not-on-heroku FOO"],
    ),
    "from a test into the app": (
        '-- app.py --\nprint(1)\n-- tests/test_a.py --\nimport os\nos.environ["FOO"]\n',
        READS_FOO,
        ["error not-on-heroku FOO"],
    ),
    "no write any more": (
        '-- app.py --\nimport os\nos.environ["FOO"] = "x"\nos.environ["FOO"]\n',
        READS_FOO,
        ["error not-on-heroku FOO"],
    ),
    "a write in another place": (
        '-- app.py --\nimport os\nos.environ.setdefault("FOO", "x")\nimport config\n'
        '-- config.py --\nimport os\nos.environ["FOO"]\n',
        '-- app.py --\nimport os\nimport config\nos.environ.setdefault("FOO", "x")\n',
        ["warning not-on-heroku FOO"],
    ),
    "no env file any more": (f"{LOADED}-- defaults.env --\nFOO=canary\n"
    f"", "rm defaults.env", ["error not-on-heroku FOO"]),
    "no load any more": (f"{LOADED}-- defaults.env --\nFOO=canary\n"
    f"", READS_FOO, ["error not-on-heroku FOO"]),
    "a load that is later": (
        f"{LOADED}-- defaults.env --\nFOO=canary\n",
        '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nos.environ["FOO"]\n'
        'load_dotenv("defaults.env")\n',
        ["error not-on-heroku FOO"],
    ),
    "another process": (
        f'{WEB}-- app.py --\nprint(1)\n-- other.py --\nimport os\nos.environ["FOO"]\n',
        "-- app.py --\nimport other\n",
        ["error not-on-heroku FOO"],
    ),
    "a new process": (
        f"-- Procfile --\nweb: gunicorn other:app\n-- other.py --\nprint(1)\n{READS_FOO}",
        "-- Procfile --\nweb: gunicorn other:app\njob: python app.py\n",
        ["error not-on-heroku FOO"],
    ),
    "no prefix in the Procfile any more": (
        f"-- Procfile --\nweb: FOO=1 gunicorn app:app\n{READS_FOO}",
        "-- Procfile --\nweb: gunicorn app:app\n",
        ["error not-on-heroku FOO"],
    ),
    "no Procfile any more": (
        f"-- Procfile --\nweb: FOO=1 gunicorn app:app\n{READS_FOO}", "rm Procfile",
        ["error not-on-heroku FOO"],
    ),
    "no .profile any more": (
        f"-- .profile --\nexport FOO=1\n{READS_FOO}", "rm .profile", ["error not-on-heroku FOO"]
    ),
    "no gunicorn.conf.py any more": (
        f'-- Procfile --\nweb: gunicorn app:app\n-- gunicorn.conf.py --\nraw_env = ["FOO=1"]\n{READS_FOO}',
        "rm gunicorn.conf.py", ["error not-on-heroku FOO"],
    ),
    "no given any more": (
        f'-- configvars.toml --\ngiven = ["FOO"]\n{READS_FOO}', "-- configvars.toml --\n",
        ["error not-on-heroku FOO"],
    ),
    "no suppression any more": (
        '-- app.py --\nimport os\nos.environ["FOO"]  # configvars: ignore[not-on-heroku]\n', READS_FOO,
        ["error not-on-heroku FOO"],
    ),
    "no line in a deployed env file any more": (
        f"-- deploy.env --\nFOO=1\n{LOADS_FOO}", "-- deploy.env --\nBAR=1\n",
        ["error not-on-heroku FOO"],
    ),
    "no load of a deployed env file any more": (
        f"-- deploy.env --\nFOO=1\n{LOADS_FOO}", READS_FOO, ["error not-on-heroku FOO"],
    ),
    "no library in the requirements any more": (
        f"-- requirements.txt --\npython-dotenv\n-- deploy.env --\nFOO=1\n{IF_INSTALLED}",
        "-- requirements.txt --\nflask\n", ["warning not-on-heroku FOO"],
    ),
    "a container, which sources no .profile": (
        f"-- .profile --\nexport FOO=1\n{READS_FOO}",
        "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n", ["error not-on-heroku FOO"],
    ),
    "the same add-on": (
        '-- app.json --\n{"addons": ["heroku-redis"]}\n-- app.py --\nprint(1)\n',
        '-- app.json --\n{"addons": ["heroku-redis"], "name": "shop"}\n', [],
    ),
    "a setting that lists env files": (
        f"-- deploy.env --\nFOO=1\n{READS_FOO}", '-- configvars.toml --\nenv-files = ["deploy.env"]\n', [],
    ),
    "an add-on that the app lacked before": (
        '-- app.json --\n{"addons": ["heroku-postgresql"]}\n-- app.py --\nX = 1\n',
        '-- app.json --\n{"name": "x", "addons": ["heroku-postgresql:mini"]}\n',
        [],
    ),
    "another add-on": (
        '-- app.json --\n{"addons": ["heroku-postgresql"]}\n-- app.py --\nX = 1\n',
        '-- app.json --\n{"addons": ["heroku-postgresql", "heroku-redis:mini"]}\n',
        ["information addon-not-on-heroku -"],
    ),
    "a config file that git ignores": (
        "-- .gitignore --\nprod.cfg\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n",
        '-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\napp.config.from_pyfile("prod.cfg")\n',
        ["warning config-file-not-deployed -"],
    ),
}  # fmt: skip


Changed = Callable[[str], Path]


@pytest.fixture(scope="module")
def changed(folders: Iterator[Path]) -> Changed:
    """A repository on a branch with the state after a change; main has the state before. Tests share it."""
    return cache(lambda change: _changed(next(folders), *CHANGES[change][:2]))


def _changed(folder: Path, before: str, after: str) -> Path:
    fixture(before).write(folder)
    commit(folder, "-f", ".")
    git(folder, "checkout", "-qb", "feature")
    if after.startswith("rm "):
        git(folder, "rm", "-q", after.removeprefix("rm "))
    else:
        fixture(after).write(folder)
    commit(folder, "-f", ".")
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_makes_an_app_fail(run: Run, changed: Changed, change: str) -> None:
    folder, (_, _, expected) = changed(change), CHANGES[change]
    assert found(run, folder, "--app", "bare", "--since", "main") == expected
    ran = run(folder, "check", "--deploy", "--app", "bare", "--since", "main")
    needs_foo = any(each.endswith("FOO") for each in expected)
    assert ("This change needs FOO: not set on bare.\n" in ran.out) == needs_foo


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_against_an_inventory(run: Run, changed: Changed, tmp_path: Path, change: str) -> None:
    folder, (_, _, expected) = changed(change), CHANGES[change]
    git(folder, "checkout", "-q", "main")
    inventory = tmp_path / "before.json"
    inventory.write_text(run(folder, "inventory", "--output-format", "json").out, "utf-8")
    git(folder, "checkout", "-q", "feature")
    assert found(run, folder, "--app", "bare", "--against", str(inventory)) == expected


@pytest.mark.parametrize("change", ["no default any more", "an app.json that requires it now", "nothing"])
def test_a_change_against_an_older_inventory(run: Run, changed: Changed, tmp_path: Path, change: str) -> None:
    folder, (_, _, expected) = changed(change), CHANGES[change]
    git(folder, "checkout", "-q", "main")
    document = json.loads(run(folder, "inventory", "--output-format", "json").out)
    del document["deploy"]
    git(folder, "checkout", "-q", "feature")
    inventory = tmp_path / "before.json"
    inventory.write_text(json.dumps(document), "utf-8")
    assert found(run, folder, "--app", "bare", "--against", str(inventory)) == expected


@pytest.mark.parametrize(
    ("process", "expected"),
    [("web", ["error not-on-heroku FOO"]), ("worker", []), ("web,worker", ["error not-on-heroku FOO"])],
)
def test_a_change_for_some_processes(run: Run, changed: Changed, process: str, expected: list[str]) -> None:
    folder = changed("another process")
    assert found(run, folder, "--app", "bare", "--since", "main", "--process", process) == expected
    ran = run(folder, "check", "--deploy", "--app", "bare", "--since", "main", "--process", process)
    assert ("This change needs FOO: not set on bare.\n" in ran.out) == bool(expected)
    assert ("This change needs no new config var.\n" in ran.out) == (not expected)


BROKEN = {
    "an open bracket": 'import os\nos.environ["A"\n',
    "Python 2": 'print "x"\n',
    "an exception of Python 2": 'raise ValueError, "x"\n',
    "indentation": "def f():\npass\n",
}
VALID = {
    "a newer Python": 'type X = int\ndef f[T](x: T) -> T:\n    return f"{x["a"]}"\n',
    "exceptions without brackets": "try:\n    pass\nexcept A, B:\n    pass\n",
    "a template": "from {{cookiecutter.name}} import app\n",
    "a block of a template": "{% if cookiecutter.x %}\nimport os\n{% endif %}\n",
    "a byte order mark": "\ufeffimport os\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("procfile", ["", "-- Procfile --\nweb: gunicorn app:app\n"], ids=["", "Procfile"])
@pytest.mark.parametrize("arguments", [[], ["--since", "main"]], ids=["", "since"])
def test_a_file_that_is_not_python_never_passes(
    run: Run, tmp_path: Path, text: str, procfile: str, arguments: list[str]
) -> None:
    folder = _changed(tmp_path, f"{procfile}-- app.py --\nimport other\n", "-- new.py --\n")
    (folder / "other.py").write_text(text, "utf-8")
    ran = run(folder, "check", "--deploy", "--app", "bare", *arguments)
    assert ran.status == 1
    assert "error syntax-error other.py is not valid Python: the app fails with a SyntaxError" in ran.out


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_a_file_that_may_be_python(run: Run, tree: Tree, text: str) -> None:
    folder = tree("-- app.py --\nimport other\n")
    (folder / "other.py").write_text(text, "utf-8")
    assert found(run, folder, "--app", "bare") == []


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        ("-- tests/test_a.py --\nprint 1\n", [], []),
        ("-- Procfile --\nweb: gunicorn app:app\n-- tools/a.py --\nprint 1\n", [], []),
        ("-- {{name}}/a.py --\nprint 1\n", [], []),
        ("-- a.py --\nprint 1\n", ["--ignore", "syntax-error"], []),
        ("-- a.py --\nprint 1\n", [], ["error syntax-error -"]),
        ("-- runtime.txt --\npython-3.99.1\n-- a.py --\nclass A(:\n", [], ["warning syntax-error -"]),
        ("-- a.py --\n" + "x = " + "-" * 20_000 + "1\n", [], ["warning syntax-error -"]),
    ],
)
def test_which_files_must_be_python(
    run: Run, tree: Tree, files: str, arguments: list[str], expected: list[str]
) -> None:
    assert found(run, tree(f"-- app.py --\nprint(1)\n{files}"), "--app", "bare", *arguments) == expected


@pytest.mark.parametrize("text", [b"print(1)\0\n", b"import os\nos.environ['A']\0\n"])
def test_a_file_with_nul_never_passes(run: Run, tree: Tree, text: bytes) -> None:
    folder = tree("-- app.py --\nimport other\n")
    (folder / "other.py").write_bytes(text)
    ran = run(folder, "check", "--deploy", "--app", "bare")
    assert ran.status == 2
    assert "other.py is not a text file" in ran.out + ran.err


LOADS_ENV = (
    '-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ["FOO"]\n'
    "-- .env --\nBAR=canary\n"
)
CHANGED = ".env has uncommitted changes: what is committed was checked."
FAILS = ["error not-on-heroku FOO"]


@pytest.mark.parametrize("has_git_package", [True, False], ids=["git", "without the package"])
@pytest.mark.parametrize(
    ("committed", "now", "is_staged", "expected", "said"),
    [
        ("FOO=1\n", "FOO=1\n", False, [], ""),
        ("BAR=1\n", "BAR=1\n", False, FAILS, ""),
        ("BAR=1\n", "BAR=1\nFOO=1\n", False, FAILS, CHANGED),
        ("FOO=1\n", "BAR=1\n", False, [], CHANGED),
        ("BAR=1\n", "FOO=1\n", True, FAILS, CHANGED),
        ("", "FOO=1\n", True, FAILS, ".env is not committed, so it was not counted."),
    ],
)
def test_what_is_committed_is_deployed(
    run: Run,
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    has_git_package: bool,
    committed: str,
    now: str,
    is_staged: bool,
    expected: list[str],
    said: str,
) -> None:
    folder = tree(LOADS_ENV)
    git(folder, "init", "-q")
    (folder / ".env").write_text(committed, "utf-8")
    commit(folder, "-f", "app.py", *([".env"] if committed else []))
    (folder / ".env").write_text(now, "utf-8")
    if is_staged:
        git(folder, "add", "-f", ".env")
    if not has_git_package:
        monkeypatch.setitem(sys.modules, "dulwich.object_store", None)
        expected = FAILS if said else expected
        said = ".env has uncommitted changes; what is committed cannot be read without" if said else ""
    assert found(run, folder, "--app", "bare") == expected
    assert said in run(folder, "check", "--deploy", "--app", "bare").out


def test_uncommitted_changes_count_without_a_deploy(run: Run, tree: Tree) -> None:
    folder = tree(LOADS_ENV)
    commit(folder, "-f", ".")
    (folder / ".env").write_text("FOO=1\n", "utf-8")
    assert run(folder, "check", "--app", "bare").status == 0


@pytest.mark.parametrize("by", ["since", "against"])
def test_a_change_that_is_not_committed(
    run: Run, tree: Tree, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, by: str
) -> None:
    folder = _changed(tmp_path, "-- app.py --\nprint(1)\n-- boot.py --\n", "-- boot.py --\nprint(2)\n")
    inventory = tmp_path_factory.mktemp("before") / "before.json"
    inventory.write_text(run(folder, "inventory", "--output-format", "json").out, "utf-8")
    arguments = ["--app", "bare", f"--{by}", "main" if by == "since" else str(inventory)]
    assert found(run, folder, *arguments) == []
    tree(READS_FOO)
    assert found(run, folder, *arguments) == ["error not-on-heroku FOO"]
    ran = run(folder, "check", "--deploy", *arguments)
    assert "This change needs FOO: not set on bare.\n" in ran.out
    assert (
        ran.err
        == "configvars: app.py differs from the current commit: the committed state was checked, too.\n"
    )
    git(folder, "commit", "-qam", "3")
    tree("-- app.py --\nprint(1)\n")
    assert found(run, folder, *arguments) == ["error not-on-heroku FOO"]
    git(folder, "commit", "-qam", "4")
    assert found(run, folder, *arguments) == []


def test_a_change_that_needs_an_add_on(run: Run, tree: Tree, tmp_path: Path) -> None:
    manifest = '-- app.json --\n{"addons": ADDONS}\n-- app.py --\nprint(1)\n'
    folder = _changed(
        tmp_path, manifest.replace("ADDONS", "[]"), manifest.replace("ADDONS", '["heroku-redis"]')
    )
    expected = ["information addon-not-on-heroku -"]
    assert found(run, folder, "--app", "bare", "--since", "main") == expected
    assert found(run, folder, "--app", "bare", "--since", "feature") == []
    tree(manifest.replace("ADDONS", '["heroku-redis", "papertrail"]'))
    git(folder, "commit", "-qam", "3")
    assert found(run, folder, "--app", "bare", "--since", "feature~1") == expected
    git(folder, "checkout", "-qb", "next")
    tree("-- app.py --\nprint(2)\n")
    git(folder, "commit", "-qam", "4")
    assert found(run, folder, "--app", "bare", "--since", "feature") == []


def test_only_errors_and_warnings_are_in_the_command_that_sets_variables(run: Run, tree: Tree) -> None:
    folder = tree(
        "-- Procfile --\nweb: gunicorn app:app\n-- app.py --\nimport os\nos.environ['FOO']\n"
        "if os.environ['SECRET_KEY'] == 'x':\n    os.environ['PERHAPS']\n"
        "-- job.py --\nimport os\nos.environ['OTHER']\n"
    )
    ran = run(folder, "check", "--deploy", "--app", "shop")
    assert "OTHER is not set on Heroku app shop" in ran.out
    assert "\nheroku config:set FOO=… PERHAPS=… --app shop\n" in ran.out
