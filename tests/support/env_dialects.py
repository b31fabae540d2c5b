"""What each library reads from an env file: the real libraries, and our dialects of two that are not
written in Python.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import environ
from decouple import RepositoryEnv
from dotenv import dotenv_values
from dynaconf.vendor import dotenv as dynaconf_dotenv
from honcho.environ import parse as honcho_parse
from starlette.config import Config

from configvars.syntax import dialects

Read = Mapping[str, object]
_VSCODE_LINE = re.compile(r"^\s*(_*[a-zA-Z]\w*)\s*=\s*(.*?)?\s*$", re.ASCII)


def _python_dotenv(path: Path) -> Read:
    return dotenv_values(path)


def _dynaconf(path: Path) -> Read:
    return dynaconf_dotenv.dotenv_values(str(path))


def _decouple(path: Path) -> Read:
    return RepositoryEnv(str(path)).data


def _django_environ(path: Path) -> Read:
    reader = type("Reader", (environ.Env,), {"ENVIRON": {}})
    reader.read_env(str(path))
    values: Read = reader.ENVIRON
    return values


def _starlette(path: Path) -> Read:
    values: Read = Config(str(path), environ={}).file_values
    return values


def _honcho(path: Path) -> Read:
    values: Read = honcho_parse(path.read_text("utf-8"))
    return values


def _heroku_local(path: Path) -> Read:
    reading = dialects.reading(path.read_bytes().decode("utf-8"), "heroku local")
    if reading.stops:
        raise ValueError(reading.stops)
    return {
        name: value.reveal() for name, found in reading.given.items() if (value := found.value) is not None
    }


def _vscode(path: Path) -> Read:
    """The lines in order, without interpolation, because substitution depends on the preceding lines."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    found = [match.groups() for line in lines if (match := _VSCODE_LINE.match(line))]
    return {f"{name} ({[n for n, _ in found[:at]].count(name)})": v for at, (name, v) in enumerate(found)}


DIALECTS: dict[str, Callable[[Path], Read]] = {
    "python-dotenv": _python_dotenv,
    "dynaconf": _dynaconf,
    "python-decouple": _decouple,
    "django-environ": _django_environ,
    "Starlette": _starlette,
    "honcho": _honcho,
    "heroku local": _heroku_local,
    "VS Code": _vscode,
}


def read_by_all(path: Path) -> dict[str, object]:
    """What each reader gets from a file if the environment is empty; if a reader raises, the error."""
    return read_by(path, DIALECTS)


def read_by(path: Path, readers: Mapping[str, Callable[[Path], Read]]) -> dict[str, object]:
    """The same for some readers."""
    answers: dict[str, object] = {}
    before = dict(os.environ)
    logging.disable()
    try:
        for name, read in readers.items():
            os.environ.clear()
            try:
                with warnings.catch_warnings(action="ignore"):
                    answers[name] = dict(read(path))
            except Exception as error:
                answers[name] = type(error).__name__
    finally:
        logging.disable(logging.NOTSET)
        os.environ.clear()
        os.environ.update(before)
    return answers
