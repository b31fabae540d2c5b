"""The workflows that use secrets: pinned actions, locked tools, and nothing is published before it is
tested.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).parents[1]
WORKFLOWS = {path.stem: path for path in sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))}
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
PUBLISHERS = ("pypi", "marketplace", "open-vsx")
BUILT = {"build", "extension", "test-wheel", "test-extension"}
RELEASE: dict[str, Any] = yaml.safe_load(WORKFLOWS["release"].read_text("utf-8"))
JOBS: dict[str, Any] = RELEASE["jobs"]


def commands(job: dict[str, Any]) -> Iterator[str]:
    yield from (step["run"] for step in job["steps"] if "run" in step)


def needed(name: str) -> set[str]:
    """The jobs that must succeed before a job runs."""
    needs = JOBS[name].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct | {further for each in direct for further in needed(each)}


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_actions_are_pinned_by_commit(workflow: str) -> None:
    lines = [line.strip().removeprefix("- ") for line in WORKFLOWS[workflow].read_text("utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses:")]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_one_action_has_one_pin(workflow: str) -> None:
    pins = re.findall(r"uses: (\S+)@(\w+)", "".join(path.read_text("utf-8") for path in WORKFLOWS.values()))
    assert len(dict(pins)) == len(set(pins))


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_checkout_does_not_persist_its_token(workflow: str) -> None:
    for job in yaml.safe_load(WORKFLOWS[workflow].read_text("utf-8"))["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("job", JOBS)
def test_tools_of_a_release_are_locked(job: str) -> None:
    for command in commands(JOBS[job]):
        assert not re.search(r"\b(npx|npm (i|install|exec)|pipx|uvx|curl|wget)\b", command)
        for install in re.findall(r"pip install [^\n]*", command):
            assert re.search(r"--require-hashes|--no-deps --no-index", install)
        for install in re.findall(r"npm ci[^\n]*", command):
            assert "--ignore-scripts" in install


def test_nothing_is_published_before_everything_is_built_and_tested() -> None:
    for publisher in PUBLISHERS:
        assert needed(publisher) >= {*BUILT, "attest"}
    assert needed("release") >= set(PUBLISHERS)
    for number, publisher in enumerate(PUBLISHERS):  # one after the other
        assert needed(publisher) >= set(PUBLISHERS[:number])
    assert {name for name, job in JOBS.items() if "environment" in job} == set(PUBLISHERS)


def test_the_tested_files_are_published() -> None:
    for built, tested, artifact in (
        ("build", "test-wheel", "dist"),
        ("extension", "test-extension", "extension"),
    ):
        assert f"'name': '{artifact}'" in str(JOBS[built]["steps"])
        assert f"'name': '{artifact}'" in str(JOBS[tested]["steps"])
        assert not any(
            "make client" in command or " -m build" in command for command in commands(JOBS[tested])
        )
    (tests,) = (command for command in commands(JOBS["test-wheel"]) if "pytest" in command)
    assert "pythonpath=tests" in tests
    assert not any("actions/checkout" in step.get("uses", "") for step in JOBS["test-wheel"]["steps"])


def test_all_supported_pythons_are_tested() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    said = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    engine = yaml.safe_load(WORKFLOWS["test"].read_text("utf-8"))["jobs"]["engine"]
    for job in (engine, JOBS["test-wheel"]):
        assert job["strategy"]["matrix"]["python"] == said
        systems = {name.partition("-")[0] for name in job["strategy"]["matrix"]["os"]}
        assert systems == {"ubuntu", "macos", "windows"}  # "OS Independent"
    assert project["requires-python"] == f">={said[0]}"


def test_only_jobs_that_need_it_may_write_or_sign() -> None:
    assert RELEASE["permissions"] == {"contents": "read"}
    allowed = {
        "attest": {"attestations": "write", "id-token": "write"},
        "pypi": {"id-token": "write"},
        "marketplace": {"contents": "read", "id-token": "write"},
        "open-vsx": {"contents": "read"},
        "release": {"contents": "write"},
    }
    assert {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job} == allowed


def test_only_the_step_that_needs_a_secret_gets_it() -> None:
    for job in JOBS.values():
        assert "secrets." not in str({key: value for key, value in job.items() if key != "steps"})
        for step in job["steps"]:
            if "secrets." in str(step):
                assert "publish" in step.get("run", "") or step.get("uses", "").startswith("azure/login@")


def test_the_publishing_tools_are_locked() -> None:
    tools = json.loads((REPOSITORY / ".github/publish/package.json").read_text("utf-8"))["dependencies"]
    client = json.loads((REPOSITORY / "client-vscode/package.json").read_text("utf-8"))["devDependencies"]
    assert tools["@vscode/vsce"] == client["@vscode/vsce"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in tools.values())


def test_the_issue_templates_say_how_to_report() -> None:
    text = (REPOSITORY / "SECURITY.md").read_text("utf-8")
    assert "Report a vulnerability" in text
