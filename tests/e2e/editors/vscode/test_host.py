"""The packaged extension in the real extension host of the current VS Code, and of the oldest supported
one.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from support.code_server import code_server, run_in_host

SCENARIOS = Path(__file__).parent / "host"
pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("version", ["code-server", "code-server-4.100"])
def test_features(version, browser, workspace, tmp_path):
    with code_server(version, tmp_path / "vs", trusted=True) as server:
        run = run_in_host(browser, server, workspace, SCENARIOS / "features.js")
    assert run.code == 0, "\n".join(run.lines)


PYTHON_EXTENSIONS = {
    "it never starts": ("python", "exports.activate = () => new Promise(() => undefined);"),
    "it never answers": (
        "python",
        "exports.activate = () => ({ environments: { getActiveEnvironmentPath: () => ({ path: 'x' }),"
        " resolveEnvironment: () => new Promise(() => undefined),"
        " onDidChangeActiveEnvironmentPath: () => undefined } });",
    ),
    "Python Environments never starts": (
        "vscode-python-envs",
        "exports.activate = () => new Promise(() => undefined);",
    ),
}


@pytest.mark.parametrize(("name", "code"), PYTHON_EXTENSIONS.values(), ids=PYTHON_EXTENSIONS)
def test_a_python_extension_that_hangs_does_not_block(name, code, browser, workspace, tmp_path):
    manifest = {"name": name, "publisher": "ms-python", "version": "9999.0.0"}
    manifest |= {"engines": {"vscode": "^1.91.0"}, "main": "./extension.js", "activationEvents": []}
    package = tmp_path / "python.vsix"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("extension/package.json", json.dumps(manifest))
        archive.writestr("extension/extension.js", code)
    with code_server("code-server", tmp_path / "vs", trusted=True, extensions=[package]) as server:
        run = run_in_host(browser, server, workspace, SCENARIOS / "hanging.js")
    assert run.code == 0, "\n".join(run.lines)


@pytest.mark.parametrize("trusted", [False, True], ids=["restricted", "trusted"])
def test_nothing_in_a_hostile_workspace_is_run(trusted, browser, workspace, tmp_path):
    marker = tmp_path / "pwned"
    plant(workspace, marker)
    environment = {"PATH": f":.:{workspace}:{workspace / 'bin'}"}
    with code_server(
        "code-server", tmp_path / "vs", trusted=trusted, environment=environment, cwd=workspace
    ) as server:
        run = run_in_host(browser, server, workspace, SCENARIOS / "hostile.js")
    assert run.code == 0, "\n".join(run.lines)
    assert f"trusted: {str(trusted).lower()}" in run.lines[0]
    assert not marker.exists(), marker.read_text()


def plant(workspace: Path, marker: Path) -> None:
    """Write modules and programs with the names of ours and of what we use into the folder.

    Each leaves a mark if it runs.
    """
    for name in ("attrs", "attr", "pygls", "configvars", "server", "tree_sitter", "sitecustomize", "json"):
        code = f"open({str(marker)!r}, 'a').write('module {name}\\n')\n"
        (workspace / f"{name}.py").write_text(code)
        (workspace / name).mkdir()
        (workspace / name / "__init__.py").write_text(code)
    for name in ("heroku", "git", "python", "python3", "node"):
        for program in (workspace / name, workspace / "bin" / name, workspace / ".venv/bin" / name):
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(f"#!/bin/sh\necho {program} >> '{marker}'\n")
            program.chmod(0o755)
    planted = str(workspace / "python3")
    settings = {
        "configvars.path": planted,
        "configvars.interpreter": planted,
        "configvars.heroku.path": str(workspace / "heroku"),
        "configvars.heroku.apps": ["victim-prod"],
        "python.defaultInterpreterPath": planted,
    }
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode/settings.json").write_text(json.dumps(settings))
    (workspace / ".git").mkdir()
    (workspace / ".git/config").write_text(
        f"[core]\n\tfsmonitor = echo fsmonitor >> '{marker}'\n"
        '[remote "heroku"]\n\turl = https://git.heroku.com/victim-prod.git\n[heroku]\n\tremote = heroku\n'
    )
    (workspace / ".git/HEAD").write_text("ref: refs/heads/main\n")
