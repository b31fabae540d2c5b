"""The real Heroku CLI behind a shim of the real mise, as after `mise use node` and `npm i -g heroku`.

Also a shim of the real pyenv, behind which there is no CLI.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from configvars.platforms.base import PlatformFailure
from configvars.platforms.heroku.client import Heroku
from support.editors import part
from support.heroku import APPS, PlatformApi, cli_environment
from support.parts import heroku_cli, missing

pytestmark = pytest.mark.e2e
VERSION = "20.0.0"


@dataclass(frozen=True)
class Mise:
    """A user of mise with a project that selects the version of Node; `shim` is the user's `heroku`."""

    program: Path
    environ: dict[str, str]
    project: Path

    @property
    def shim(self) -> Path:
        return Path(self.environ["HOME"], ".local/share/mise/shims/heroku")

    def run(self, *arguments: str) -> str:
        """The output of a command of mise in the project."""
        return subprocess.run(
            [self.program, *arguments],
            cwd=self.project,
            env={**self.environ, "MISE_OFFLINE": "1", "MISE_YES": "1"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def heroku(self, setting: str = "") -> Heroku:
        """The user's Heroku; `setting` is `heroku.path`."""
        return Heroku(setting, [str(self.project)], self.environ)


@pytest.fixture
def mise(tmp_path: Path, api: PlatformApi) -> Mise:
    program = part("mise") / "node_modules/@jdxcode/mise-linux-x64/bin/mise"
    if not program.exists():
        missing("mise", "it is pinned for Linux on x64 only")
    home, project, node = tmp_path / "home", tmp_path / "project", tmp_path / "node"
    environ = cli_environment(home, api.url)
    own_node = environ["PATH"].partition(os.pathsep)[0]
    system = tmp_path / "bin"  # a machine without a Node of its own
    system.mkdir()
    for name in ("env", "git", "sh"):
        (system / name).symlink_to(Path("/usr/bin", name))
    bin_of_node = node / "bin"
    bin_of_node.mkdir(parents=True)
    (bin_of_node / "node").symlink_to(Path(own_node, "node").resolve())
    (bin_of_node / "heroku").symlink_to(heroku_cli().resolve())
    project.mkdir()
    (project / "mise.toml").write_text(f'[tools]\nnode = "{VERSION}"\n')
    found = Mise(program, environ, project)
    found.run("trust")
    found.run("link", f"node@{VERSION}", str(node))
    found.run("reshim")
    environ["PATH"] = os.pathsep.join([str(found.shim.parent), str(system)])
    return found


def test_a_shim_without_a_version_outside_of_the_project(mise: Mise) -> None:
    with pytest.raises(PlatformFailure) as caught:
        mise.heroku().fetch_values("shop", ["PAGE_SIZE"])
    assert caught.value.reason == "shim"
    assert "`mise use --global`" in caught.value.message


def test_a_global_version_makes_the_shim_work(mise: Mise) -> None:
    mise.run("use", "--global", f"node@{VERSION}")
    assert set(mise.heroku().fetch_values("shop", ["PAGE_SIZE"])) == {"PAGE_SIZE"}


def test_the_path_that_mise_prints_works_as_the_setting(mise: Mise) -> None:
    found = mise.heroku(mise.run("which", "heroku")).fetch_values("shop", ["PAGE_SIZE"])
    assert set(found) == {"PAGE_SIZE"} <= set(APPS["shop"].config)


@pytest.mark.parametrize("version", ["system", "9.9"], ids=["no version has it", "no such version"])
def test_a_shim_of_pyenv(tmp_path: Path, version: str) -> None:
    pyenv = part("debian-13") / "usr/share/pyenv/libexec/pyenv"
    if not pyenv.exists():
        missing("pyenv", "run `make test-deps` (as root), then `make parts`")
    shim = tmp_path / "shims/heroku"
    shim.parent.mkdir(parents=True)
    settings = f'export PYENV_ROOT="{tmp_path}" PYENV_VERSION="{version}"'
    shim.write_text(f'#!/bin/sh\n{settings}\nexec "{pyenv}" exec heroku "$@"\n')
    shim.chmod(0o755)
    with pytest.raises(PlatformFailure) as caught:
        Heroku(str(shim), [], {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}).fetch_values("shop", ["A"])
    assert caught.value.reason == "shim"
    assert "`pyenv global`" in caught.value.message
