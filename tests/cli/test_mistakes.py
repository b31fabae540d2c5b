"""Mistakes on the command line: one line with the solution, and exit status 2."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran, Run
from support.fixtures import fixture

Tree = Callable[[str], Path]
PROJECT = "-- .env --\nA=1\n-- app.py --\nimport os\nos.environ['A']\n-- notes.txt --\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "COMMAND is missing. See `configvars --help`."),
        ("chek", "There is no command chek. Did you mean check?"),
        ("Check", "There is no command Check. Did you mean check?"),
        ("zzz", "There is no command zzz. The commands are check, inventory, pull, diff, explain,"),
        ("--app shop check", "--app goes after the command: `configvars check --app …`."),
        ("--fix", "--fix goes after the command: `configvars check --fix …`."),
        ("--output-format=json check", "--output-format goes after the command: `configvars check --output"),
        ("--verson", "There is no option --verson. Did you mean --version?"),
        ("-z", "There is no option -z."),
        ("-q check", "-q goes after the command: `configvars check -q …`."),
        ("check --version", "--version must be used without a command: `configvars --version`."),
        ("version", "There is no command version. Did you mean --version?"),
        ("lint", "There is no command lint. Did you mean check?"),
        ("deploy --app shop", "There is no command deploy. Did you mean check --deploy?"),
        ("set A=canary", "configvars only reads from Heroku. `heroku config:set NAME=… --app APP` sets"),
        ("check --selct bare-name", "`configvars check` has no option --selct. Did you mean --select?"),
        ("check --out json", "no option --out. Did you mean --output-format or --output-file (-o)?"),
        ("check --json", "`configvars check` has no option --json. Did you mean --output-format json?"),
        ("check --sarif", "has no option --sarif. Did you mean --output-format sarif?"),
        ("check --format json", "has no option --format. Did you mean --output-format?"),
        ("check -f json", "has no option -f. Did you mean --output-format?"),
        ("check --error", "has no option --error. Did you mean --fail-on error?"),
        ("check --dry-run", "has no option --dry-run. Did you mean --diff?"),
        ("check --base main", "has no option --base. Did you mean --since?"),
        ("check --addons", "has no option --addons. See `configvars check --help`."),
        ("diff --json", "`configvars diff` has no option --json. Did you mean --output-format json?"),
        ("inventory --csv", "`configvars inventory` has no option --csv. See `configvars inventory --help`."),
        ("pull --force A", "has no option --force. Did you mean --overwrite or --yes?"),
        ("pull --env-file x A", "has no option --env-file. Did you mean --into?"),
        ("check --env-file x", "has no option --env-file. It is a setting: env-files."),
        ("check --all", "`configvars check` has no option --all. Did you mean --select ALL?"),
        ("check --fail-on never", "information, hint, not never. Use --exit-zero to always exit with 0."),
        ("check --exclude", "--exclude needs a pattern of files. See `configvars check --help`."),
        ("check -o .", "The report was not written to .: it is a folder."),
        ("check -o gone/x.json", "not written to gone/x.json: the folder gone does not exist."),
        ("pull --addons A", "has no option --addons. Did you mean --include-addons?"),
        ("--json", "There is no option --json. Did you mean --output-format json?"),
        ("pull shop", "Which Heroku app? If shop is the app, write `--app shop`."),
        ("pull A shop", "Which Heroku app? If shop is the app, write `--app shop`."),
        ("pull A from shop", "Which Heroku app? If shop is the app, write `--app shop`."),
        ("pull all --app shop", "`configvars pull --all` pulls all variables of the app."),
        ("pull * --app shop", "`configvars pull --all` pulls all variables of the app."),
        ("pull --into . --app shop", ". is a folder: name the env file in it, such as ./.env."),
        ("pull --app", "--app needs the name of a Heroku app. See `configvars pull --help`."),
        ("check --since", "--since needs a git revision. See `configvars check --help`."),
        ("check shop", "shop does not exist. If it is an app, write `--app shop`."),
        ("diff shop", "shop does not exist. If it is an app, write `--app shop`."),
        ("inventory shop", "shop does not exist. If it is an app, write `--app shop`."),
        ("diff --app shop staging", "staging does not exist. If it is an app, write `--app staging`."),
        ("diff . shop", "got shop. If it is an app, write `--app shop`."),
        ("check app", "app does not exist. Did you mean app.py?"),
        ("check ap.py", "ap.py does not exist. Did you mean app.py?"),
        ("check .enw", ".enw does not exist. Did you mean .env?"),
        ("template shop", "shop does not exist."),
        ("template --output x", "has no option --output. Did you mean --into?"),
        ("pull my-shop", "Name 1 cannot be the name of a config var: "),
        ("check --exit", "`configvars check` has no option --exit. Did you mean --exit-zero?"),
        ("check --output json", "`configvars check` has no option --output. Did you mean --output-f"),
        (
            "pull --overwite A --app shop",
            "has no option --overwite. Did you mean --overwrite?",
        ),
        (
            "diff . extra",
            "`configvars diff` takes no more arguments, but got extra. If it is an app, write `--app extra`.",
        ),
        ("check --output-format jsn", "not jsn. Did you mean json?"),
        ("check --fail-on warnings", "not warnings. Did you mean warning?"),
        ("check -app shop", "There is no option -app. Did you mean --app?"),
        ("pull -yes A", "There is no option -yes. Did you mean --yes?"),
        ("check --app", "--app needs the name of a Heroku app. See `configvars check --help`."),
        ("check --select", "--select needs the name of a check. See `configvars check --help`."),
        ("check --fix=yes", "--fix takes no value. See `configvars check --help`."),
        ("check --fix --diff", "--diff and --fix cannot be used together. See `configvars check --help`."),
        ("check -q -v", "-v/--verbose and -q/--quiet cannot be used together."),
        ("check --isolated --config x.toml", "--config and --isolated cannot be used together."),
        (
            "check --select missing-varable",
            "no check missing-varable. Did you mean missing-variable?",
        ),
        ("check --select env_files", "There is no check env_files. Did you mean env-files?"),
        ("check --select all", "There is no check all. Did you mean ALL?"),
        ("check --output-format JSON", "not JSON. Did you mean json?"),
        ("check --ignore nope", "There is no check nope. `configvars rule` lists them."),
        ("check --config nope.toml", "The settings file nope.toml does not exist."),
        ("check --statistics --output-format sarif", "--statistics supports only the formats text and json."),
        ("check -", "Which file is on stdin? Name it with --stdin-filename."),
        (
            "check --stdin-filename app.py",
            "--stdin-filename needs the path -, which reads the text from",
        ),
        (
            "check - app.py --stdin-filename app.py",
            "- cannot be combined with other paths.",
        ),
        ("check - --stdin-filename no/app.py", "The folder of no/app.py does not exist."),
        ("check - --stdin-filename .", ". is a folder: --stdin-filename needs the name of a file."),
        (
            "check -o no/such/report",
            "The report was not written to no/such/report: the folder no/such does not exist.",
        ),
        ("check --app My_Shop", "'My_Shop' is not the name of a Heroku app: names have 3 to 30 lower-case"),
        ("check nowhere", "nowhere does not exist."),
        (
            "inventory notes.txt",
            "notes.txt is not a folder: name a folder, or nothing for the project you are in.",
        ),
        ("explain A=canary", "A comes with a value: explain takes only the name."),
        ("explain a-b=canary", "There is a value: explain takes only the name."),
        ("explain app.py A", "The name comes first: `configvars explain A app.py`."),
        ("pull --into no/.env --app shop", "The folder of no/.env does not exist."),
        ("pull --into app.py --app shop", "app.py is not an env file, and was not changed."),
        ("pull --into README.md --app shop", "README.md is not an env file, and was not changed."),
        ("pull --into .gitignore --app shop", ".gitignore is not an env file, and was not changed."),
        ("pull --into .git/x --app shop", ".git/x is not an env file, and was not changed."),
        ("pull A,B --app shop", "Separate the names with spaces: `configvars pull A B …`."),
        ("pull .env --app shop", ".env is a file: name the env file to write with --into."),
        ("explain A B", "explain takes one name and then a path, and B is not a file or folder here."),
        ("explain app.py", "app.py is a file or folder: explain takes the name of a variable first."),
        ("check --diff --statistics", "--diff shows only the changes: it cannot be used with --stat"),
        ("check --diff --output-format sarif", "it cannot be used with --output-format sarif."),
        ("check --app https://shop.herokuapp.com/x", "begin with a letter. Did you mean shop?"),
        ("check --app shop-0123456789ab.herokuapp.com", "begin with a letter. Did you mean shop?"),
        ("check --app https://git.heroku.com/shop.git", "begin with a letter. Did you mean shop?"),
        ("check --app SHOP", "begin with a letter. Did you mean shop?"),
        ("explain", "NAME is missing. See `configvars explain --help`."),
        ("rule missing-varable", "no check missing-varable. Did you mean missing-variable?"),
        ("help chek", "There is no command chek. Did you mean check?"),
        ("server --tcp", "`configvars server` has no option --tcp."),
    ],
)
def test_one_line_with_the_solution(run: Run, tree: Tree, line: str, said: str) -> None:
    ran = run(tree(PROJECT), *line.split())
    assert_one_line(ran, said)


def assert_one_line(ran: Ran, said: str) -> None:
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("configvars: ")
    assert said in ran.err
    assert "canary" not in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", ""), "A path is empty: name a folder or a file, or leave it out for the project you"),
        (("diff", ""), "A path is empty"),
        (("explain", "A", ""), "A path is empty"),
        (("explain", ""), "The name is empty: `configvars inventory` lists the variables."),
        (("pull", "--into", "", "--app", "shop"), "--into needs the name of an env file, but got an empty"),
        (("check", "--app", ""), "--app needs the name of a Heroku app, but got an empty one."),
        (("check", "--app", "my shop"), "'my shop' is not the name of a Heroku app"),
        (("check", "--app="), "--app needs the name of a Heroku app, but got an empty one."),
        (("check", "--remote", ""), "--remote needs the name of a git remote, but got an empty one."),
        (
            ("check", "--pipeline", ""),
            "--pipeline needs the name of a Heroku pipeline, but got an empty one.",
        ),
        (
            ("check", "--deploy", "--process", ""),
            "--process needs the name of a process in the Procfile, but",
        ),
        (("check", "--select", "bare-name", ""), "--select needs the name of a check, but got an empty one."),
        (("check", "--select", ","), "--select needs the name of a check, but got an empty one."),
        (
            ("check", "--process", ",,", "--deploy"),
            "--process needs the name of a process in the Procfile, but",
        ),
        (("check", "--since", ""), "--since needs a git revision, but got an empty one."),
        (("check", "--baseline", ""), "--baseline needs the name of a file, but got an empty one."),
        (("check", "--config", ""), "--config needs the name of a file, but got an empty one."),
        (("check", "-o", ""), "--output-file needs the name of a file, but got an empty one."),
        (("check", "--exclude", ""), "--exclude needs a pattern of files, but got an empty one."),
    ],
)
def test_empty_arguments_of_scripts_are_rejected(
    run: Run, tree: Tree, arguments: tuple[str, ...], said: str
) -> None:
    assert_one_line(run(tree(PROJECT), *arguments), said)


@pytest.mark.parametrize("command", ["check", "inventory", "diff", "template", "init"])
def test_the_home_folder_is_not_a_project(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "shop").mkdir()
    (tmp_path / "notes.py").write_text("x = 1")
    said = "This is your home folder, not a project: go into a project, or name its folder."
    assert_one_line(run(tmp_path, command), said)


def test_an_invalid_settings_file_is_named(run: Run, tree: Tree) -> None:
    ran = run(tree(PROJECT), "check", "--config", "app.py")
    assert (ran.status, ran.err) == (
        2,
        "configvars: app.py is not valid TOML; its settings are not used.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has few links")
@pytest.mark.parametrize(
    ("settings", "status"), [("[project]\nname = 'x'\n", 0), ("[tool.configvars]\ngiven = ['A']\n", 2)]
)
def test_a_settings_file_elsewhere_matters_only_if_it_has_settings(
    run: Run, tmp_path: Path, settings: str, status: int
) -> None:
    fixture(f"-- pyproject.toml --\n{settings}-- p/app.py --\nprint(1)\n").write(tmp_path)
    (tmp_path / "p/pyproject.toml").symlink_to("../pyproject.toml")
    ran = run(tmp_path / "p", "check")
    assert (ran.status, "its settings are not used" in ran.err) == (status, bool(status))


def test_an_invalid_app_name_in_the_environment(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEROKU_APP", "my shop")
    assert_one_line(run(tree(PROJECT), "diff"), "HEROKU_APP: 'my shop' is not the name of a Heroku app")


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("-V", "configvars "),
        ("help", "usage: configvars [-h]"),
        ("help pull", "usage: configvars pull"),
        ("check --help", "usage: configvars check"),
    ],
)
def test_options_of_the_program_itself(run: Run, tree: Tree, line: str, out: str) -> None:
    ran = run(tree(PROJECT), *line.split())
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(out)
