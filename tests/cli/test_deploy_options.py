"""`check --deploy`: required options of programs in the Procfile that only a variable sets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

CLICK = """\
import click
@click.command()
@click.option("--token", "-t", envvar="TOKEN", required=True)
def run(token):
    print(token)
if __name__ == "__main__":
    run()
"""
TYPER = """\
import typer
from typing import Annotated, Optional
def main(token: Annotated[str, typer.Option(envvar="TOKEN")]):
    print(token)
if __name__ == "__main__":
    typer.run(main)
"""
APP = """\
import typer
app = typer.Typer()
@app.command()
def main(token: str = typer.Option(..., "--key", envvar="TOKEN")):
    print(token)
if __name__ == "__main__":
    app()
"""


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"bare": {}}).env["PATH"])


@pytest.mark.parametrize(
    ("command", "code", "is_reported"),
    [
        ("python cli.py --token x", CLICK, False),
        ("python cli.py -tx", CLICK, False),
        ("python cli.py $ARGS", CLICK, False),
        ("python other.py", CLICK, False),
        ("python cli.py", CLICK.replace(", required=True", ""), False),
        ("python cli.py", CLICK.replace(", required=True", ', required=True, default="x"'), False),
        ("python cli.py", CLICK.replace("@click.command", "@click.group"), False),
        ("python cli.py", f"{CLICK}@click.command()\ndef other(): ...\n", False),
        ("python cli.py", TYPER.replace("]):", "] = None):"), False),
        ("python cli.py", APP.replace("...", "None"), False),
        ("python cli.py --key=x", APP, False),
        ("python cli.py", CLICK, True),
        ("python -m cli", CLICK, True),
        ("python cli.py", TYPER, True),
        ("python cli.py", APP, True),
    ],
)
def test_required_options(run: Run, tree: Tree, command: str, code: str, is_reported: bool) -> None:
    folder = tree(f"-- Procfile --\nworker: {command}\n-- other.py --\nimport cli\n-- cli.py --\n{code}")
    ran = run(folder, "check", "--deploy", "--app", "bare", "--output-format", "json")
    found = [each["severity"] for each in json.loads(ran.out)["findings"] if each["variable"] == "TOKEN"]
    assert found == (["error"] if is_reported else [])


@pytest.mark.parametrize(
    "command",
    [
        "gunicorn app:app --workers 3",
        "gunicorn app:app --workers ${A:-3}",
        'gunicorn app:app --workers "$A"',
        "gunicorn app:app --workers=$A",
        "gunicorn app:app --bind 0.0.0.0:$A",
        "gunicorn app:app --bind $A:80",
        "gunicorn app:app --port $PORT",
        "A=3; gunicorn app:app --workers $A",
        "gunicorn app:app --threads ${A:=3} --workers $A",
        '[ -n "$A" ] && gunicorn app:app --workers $A',
        "test -z $A || gunicorn app:app --workers $A",
        "gunicorn app:app $A",
    ],
)
def test_values_of_options_that_stay(run: Run, tree: Tree, command: str) -> None:
    folder = tree(f"-- Procfile --\nweb: {command}\n-- app.py --\nimport os\nos.getenv('B')\n")
    assert "not-on-heroku" not in run(folder, "check", "--deploy", "--app", "bare").out


def test_a_variable_that_the_command_requires_is_reported_once(run: Run, tree: Tree) -> None:
    folder = tree("-- Procfile --\nweb: : ${A:?}; gunicorn app:app --workers $A\n-- app.py --\nprint(1)\n")
    ran = run(folder, "check", "--deploy", "--app", "bare", "--output-format", "json")
    assert [each["severity"] for each in json.loads(ran.out)["findings"]] == ["error"]


def test_options_that_lose_their_value(run: Run, tree: Tree) -> None:
    procfile = "web: gunicorn app:app --workers $A -k ${B}\nworker: celery -A app worker -Q $C\n"
    folder = tree(f"-- Procfile --\n{procfile}-- app.py --\nprint(1)\n")
    ran = run(folder, "check", "--deploy", "--app", "bare", "--process", "web", "--output-format", "concise")
    assert ran.out.splitlines()[:2] == [
        f"Procfile:1:{column}: warning not-on-heroku {name} is not set on Heroku app bare; {option} has no"
        f" value there without it, in the web process. Set it: `heroku config:set {name}=… --app bare`"
        for column, name, option in ((34, "A", "--workers"), (41, "B", "-k"))
    ]
    assert "C is not set" not in ran.out
    assert ran.status == 1
