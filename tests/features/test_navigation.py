"""Definitions, references, highlights and symbols, as places in a small workspace."""

from __future__ import annotations

import pytest

from configvars.features.definition import definition
from configvars.features.document_highlight import document_highlight
from configvars.features.document_links import document_links
from configvars.features.references import references
from configvars.features.workspace_symbols import workspace_symbols

FILES = """\
-- app.json --
{"env": {"A": "", "ONLY_DECLARED": ""}}
-- Procfile --
web: run $A
-- .env.example --
A=
-- old/.env --
A=0
-- .env --
A=1
B=${A}
-- names.py --
KEY = "A"
UNSET = "NOWHERE"
-- set.py --
import os
os.environ["A"] = "x"
"""
CODE = "import os, names\n"


def marked(text, part):
    at = text.index(part)
    return text[:at] + "<CURSOR>" + text[at:]


def places(it, found):
    return [it.place(place) for place in found]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('os.environ["A<CURSOR>"]', [".env:1:1 A", "old/.env:1:1 A"]),
        ("os.environ[names.<CURSOR>KEY]", [".env:1:1 A", "old/.env:1:1 A"]),
        ('os.environ["ONLY<CURSOR>_DECLARED"]', ["app.json:1:20 ONLY_DECLARED"]),
        ("os.environ[names.UNSET<CURSOR>]", ["names.py:2:10 NOWHERE"]),
        ('os.environ["UNKNOWN<CURSOR>"]', []),
        ("os.<CURSOR>environ", []),
    ],
)
def test_definition_from_code(project, code, expected):
    it = project(f"{FILES}-- app.py --\n{CODE}{code}\n")
    assert places(it, definition(it.project, *it.cursor)) == expected


def test_definition_from_an_env_file_leads_to_the_readers(project):
    it = project(marked(FILES, "A=1") + f'-- app.py --\n{CODE}os.environ["A"]\n')
    assert places(it, definition(it.project, *it.cursor)) == [
        ".env:2:5 A",
        "Procfile:1:11 A",
        "app.py:2:13 A",
    ]


def test_definition_from_an_interpolation(project):
    it = project(marked(FILES, "A}"))
    assert places(it, definition(it.project, *it.cursor))[0] == ".env:1:1 A"


@pytest.mark.parametrize("part", ["A=1", "A=\n", 'A": ""', "A}"])
def test_references_are_the_same_from_every_place(project, part):
    it = project(marked(FILES, part) + f'-- app.py --\n{CODE}os.environ[names.KEY]\nos.getenv("A")\n')
    reads = [".env:2:5 A", "Procfile:1:11 A", "app.py:2:12 names.KEY", "app.py:3:12 A", "set.py:2:13 A"]
    defs = [".env:1:1 A", ".env.example:1:1 A", "app.json:1:11 A", "old/.env:1:1 A"]
    assert places(it, references(it.project, *it.cursor, declarations=False)) == reads
    assert places(it, references(it.project, *it.cursor, declarations=True)) == defs + reads


def test_highlight(project):
    code = 'import os\nif "A<CURSOR>" in os.environ:\n    os.environ["A"] = os.environ["B"]\n'
    it = project(code)
    found = document_highlight(it.project, *it.cursor)
    assert [(it.line(it.cursor[0], h.span.start), h.write) for h in found] == [
        ("app.py:2:5", False),
        ("app.py:3:17", True),
    ]
    assert document_highlight(it.project, it.cursor[0], 0) == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("only", ["ONLY_DECLARED app.json"]),
        ("od", ["ONLY_DECLARED app.json"]),
        ("zzz", []),
        ("B", ["B .env"]),
        ("nowh", ["NOWHERE app.py"]),
    ],
)
def test_workspace_symbols(project, query, expected):
    it = project(f"{FILES}-- app.py --\n{CODE}os.environ[names.UNSET]\n")
    assert [f"{found.name} {found.container}" for found in workspace_symbols(it.project, query)] == expected


@pytest.mark.parametrize(
    ("code", "linked"),
    [
        (
            "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_file='.env')\n"
            "    a: str\n",
            [".env"],
        ),
        (
            "from pathlib import Path\nfrom dotenv import load_dotenv\n"
            "load_dotenv(Path(__file__).parent / 'old/.env')\n",
            ["old/.env"],
        ),
        (
            "from dotenv import load_dotenv\nNAME = 'old/.env'\n"
            "load_dotenv(\n    NAME\n)\nload_dotenv(NAME)\n",
            ["NAME", "NAME"],
        ),
    ],
)
def test_a_link_is_where_the_name_of_the_file_is_written(project, code, linked):
    """The link covers the file's name, not the class or call around it, which an editor would underline."""
    it = project(f"{FILES}-- app.py --\n{code}")
    path = it.path("app.py")
    assert [link.span.of(it.project.text_of(path)) for link in document_links(it.project, path)] == linked


def test_links_lead_to_the_env_files_that_code_loads(project):
    code = 'from dotenv import load_dotenv\nload_dotenv("old/.env")\nload_dotenv("none.env")\nload_dotenv()\n'
    it = project(f"{FILES}-- app.py --\n{code}")
    path = it.path("app.py")
    found = [
        (it.line(path, link.span.start), it.project.relative(link.path))
        for link in document_links(it.project, path)
    ]
    assert [target for _, target in found] == ["old/.env"]
