"""Variables that an unreadable env file may set are never reported as missing or not set."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from dotenv import load_dotenv

from configvars.checks import run_checks
from configvars.features.definition import definition
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.features.explain_text import as_text
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.settings import Settings
from configvars.text import Span
from support.projects import Opened, opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and few links in a folder")

APP = 'import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ["<CURSOR>A"]\n'
UNREAD = {
    "pipe": ("-- .env as pipe --\n", "named pipe"),
    "UTF-16": ("-- .env as utf-16 --\nA=1\n", "UTF-16"),
    "Latin-1": ("-- .env as latin-1 --\nA=é\n", "not UTF-8"),
    "large": (f"-- .env --\n#{'x' * 1024 * 1024}\n", "too large to read"),
    "device": ("-- .env -> /dev/zero --\n", "not a regular file"),
    "another kind of file": ("-- .env -> /etc/passwd --\n", "link to another kind of file"),
}


def told(it: Opened, severity: str = "warning") -> list[str]:
    """The findings with this severity or a worse one, as users see them."""
    project = it.project
    worse = ["error", "warning", "information", "hint"]
    return [
        f"{project.relative(path)} {finding.severity} {finding.message}"
        for path in sorted(project.index.files)
        for finding in run_checks(project, path)
        if worse.index(finding.severity) <= worse.index(severity)
    ]


def runtimes(it: Opened, name: str) -> dict[str, str]:
    lines = as_text(explain(it.project, name), it.project).splitlines()[1:]
    return dict(line.strip().split("  ", 1) for line in lines)


@pytest.mark.parametrize("env", ["-- .env -> nowhere --\n", "-- .env/file --\n"], ids=["dead link", "folder"])
def test_files_without_variables_set_nothing(tmp_path: Path, env: str) -> None:
    it = opened(tmp_path, f"{env}-- app.py --\n{APP}")
    assert set(map(str.strip, runtimes(it, "A").values())) == {"not set"}


@pytest.mark.parametrize(
    ("files", "load", "why"),
    [
        ("", "load_dotenv('conf')", "does not exist"),
        ("-- conf/file --\n", "load_dotenv('conf')", "is a folder"),
        ("-- real/file --\n-- conf -> real --\n", "load_dotenv('conf')", "is a folder"),
        (
            "-- conf -> nowhere --\n",
            "load_dotenv('conf')",
            "is a symbolic link to nowhere, which does not exist",
        ),
        ("-- conf/file --\n", "load_dotenv(Path(__file__).parent / 'conf')", "is a folder"),
    ],
)
def test_what_is_in_the_place_of_a_file_that_code_loads(
    tmp_path: Path, files: str, load: str, why: str
) -> None:
    app = APP.replace("load_dotenv()", load).replace("import os", "import os\nfrom pathlib import Path")
    it = opened(tmp_path, f"{files}-- app.py --\n{app}")
    assert runtimes(it, "A")["load_dotenv()"].strip() == f"not set; app.py:4 loads conf, which {why}"


@pytest.mark.parametrize(
    ("load", "said"),
    [
        ("load_dotenv(Path(__file__).parent / 'conf')", "sub/conf, which does not exist"),
        ("load_dotenv('conf')", "conf, which is a folder"),
    ],
)
def test_where_a_file_that_code_loads_is_looked_for(tmp_path: Path, load: str, said: str) -> None:
    app = APP.replace("load_dotenv()", load).replace("import os", "import os\nfrom pathlib import Path")
    it = opened(tmp_path, f"-- conf/file --\n-- sub/app.py --\n{app}")
    assert runtimes(it, "A")["load_dotenv()"].strip() == f"not set; sub/app.py:4 loads {said}"


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (False, "not set; app.py:3 loads ../.env, which does not exist"),
        (True, "may be set by ../.env (outside of the project)"),
    ],
)
def test_a_file_outside_of_the_project_that_code_loads(tmp_path: Path, there: bool, said: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if there:
        (tmp_path / ".env").write_text("A=1\n")
    app = APP.replace("load_dotenv()", "load_dotenv('../.env')")
    it = opened(folder, f"-- app.py --\n{app}")
    assert runtimes(it, "A")["load_dotenv()"].strip() == said


@pytest.mark.parametrize(
    ("files", "listed", "said"),
    [
        ("", "conf", ()),
        ("-- conf/x.env/file --\n", "conf/*", ()),
        ("-- conf/file --\n", ".", ()),
        ("-- conf/file --\n", "conf", ("is a folder",)),
        ("-- conf/file --\n", "./conf/", ("is a folder",)),
        (
            "-- conf -> nowhere --\n",
            "conf",
            ("is a symbolic link to nowhere, which does not exist: it sets nothing",),
        ),
    ],
)
def test_what_is_in_the_place_of_a_file_that_the_setting_lists(
    tmp_path: Path, files: str, listed: str, said: tuple[str, ...]
) -> None:
    it = opened(tmp_path, f"{files}-- app.py --\n{APP}", Settings(env_files=(listed,)))
    found = [line for line in told(it, "hint") if line.startswith("conf")]
    assert found == [f"conf information conf {why}" for why in said]


@pytest.mark.parametrize("env", ["", "-- .env --\nA=1\n"])
def test_flask_stops_at_its_own_file_in_another_encoding(tmp_path: Path, env: str) -> None:
    code = "import os\nfrom flask import Flask\nos.environ['A']\n"
    it = opened(tmp_path, f"-- .flaskenv as utf-16 --\nB=1\n{env}-- app.py --\n{code}")
    said = {runtime: words.strip() for runtime, words in runtimes(it, "A").items()}
    why = "it stops with an error: it reads .flaskenv, which is UTF-16, as UTF-8"
    there = "may be set by .flaskenv (UTF-16); it stops with an error there"
    assert said["flask run"] == (f"not set; {why}" if env else there)
    assert said["gunicorn"] == "not set; neither it nor the code loads an env file"


@pytest.mark.parametrize("kind", UNREAD)
def test_variables_that_an_unreadable_file_may_set(tmp_path: Path, kind: str) -> None:
    env, why = UNREAD[kind]
    it = opened(tmp_path, f"{env}-- app.py --\n{APP}")
    said = {words.strip() for runtime, words in runtimes(it, "A").items()}
    fails = "; it stops with an error there" if kind in ("UTF-16", "Latin-1") else ""
    assert said == {f"may be set by .env ({why}){fails}"}
    (row,) = drift(it.project).rows
    assert (row.missing, row.maybe, [cell.state for cell in row.cells]) == ((), (".env",), ["unknown"])
    shown = hover(it.project, *it.cursor)
    assert shown is not None
    assert "May be set in:\n\n- .env" in shown.markdown.replace("\n-", "\n\n-").replace("\\", "")
    (hint,) = inlay_hints(it.project, it.path("app.py"), Span(0, 200))
    assert hint.label == "may be in .env"
    assert not [line for line in told(it, "hint") if "missing" in line]


STOPS = "loading it raises UnicodeDecodeError. Save it as UTF-8. It may set A"
FINDINGS = {
    "-- .env as utf-16 --\nA=1\n": f"error .env is UTF-16, not UTF-8: {STOPS}",
    "-- .env as utf-16-le --\nA=1\n": f"error .env is UTF-16, not UTF-8: {STOPS}".replace(
        "UnicodeDecode", "Value"
    ),
    "-- .env as utf-32 --\nA=1\n": f"error .env is UTF-32, not UTF-8: {STOPS}",
    "-- .env as utf-32-be --\nA=1\n": f"error .env is UTF-32, not UTF-8: {STOPS}".replace(
        "UnicodeDecode", "Value"
    ),
    "-- .env as latin-1 --\n# x\nA=é\n": f"error .env is not UTF-8 (line 2): {STOPS}",
    "-- .env as pipe --\n": "information .env is a named pipe, which can be read only once. It may set A",
    "-- .env -> .env2 --\n-- .env2 -> .env --\n": (
        "information .env is a symbolic link that leads back to itself: it sets nothing"
    ),
    "-- .env -> gone/.env --\n": (
        "information .env is a symbolic link to gone/.env, which does not exist: it sets nothing"
    ),
}


@pytest.mark.parametrize("env", FINDINGS)
def test_the_finding_about_an_unreadable_file(tmp_path: Path, env: str) -> None:
    it = opened(tmp_path, f"{env}-- app.py --\n{APP}")
    assert [line for line in told(it, "hint") if line.startswith(".env ")] == [f".env {FINDINGS[env]}"]


def test_everything_else_is_still_checked(tmp_path: Path) -> None:
    it = opened(
        tmp_path,
        "-- .env as pipe --\n-- .flaskenv --\nB=1\nB=2\n-- sub/.env --\n"
        '-- app.py --\nimport os\nos.environ["A"]\n-- sub/app.py --\nimport os\nos.environ["C"]\n',
    )
    assert told(it) == [
        ".flaskenv warning B is overwritten by line 2",
        "sub/app.py warning C is missing from sub/.env; this code fails without it",
    ]


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ("-- .flaskenv as pipe --\n-- .env --\nA=1\n", "set by .env:1 (a number, short)"),
        (
            "-- .flaskenv --\nA=1\n-- .env as pipe --\n",
            "may be set by .env (named pipe), else by .flaskenv:1",
        ),
        ("-- .flaskenv as pipe --\n-- .env --\nB=1\n", "may be set by .flaskenv (named pipe)"),
        ("-- .flaskenv as pipe --\n-- .env --\nA\n", "not set: .env:1 is a name without ="),
    ],
)
def test_which_file_counts_under_flask_run(tmp_path: Path, files: str, outcome: str) -> None:
    it = opened(tmp_path, f'{files}-- app.py --\nimport os\nos.environ["A"]\n')
    assert runtimes(it, "A")["flask run"].strip() == outcome


@pytest.mark.parametrize(
    ("override", "outcome"),
    [
        ("False", "may be set by .env (named pipe), else by other.env:1"),
        (
            "True",
            "set by other.env:1 (a number, short); app.py:4 loads it and overrides the environment",
        ),
    ],
)
def test_a_later_file_counts_if_it_overrides(tmp_path: Path, override: str, outcome: str) -> None:
    loads = f"load_dotenv()\nload_dotenv('other.env', override={override})\n"
    app = APP.replace("load_dotenv()\n", loads)
    it = opened(tmp_path, f"-- .env as pipe --\n-- other.env --\nA=1\n-- app.py --\n{app}")
    assert runtimes(it, "A")["load_dotenv()"].strip() == outcome


def test_a_link_says_where_it_leads(tmp_path: Path) -> None:
    root = tmp_path / "worktree"
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("A=1\n")
    it = opened(root, f'-- .env -> ../main/.env --\n-- app.py --\n{APP}os.environ["MISS"]\n')
    assert (
        runtimes(it, "A")["load_dotenv()"].strip()
        == "set by .env:1, a link to ../main/.env (a number, short)"
    )
    shown = hover(it.project, *it.cursor)
    assert shown is not None
    assert "`.env:1`, a link to `../main/.env`" in shown.markdown
    assert told(it) == ["app.py warning MISS is missing from .env; this code fails without it"]


def test_a_file_and_its_link_are_one_place(tmp_path: Path) -> None:
    it = opened(tmp_path, f"-- env/dev.env --\nA=1\nB=${{A}}\n-- .env -> env/dev.env --\n-- app.py --\n{APP}")
    for path, counts in (("", "env/dev.env"), ("env/dev.env", "env/dev.env"), (".env", ".env")):
        if path:
            it.workspace.open(it.path(path), "A=1\nB=${A}\n")
        shown = hover(it.workspace.project(), *it.cursor)
        assert shown is not None
        assert shown.markdown.splitlines()[0] == "**`A`** — set in `.env:1`, a link to `env/dev.env`"
        assert shown.markdown.count("a number, short") == 1
        places = definition(it.workspace.project(), *it.cursor)
        assert [it.project.relative(place.path) for place in places] == [counts]
        readers = definition(it.workspace.project(), it.path(".env"), 0)
        assert [it.project.relative(place.path) for place in readers].count(counts) == 1
        assert len(readers) == 2
        if path:
            it.workspace.close(it.path(path))


def test_nothing_is_unused_in_a_file_that_a_link_shares(tmp_path: Path) -> None:
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("A=1\nOF_OTHERS=1\n")
    assert told(opened(tmp_path / "one", f"-- .env -> ../main/.env --\n-- app.py --\n{APP}"), "hint") == []
    inside = opened(tmp_path / "two", f"-- .env -> c/.env --\n-- c/.env --\nA=1\nB=1\n-- app.py --\n{APP}")
    assert told(inside, "hint") == ["c/.env information Nothing in this workspace reads B"]


def test_a_folder_called_env_sets_nothing_and_hides_nothing(tmp_path: Path) -> None:
    """python-dotenv does not use a folder called .env; it continues in the parent folders."""
    it = opened(tmp_path, f"-- .env --\nA=1\n-- sub/.env/x --\n-- sub/app.py --\n{APP}")
    assert runtimes(it, "A")["load_dotenv()"].strip() == "set by .env:1 (a number, short)"
    assert told(it) == []


def test_an_unreadable_file_that_the_settings_name_may_set_it_in_every_run(tmp_path: Path) -> None:
    files = "-- conf/x.env as utf-16 --\nA=1\n-- app.py --\nimport os\nos.environ['A']\n"
    it = opened(tmp_path, files, Settings(env_files=("conf/x.env",)))
    assert {words.strip() for words in runtimes(it, "A").values()} == {"may be set by conf/x.env (UTF-16)"}


def test_only_code_that_names_the_encoding_can_read_the_file(tmp_path: Path) -> None:
    app = "import os\nfrom dotenv import load_dotenv\nload_dotenv(encoding='utf-16')\nos.environ['A']\n"
    it = opened(tmp_path, f"-- .env as utf-16 --\nA=1\n-- app.py --\n{app}")
    assert runtimes(it, "A") == {
        "flask run": "    not set; it stops with an error: it reads .env, which is UTF-16, as UTF-8",
        "load_dotenv()": "set by .env:1 (a number, short)",
        "gunicorn": "     set by .env:1 (a number, short)",
        "heroku local": " set by .env:1 (a number, short)",
    }


def test_a_file_that_the_editor_can_decode_is_still_reported(tmp_path: Path) -> None:
    it = opened(tmp_path, f"-- .env as utf-16 --\nA=1\n-- app.py --\n{APP}")
    it.workspace.open(it.path(".env"), "A=1\n")
    (finding,) = told(it)
    assert finding.startswith(".env error .env is UTF-16")
    (tmp_path / ".env").write_text("A=1\n")
    assert told(it) == []


SETTERS = ["compose.yaml", "docker-compose.yml", ".envrc", "Makefile"]
READS = '-- .env --\nB=1\n-- app.py --\nimport os\nos.environ["<CURSOR>A"], os.environ["B"]\n'


@pytest.mark.parametrize("name", SETTERS)
@pytest.mark.parametrize("what", ["-- {} -> nowhere --\n", "-- {}/file --\n"], ids=["dead link", "folder"])
def test_what_is_no_file_sets_nothing_before_a_program(tmp_path: Path, name: str, what: str) -> None:
    it = opened(tmp_path, what.format(name) + READS)
    assert told(it) == ["app.py warning A is missing from .env; this code fails without it"]


@pytest.mark.parametrize("name", SETTERS)
def test_a_file_of_another_tool_that_cannot_be_read_may_set_every_variable(tmp_path: Path, name: str) -> None:
    it = opened(tmp_path, f"-- {name} as pipe --\n{READS}")
    assert told(it) == []
    assert it.project.index.files[it.project.root + os.sep + name].skipped


def test_a_file_that_code_reads_in_another_encoding_sets_nothing(tmp_path: Path) -> None:
    load = 'import os\nfrom dotenv import load_dotenv\nload_dotenv(encoding="{}")\nos.environ["<CURSOR>A"]\n'
    for encoding, why in {
        "utf-8": "set by .env:1 (a number, short)",
        "utf-16": "not set; it stops with an error: it reads .env, which is UTF-8, as utf-16",
    }.items():
        it = opened(tmp_path / encoding, f"-- .env --\nA=1\n-- app.py --\n{load.format(encoding)}")
        assert {words.strip() for words in runtimes(it, "A").values()} == {why}


def as_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(path))  # the absolute path may be too long for a socket


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("make", [as_socket, lambda path: path.symlink_to(os.devnull), Path.mkdir])
def test_what_python_dotenv_loads_nothing_from(tmp_path: Path, make: Callable[[Path], object]) -> None:
    env = tmp_path / ".env"
    make(env)
    it = opened(tmp_path, f"-- app.py --\n{APP}")
    assert runtimes(it, "A")["load_dotenv()"].strip().startswith("not set")
    assert load_dotenv(env) is False


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-16", {".env": ".env (read in another encoding)"}), ("utf-8", {})]
)
def test_a_file_that_code_reads_in_another_encoding(
    tmp_path: Path, encoding: str, said: dict[str, str]
) -> None:
    load = f'load_dotenv(encoding="{encoding}")'
    it = opened(tmp_path, f"-- .env --\nA=1\n-- app.py --\n{APP.replace('load_dotenv()', load)}")
    found = drift(it.project)
    assert ({path for row in found.rows for path in row.maybe}, dict(found.unread)) == (set(said), said)
