"""The real Heroku CLI, connected to this project's own Platform API on loopback."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.parts import REPOSITORY, heroku_cli, missing

sys.path.append(str(REPOSITORY / "examples"))
from platform_api.apps import AMBIGUOUS, API_KEY, APPS
from platform_api.server import PlatformApi

__all__ = ["AMBIGUOUS", "API_KEY", "APPS", "PlatformApi", "cli_environment", "logged_in", "platform_api"]


@contextmanager
def platform_api() -> Iterator[PlatformApi]:
    """A running Platform API."""
    with PlatformApi() as api:
        thread = threading.Thread(target=api.serve_forever)
        thread.start()
        try:
            yield api
        finally:
            api.shutdown()
            thread.join()


def cli_environment(home: Path, api_url: str) -> dict[str, str]:
    """The environment of a developer who is logged in, with `home` as an empty home folder."""
    node = shutil.which("node")
    if node is None:
        missing("Node", "install it and have it on PATH")
    (home / ".cache/heroku").mkdir(parents=True, exist_ok=True)
    (home / ".cache/heroku/terms-of-service").touch()  # otherwise the first call prints a message about it
    return {
        "PATH": os.pathsep.join([str(Path(node).parent), "/usr/bin", "/bin"]),
        "HOME": str(home),
        "HEROKU_HOST": api_url,
        "HEROKU_PARTICLEBOARD_URL": api_url,
        "HEROKU_API_KEY": API_KEY,
    }


@contextmanager
def logged_in() -> Iterator[dict[str, str]]:
    """The variables of a user who is logged in to a Heroku API on loopback and has the real CLI."""
    with platform_api() as api:
        yield {
            "PATH": str(heroku_cli().parent),
            "HEROKU_HOST": api.url,
            "HEROKU_PARTICLEBOARD_URL": api.url,
            "HEROKU_API_KEY": API_KEY,
        }
