"""The paths of a report: what reads it decides to which folder they are relative."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran, Run
from configvars.cli.arguments import OUTPUT_FORMATS
from support.fixtures import fixture
from support.git import git

CODE = """\
-- app.py --
import os

TOKEN = os.environ["TOKEN"]
-- .env --
A=1
-- Procfile --
web: x
"""
FOR_SERVICES = ("github", "gitlab", "sarif", "junit", "markdown")


@pytest.fixture
def backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a subfolder of a repository."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return repository(tmp_path / "work" / "repo", "back end")


def repository(top: Path, folder: str) -> Path:
    """A repository with a project in a folder."""
    project = top / folder
    project.mkdir(parents=True)
    git(top, "init", "-q")
    fixture(CODE).write(project)
    return project


def check(run: Run, folder: Path, output_format: str, *arguments: str) -> Ran:
    return run(folder, "check", "--select", "missing-variable", "--output-format", output_format, *arguments)


def path_of(run: Run, folder: Path, output_format: str, *arguments: str) -> str:
    """The path of the only finding."""
    written = check(run, folder, output_format, *arguments).out
    match output_format:
        case "json":
            path = json.loads(written)["findings"][0]["path"]
        case "gitlab":
            path = json.loads(written)[0]["location"]["path"]
        case "sarif":
            place = json.loads(written)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
            path = place["artifactLocation"]["uri"].replace("%20", " ")
        case _:
            path = re.search(r"[-./\w]*(back end/)?app\.py|back end/app\.py", written)[0]  # type: ignore[index]
    return str(path)


@pytest.mark.parametrize("output_format", FOR_SERVICES)
def test_services_look_paths_up_in_the_repository(run: Run, backend: Path, output_format: str) -> None:
    assert path_of(run, backend, output_format) == "back end/app.py"
    assert path_of(run, backend.parent, output_format, "back end") == "back end/app.py"
    assert path_of(run, backend, output_format, str(backend)) == "back end/app.py"


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
@pytest.mark.parametrize("output_format", FOR_SERVICES)
def test_the_service_says_where_the_repository_is(
    run: Run, backend: Path, monkeypatch: pytest.MonkeyPatch, variable: str, output_format: str
) -> None:
    link = backend.parents[2] / "link"
    link.symlink_to(backend.parents[1])
    for folder in (backend.parents[1], link):
        monkeypatch.setenv(variable, str(folder))
        assert path_of(run, backend, output_format) == "repo/back end/app.py"
    for elsewhere in ("", "relative", str(backend / "deeper"), str(backend.parents[2] / "work2")):
        monkeypatch.setenv(variable, elsewhere)
        assert path_of(run, backend, output_format) == "back end/app.py"


def test_without_a_repository_they_are_relative_to_the_project(
    run: Run, tree: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    root = tree(re.sub("^-- ", "-- shop/", CODE, flags=re.MULTILINE).replace("app.py", "src/app.py"))
    assert path_of(run, root / "shop" / "src", "gitlab") == "src/app.py"


def test_people_read_paths_relative_to_where_they_are(run: Run, backend: Path) -> None:
    inner = backend / "templates"
    inner.mkdir()
    for output_format in ("text", "concise"):
        assert check(run, backend, output_format).out.startswith("app.py:3")
        assert check(run, backend.parent, output_format, "back end").out.startswith("back end/app.py:3")
        shown = check(run, inner, output_format, "..").out
        assert shown.startswith("../app.py:3")
        assert "missing from ../.env" in shown


def test_json_is_relative_to_the_project(run: Run, backend: Path) -> None:
    assert path_of(run, backend.parent, "json", "back end") == "app.py"


@pytest.mark.parametrize("output_format", [*FOR_SERVICES, "json"])
def test_messages_show_paths_like_places(run: Run, backend: Path, output_format: str) -> None:
    shown = "back end/.env" if output_format in FOR_SERVICES else ".env"
    message = f"TOKEN is missing from {shown}"
    assert message in check(run, backend, output_format).out.replace("\\", "")


def test_sarif_says_where_each_repository_is(run: Run, backend: Path) -> None:
    other = repository(backend.parents[1] / "other", ".")
    written = check(run, backend, "sarif", ".", str(other)).out
    (sarif,) = json.loads(written)["runs"]
    artifacts = [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in sarif["results"]]
    assert artifacts == [
        {"uri": "back%20end/app.py", "uriBaseId": "SRCROOT"},
        {"uri": "app.py", "uriBaseId": "SRCROOT1"},
    ]
    assert sarif["originalUriBaseIds"] == {
        "SRCROOT": {"uri": f"{backend.parent.as_uri()}/"},
        "SRCROOT1": {"uri": f"{other.as_uri()}/"},
    }


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_every_format_says_what_was_checked(run: Run, backend: Path, output_format: str) -> None:
    for select in ("missing-variable", "duplicate-variable"):
        ran = run(backend, "check", "--select", select, "--output-format", output_format)
        said = ran.out + ran.err
        assert "Checked 3 files and 1 variable against" in said or '"python_files": 1' in said
