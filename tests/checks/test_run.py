"""Which findings settings and comments suppress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.checks.run import findings, run
from configvars.failures import Failure
from configvars.model import FileFacts, Finding, Severity
from configvars.project import Project
from configvars.settings import Settings
from configvars.text import Span
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.projects import opened

FILES = "-- app.json --\n{,}\n-- sub/.env --\nA=1\nA=2\n"


@pytest.mark.parametrize(
    ("ignores", "found"),
    [
        ({}, {"syntax-error", "duplicate-variable"}),
        ({"app.json": ("syntax-error",), "sub/": ("duplicate-variable",)}, set()),
        ({"*": ("duplicate-variable",)}, {"syntax-error"}),
        ({"/.env": ("duplicate-variable",)}, {"syntax-error", "duplicate-variable"}),
        ({"app.json": ("duplicate-variable", "no-such-check")}, {"syntax-error", "duplicate-variable"}),
        ({"!": ("syntax-error",), ".env": ("duplicate-variable",)}, {"syntax-error"}),
    ],
)
def test_checks_that_a_setting_ignores_in_some_files(
    tmp_path: Path, ignores: dict[str, tuple[str, ...]], found: set[str]
) -> None:
    fixture(FILES).write(tmp_path)
    only = {"syntax-error", "duplicate-variable"}
    workspace = Workspace(str(tmp_path), Settings(per_file_ignores=ignores))
    for _ in workspace.load():
        pass
    findings = [each for path in workspace.project().index.files for each in workspace.findings(path)]
    assert {each.check for each in findings} & only == found


def _at_the_second(facts: FileFacts, project: Project) -> Iterator[Finding]:
    yield Finding("broken", Severity.WARNING, "found before the error", facts.path, Span(0, 1))
    raise ValueError(project.text_of(facts.path))


def test_a_failing_check_loses_only_its_own_findings(tmp_path: Path, faults: list[Failure]) -> None:
    it = opened(tmp_path, "-- .env --\nA=canary\nA=2\n-- sub/.env --\nB=1\n")
    broken = Check("broken", Severity.WARNING, "", "", "", _at_the_second, (), ())
    found = [finding.check for finding in run((broken, *CHECKS), it.project, it.path(".env"))]
    assert found[0] == "broken"
    assert found.count("broken") == 1
    assert {"duplicate-variable", "unused-variable"} <= set(found)
    assert re.fullmatch(
        r"the check broken on \.env failed: ValueError at checks/run\.py:\d+", str(faults.pop())
    )
    run((broken,), it.project, it.path("sub/.env"))
    assert faults.pop().what == "the check broken on sub/.env"


def test_an_error_does_not_count_if_a_file_came_or_went_meanwhile(
    tmp_path: Path, faults: list[Failure]
) -> None:
    def failing(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
        yield None
        raise KeyError(facts.path)

    it = opened(tmp_path, "-- .env --\nA=1\n")
    check = Check("failing", Severity.WARNING, "", "", "", failing, (), ())
    running = findings([check], it.project, it.path(".env"))
    assert next(running) is None
    it.workspace.open(it.path("new.env"), "B=1\n")
    assert [*running] == [None]
    assert faults == []


def test_a_settings_module_counts_as_soon_as_a_file_names_it(tmp_path: Path) -> None:
    files = (
        "-- .env --\nA=1\n-- shop/settings/aws.py --\nimport os\nos.environ['B']\n-- run.py --\nimport os\n"
    )
    fixture(files).write(tmp_path)
    workspace = Workspace(str(tmp_path))
    list(workspace.load())
    aws, run_py = str(tmp_path / "shop/settings/aws.py"), str(tmp_path / "run.py")
    assert [found.severity for found in workspace.findings(aws)] == [Severity.INFORMATION]
    workspace.open(
        run_py, "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.aws')\n"
    )
    assert [found.severity for found in workspace.findings(aws)] == [Severity.WARNING]
    workspace.close(run_py)
    assert [found.severity for found in workspace.findings(aws)] == [Severity.INFORMATION]


def test_patterns_of_ignored_files_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture(FILES).write(tmp_path)
    workspace = Workspace(str(tmp_path), Settings(per_file_ignores={"sub/": ("duplicate-variable",)}))
    for _ in workspace.load():
        pass
    compiled: list[object] = []
    compile_them = GitIgnoreSpec.from_lines

    def from_lines(lines: list[str]) -> GitIgnoreSpec:
        compiled.append(lines)
        return compile_them(lines)

    monkeypatch.setattr(GitIgnoreSpec, "from_lines", from_lines)
    for text in ("A=1\n", "A=1\nA=2\n"):
        for _ in workspace.opening(str(tmp_path / ".env"), text):
            pass
        for path in workspace.project().index.files:
            workspace.findings(path)
    assert [lines for lines in compiled if lines == ["sub/"]] == [["sub/"]]
