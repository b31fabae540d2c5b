"""A deploy never passes over files that could not be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku
from support.git import commit

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

WEB = "-- Procfile --\nweb: gunicorn app:app\n"
WEB_16 = "-- Procfile as utf-16 --\nweb: gunicorn app:app\n"
APP = "-- app.py --\nimport os\nos.environ['A']\n"
APP_LATIN = "-- app.py as latin-1 --\nimport os\n# Grüße\nos.environ['A']\n"
MAIN = "if __name__ == '__main__':\n    print(1)\n"
LITERAL = "X = 'Grüße'\n"
SAID = ", so it is not known whether this can be deployed."
UTF16 = "is UTF-16, not UTF-8"
LATIN = "and has no line that names another encoding, which Python refuses"
UNREAD = {
    f"{WEB_16}{APP}": f"Procfile {UTF16}",
    f'{WEB}{APP}-- app.json as utf-16 --\n{{"env": {{"B": {{"required": true}}}}}}\n': f"app.json {UTF16}",
    f"{APP}-- heroku.yml as utf-16 --\nrun:\n  web: gunicorn app:app\n": f"heroku.yml {UTF16}",
    f"{WEB}{APP}-- .slugignore as utf-16-le --\nboot.py\n": f".slugignore {UTF16}",
    f"{WEB}{APP}-- .slugignore as pipe --\n": ".slugignore is a named pipe, which can be read only once",
    f"{WEB}-- app.py as utf-16 --\nimport os\n": "app.py is UTF-16, which Python does not accept",
    f"{WEB}{APP_LATIN}{LITERAL}": f"app.py is not UTF-8 (line 2) {LATIN}",
    f"{WEB}{APP}import b\n-- b.py as latin-1 --\n{LITERAL}": f"b.py is not UTF-8 (line 1) {LATIN}",
    f"-- Procfile --\nweb: python app.py\n{APP_LATIN}{MAIN}": f"app.py is not UTF-8 (line 2) {LATIN}",
}
READ = {
    "a comment of a module that is imported": f"{WEB}{APP_LATIN}",
    "a program that no process runs": f"{WEB}{APP_LATIN}{MAIN}",
    "a file that no process loads": f"{WEB}{APP}-- seed.py as latin-1 --\n{LITERAL}",
    "a test": f"{APP}-- tests/test_a.py as latin-1 --\n{LITERAL}",
    "a Procfile that Heroku does not read": f"{WEB}{APP}-- Procfile.dev as utf-16 --\nweb: flask run\n",
}
COMMITTED = {
    "Procfile": ("web: python app.py\n", "utf-16", f"Procfile as it is committed {UTF16}"),
    "app.json": ("{}\n", "utf-16", f"app.json as it is committed {UTF16}"),
    "app.py": (LITERAL, "latin-1", f"app.py as it is committed is not UTF-8 (line 1) {LATIN}"),
}


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), {"full": {"A": "1", "B": "1"}})
    monkeypatch.setenv("PATH", fake.env["PATH"])


@pytest.mark.parametrize("files", READ.values(), ids=READ)
def test_what_does_not_matter(run: Run, tree: Tree, files: str) -> None:
    ran = run(tree(files), "check", "--deploy", "--app", "full")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(("files", "why"), UNREAD.items())
def test_what_is_not_known(run: Run, tree: Tree, files: str, why: str) -> None:
    ran = run(tree(files), "check", "--deploy", "--app", "full")
    assert ran.status == 2
    assert f"{why}{SAID}" in ran.err


@pytest.mark.parametrize(("name", "committed"), COMMITTED.items())
def test_what_is_committed_and_cannot_be_read(
    run: Run, tree: Tree, name: str, committed: tuple[str, str, str]
) -> None:
    text, encoding, why = committed
    root = tree(f"{WEB}{APP}-- app.json --\n{{}}\n")
    here = (root / name).read_bytes()
    (root / name).write_bytes(text.encode(encoding))
    commit(root, "--force", ".")
    (root / name).write_bytes(here)
    ran = run(root, "check", "--deploy", "--app", "full")
    assert ran.status == 2
    assert f"{why}{SAID}" in ran.err


@pytest.mark.parametrize("files", [f"{WEB_16}{APP}", "-- app.py as utf-16 --\nimport os\n"])
def test_check_does_not_say_that_nothing_was_found(run: Run, tree: Tree, files: str) -> None:
    ran = run(tree(f"{files}-- .env --\nA=1\n"), "check")
    assert (ran.status, "Nothing found" in ran.out) == (1, False)


_LOADS = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['A']\n"
_PARTS = f"-- requirements.txt --\npython-dotenv\n-- src/app.py --\n{_LOADS}-- other/app.py --\nprint(1)\n"


@pytest.mark.parametrize("asked", ["src", "src/app.py", "./src/../src"])
def test_an_unreadable_env_file_is_reported_with_the_code_that_needs_it(
    run: Run, tree: Tree, asked: str
) -> None:
    ran = run(tree(f"{_PARTS}-- .env as utf-16 --\nA=1\n"), "check", asked, "--output-format", "concise")
    assert ran.status == 1
    assert f".env:1:1: error unreadable-env-file .env {UTF16}" in ran.out
    assert f".env {UTF16} and was not checked." in ran.out


@pytest.mark.parametrize("files", ["-- .env as utf-16 --\nA=1\n", "-- .env --\nA=1\nA=1\n"])
def test_an_env_file_is_not_reported_with_other_code(run: Run, tree: Tree, files: str) -> None:
    ran = run(tree(f"{_PARTS}{files}"), "check", "other")
    assert (ran.status, "Nothing found" in ran.out, "A" in ran.out) == (0, True, False)


def test_an_env_file_that_can_be_read_is_not_checked_with_code_beside_it(run: Run, tree: Tree) -> None:
    ran = run(tree(f"{_PARTS}-- .env --\nA=1\nA=2\n"), "check", "src")
    assert (ran.status, "Nothing found" in ran.out) == (0, True)
