"""`configvars init`: what it writes, what it asks, and what it leaves unchanged."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import SERVER, Run
from configvars.actions.setup import HOOKS
from configvars.cli import init as command
from support.answers import answering
from support.git import git
from support.terminals import in_terminal

Tree = Callable[[str], Path]

PLAIN = '-- app.py --\nimport os\nos.environ["SECRET_KEY"]\n'
NEW = ["configvars.toml", ".env.example", ".gitignore", ".pre-commit-config.yaml"]
LOCAL = "repos:\n  - repo: local\n    hooks: []\n"
HOOK = """\
  - repo: https://github.com/configvars/configvars
    rev: v0.1.0
    hooks:
      - id: configvars
"""


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(("options", "status"), [((), 2), (("--diff",), 1)])
def test_nothing_is_written_without_asking(
    run: Run, tree: Tree, options: tuple[str, ...], status: int
) -> None:
    folder = tree(PLAIN)
    ran = run(folder, "init", *options)
    assert ran.status == status
    assert list(files(folder)) == ["app.py"]
    assert all(f"+++ {name}\n" in ran.out for name in NEW)  # and the whole content is printed
    assert "+# Required: read in app.py\n+SECRET_KEY=\n" in ran.out
    assert all(f"+{line}\n" in ran.out for line in HOOK.splitlines())
    assert ran.err == (
        ""
        if options
        else "configvars: Nothing was written, because there is no terminal to answer in."
        " Use --yes to write all of it.\n"
    )


def test_a_folder_in_a_repository_gets_no_hook_of_its_own(run: Run, tree: Tree) -> None:
    folder = tree("-- shop/app.py --\nimport os\nos.environ['A']\n-- shop/configvars.toml --\n")
    git(folder, "init", "-q")
    ran = run(folder / "shop", "init", "--yes")
    assert "pre-commit reads only the one at the root of the repository" in ran.out + ran.err
    assert ".pre-commit-config.yaml" not in files(folder / "shop")


def test_a_folder_without_anything(run: Run, tree: Tree) -> None:
    folder = tree(PLAIN)
    ran = run(folder, "init", "--yes")
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if line.startswith("Created")] == [
        f"Created {name}." for name in NEW
    ]
    written = files(folder)
    assert written[".env.example"].endswith("# Required: read in app.py\nSECRET_KEY=\n")
    assert written[".gitignore"] == ".env\n"
    assert written[HOOKS] == "repos:\n" + HOOK
    assert run(folder, "check").status == 0
    again = run(folder, "init")
    assert (again.status, again.out) == (0, "Everything is set up already.\n")
    assert files(folder) == written


@pytest.mark.parametrize("tracked", [False, True])
def test_what_to_do_next_with_an_env_file(run: Run, tree: Tree, *, tracked: bool) -> None:
    folder = tree(f"{PLAIN}-- .env --\nSECRET_KEY=canary\n")
    git(folder, "init", "-q")
    if tracked:
        git(folder, "add", ".env")
    ran = run(folder, "init", "--yes")
    note = (
        "configvars: Git tracks .env, so .gitignore does not affect it. To keep the file but not commit it: "
        "`git rm --cached .env`.\n"
    )
    following = "configvars: Next: `configvars check` compares the code with .env.\n"
    assert ran.err == f"{note if tracked else ''}{following}"


def test_the_user_is_asked_about_each_file(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, command, "n", "y", "y", "n")
    folder = tree(PLAIN)
    assert run(folder, "init").status == 1
    assert asked == [f"Create {name}?" for name in NEW]
    assert sorted(files(folder)) == [".env.example", ".gitignore", "app.py"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_in_a_terminal(tree: Tree) -> None:
    folder = tree(PLAIN)
    command_line = [sys.executable, "-m", "configvars", "init"]
    environ = {**os.environ, "PYTHONPATH": str(SERVER)}
    status, shown = in_terminal(command_line, folder, environ, "y\nn\n\nyes\n")
    assert status == 1
    assert sorted(files(folder)) == [HOOKS, "app.py", "configvars.toml"]
    lines = shown.splitlines()
    assert lines.index("+given = []") < lines.index("Create configvars.toml? [y/N] Created configvars.toml.")
    assert lines.index("+SECRET_KEY=") < lines.index(
        "Create .env.example? [y/N] .env.example was not changed."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[project]\nname = "x"', '[project]\nname = "x"\n\n[tool.configvars]\n'),
        ("[tool.ruff]\r\n", "[tool.ruff]\r\n\r\n[tool.configvars]\r\n"),
    ],
)
def test_settings_are_added_to_an_existing_pyproject(run: Run, tree: Tree, before: str, after: str) -> None:
    folder = tree(PLAIN)
    (folder / "pyproject.toml").write_bytes(before.encode())
    assert run(folder, "init", "--yes").status == 0
    assert (folder / "pyproject.toml").read_bytes().decode().startswith(after)
    assert not (folder / "configvars.toml").exists()
    assert run(folder, "check").status == 0


@pytest.mark.parametrize("text", ["[tool.configvars]\n", "[tool]\nconfigvars = {}\n"])
def test_existing_settings_stay(run: Run, tree: Tree, text: str) -> None:
    folder = tree(f"{PLAIN}-- pyproject.toml --\n{text}")
    ran = run(folder, "init", "--yes")
    assert "configvars: pyproject.toml: it already contains [tool.configvars].\n" in ran.err
    assert files(folder)["pyproject.toml"] == text


@pytest.mark.parametrize("text", ["[tool", "tool = {}\n"])
def test_a_pyproject_that_cannot_be_added_to_stays(run: Run, tree: Tree, text: str) -> None:
    folder = tree(f"{PLAIN}-- pyproject.toml --\n{text}\n")
    before = files(folder)["pyproject.toml"]
    assert "pyproject.toml was not changed: " in run(folder, "init", "--yes").err
    assert files(folder)["pyproject.toml"] == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LOCAL, LOCAL + HOOK),
        (LOCAL.rstrip(), LOCAL + HOOK),
        (
            LOCAL + "\n# of the service\nci:\n  skip: [x]\n",
            LOCAL + HOOK + "\n# of the service\nci:\n  skip: [x]\n",
        ),
        ("ci: {}\nrepos:\n- repo: local\n", None),
    ],
)
def test_the_hook_is_added_after_the_others(run: Run, tree: Tree, before: str, after: str | None) -> None:
    folder = tree(PLAIN)
    (folder / HOOKS).write_text(before, "utf-8")
    ran = run(folder, "init", "--yes")
    assert ran.status == 0
    unindented = "".join(f"{line[2:]}\n" for line in HOOK.splitlines())
    assert files(folder)[HOOKS] == (after or before + unindented)
    assert "local" not in ran.out  # the existing lines of others are not printed


@pytest.mark.parametrize("text", ["", "repos: []\n", "repos: [{repo: local}]\n", "- x\n", "repos: {\n"])
def test_a_list_of_hooks_that_cannot_be_added_to_stays(run: Run, tree: Tree, text: str) -> None:
    folder = tree(f"{PLAIN}-- {HOOKS} --\n{text}")
    assert f"{HOOKS} was not changed: " in run(folder, "init", "--yes").err
    assert files(folder)[HOOKS] == text
    again = run(folder, "init", "--yes")
    assert (again.status, again.out) == (1, "")  # the user still has something to do


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", NEW)
def test_nothing_is_written_through_a_link(run: Run, tree: Tree, name: str) -> None:
    folder = tree(PLAIN)
    (folder / name).symlink_to("nowhere")
    ran = run(folder, "init", "--yes")
    assert f"{name} was not changed: it cannot be read." in ran.err
    assert not (folder / "nowhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_gitignore_that_git_does_not_read_ignores_nothing(run: Run, tree: Tree) -> None:
    folder = tree(f"{PLAIN}-- rules --\n*.pyc\n")
    git(folder, "init", "-q")
    (folder / ".gitignore").symlink_to("rules")
    ran = run(folder, "init", "--yes")
    assert ".gitignore was not changed: it is a link or a folder" in ran.err
    assert "git already ignores .env" not in ran.err


@pytest.mark.parametrize("files", ["-- notes.txt --\n", "-- app.py --\nprint(1)\n"])
def test_a_folder_whose_code_reads_no_variable(run: Run, tree: Tree, files: str) -> None:
    folder = tree(files)
    ran = run(folder, "init", "--yes")
    assert ran.status == 0
    assert ran.err == (
        "configvars: No code here reads a variable yet. When it does,"
        " `configvars template` creates .env.example.\n"
    )
    new = {path.name for path in folder.iterdir()} - {"notes.txt", "app.py"}
    assert new == {"configvars.toml", ".gitignore", ".pre-commit-config.yaml"}
    again = run(folder, "init")
    assert (again.status, again.out) == (0, "Everything is set up already.\n")
