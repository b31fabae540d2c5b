"""Which findings a change causes, from the state before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from configvars.cli.before import Before, Givers, givers_of, in_inventory, needs_of, seen_in
from configvars.cli.errors import CannotRun
from configvars.model import Finding, Need, Severity, Variable
from configvars.text import Span
from support.projects import opened

FILES = """\
-- app.py --
import os
os.environ["REQUIRED"]
os.getenv("TWICE")
os.environ["TWICE"]
os.getenv("OPTIONAL")
if os.getenv("SWITCH"):
    os.environ["BEHIND"]
os.environ["WRITTEN"] = "x"
os.environ.setdefault("DEFAULT", "x")
-- scripts/seed.py --
import os
os.environ["OF_SCRIPT"]
-- tests/test_app.py --
import os
os.environ["OF_TEST"]
os.environ["WRITTEN_BY_TEST"] = "x"
-- .env --
IN_FILE=1
-- .env.example --
IN_TEMPLATE=1
"""


def finding(check: str, name: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(check, severity, "", "/ws/app.py", Span(0, 0), variable=Variable("env", name))


def is_new(before: Before, folder: Path, found: Finding, gone: Givers = frozenset()) -> bool:
    return before.is_new(found, opened(folder, FILES).project, gone)


def test_the_strongest_need_of_each_variable_counts(tmp_path: Path) -> None:
    needs = needs_of(opened(tmp_path, FILES).project)
    assert needs == {
        "REQUIRED": Need.REQUIRED,
        "TWICE": Need.REQUIRED,
        "OPTIONAL": Need.OPTIONAL,
        "SWITCH": Need.OPTIONAL,
        "BEHIND": Need.GUARDED,
        "DEFAULT": Need.DEFAULTED,
        "OF_SCRIPT": Need.GUARDED,
    }


def test_only_the_wanted_files_count(tmp_path: Path) -> None:
    needs = needs_of(opened(tmp_path, FILES).project, lambda path: path.endswith("seed.py"))
    assert needs == {"OF_SCRIPT": Need.GUARDED}


def test_what_sets_variables(tmp_path: Path) -> None:
    assert givers_of(opened(tmp_path, FILES).project) == {
        ("write", "WRITTEN"),
        ("write", "DEFAULT"),
        ("file", "IN_FILE"),
    }


def reference(name: str, **more: object) -> dict[str, object]:
    return {"scope": "env", "name": name, "path": "app.py", "access": "read", "idiom": "os.environ[]", **more}


def test_an_inventory_tells_the_same(tmp_path: Path) -> None:
    document = {
        "version": 1,
        "references": [
            reference("A", need="required"),
            reference("B", need="optional"),
            reference("B", need="required"),
            reference("C", need="required", switch="X"),
            reference("D", need="required", path="scripts/seed.py"),
            reference("E", need="required", path="tests/test_a.py"),
            reference("F", need="required", scope="flask"),
            reference("G", access="write"),
            reference("H", idiom="os.environ.setdefault", need="defaulted"),
            reference("I", access="test"),
        ],
        "definitions": [
            {"scope": "env", "name": "J", "kind": "dotenv", "declaration": False},
            {"scope": "env", "name": "K", "kind": "dotenv", "declaration": True},
            {"scope": "env", "name": "L", "kind": "app.json", "declaration": True, "required": True},
            {"scope": "env", "name": "M", "kind": "app.json", "declaration": True},
            {"scope": "flask", "name": "N", "kind": "dotenv", "declaration": False},
        ],
    }
    (tmp_path / "before.json").write_text(json.dumps(document))
    before = in_inventory("before.json", str(tmp_path))
    assert before.needs == {
        "A": Need.REQUIRED,
        "B": Need.REQUIRED,
        "C": Need.GUARDED,
        "D": Need.GUARDED,
        "H": Need.DEFAULTED,
    }
    assert before.givers == {("write", "G"), ("write", "H"), ("file", "J")}
    assert (before.seen, before.declared) == (None, {"L": True, "M": False})


def test_an_inventory_with_the_findings_of_a_deploy(tmp_path: Path) -> None:
    found = [
        {"check": "not-on-heroku", "variable": "A", "severity": "error", "path": "app.py"},
        {"check": "not-on-heroku", "variable": "A", "severity": "warning", "path": "app.py"},
        {"check": "not-on-heroku", "variable": "B", "severity": "error", "path": "scripts/seed.py"},
        {"check": "unloaded-env-file", "severity": "information", "path": "own.env"},
    ]
    document = {"version": 1, "references": [], "deploy": {"findings": found}}
    (tmp_path / "before.json").write_text(json.dumps(document))
    before = in_inventory("before.json", str(tmp_path))
    assert before.seen == {
        ("not-on-heroku", "A"): 0,
        ("not-on-heroku", "B"): 4,
        ("unloaded-env-file", "own.env"): 2,
    }
    assert before.other_apps


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "The inventory x.json does not exist."),
        ('{"version": 2}', "has another version: write it again."),
        ("[]", "is not what `configvars inventory --output-format json` writes."),
        ('{"version": 1}', "is not what"),
        ('{"references": [{"scope": "env"}]}', "is not what"),
        ("[" * 100_000, "is not what"),
    ],
)
def test_a_file_that_is_no_inventory(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "x.json").write_text(text)
    with pytest.raises(CannotRun, match=r"The inventory x\.json") as refused:
        in_inventory("x.json", str(tmp_path))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "severity", "expected"),
    [
        ("KNOWN", Severity.WARNING, False),
        ("KNOWN", Severity.INFORMATION, False),
        ("KNOWN", Severity.ERROR, True),
        ("NEW", Severity.HINT, True),
    ],
)
def test_what_an_app_lacked_before_is_new_only_if_it_is_graver(
    tmp_path: Path, name: str, severity: Severity, expected: bool
) -> None:
    before = Before({}, {("not-on-heroku", "KNOWN"): Severity.WARNING.rank})
    assert is_new(before, tmp_path, finding("not-on-heroku", name, severity)) is expected


@pytest.mark.parametrize(
    ("check", "severity", "expected"),
    [
        ("not-on-heroku", Severity.ERROR, True),
        ("not-on-heroku", Severity.INFORMATION, False),
        ("only-on-heroku", Severity.WARNING, False),
    ],
)
def test_an_inventory_knows_no_app(tmp_path: Path, check: str, severity: Severity, expected: bool) -> None:
    before = Before({}, {}, other_apps=True)
    assert before.is_first_seen(finding(check, "NEW", severity), opened(tmp_path, FILES).project) is expected


@pytest.mark.parametrize(
    ("name", "gone", "expected"),
    [
        ("REQUIRED", frozenset[tuple[str, str]](), False),
        ("REQUIRED", frozenset({("write", "OTHER")}), False),
        ("OPTIONAL", frozenset[tuple[str, str]](), True),
        ("NEW", frozenset[tuple[str, str]](), True),
        ("REQUIRED", frozenset({("write", "REQUIRED")}), True),
        ("REQUIRED", frozenset({("file", "REQUIRED")}), True),
    ],
)
def test_a_variable_is_new_if_the_code_did_not_require_it(
    tmp_path: Path, name: str, gone: frozenset[tuple[str, str]], expected: bool
) -> None:
    before = Before({"REQUIRED": Need.REQUIRED, "OPTIONAL": Need.OPTIONAL})
    assert is_new(before, tmp_path, finding("not-on-heroku", name), gone) is expected


@pytest.mark.parametrize(
    ("name", "severity", "expected"),
    [
        ("REQUIRED", Severity.ERROR, False),
        ("OPTIONAL", Severity.WARNING, False),
        ("OPTIONAL", Severity.ERROR, True),
        ("NEW", Severity.WARNING, True),
    ],
)
def test_a_declaration_is_new_if_it_was_not_required(
    tmp_path: Path, name: str, severity: Severity, expected: bool
) -> None:
    before = Before({}, None, declared={"REQUIRED": True, "OPTIONAL": False})
    assert is_new(before, tmp_path, finding("declared-not-on-heroku", name, severity)) is expected


def test_the_most_severe_finding_about_a_variable_counts(tmp_path: Path) -> None:
    severities = (Severity.INFORMATION, Severity.WARNING, Severity.HINT)
    found = [finding("not-on-heroku", "A", each) for each in severities]
    of_script = Finding("not-on-heroku", Severity.ERROR, "", str(tmp_path / "scripts/seed.py"), Span(0, 0))
    assert seen_in([*found, of_script], opened(tmp_path, FILES).project) == {
        ("not-on-heroku", "A"): 1,
        ("not-on-heroku", "scripts/seed.py"): 4,
    }
