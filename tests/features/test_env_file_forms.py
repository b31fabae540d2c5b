"""check, diff, hover, explain and the tree say of each form of an env file what its library really does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.lsp.overview import _local
from configvars.text import Span
from support.forked import run_python
from support.projects import Opened, opened

CHILD = Path(__file__).parent.parent / "support" / "reading_child.py"
LIBRARIES = {
    "python-dotenv": "import os\nfrom dotenv import load_dotenv\nload_dotenv()\n"
    'X = os.environ["<CURSOR>A"]\n',
    "dotenv_values": 'from dotenv import dotenv_values\nX = dotenv_values(".env")["<CURSOR>A"]\n',
    "python-decouple": 'from decouple import config\nX = config("<CURSOR>A")\n',
    "django-environ": 'import environ\nenviron.Env.read_env(".env")\nenv = environ.Env()\n'
    'X = env("<CURSOR>A")\n',
    "environs": 'from environs import Env\nenv = Env()\nenv.read_env()\nX = env.str("<CURSOR>A")\n',
    "Starlette": 'from starlette.config import Config\nconfig = Config(".env")\nX = config("<CURSOR>A")\n',
    "pydantic-settings": "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
    '    model_config = {"env_file": ".env", "extra": "ignore"}\n    <CURSOR>A: str\nX = S().A\n',
}
FORMS = {
    "plain": b"A=1\n",
    "byte order mark": b"\xef\xbb\xbfA=1\n",
    "byte order mark on another line": b"\xef\xbb\xbfB=2\nA=1\n",
    "byte order mark, comment": b"\xef\xbb\xbf# B\nA=1\n",
    "CRLF": b"B=2\r\nA=1\r\n",
    "CR": b"B=2\rA=1\r",
    "export": b"export A=1\n",
    "export and blanks": b"export   A=1\n",
    "blanks": b"A = 1\n",
    "indented": b"  A=1\n",
    "no-break space": "\u00a0A=1\n".encode(),
    "quoted name": b"'A'=1\n",
    "quote not closed": b"A='x\nB=1\n",
    "quote not closed above": b"B='x\nA=1\n",
    "in a value of several lines": b"B='x\nA=1\n'\n",
    "with a bare name below": b"A=1\nA\n",
    "with a bare name above": b"A\nA=1\n",
    "empty": b"A=\n",
    "comment": b"A=1 # y\n",
    "colon": b"A: 1\n",
    "next line": "B=1\u0085A=1\n".encode(),
    "lower case": b"a=1\n",
    "no value": b"B=1\n",
}
UNREAD = {"UTF-16": "A=1\n".encode("utf-16"), "Latin-1": b"A=\xe9\n"}


def hovered(it: Opened) -> str:
    found = hover(it.project, *it.cursor)
    assert found is not None
    return found.markdown


def answers(it: Opened) -> dict[str, bool]:
    """Whether each part of the program says that A is set."""
    project, path = it.project, it.cursor[0]
    told = drift(project)
    row = next(row for row in told.rows if row.name == "A")
    shown = hovered(it)
    code = project.text_of(path) or ""
    hints = [hint.label for hint in inlay_hints(project, path, Span(0, len(code)))]
    by_code = next(one for one in explain(project, "A").outcomes if one.runtime == "load_dotenv()")
    return {
        "check": not any(one.check == "missing-variable" for one in run_checks(project, path)),
        "diff": not row.missing and not row.maybe,
        "tree": _local(row, told.columns, project) in ("set", "empty"),
        "explain": by_code.state in ("set", "empty"),
        "hover": "no file here sets it" not in shown and "nothing loads" not in shown,
        "hint": hints in ([".env"], ["empty in .env"]),
    }


def really(folders: list[Path]) -> list[str]:
    prepared = ("dotenv", "environ", "environs", "starlette.config", "pydantic_settings")
    run = run_python(str(CHILD), *map(str, folders), cwd=folders[0], env=os.environ, prepared=prepared)
    run.check_returncode()
    return run.stdout.splitlines()


@pytest.mark.parametrize("library", LIBRARIES)
def test_all_answers_are_what_the_library_does(tmp_path: Path, library: str) -> None:
    wrong: list[str] = []
    folders = [tmp_path / form.replace(" ", "_") for form in FORMS]
    its = []
    for folder, text in zip(folders, FORMS.values(), strict=True):
        folder.mkdir()
        (folder / ".env").write_bytes(text)
        its.append(opened(folder, f"-- app.py --\n{LIBRARIES[library]}"))
    for form, it, truth in zip(FORMS, its, really(folders), strict=True):
        is_set = truth.startswith("=")
        if truth == "=None":
            continue  # what `dotenv_values` returns for a bare name
        wrong += [f"{form}: {who} {said}, {truth}" for who, said in answers(it).items() if said != is_set]
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("form", UNREAD)
def test_no_answer_is_that_a_file_in_another_encoding_sets_it(
    tmp_path: Path, library: str, form: str
) -> None:
    (tmp_path / ".env").write_bytes(UNREAD[form])
    it = opened(tmp_path, f"-- app.py --\n{LIBRARIES[library]}")
    said = answers(it)
    assert said == {**dict.fromkeys(said, False), "check": True, "hover": True}
    assert "may be set in" in hovered(it)
    found = run_checks(it.project, str(tmp_path / ".env"))
    assert [(one.check, one.severity.value) for one in found] == [("unreadable-env-file", "error")]


OLD = "-- requirements.txt --\npython-dotenv=={}\n"


@pytest.mark.parametrize("library", ["python-dotenv", "dotenv_values", "environs", "pydantic-settings"])
@pytest.mark.parametrize(("version", "is_set"), [("1.2.3", True), ("1.0.1", False)])
def test_an_older_python_dotenv_reads_the_mark_as_part_of_the_name(
    tmp_path: Path, library: str, version: str, is_set: bool
) -> None:
    (tmp_path / ".env").write_bytes(FORMS["byte order mark"])
    it = opened(tmp_path, f"{OLD.format(version)}-- app.py --\n{LIBRARIES[library]}")
    said = answers(it)
    assert said == dict.fromkeys(said, is_set)


def test_a_library_that_ignores_the_mark_sets_it_for_the_others(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(FORMS["byte order mark"])
    load = "from dotenv import load_dotenv\nload_dotenv()\n"
    it = opened(tmp_path, f"-- app.py --\n{load}{LIBRARIES['python-decouple']}")
    said = answers(it)
    assert said == dict.fromkeys(said, True)
    assert list(run_checks(it.project, str(tmp_path / ".env"))) == []


def test_what_is_said_about_a_mark(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(FORMS["byte order mark"])
    it = opened(tmp_path, f"-- app.py --\n{LIBRARIES['python-decouple']}")
    found = run_checks(it.project, it.cursor[0])
    assert [it.finding(one) for one in found] == [
        "app.py:2:13 warning A is missing from .env as python-decouple reads it; this code fails without it "
        "(.env:1 has it behind a byte order mark)"
    ]
    by_code = next(one for one in explain(it.project, "A").outcomes if one.runtime == "load_dotenv()")
    assert by_code.why == "python-decouple reads the byte order mark of .env as part of the name"


if os.name != "nt":

    @pytest.mark.parametrize("library", LIBRARIES)
    @pytest.mark.parametrize(
        ("files", "is_set"),
        [
            ("-- .env -> config/dev.env --\n-- config/dev.env --\nA=1\n", True),
            ("-- .env -> config/dev.env --\n-- config/dev.env --\nB=1\n", False),
            ("-- .env --\nB=1\n-- .env.local --\nA=1\n", False),
        ],
        ids=["link", "link to a file without it", "a file that nothing loads"],
    )
    def test_other_files(tmp_path: Path, library: str, files: str, is_set: bool) -> None:
        it = opened(tmp_path, f"{files}-- app.py --\n{LIBRARIES[library]}")
        said = answers(it)
        said.pop("tree")  # it lists every env file
        assert said == dict.fromkeys(said, is_set)
        assert really([tmp_path])[0].startswith("=") is is_set

    @pytest.mark.parametrize("library", LIBRARIES)
    def test_a_named_pipe_may_set_it(tmp_path: Path, library: str) -> None:
        it = opened(tmp_path, f"-- .env as pipe --\n-- app.py --\n{LIBRARIES[library]}")
        said = answers(it)
        assert said == {**dict.fromkeys(said, False), "check": True, "hover": True}
        assert "may be set in .env (named pipe)" in hovered(it)


def test_each_app_has_the_version_of_its_own_requirements(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / ".env").write_bytes(FORMS["byte order mark"])
    code = LIBRARIES["python-dotenv"].replace("<CURSOR>", "")
    apps = "".join(
        f"-- {folder}/requirements.txt --\npython-dotenv=={version}\n-- {folder}/app.py --\n{code}"
        for folder, version in {"old": "1.0.1", "new": "1.2.3"}.items()
    )
    it = opened(tmp_path, apps)
    found = {name: list(run_checks(it.project, it.path(f"{name}/app.py"))) for name in ("old", "new")}
    assert {name: [one.check for one in each] for name, each in found.items()} == {
        "old": ["missing-variable"],
        "new": [],
    }
    assert [row.missing for row in drift(it.project).rows if row.name == "A"] == [("env files",)]
