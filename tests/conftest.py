"""Fixtures for every test: no environment, home or Heroku login of the user, and no internal error."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from configvars import failures, limits

# In a background job (`nohup make test &`) SIGINT would be ignored, also by every process that is started
# here.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _name in ("SIGTERM", "SIGHUP"):
    if hasattr(signal, _name):
        signal.signal(getattr(signal, _name), signal.SIG_DFL)

# How long an example takes depends only on the machine.
settings.register_profile("configvars", deadline=None)
settings.load_profile("configvars")

_NOT_OURS = ("HEROKU_", "FLASK_", "XDG_", "NO_COLOR", "FORCE_COLOR", "PYTHON_DOTENV_")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders: pytest's own take ten times as long to make, because it lists all folders each time."""
    folder = tmp_path_factory.mktemp("folders")
    return (_made(folder / str(number)) for number in count())


@pytest.fixture
def tmp_path(folders: Iterator[Path]) -> Path:
    """A folder of the test's own."""
    return next(folders)


@pytest.fixture(scope="session")
def homes(folders: Iterator[Path]) -> Iterator[Path]:
    """Empty folders, each for the home of one test; one that is still empty is used again."""
    return _empty(folders)


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> Path:
    """A home folder of the test's own and an environment without other settings; returns the home folder."""
    for name in [name for name in os.environ if name.startswith(_NOT_OURS)]:
        monkeypatch.delenv(name)
    home = next(homes)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / f".{kind.lower()}"))
    return home


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _empty(folders: Iterator[Path]) -> Iterator[Path]:
    for home in folders:
        while home.is_dir() and not os.listdir(home):
            yield home


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[failures.Failure]]:
    """The internal errors.

    None may be reported; a test that causes some on purpose checks this list and clears it.
    """
    with failures.heard() as heard:
        yield heard
    assert [str(fault) for fault in heard] == []


@pytest.fixture(autouse=True)
def beyond_limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """No text may exceed a limit of the analysis, unless the test is marked with `beyond_limits`."""
    met: list[str] = []
    count = limits.Hits.count

    def counting(self: limits.Hits, limit: limits.Limit, times: int = 1) -> None:
        met.append(limit.name)
        count(self, limit, times)

    monkeypatch.setattr(limits.Hits, "count", counting)
    yield met
    if not request.node.get_closest_marker("beyond_limits"):
        assert met == []


@pytest.fixture(autouse=True)
def logged_errors() -> Iterator[list[str]]:
    """The logged errors.

    There must be none; a test that causes some on purpose checks this list and clears it.
    """
    ear = _Ear(logging.ERROR)
    logging.getLogger().addHandler(ear)
    yield ear.heard
    logging.getLogger().removeHandler(ear)
    assert ear.heard == []


class _Ear(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != failures.log.name:
            self.heard.append(record.getMessage())
