"""The configuration that Flask itself computes for an app: the oracle of the Flask tests.

An app is a folder with an `app.py` that has `app` or `create_app()`. Apps are run by real Flask, many in one
child process (`flask_child.py`), with a `Config` that records which statement set each key.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.forked import run_python

CHILD = Path(__file__).with_name("flask_child.py")


@dataclass(frozen=True, order=True)
class Origin:
    """The statement that set a key: a method of `app.config` (or `[]=`, `|=`), and its 1-based line.

    A default of Flask has the method `default`.
    """

    method: str
    path: str
    line: int


@dataclass(frozen=True)
class OracleConfig:
    """An app's configuration at the end: the `repr` of the value of each key, and its origin."""

    values: dict[str, str]
    origins: dict[str, Origin]
    error: str

    def own(self) -> dict[str, Origin]:
        """The keys that are not Flask's defaults."""
        return {key: origin for key, origin in self.origins.items() if origin.method != "default"}


def run_apps(folders: list[Path], env_file: str = ".env") -> list[OracleConfig]:
    """Run each app with the variables of its env file, if it has one."""
    names = json.dumps([str(folder.resolve()) for folder in folders])
    environ = {"PATH": os.environ["PATH"]}
    answer = run_python("-P", str(CHILD), env_file, cwd=Path.cwd(), env=environ, stdin=names)
    assert answer.returncode == 0, answer.stderr
    return [_config(entry) for entry in json.loads(answer.stdout)]


def run_app(folder: Path, env_file: str = ".env") -> OracleConfig:
    """Run one app, which must not fail."""
    config = run_apps([folder], env_file)[0]
    assert not config.error, config.error
    return config


def _config(entry: dict[str, Any]) -> OracleConfig:
    origins = {key: Origin(*origin) for key, origin in entry["origins"].items()}
    return OracleConfig(entry["values"], origins, entry["error"])
