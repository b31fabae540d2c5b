"""`make demo`: configvars on the sample app, with the real Heroku CLI and a simulated Heroku.

Everything happens in `.demo/`, in a copy of the sample app. The Heroku CLI gets its own home folder and talks
only to our simulated Heroku: it neither reads nor changes the user's login, apps or files.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from platform_api.apps import API_KEY

EXAMPLES = Path(__file__).resolve().parent
REPOSITORY = EXAMPLES.parent
SHOP = REPOSITORY / ".demo" / "shop"
APP = "shop-demo"
API_READY_SECONDS = 120.0

ENV = """\
# What a developer's .env looks like after a year.
SECRET_KEY=dev
DATABASE_URL=postgresql://localhost/shop
SHOP_NAME=Corner shop
SHOW_BANNER=false
PAGE_SIZE=20
SHOP_NAME="Corner & Co"
TWITTER_API_KEY=left-over-from-last-year
"""

# The Heroku CLI needs more than the usual 20 seconds on a machine that is busy with other things.
SETTINGS = "heroku.timeout = 300\n"

INSTANCE_SETTINGS = """\
# From the days of our own server.
MAIL_PORT = 2525
"""


def main() -> None:
    """Show each part of the product: a sentence, then a command and its output."""
    lay_out()
    say(
        "A small Flask shop is moving to Heroku. Its config vars live in four places: the code that reads"
        " them, the .env on a developer's machine, the template and app.json that list them, and the"
        f" Heroku app. The copy to try things on is {SHOP.relative_to(REPOSITORY)}."
    )
    say("1. What is wrong? This starts, imports and sends nothing.")
    configvars("check", environ=os.environ)
    say("2. Which variables are there, and where are they read and set? (Names and places, never a value.)")
    configvars("inventory", environ=os.environ)
    cli = heroku_cli()
    with tempfile.TemporaryDirectory(prefix="configvars-demo-") as home, platform_api(Path(home)) as url:
        environ = private_environment(cli, Path(home), url)
        say(f"3. What is missing here but set on the Heroku app {APP}? This runs your Heroku CLI.")
        configvars("check", "--app", APP, "--select", "missing-variable", environ=environ)
        say("4. All places side by side. Values are compared, never shown.")
        configvars("diff", "--app", APP, environ=environ)
        say("5. Pull what the code lacks. The value goes from Heroku into .env and nowhere else. What an")
        say("   add-on owns is held back, and every other byte of .env stays as it was.", gap=False)
        configvars("pull", "STRIPE_API_KEY", "--app", APP, "--yes", environ=environ)
        say("6. And now?")
        configvars("check", "--app", APP, "--select", "missing-variable", environ=environ)
    say(
        "The same engine serves your editor: squiggles, completion, hover, go to definition, rename, and"
        " the pull as a quick fix. docs/editors.md describes the setup."
    )


def lay_out() -> None:
    """Create a new working copy of the sample app."""
    if SHOP.exists():
        shutil.rmtree(SHOP)
    shutil.copytree(EXAMPLES / "shop", SHOP, ignore=shutil.ignore_patterns("__pycache__", "*.db"))
    (SHOP / ".env").touch(mode=0o600)
    (SHOP / ".env").write_text(ENV, "utf-8")
    (SHOP / "configvars.toml").write_text(SETTINGS, "utf-8")
    (SHOP / "instance").mkdir()
    (SHOP / "instance" / "settings.py").write_text(INSTANCE_SETTINGS, "utf-8")


def say(text: str, *, gap: bool = True) -> None:
    """Print what comes next."""
    print(
        ("\n" if gap else "") + textwrap.fill(text, 100, subsequent_indent=" " * 3 * text[:1].isdigit()),
        flush=True,
    )


def configvars(*arguments: str, environ: Mapping[str, str]) -> None:
    """Run a configvars command in the sample app; fails if the command could not run."""
    bold, plain = (
        ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else ("", "")
    )
    print(f"\n{bold}$ configvars {' '.join(arguments)}{plain}\n", flush=True)
    command = Path(sys.executable).with_name("configvars")
    ran = subprocess.run(
        [command, *arguments], cwd=SHOP, env=dict(environ), stdin=subprocess.DEVNULL, check=False
    )
    if ran.returncode not in (0, 1):
        fail(f"configvars {arguments[0]} could not run (exit status {ran.returncode}).")


def heroku_cli() -> Path:
    """The Heroku CLI on PATH, else this project's own, which is installed if necessary."""
    if found := shutil.which("heroku"):
        say(f"For the rest, the Heroku CLI on your PATH is used: {found}")
        return Path(found).absolute()
    if not shutil.which("npm"):
        fail("For the rest the demo needs the Heroku CLI, or npm to install one for itself.")
    say("For the rest the demo needs the Heroku CLI, and none is on your PATH. It uses one of its own:")
    ran = subprocess.run(
        [sys.executable, REPOSITORY / "parts" / "install.py", "heroku"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if ran.returncode:
        fail("The Heroku CLI could not be installed.")
    print(f"The Heroku CLI is in {ran.stdout.strip()}", flush=True)
    return Path(ran.stdout.strip()) / "node_modules" / ".bin" / "heroku"


@contextmanager
def platform_api(folder: Path) -> Iterator[str]:
    """A Heroku Platform API on the loopback interface while the block runs; returns its URL."""
    ready = folder / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "platform_api", "--ready", ready],
        cwd=EXAMPLES,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + API_READY_SECONDS
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > until:
                fail("The demo's Platform API did not start.")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{ready.read_text()}"
    finally:
        process.terminate()
        process.wait()


def private_environment(cli: Path, home: Path, api: str) -> dict[str, str]:
    """An environment in which the Heroku CLI has no login and contacts only our simulated Heroku."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HEROKU_", "XDG_")) and not name.upper().endswith("_PROXY")
    }
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    return {
        **kept,
        **folders,
        "HOME": str(home),
        "HEROKU_API_KEY": API_KEY,
        "HEROKU_HOST": api,
        "HEROKU_PARTICLEBOARD_URL": api,
        "PATH": os.pathsep.join([str(cli.parent), os.environ.get("PATH", os.defpath)]),
    }


def fail(text: str) -> NoReturn:
    """Print a sentence and exit with status 1."""
    sys.exit(f"\n{text}")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main()
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is left running.")
        sys.exit(130)
