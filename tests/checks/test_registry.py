"""The examples of every check, and rules that hold for all checks."""

from __future__ import annotations

import pytest

from configvars.checks import CHECKS
from configvars.checks.groups import OFF_BY_DEFAULT
from configvars.checks.why_no_fix import WHY_NO_FIX
from configvars.model import Severity
from configvars.settings import Settings
from support.examples import findings, found_without_subject, opened_example, rendered
from support.projects import opened

EXAMPLES = [
    pytest.param(check, example, id=f"{check.name}-{number}")
    for check in CHECKS
    for number, example in enumerate((*check.silent, *check.examples))
]


def found(project, check):
    return findings(project, [check])


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_example(tmp_path, check, example):
    it = opened_example(tmp_path, check, example)
    assert rendered(it, check) == example.found, "`make expected` writes what is found now"
    assert found_without_subject(check, it.project) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_has_examples_with_and_without_findings(check):
    assert check.silent
    assert check.examples
    assert not any(example.found for example in check.silent)
    assert all(example.found for example in check.examples)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_finding_has_a_fix_or_its_check_says_why_not(check):
    lines = [line for example in check.examples for line in example.found]
    assert check.name in WHY_NO_FIX or all("[fix" in line for line in lines)


def test_only_checks_say_why_there_is_no_fix():
    assert {check.name for check in CHECKS} >= set(WHY_NO_FIX)


def test_names_are_unique():
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_settings_change_the_severity_or_turn_a_check_off(tmp_path, check):
    it = opened(tmp_path, check.examples[0].text)
    for severity in Severity:
        it.workspace.configure(Settings(checks={check.name: severity}))
        assert {finding.severity for finding in found(it.project, check)} == {severity}
    it.workspace.configure(Settings(checks={check.name: None}))
    assert found(it.project, check) == []


@pytest.mark.parametrize(
    "check", [c for c in CHECKS if c.name in OFF_BY_DEFAULT], ids=lambda check: check.name
)
def test_a_check_that_is_off_runs_if_it_is_selected(tmp_path, check):
    it = opened(tmp_path, check.examples[0].text)
    assert found(it.project, check) == []
    for asked in (Settings(select=("ALL",)), Settings(checks={check.name: Severity.HINT})):
        it.workspace.configure(asked)
        assert found(it.project, check)
    assert "off by default" in check.what
