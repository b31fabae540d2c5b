"""A `heroku` command that answers from files and can be made to hang or fail, outside every workspace."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# A shell starts ten times as fast as Python.
_SCRIPT = """#!/bin/sh
cd {folder}
printf '%s\\n' "$*" >> calls
while [ -e hang ]; do sleep 0.01; done
for app; do :; done
app=${{app#--app=}}
fail() {{ printf '%s\\n' "Error: $1" >&2; exit 1; }}
[ "$1" != login ] || exec rm out
[ ! -e out ] || fail 'Invalid credentials provided.'
case $1 in
apps) answer=apps ;;
pipelines:info) answer=pipeline.$app; [ -e "$answer" ] || fail 'Pipeline not found' ;;
*) answer=$1.$app; [ -e "app.$app" ] || fail "Couldn't find that app." ;;
esac
[ ! -e "$answer" ] || exec cat "$answer"
echo '{{}}'
"""


@dataclass(frozen=True)
class FakeHeroku:
    """The command in `folder`/bin. `env` contains the variables with which a server finds it."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        return {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    @property
    def calls(self) -> list[str]:
        """The command lines so far."""
        told = self.folder / "calls"
        return told.read_text().splitlines() if told.exists() else []

    def answer(self, apps: Mapping[str, Mapping[str, str]]) -> None:
        """From now on, have these apps with these config vars."""
        coupled = [{"name": name, "pipelineCoupling": {"stage": _stage(name)}} for name in apps]
        listed = [{"name": name, "team": {"name": "acme"} if name == "shop" else None} for name in apps]
        answers = {"apps": listed, "pipeline.shop-line": {"apps": coupled}}
        for name, config in apps.items():
            answers |= {f"app.{name}": {}, f"config.{name}": config, f"addons.{name}": []}
        for file, answer in answers.items():
            (self.folder / file).write_text(json.dumps(answer) + "\n")

    def hang(self) -> None:
        """From now on, let calls hang."""
        (self.folder / "hang").touch()

    def go_on(self) -> None:
        (self.folder / "hang").unlink()

    def log_out(self) -> None:
        """From now on, reject calls until `heroku login` is run."""
        (self.folder / "out").touch()

    def uninstall(self) -> None:
        """From now on, have no command."""
        (self.folder / "bin/heroku").rename(self.folder / "uninstalled")

    def install(self) -> None:
        (self.folder / "uninstalled").rename(self.folder / "bin/heroku")


def fake_heroku(folder: Path, apps: Mapping[str, Mapping[str, str]]) -> FakeHeroku:
    """Write the command and the config vars of its apps."""
    (folder / "bin").mkdir(parents=True)
    script = folder / "bin" / "heroku"
    script.write_text(_SCRIPT.format(folder=shlex.quote(str(folder))))
    script.chmod(0o755)
    fake = FakeHeroku(folder)
    fake.answer(apps)
    return fake


def _stage(app: str) -> str:
    return {"staging": "staging", "7": "review"}.get(app.rpartition("-")[2], "production")
