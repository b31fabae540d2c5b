"""How commands call Heroku: all apps at once, with a time limit, and what they print if it fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import get_args

import pytest

from configvars.cli.errors import CannotRun
from configvars.cli.heroku import ask, for_a_terminal
from configvars.platforms.base import Reason
from configvars.platforms.heroku.failure import failure
from support.fake_heroku import fake_heroku

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

# Each call waits until the other app is asked for too, so calls one after the other would never end.
RENDEZVOUS = """#!{python} -IS
import os, sys, time
folder, app = {folder!r}, sys.argv[-1].removeprefix("--app=")
open(os.path.join(folder, "asked-" + app), "w").close()
until = time.monotonic() + 20
while len([name for name in os.listdir(folder) if name.startswith("asked-")]) < 2:
    if time.monotonic() > until:
        sys.exit("alone")
    time.sleep(0.01)
print("{{}}" if sys.argv[1] == "config" else "[]")
"""


def test_several_apps_are_asked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "heroku"
    script.write_text(RENDEZVOUS.format(python=sys.executable, folder=str(tmp_path)))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert [app.app for app in ask(["shop", "shop-staging", "shop"], [str(tmp_path / "project")], 30)] == [
        "shop",
        "shop-staging",
    ]


def test_a_misspelt_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_heroku(tmp_path, {"shop-staging": {}, "shop-production": {}})
    monkeypatch.setenv("PATH", fake.env["PATH"])
    with pytest.raises(CannotRun) as caught:
        ask(["shop-stagin"], [str(tmp_path / "project")])
    assert str(caught.value).startswith("Your Heroku account has no app called shop-stagin. ")
    assert str(caught.value).endswith(" Did you mean shop-staging?")


def test_the_time_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_heroku(tmp_path / "cli", {"shop": {}})
    fake.hang()
    monkeypatch.setenv("PATH", fake.env["PATH"])
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "configvars.toml").write_text("heroku.timeout = 1\n")
    with pytest.raises(CannotRun) as caught:
        ask(["shop"], [str(tmp_path / "project")])
    assert str(caught.value) == (
        "Heroku did not answer in time. Try again, or raise the setting `heroku.timeout`."
    )


BEFORE_A_CALL = ("absent", "invalid-app")  # reported before the CLI is called


@pytest.mark.parametrize("reason", [each for each in get_args(Reason) if each not in BEFORE_A_CALL])
def test_messages_advise_no_editor_commands(reason: Reason) -> None:
    said = for_a_terminal(failure(reason, "shop"))
    assert "heroku.path" not in said
    assert "efresh" not in said
    assert "start this program" not in said  # a terminal has started it


def test_the_advice_if_node_is_not_found() -> None:
    assert for_a_terminal(failure("broken", None)).endswith(
        "install Node elsewhere, or put a Heroku CLI that contains its own Node first on your PATH,"
        " then try again."
    )


def test_the_advice_if_a_version_manager_runs_the_cli() -> None:
    assert for_a_terminal(failure("shim", None)).endswith(
        "or put a folder first on your PATH: the one that contains what `mise which heroku`,"
        " `asdf which heroku` or the same command of your version manager prints, then try again."
    )
