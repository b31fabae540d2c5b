"""The `heroku local` dialect reads env files as the code of the installed Heroku CLI does."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given

from configvars.syntax.dialects import reading
from support.parts import heroku_cli, missing
from support.properties import env_lines, env_texts, thorough

SCRIPT = Path(__file__).parents[1] / "support" / "envs.js"
pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The CLI's own code in Node: gets texts on stdin, prints the variables that it reads."""
    dist = heroku_cli().resolve().parents[1] / "dist"
    if not (dist / "lib/local/foreman/envs.cjs").is_file():
        missing("a Heroku CLI that was installed with npm", "run `make parts`")
    file = tmp_path_factory.mktemp("heroku-local") / ".env"
    command = [shutil.which("node") or "node", str(SCRIPT), str(dist), str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        yield child
        child.stdin.close()  # type: ignore[union-attr]


@thorough
@given(env_texts | env_lines)
@example("A='x\r\ry'\n\r  \r\n# c\r# d\nB=1")
@example("B=x\r#y\nC=x#\u2028y\n\U0001f600=\nD=1 # c\u2028")
@example('{"a": {"b": "x"}, "c": [1, true, null]}')
def test_the_dialect_reads_like_the_cli(cli: subprocess.Popen[str], text: str) -> None:
    assert cli.stdin is not None
    assert cli.stdout is not None
    cli.stdin.write(json.dumps(text) + "\n")
    cli.stdin.flush()
    theirs = json.loads(cli.stdout.readline())
    found = reading(text, "heroku local")
    ours = {name: one.value.reveal() for name, one in found.given.items() if one.value is not None}
    assert ("stops" if found.stops else ours) == (theirs if theirs == "stops" else as_texts(theirs))


def as_texts(values: dict[str, object]) -> dict[str, str]:
    """The values of a JSON file as strings, as a process gets them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()
    }
