"""Configuration files of every kind: the work grows at most as n log n with their size."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.workspace import Workspace
from support.growth import grows_too_fast

pytestmark = [pytest.mark.slow, pytest.mark.beyond_limits]

Shape = Callable[[int], str]


def lines(line: str, before: str = "") -> Shape:
    return lambda n: before + "".join(f"{line}\n".replace("#", str(i)) for i in range(n))


FILES: dict[str, tuple[str, Shape]] = {
    "fly, variables": ("fly.toml", lines("K# = 'x'", "[env]\n")),
    "fly, processes": ("fly.toml", lines("p# = 'flask run'", "[processes]\n")),
    "fly, tables": ("fly.toml", lines("[a#]\nK = 'x'")),
    "pyproject, scripts": ("pyproject.toml", lines("s# = 'a:b'", "[project.scripts]\n")),
    "pyproject, pytest": ("pyproject.toml", lines("K# = 'x'", "[tool.pytest_env]\n")),
    "pyproject, pytest in lines": (
        "pyproject.toml",
        lambda n: "[tool.pytest.ini_options]\nenv = [" + "".join(f"'K{i}=x', " for i in range(n)) + "]\n",
    ),
    "app.json": ("app.json", lambda n: json.dumps({"env": {f"K{i}": {"value": "x"} for i in range(n)}})),
    "compose, a mapping": ("compose.yml", lines("      K#: x", "services:\n  a:\n    environment:\n")),
    "compose, a list": ("compose.yml", lines("      - K#=${B#}", "services:\n  a:\n    environment:\n")),
    "compose, services": (
        "compose.yml",
        lines("  s#:\n    command: flask run\n    env_file: a", "services:\n"),
    ),
    "a workflow": (".github/workflows/a.yml", lines("    - run: flask run", "jobs:\n  a:\n    steps:\n")),
    "render": ("render.yaml", lines("  - key: K#", "services:\n- type: web\n  envVars:\n")),
    "a Dockerfile": ("Dockerfile", lines("ENV K#=x", "FROM x\n")),
    "a Dockerfile, one instruction": (
        "Dockerfile",
        lambda n: "FROM x\nENV " + " ".join(f"K{i}=x" for i in range(n)),
    ),
    "a Procfile": ("Procfile", lines("w#: A=1 flask run && gunicorn app:app")),
    "a Makefile": ("Makefile", lines("K# = x\nexport K#\na#:\n\tflask run $(K#)")),
    "a shell script": ("run.sh", lines("export K#=x\nflask run", "#!/bin/sh\n")),
    ".envrc": (".envrc", lines("export K#=x\ndotenv .env.#")),
    "heroku.yml": ("heroku.yml", lines("    K#: x", "setup:\n  config:\n")),
    "launch.json": (
        ".vscode/launch.json",
        lambda n: json.dumps(
            {"configurations": [{"program": "app.py", "env": {f"K{i}": "x"}} for i in range(n)]}
        ),
    ),
    "a service": ("web.service", lines("Environment=K#=x\nExecStart=flask run", "[Service]\n")),
    "tox": ("tox.ini", lines("  K#=x", "[testenv]\nsetenv =\n")),
    "a template of Jinja": ("templates/x.html", lines("{{ config.K# }}{{ config['L#'] }}")),
    "a notebook": (
        "app.ipynb",
        lambda n: json.dumps(
            {"cells": [{"cell_type": "code", "source": [f"os.environ['K{i}']"]} for i in range(n)]}
        ),
    ),
    "a template": (".env.example", lines("# c #\nK#=")),
    "bare names": (".env", lines("K#")),
    "quotes": (".env", lines("K#='x\ny'")),
    "lines of a key": (".env", lines("MIIEpAIBAAKCAQEA1#=", "A=-----BEGIN KEY-----\n")),
    "one value that interpolates": (".env", lambda n: "A=" + "${B}" * n + "\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_work_grows_with_the_text(name: str, tmp_path: Path) -> None:
    file, shape = FILES[name]
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "app.py").write_text("import os\nos.environ['A'], int(os.environ['K1'])\n")

    def work(n: int) -> None:
        path.write_text(shape(n))
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        for each in workspace.project().index.files:
            workspace.findings(each)

    assert grows_too_fast(work, 100) is None


NO_NUMBERS = ["fly.toml", "pyproject.toml", "app.json", ".vscode/launch.json", "Dockerfile", "compose.yml"]


@pytest.mark.parametrize("file", NO_NUMBERS)
@pytest.mark.parametrize(
    "text",
    [
        f"a = {'1' * 5000}\n",
        f'{{"a": {"1" * 5000}}}',
        "a = 1e99999\nb = nan\n",
        "a = 9999-99-99\n",
        "a = [" * 3000,
        "[" + "a." * 3000 + "a]\n",
        f"CMD [{'1' * 5000}]\n",
        "a: !!int x\n",
        "a = '\x00'\n",
        "a = '\u2028\ud800'\n",
    ],
)
def test_text_that_libraries_stumble_over(file: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", "surrogatepass")
    workspace = Workspace(str(tmp_path))
    for _ in workspace.load():
        pass
    workspace.open(str(path), text)
    for each in workspace.project().index.files:
        workspace.findings(each)
