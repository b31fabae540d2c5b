"""Helix of Debian 13 in a terminal, with the configuration in docs/editors.md: what a person sees."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.editors import SERVER, debian, part, plain_environment
from support.parts import missing
from support.waiting import until

from .test_other_editors import documented

pytestmark = pytest.mark.e2e


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, folder: Path, command: list[str], environment: dict[str, str]) -> None:
        self._tmux = [str(debian("tmux")), "-S", str(folder / "tmux"), "-f", "/dev/null"]
        subprocess.run(
            [*self._tmux, "new-session", "-d", "-x", "200", "-y", "40", *command], env=environment, check=True
        )

    def keys(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def screen(self) -> str:
        shown = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=False
        )
        return shown.stdout

    def wait(self, wanted: Callable[[str], bool]) -> None:
        """Wait for a screen that is `wanted`."""
        until(lambda: wanted(self.screen()), self.screen)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def helix(tmp_path: Path, workspace: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """Helix with the missing variable under the cursor, and with the servers in `request.param`, if any."""
    own = part("debian-13")
    if not (own / "usr/bin/hx").exists():
        missing("helix", "run `make test-deps` (as root), then `make parts`")
    libraries = next(own.glob("usr/lib/*-linux-gnu"))
    loader = next(libraries.glob("ld-linux-*"))
    config = tmp_path / "home/.config/helix"
    config.mkdir(parents=True)
    (config / "languages.toml").write_text(documented("Helix", tmp_path).read_text("utf-8"), "utf-8")
    # The other servers that the configuration names may be next to ours in this Python's folder.
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("configvars", *getattr(request, "param", ())):
        (programs / name).symlink_to(Path(SERVER[0]).parent / name)
    path = os.pathsep.join([str(programs), "/usr/bin", "/bin"])
    more = {"HELIX_RUNTIME": str(own / "usr/lib/hx/runtime"), "TERM": "xterm-256color", "PATH": path}
    environment = plain_environment(tmp_path / "home") | more
    hx = [str(loader), "--library-path", str(libraries), str(own / "usr/bin/hx")]
    terminal = Terminal(tmp_path, [*hx, "-w", str(workspace), str(workspace / "app.py:4:33")], environment)
    yield terminal
    terminal.close()


def test_helix(helix: Terminal, workspace: Path) -> None:
    helix.wait(lambda screen: "MAIL_SERVER is missing from .env" in screen)
    helix.keys("Space", "k")
    helix.wait(lambda screen: "no file here sets it" in screen)
    helix.keys("Escape")
    helix.keys("Space", "a")
    helix.wait(lambda screen: "Add MAIL_SERVER to .env" in screen)
    helix.keys("Enter")
    # The finding goes although Helix sends the change of `.env` before it opens the document.
    helix.wait(lambda screen: "MAIL_SERVER is missing" not in screen)
    assert "MAIL_SERVER" not in (workspace / ".env").read_text("utf-8")
    helix.keys(":", "w", "a", "Enter")
    until(lambda: "MAIL_SERVER=" in (workspace / ".env").read_text("utf-8").splitlines(), helix.screen)
    helix.keys(":", "o", "Space", ".", "e", "n", "v", "Enter")
    helix.keys("g", "g", "3", "j")
    helix.wait(lambda screen: "reads LEFTOVER" in screen)
    helix.keys(":", "q", "a", "!", "Enter")


@pytest.mark.parametrize("helix", [("ruff",)], indirect=True)
def test_helix_with_ruff(helix: Terminal) -> None:
    """Both servers offer actions, and the hover is ours: Helix asks only the first server that has hovers."""
    helix.wait(lambda screen: "MAIL_SERVER is missing from .env" in screen)
    helix.keys("Space", "k")
    helix.wait(lambda screen: "no file here sets it" in screen)
    helix.keys("Escape")
    helix.wait(
        lambda screen: "no file here sets it" not in screen
    )  # otherwise Escape and Space are Alt-Space
    helix.keys("Space", "a")
    helix.wait(lambda screen: "Ruff: " in screen and "Add MAIL_SERVER to .env" in screen)
