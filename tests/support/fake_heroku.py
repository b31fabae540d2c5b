"""A `heroku` command that answers from a file and can be made to hang. It is outside every workspace."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """#!{python} -IS
import json, os, sys, time
folder = {folder!r}
with open(folder + "/calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
while os.path.exists(folder + "/hang"):
    time.sleep(0.01)
command, app = sys.argv[1], sys.argv[-1].removeprefix("--app=")
with open(folder + "/apps.json") as file:
    apps = json.load(file)
if command == "apps":
    team = {{"shop": {{"name": "acme"}}}}
    print(json.dumps([{{"name": name, "team": team.get(name)}} for name in apps]))
elif command == "pipelines:info" and app == "shop-line":
    stages = {{"staging": "staging", "7": "review"}}
    stage = lambda name: {{"stage": stages.get(name.rpartition("-")[2], "production")}}
    print(json.dumps({{"apps": [{{"name": name, "pipelineCoupling": stage(name)}} for name in apps]}}))
elif command == "pipelines:info":
    sys.exit("Error: Pipeline not found")
elif app not in apps:
    sys.exit("Error: Couldn't find that app.")
else:
    print(json.dumps({{"config": apps[app], "addons": []}}.get(command, {{}})))
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

    def hang(self) -> None:
        """From now on, let calls hang."""
        (self.folder / "hang").touch()

    def go_on(self) -> None:
        (self.folder / "hang").unlink()


def fake_heroku(folder: Path, apps: Mapping[str, Mapping[str, str]]) -> FakeHeroku:
    """Write the command and the config vars of its apps."""
    (folder / "bin").mkdir(parents=True)
    (folder / "apps.json").write_text(json.dumps(apps))
    script = folder / "bin" / "heroku"
    script.write_text(_SCRIPT.format(python=sys.executable, folder=str(folder)))
    script.chmod(0o755)
    return FakeHeroku(folder)
