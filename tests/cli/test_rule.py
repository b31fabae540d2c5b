"""`configvars rule`: the pages of the checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.checks import CHECKS
from configvars.checks.groups import GROUPS


def test_list(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "rule")
    assert ran.status == 0
    listed = [line.split()[:2] for line in ran.out.splitlines()]
    assert listed == [["CHECK", "SEVERITY"], *([check.name, check.severity] for check in CHECKS)]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_page(run: Run, tmp_path: Path, check: object) -> None:
    found = next(each for each in CHECKS if each is check)
    ran = run(tmp_path, "rule", found.name)
    assert ran.status == 0
    text = f"{found.name} ({found.severity}) {found.summary} {found.what} Why it matters {found.why}"
    assert " ".join(ran.out.split()).startswith(" ".join(text.split()))
    prose, _, _ = ran.out.partition("\nReported\n")
    assert [line for line in prose.splitlines() if len(line) > 100 and not line.startswith(("- ", " "))] == []
    assert f"# configvars: ignore[{found.name}]" in ran.out
    assert all(line in ran.out for example in found.examples for line in example.found)


def test_json(run: Run, tmp_path: Path) -> None:
    document = json.loads(run(tmp_path, "rule", "missing-variable", "--output-format", "json").out)
    assert document["version"] == 1
    (rule,) = document["rules"]
    assert (rule["name"], rule["severity"]) == ("missing-variable", "warning")
    assert all(example["found"] for example in rule["examples"])


def test_no_such_check(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "rule", "mising-variable")
    assert ran.status == 2
    assert ran.err == "configvars: There is no check mising-variable. Did you mean missing-variable?\n"


def test_the_checks_of_a_group(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "rule", "secrets")
    assert ran.status == 0
    assert {line.split()[0] for line in ran.out.splitlines()[1:]} == set(GROUPS["secrets"])
    assert run(tmp_path, "rule", "ALL").out == run(tmp_path, "rule").out
