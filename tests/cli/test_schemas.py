"""The JSON Schemas in the package, compared with what the commands really write."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

SHOP = """\
-- .env --
SECRET_KEY=canary
OLD=1
OLD=2
EMPTY=
-- .flaskenv --
SECRET_KEY=other
-- .env.example --
SECRET_KEY=
-- app.json --
{"env": {"ADMIN": {"required": true}}}
-- names.py --
NAME = "API_KEY"
-- app.py --
import os
from flask import Flask
from names import NAME
app = Flask(__name__)
app.config["DEBUG_LEVEL"] = os.environ["SECRET_KEY"]
os.environ[NAME], os.getenv("FEATURE"), os.environ.get("X", "y")
os.environ["WRITTEN"] = "1"
for name in open("names"):
    os.environ[name]
"""


def schema(name: str) -> dict[str, Any]:
    text = files("configvars.cli").joinpath(f"schemas/{name}.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(document)
    return document


@pytest.fixture
def shop(tree: Tree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    apps = {"shop": {"SECRET_KEY": "canary", "FEATURE": "1"}, "staging": {}}
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), apps).env["PATH"])
    return tree(SHOP)


APPS = ["--app", "shop", "--app", "staging"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", []),
        ("check", APPS),
        ("check", [*APPS, "--deploy"]),
        ("check", ["--select", "bare-name"]),
        ("check", ["--against", "before.json"]),
        ("inventory", []),
        ("inventory", APPS),
        ("diff", []),
        ("diff", APPS),
        ("explain", ["SECRET_KEY"]),
        ("explain", ["SECRET_KEY", *APPS]),
        ("explain", ["NOBODY"]),
    ],
)
def test_real_output_is_valid_by_the_schema(run: Run, shop: Path, name: str, arguments: list[str]) -> None:
    (shop / "before.json").write_text('{"references": []}')
    ran = run(shop, name, *arguments, "--output-format", "json")
    assert ran.status in (0, 1), ran.err
    document = json.loads(ran.out)
    validator = jsonschema.Draft202012Validator(schema(name))
    assert [error.message for error in validator.iter_errors(document)] == []
    broken = {**document, "surprise": 1}
    assert not validator.is_valid(broken)
    assert not validator.is_valid({**document, "version": 2})
