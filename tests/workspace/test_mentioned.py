"""Names that are looked up in all code and configuration of a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.projects import opened

NO_EVIDENCE = """\
-- README.md --
A_KEY
-- docs/setup.rst --
A_KEY
-- .env --
A_KEY=1
-- .env.example --
A_KEY=
-- .env.j2 --
A_KEY={{ a }}
-- app.json --
{"env": {"A_KEY": ""}}
-- package-lock.json --
{"A_KEY": 1}
-- node_modules/x/index.js --
process.env.A_KEY
-- notes --
A_KEY
-- picture.bin --
A_KEY
-- shell.py --
run("$MY_A_KEY $A_KEY_2 $$A_KEY_3")
-- web/main.js --
process.env.A_KEY_2, MY_A_KEY
"""


def test_names_that_do_not_count_as_used(tmp_path: Path) -> None:
    assert opened(tmp_path, NO_EVIDENCE).project.mentioned(frozenset({"A_KEY"})) == {}


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("-- app.py --\nA_KEY = 1\n", False),
        ("-- app.py --\n'not A_KEY alone'\n", False),
        ("-- app.py --\nprint(f'{A_KEY}')\n", False),
        ("-- app.py --\nread('A_KEY')\n", True),
        ('-- app.py --\nread(b"A_KEY")\n', True),
        ("-- app.py --\nrun('echo ${A_KEY}')\n", True),
        ("-- app.py --\nrun('echo $A_KEY; echo $A_KEY_2')\n", True),
        ("-- app.py --\nA_KEY = 1\n-- b.py --\nread('A_KEY')\n", True),
        ("-- app.py --\nread('A_KEY')\n-- b.py --\nA_KEY = 1\n", True),
        (f"-- app.py --\n{' + '.join(f'name_{n}' for n in range(50))}\nread('A_KEY')\n", True),
        ("-- src/main.tsx --\nimport.meta.env.A_KEY\n", True),
        ("-- app.rb --\nENV['A_KEY']\n", True),
        ("-- run --\n#!/bin/sh\necho $A_KEY\n", True),
        ("-- Dockerfile.web --\nARG A_KEY\n", True),
        ("-- .github/workflows/ci.yml --\nenv:\n  A_KEY: x\n", True),
        ("-- nginx.conf.template --\n${A_KEY}\n", True),
        ("-- infra/main.tf --\nA_KEY = var.a\n", True),
    ],
)
def test_names_that_count_as_used(tmp_path: Path, text: str, certain: bool) -> None:
    assert opened(tmp_path, text).project.mentioned(frozenset({"A_KEY", "B"})) == {"A_KEY": certain}


def test_a_lower_case_name(tmp_path: Path) -> None:
    project = opened(tmp_path, "-- main.js --\nprocess.env.a_key\n").project
    assert project.mentioned(frozenset({"B"})) == {}
    assert project.mentioned(frozenset({"a_key"})) == {"a_key": True}


def test_open_text_counts_and_changes_are_seen(tmp_path: Path) -> None:
    it = opened(tmp_path, "-- main.js --\nold\n")
    names = frozenset({"A_KEY"})
    assert it.project.mentioned(names) == {}
    it.workspace.open(it.path("main.js"), "process.env.A_KEY")
    assert it.project.mentioned(names) == {"A_KEY": True}
    it.workspace.close(it.path("main.js"))
    assert it.project.mentioned(names) == {}
    (tmp_path / "other.js").write_text("process.env.A_KEY")
    it.workspace.changed_on_disk(it.path("other.js"))
    assert it.project.mentioned(names) == {"A_KEY": True}


def test_what_powershell_writes_is_read(tmp_path: Path) -> None:
    it = opened(
        tmp_path,
        "-- requirements.txt as utf-16 --\nboto3==1.35\n-- main.js as utf-16 --\nprocess.env.A_KEY\n"
        "-- .env --\nAWS_ACCESS_KEY_ID=x\n",
    )
    assert it.project.mentioned(frozenset({"A_KEY"})) == {"A_KEY": True}
    assert it.workspace.findings(it.path(".env")) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes")
@pytest.mark.parametrize(
    ("files", "found"),
    [
        ("-- app.py as pipe --\n", {"A_KEY": True}),
        ("-- web/main.js as pipe --\n", {"A_KEY": True}),
        ("-- log as pipe --\n", {}),
        ("-- gone.py -> nowhere.py --\n", {}),
    ],
)
def test_code_that_cannot_be_read_may_mention_anything(
    tmp_path: Path, files: str, found: dict[str, bool]
) -> None:
    it = opened(tmp_path, files)
    assert it.project.mentioned(frozenset({"A_KEY"})) == found
    for path in tmp_path.rglob("*.*"):
        path.unlink()
        path.write_text("")
    assert it.project.mentioned(frozenset({"A_KEY"})) == {}
