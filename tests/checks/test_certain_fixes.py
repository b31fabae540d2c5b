"""The fixes that `--fix` applies without asking do not change how real programs behave.

If a check gets another safe fix, add it to `PROVEN` and an example to `projects`.
"""

from __future__ import annotations

import ast
import logging
import os
import runpy
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from configvars.cli.main import main
from support.env_dialects import read_by_all
from support.properties import EXAMPLES, env_lines, thorough

pytestmark = pytest.mark.slow

CHECKS = Path(__file__).parents[2] / "server" / "configvars" / "checks"
PROVEN = {"duplicate_variable.py"}

# Each program reads every name from `.env` with a library and stores the result in RESULT.
PROGRAMS = {
    "flask": """
from dotenv import load_dotenv
from flask import Flask
load_dotenv(FILE)
app = Flask("shop")
app.config.from_prefixed_env("Z")
app.config.from_mapping({name: os.environ.get(name) for name in NAMES})
RESULT = sorted((key, repr(value)) for key, value in app.config.items()), dict(os.environ)
""",
    "flask, earlier values win": """
from dotenv import dotenv_values, load_dotenv
os.environ["A"] = "from the shell"
load_dotenv(FILE, override=False)
RESULT = dict(os.environ), dotenv_values(FILE, interpolate=False)
""",
    "decouple": """
from decouple import Config, RepositoryEnv
config = Config(RepositoryEnv(FILE))
RESULT = [config(name, default=None) for name in NAMES]
""",
    "django-environ": """
import environ
environ.Env.read_env(FILE)
env = environ.Env()
def read(name):
    try:
        return env(name, default=None)
    except Exception as error:
        return type(error).__name__
RESULT = [read(name) for name in NAMES]
""",
    "django-environ, with comments": """
import environ
environ.Env.read_env(FILE, overwrite=True, parse_comments=True)
RESULT = dict(os.environ)
""",
    "starlette": """
from starlette.config import Config
config = Config(FILE)
RESULT = [config(name, default=None) for name in NAMES]
""",
    "dynaconf": """
from dynaconf import LazySettings
settings = LazySettings(load_dotenv=True, dotenv_path=FILE, envvar_prefix=False, environments=False)
RESULT = [settings.get(name) for name in NAMES], dict(os.environ)
""",
    "honcho": """
from honcho.environ import parse
os.environ.update(parse(open(FILE).read()))
RESULT = dict(os.environ)
""",
}
HEAD = "import os\nNAMES = ['A', 'B', 'C', 'D', 'Z', 'A.B']\nFILE = {file!r}\n"


def test_only_these_checks_have_safe_fixes() -> None:
    makers = {path.name for path in CHECKS.glob("*.py") if "certain" in keywords(path)}
    assert makers == PROVEN


def keywords(path: Path) -> set[str | None]:
    """The keyword arguments of all calls in a file, except those set to False: they only make a fix less
    safe.
    """
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {word.arg for call in calls for word in call.keywords if not is_false(word.value)}


def is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


_REPEATED = [
    "Z=1\n",
    "Z='1'\n",
    'Z="x y"\n',
    "Z=x # y\n",
    "export Z=1\n",
    "Z = 1\n",
    "Z=1\r\n",
    "Z=\n",
    "Z=it's\n",
]
_NEAR = ["A=${Z}\n", "A=$Z\n", "Z=${A}\n", "Z=2\n", "'Z'=1\n", "A='\nZ=3\n'\n", "Z\n", "# Z=4\n", "\x0cZ=5\n"]
twice = st.builds(
    lambda line, pieces, near: pieces[0] + line + pieces[1] + near + line + pieces[2],
    st.sampled_from(_REPEATED + _NEAR),
    st.lists(env_lines, min_size=3, max_size=3),
    st.just("") | st.sampled_from(_REPEATED + _NEAR),
)
"""Env files in which one line occurs twice, between lines that are similar to it."""


@settings(thorough, max_examples=max(100, EXAMPLES // 4))
@given(text=twice, name=st.sampled_from([".env", ".flaskenv", ".env.test", ".env.example"]))
@example(text="A=1\nB=2\nA=1\n", name=".env")
@example(text="Z=${A}\nA=1\nZ=${A}\n", name=".env")
@example(text="A=it's\nB=2\nA=it's\n", name=".env")
@example(text="\ufeffA=1\nA=1\n", name=".env")
@example(text='C="\nA=1\n"\nA=2\nA=1\nA=1\n', name=".env")
def test_a_program_behaves_as_before_the_fix(
    tmp_path_factory, capsys, monkeypatch, text: str, name: str
) -> None:
    folder = tmp_path_factory.mktemp("program")
    file = folder / name
    file.write_bytes(text.encode())
    monkeypatch.chdir(folder)
    main(["check", "--fix", "--exit-zero"])
    capsys.readouterr()
    after = file.read_bytes()
    event("mended" if after != text.encode() else "left")
    if after != text.encode():
        mended = outcome(file)
        file.write_bytes(text.encode())
        assert mended == outcome(file)


def outcome(file: Path) -> dict[str, object]:
    """The RESULT of each program, and what each reader reads."""
    read = read_by_all(file)
    last = {str(name).partition(" ")[0]: value for name, value in dict(read.pop("VS Code")).items()}
    return {program: ran(file, text) for program, text in PROGRAMS.items()} | read | {"VS Code": last}


def ran(file: Path, program: str) -> object:
    script = file.with_name("program.py")
    script.write_text(HEAD.format(file=str(file)) + program, "utf-8")
    before = dict(os.environ)
    os.environ.clear()
    logging.disable()
    try:
        with warnings.catch_warnings(action="ignore"):
            return runpy.run_path(str(script))["RESULT"]
    except Exception as error:
        return type(error).__name__
    finally:
        logging.disable(logging.NOTSET)
        os.environ.clear()
        os.environ.update(before)
        script.unlink()


@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
def test_a_shell_reads_the_same_as_before_the_fix(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("A='x y'\nexport B=1\nA='x y'\n", "utf-8")
    before = by_shell(file)
    subprocess.run([sys.executable, "-m", "configvars", "check", "--fix", "."], cwd=tmp_path, check=False)
    assert file.read_text("utf-8") == "A='x y'\nexport B=1\n"
    assert by_shell(file) == before


def by_shell(file: Path) -> str:
    return subprocess.run(
        ["/bin/sh", "-c", 'set -a; . "$0"; env | sort', str(file)],
        env={},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
