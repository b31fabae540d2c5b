"""`configvars inventory`: the documented JSON, and the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema

from cli.conftest import Run

Tree = Callable[[str], Path]

TREE = """\
-- .env --
export SECRET_KEY=canary
-- .env.example --
SECRET_KEY=
-- app/config.py --
import os
NAME = "TOKEN"
ok = "🦄", os.environ.get("SECRET_KEY", "")
os.environ["WRITTEN"] = "1"
"TESTED" in os.environ
os.environ[NAME]
os.environ[input()]
-- app/żółć.py --
import os
os.environ["B"]
-- templates/a.html --
{{ config.TITLE }}
"""

PLACE = {
    "path": {"type": "string", "pattern": "^[^/\\\\]"},
    "line": {"type": "integer", "minimum": 1},
    "column": {"type": "integer", "minimum": 1},
    "end_line": {"type": "integer", "minimum": 1},
    "end_column": {"type": "integer", "minimum": 1},
}
VARIABLE = {"scope": {"enum": ["env", "flask"]}, "name": {"type": "string"}, **PLACE}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["version", "root", "references", "dynamic", "definitions", "platforms"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "root": {"type": "string"},
        "references": {
            "items": {
                "required": [*VARIABLE, "idiom", "access"],
                "additionalProperties": False,
                "properties": {
                    **VARIABLE,
                    "idiom": {"type": "string"},
                    "access": {"enum": ["read", "write", "test"]},
                    "need": {"enum": ["required", "optional", "defaulted", "guarded"]},
                    "switch": {"type": "string"},
                    "written_at": {
                        "required": ["path", "line", "column"],
                        "additionalProperties": False,
                        "properties": PLACE,
                    },
                },
                "if": {"properties": {"access": {"const": "read"}}},
                "then": {"required": ["need"]},
                "else": {"not": {"required": ["need"]}},
            }
        },
        "dynamic": {
            "items": {
                "required": [*PLACE, "idiom"],
                "additionalProperties": False,
                "properties": {**PLACE, "idiom": {"type": "string"}},
            }
        },
        "definitions": {
            "items": {
                "required": [*VARIABLE, "kind", "declaration"],
                "additionalProperties": False,
                "properties": {
                    **VARIABLE,
                    "kind": {"type": "string"},
                    "declaration": {"type": "boolean"},
                    "required": {"type": "boolean"},
                },
            }
        },
        "platforms": {"type": "array"},
        "deploy": {"type": "object"},
    },
}


def inventory(run: Run, folder: Path, *arguments: str) -> dict[str, Any]:
    ran = run(folder, "inventory", "--output-format", "json", *arguments)
    assert (ran.status, ran.err) == (0, "")
    assert "canary" not in ran.out
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.validate(document, SCHEMA)
    return document


def test_json(run: Run, tree: Tree) -> None:
    folder = tree(TREE)
    document = inventory(run, folder)
    assert document["root"] == folder.as_posix()
    assert document["platforms"] == []
    reference = next(found for found in document["references"] if found["name"] == "SECRET_KEY")
    assert reference == {
        "scope": "env",
        "name": "SECRET_KEY",
        "path": "app/config.py",
        "line": 3,
        "column": 27,
        "end_line": 3,
        "end_column": 37,
        "idiom": "os.environ.get",
        "access": "read",
        "need": "defaulted",
    }
    assert document["dynamic"] == [
        {
            "path": "app/config.py",
            "line": 7,
            "column": 12,
            "end_line": 7,
            "end_column": 19,
            "idiom": "os.environ[]",
        }
    ]
    assert document["definitions"][0] == {
        "scope": "env",
        "name": "SECRET_KEY",
        "path": ".env",
        "line": 1,
        "column": 8,
        "end_line": 1,
        "end_column": 18,
        "kind": "dotenv",
        "declaration": False,
    }
    assert document["definitions"][1]["declaration"] is True


def test_a_name_in_a_constant_has_its_place(run: Run, tree: Tree) -> None:
    document = inventory(run, tree(TREE))
    token = next(found for found in document["references"] if found["name"] == "TOKEN")
    assert (token["line"], token["column"], token["end_column"]) == (6, 12, 16)
    assert token["written_at"] == {"path": "app/config.py", "line": 2, "column": 9}


def test_sorted_by_place(run: Run, tree: Tree) -> None:
    document = inventory(run, tree(TREE))
    for part in ("references", "dynamic", "definitions"):
        places = [(found["path"], found["line"], found["column"]) for found in document[part]]
        assert places == sorted(places)


def test_the_root_of_a_folder_without_a_project(run: Run, tree: Tree) -> None:
    folder = tree(TREE)
    document = inventory(run, folder, "app")
    assert document["root"] == (folder / "app").as_posix()
    assert {found["path"] for found in document["references"]} == {"config.py", "żółć.py"}


def test_table(run: Run, tree: Tree) -> None:
    ran = run(tree(TREE), "inventory")
    assert ran.out == (
        "Environment variables (5)\n"
        "\n"
        "NAME        READ BY          NEED       SET BY  LISTED BY\n"
        "B           app/żółć.py:2    required   -       -\n"
        "SECRET_KEY  app/config.py:3  defaulted  .env:1  .env.example\n"
        "TESTED      app/config.py:5  -          -       -\n"
        "TOKEN       app/config.py:6  required   -       -\n"
        "WRITTEN     app/config.py:4  -          -       -\n"
        "\n"
        "Flask config keys (1)\n"
        "\n"
        "NAME   READ BY             NEED      SET BY  LISTED BY\n"
        "TITLE  templates/a.html:1  optional  -       -\n"
        "\n"
        "Reads whose name is known only at run time\n"
        "\n"
        "  app/config.py:7 os.environ[]\n"
    )


def test_nothing(run: Run, tree: Tree) -> None:
    assert run(tree("x = 1\n"), "inventory").out == "No config vars found.\n"


def test_wrong_use(run: Run, tree: Tree) -> None:
    folder = tree("x = 1\n")
    for path, said in (
        ("no/where", "no/where does not exist."),
        ("app.py", "app.py is not a folder: name a folder, or nothing for the project you are in."),
    ):
        ran = run(folder, "inventory", path)
        assert (ran.status, ran.out, ran.err) == (2, "", f"configvars: {said}\n")


def test_a_link_to_code_of_the_folder_is_in_the_list_once(run: Run, tree: Tree) -> None:
    settings = "-- shared/settings.py --\nimport os\nos.environ['A']\n"
    folder = tree(f"{settings}-- shop/settings.py -> ../shared/settings.py --\n")
    listed = json.loads(run(folder, "inventory", "--output-format", "json").out)["references"]
    assert [each["path"] for each in listed] == ["shared/settings.py"]
    assert "shop" not in run(folder, "inventory").out


BOTO = (
    "-- .env --\nAWS_REGION=x\nA=1\n-- requirements.txt --\nboto3\n-- app.py --\nimport os\nos.environ['A']\n"
)


def test_what_a_library_reads_by_itself(run: Run, tree: Tree) -> None:
    folder = tree(BOTO)
    (found,) = json.loads(run(folder, "inventory", "--output-format", "json").out)["libraries"]
    assert (found["name"], found["package"]) == ("AWS_REGION", "boto3")
    assert found["source"].startswith("botocore/")
    assert [line.split()[:2] for line in run(folder, "inventory").out.splitlines() if "AWS" in line] == [
        ["AWS_REGION", "boto3"]
    ]
