"""Install pinned programs that the demo and the tests run, without root.

    python parts/install.py NAME...     installs parts that are not installed yet, prints the folder of each
    python parts/install.py --list      the names

Each folder next to this file is one part, pinned by its lock file: `package-lock.json` (npm),
`requirements.txt` (pip), or its own `install.sh DEST`. A part is installed outside the clone, in a folder
whose name contains the hash of the lock file, so that other clones use it until the lock file changes;
`.parts/NAME` links to it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

RECIPES = Path(__file__).resolve().parent
LINKS = RECIPES.parent / ".parts"
_HEARTBEAT_SECONDS = 5.0


def names() -> list[str]:
    """The names of all parts."""
    return sorted(
        path.name for path in RECIPES.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))
    )


def home_of(name: str) -> Path:
    """The folder of an installed part: in the user's cache, with the hash of its recipe in its name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in (RECIPES / name).iterdir() if path.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "configvars-parts" / f"{name}-{digest.hexdigest()[:16]}"


def ensure(name: str, say: Callable[[str], None]) -> Path:
    """The folder of a part, which is installed if necessary. An interrupted installation leaves nothing."""
    home = home_of(name)
    if not home.is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        say(f"Installing {name}, pinned by parts/{name}, into {home}")
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=home.parent) as scratch:
            building = Path(scratch) / name
            building.mkdir()
            with _heartbeat(name, say):
                _install(RECIPES / name, building)
            _settle(building, home)
    _link(name, home)
    return home


def _install(recipe: Path, folder: Path) -> None:
    if (recipe / "install.sh").is_file():
        command = ["sh", str(recipe / "install.sh"), str(folder)]
    elif (recipe / "package-lock.json").is_file():
        for lock in ("package.json", "package-lock.json"):
            shutil.copy(recipe / lock, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    else:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
        command = [*pip, "--require-hashes", "-r", str(recipe / "requirements.txt"), "--target", str(folder)]
    # Its own process group, so that its children end with it.
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "npm_config_update_notifier": "false"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    if code:
        raise SystemExit(f"parts/{recipe.name} could not be installed: {command[0]} ended with {code}")


def _settle(building: Path, home: Path) -> None:
    """Rename a finished installation to its final name.

    If another process was faster, use its installation.
    """
    try:
        building.rename(home)
    except OSError:
        if not home.is_dir():
            raise


def _link(name: str, home: Path) -> None:
    LINKS.mkdir(exist_ok=True)
    link = LINKS / name
    if link.is_symlink() and link.readlink() == home:
        return
    fresh = LINKS / f".{name}-{os.getpid()}"
    fresh.symlink_to(home)
    fresh.replace(link)


@contextmanager
def _heartbeat(name: str, say: Callable[[str], None]) -> Iterator[None]:
    """Print a line every few seconds while the installation runs."""
    done = threading.Event()
    start = time.monotonic()

    def beat() -> None:
        while not done.wait(_HEARTBEAT_SECONDS):
            say(f"  … {name}: {time.monotonic() - start:.0f} s")

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def main() -> int:
    """Install the named parts, or all; prints their folders to stdout and the progress to stderr."""
    parser = argparse.ArgumentParser(description="Install pinned programs for the demo and the tests.")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*names(), []])
    parser.add_argument("--list", action="store_true", help="print the names there are")
    args = parser.parse_args()
    if args.list:
        print("\n".join(names()))
        return 0
    for name in args.names or names():
        print(ensure(name, lambda text: print(text, file=sys.stderr, flush=True)))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
