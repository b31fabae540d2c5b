"""Files that start many programs with many variables: the work is not the product of the two numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.limits import ENV_FILES, GIFTS, STARTS
from configvars.model import FileFacts
from configvars.workspace import Workspace
from support.growth import calls_of

pytestmark = pytest.mark.beyond_limits

KEYS = "".join(f"  K{i}: x\n" for i in range(1500))
FILES = {
    ".github/workflows/a.yml": f"env:\n{KEYS}jobs:\n  a:\n    steps:\n" + "    - run: A=1 flask run\n" * 1500,
    ".gitlab-ci.yml": f"variables:\n{KEYS}" + "".join(f"j{i}:\n  script: flask run\n" for i in range(1500)),
    "compose.yml": f"x: &e\n{KEYS}services:\n"
    + "".join(f"  s{i}:\n    command: flask run\n    environment: *e\n" for i in range(1500)),
    "render.yaml": "envVarGroups:\n- name: g\n  envVars:\n"
    + "".join(f"  - key: K{i}\n" for i in range(1500))
    + "services:\n"
    + "- startCommand: flask run\n  envVars:\n  - fromGroup: g\n" * 1500,
    "Dockerfile": "FROM x\n" + "".join(f"ENV K{i}=1\n" for i in range(1500)) + "CMD flask run\n" * 1500,
    "Makefile": "".join(f"export K{i}\n-include .env.{i}\n" for i in range(1500))
    + "a:\n"
    + "".join(f"\tcd x{i} && flask run\n" for i in range(1500)),
    "Procfile": "web: " + "A=1 flask run && " * 1500,
}


@pytest.mark.parametrize("name", FILES)
def test_not_every_program_times_every_variable(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FILES[name])
    found: list[FileFacts] = []

    def work() -> None:
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        found.append(workspace.project().index.files[str(path)])

    assert calls_of(work) < 1_500_000
    (facts,) = found
    assert len(facts.starts) <= STARTS.most
    assert max(len(start.given) for start in facts.starts) <= GIFTS.most + 1
    assert max(len(start.env_files) for start in facts.starts) <= ENV_FILES.most
    assert {limit for limit, _ in facts.limits} & {"starts", "variables of a start", "YAML aliases"}
