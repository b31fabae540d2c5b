"""What a dyno sets before a program starts: `.profile` and the commands of the Procfile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.platforms.base import AppSnapshot
from configvars.syntax.shell_exports import exported_names
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.git import git

NOT_CERTAIN = (
    "",
    "A=1",
    "# export A=1",
    "export A",
    "export A=",
    "export A=''",
    'export A="$B"',
    "export A=${B}",
    "export A=${B:-}",
    "if true; then\nexport A=1\nfi",
    "exit 0\nexport A=1",
    "return\nexport A=1",
    "f() {\nexport A=1\n}",
    "cat <<END\nexport A=1\nEND",
    "test -f a && export A=1",
    "export A=1 | cat",
    "(export A=1)",
    "export A=1 &",
    "echo '\nexport A=1\n'",
    "if true; then\nexport A=1\nelif false; then\nexport A=1\nfi",
    "if true; then\nexport A=1\nelse\nexport B=1\nfi",
    "export A=1\nif true; then\nexport A=\nfi",
    "export A=1\nif true; then\nunset A\nfi",
    "if true; then\nreturn\nfi\nexport A=1",
    "case $B in\nb) export A=1;;\nesac",
    "A=1\nexport -n A",
    "export A=1\nunset $B",
    '[ -n "$B" ] || export A=1',
    'if [ -z "$A" ]; then\nexit 1\nfi',
    '[ -n "$A" ] || exit 1',
    'if [ -n "$B" ]; then\nexport A=1\nelse\nexport A=$B\nfi',
    'export A="$*"',
)
CERTAIN = (
    "export A=1",
    "  export A=1  # why",
    "# first\n\nB=2\nexport C=3\nexport A='x y'",
    "export B=2 A=1",
    'export A="$HOME/bin:$PATH"',
    "export A=${B:-x}",
    'export A="postgres:$B"',
    "export A=1\nif true; then\nexport A=2\nfi",
    "export A=$(date)",
    'export A="$(echo "x (y)")"',
    "export A=`date`",
    "export B=$(date)\nexport A=1",
    "A=1\nexport A",
    "export A\nA=1",
    "export B A=1",
    "mkdir -p /tmp/x\nexport A=1",
    'echo "$B" > /dev/null\nexport A=1',
    "set -e\nexport A=1",
    "cat <<END >/dev/null\nunset A '\nEND\nexport A=1",
    "B=1\nexport A=$B",
    "B=x.y\nexport A=${B%%.*}",
    "export A=${B:-${HOME}}",
    "if true; then\nexport A=1\nelse\nexport A=2\nfi",
    'if [ -n "$B" ]; then\n  export A="$B"\nelse\n  export A=1\nfi',
    'if [ "$B" ]; then export A="$B"; elif false; then export A=1; else export A=2; fi',
    '[ -n "$A" ] || export A=1',
    '[ -z "$A" ] && export A=1',
    ': "${A:=1}"\nexport A',
    "set -a\nA=1\nset +a",
    "source /dev/null\nexport A=1",
    "export B=1 && export A=1",
    "f() {\nreturn\n}\nexport A=1",
    'if [ -z "$HOME" ]; then\nexit 1\nfi\nexport A=1',
    "export \\\n A=1",
)


@pytest.mark.parametrize("script", NOT_CERTAIN)
def test_what_is_not_certain(script: str) -> None:
    assert "A" not in exported_names(script)


@pytest.mark.parametrize("script", CERTAIN)
def test_what_is_certain(script: str) -> None:
    assert "A" in exported_names(script, lambda name: name == "HOME")


@pytest.mark.parametrize("value", ['"$B"', "${B%%.*}", "$C$B", "${C:-$B}", "${B:+x}"])
def test_a_value_from_another_variable(value: str) -> None:
    assert "A" not in exported_names(f"export A={value}")
    assert "A" in exported_names(f"export A={value}", lambda name: name == "B")


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("script", CERTAIN)
def test_bash_agrees(script: str) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{script}\nbash -c 'test -n \"$A\"'"],
        env={"PATH": os.environ["PATH"], "HOME": "/app"},
        timeout=20,
        check=False,
    )
    assert ran.returncode == 0


@pytest.mark.parametrize(
    "script",
    [
        "",
        "if true; then\nexport A=1\nfi",
        "if true; then export A=1; fi",
        "for a in b; do\n  export A=1\ndone",
        "test -f a && export A=1",
        "export A=1\nunset A",
        "export A=1\n. ./other",
        "export A=1\neval $B",
        "f() {\nexport A=1\n}",
        "cat <<END\nexport A=1\nEND",
    ],
)
def test_what_a_script_may_not_export(script: str) -> None:
    assert "A" not in exported_names(script)


@pytest.mark.parametrize(
    "script",
    [
        "#!/bin/sh\nset -e\nexport A=1\npython manage.py migrate\n",
        'if [ "$B" ]; then\n  echo $B\nfi\nexport A=1\n',
        "for a in b; do echo; done\nexport A=1",
    ],
)
def test_what_a_script_exports(script: str) -> None:
    assert "A" in exported_names(script)


APP = '-- app.py --\nimport os\nimport lib\n-- lib.py --\nimport os\nos.environ["A"]\n'
WEB = "web: A=1 gunicorn app:app\n"


@pytest.fixture
def missing(tmp_path: Path) -> Callable[[str], bool]:
    """Whether A is reported as not set on an empty app, for the committed files of a fixture."""

    def missing(files: str) -> bool:
        fixture(files).write(tmp_path)
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "-A")
        workspace = Workspace(str(tmp_path))
        workspace.apps = (AppSnapshot("heroku", "shop", datetime.now(UTC)),)
        for _ in workspace.load():
            pass
        found = run_checks(workspace.project(), str(tmp_path / "lib.py"))
        return "not-on-heroku" in {each.check for each in found}

    return missing


@pytest.mark.parametrize(
    "files",
    [
        f"{APP}-- Procfile --\nweb: gunicorn app:app\n",
        f"{APP}-- Procfile --\n{WEB}worker: python app.py\n",
        f"{APP}-- Procfile --\n{WEB}worker: ./start.sh\n",
        f"{APP}-- other.py --\n-- Procfile --\nweb: gunicorn app:app\nworker: A=1 python other.py\n",
        f"{APP}-- Procfile --\nweb: B=1 gunicorn app:app\n",
        f"{APP}-- profile --\nexport A=1\n",
        f"{APP}-- sub/.profile --\nexport A=1\n",
        f"{APP}-- .profile --\nexport A=1\n-- .gitignore --\n.profile\n",
        f"{APP}-- .profile --\nexport A=1\n-- heroku.yml --\nbuild:\n",
        f'{APP}-- .profile --\nexport A="$B"\n',
        f"{APP}-- Procfile --\nweb: bin/start\n-- bin/start --\nexec gunicorn app:app\nexport A=1\n",
        f"{APP}-- Procfile --\nweb: bin/start\n-- bin/start --\nif B; then export A=1; fi\npython app.py\n",
        f"{APP}-- Procfile --\nweb: bin/start\nworker: python app.py\n"
        "-- bin/start --\nexport A=1\ngunicorn app:app\n",
        f"{APP}-- Procfile --\nweb: uvicorn --env-file x.env app:app\n-- x.env --\nA\nB=1\n",
        f"{APP}-- Procfile --\nweb: dotenv run -- python app.py\n-- .env --\nA=1\n-- .gitignore --\n.env\n",
    ],
)
def test_it_is_missing(missing: Callable[[str], bool], files: str) -> None:
    assert missing(files)


@pytest.mark.parametrize(
    "files",
    [
        f"{APP}-- Procfile --\n{WEB}",
        f"{APP}-- Procfile --\n{WEB}worker: A=2 python app.py\n",
        f"{APP}-- other.py --\n-- Procfile --\n{WEB}worker: python other.py\n",
        f"{APP}-- .profile --\nexport A=1\n",
        f"{APP}-- .profile.d/env.sh --\nexport A=1\n",
        f"{APP}-- .profile --\nmkdir -p /app/tmp\nexport A=$(date +%s)\n",
        f"{APP}-- Procfile --\nweb: bin/start\n-- bin/start --\nA=$DYNO\nexport A\ngunicorn app:app\n",
        f"{APP}-- Procfile --\nweb: bin/start\n-- bin/start --\nset -e\nexport A=1\nexec gunicorn app:app\n",
        f"{APP}-- Procfile --\nweb: B=1 bash bin/start.sh\n-- bin/start.sh --\nA=1 python app.py\n",
        f"{APP}-- Procfile --\nweb: A=1 bin/start\n-- bin/start --\npython app.py\n",
        f"{APP}-- Procfile --\nweb: gunicorn -e A=1 app:app\n",
        f"{APP}-- Procfile --\nweb: bash -c 'export A=1 && gunicorn app:app'\n",
        f"{APP}-- Procfile --\nweb: uvicorn --env-file x.env app:app\n-- x.env --\nA=1\n",
        f"{APP}-- Procfile --\nweb: dotenv run -- python app.py\n-- .env --\nA=1\n",
    ],
)
def test_it_is_not_missing(missing: Callable[[str], bool], files: str) -> None:
    assert not missing(files)
