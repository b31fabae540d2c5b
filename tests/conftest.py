"""Fixtures for every test: no environment, home or Heroku login of the user, and no internal error."""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from configvars import failures, limits
from support import in_parts

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
_OURS = frozenset(f"XDG_{kind}_HOME" for kind in ("CACHE", "CONFIG", "DATA", "STATE"))


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


@dataclass
class Watched:
    """The home folder of a test, and what went wrong in it: nothing may, unless the test expects it."""

    home: Path
    faults: list[failures.Failure]
    limits: list[str]
    logged: list[str]


@pytest.fixture(autouse=True)
def watched(request: pytest.FixtureRequest, homes: Iterator[Path]) -> Iterator[Watched]:
    """A home folder of the test's own, an environment without other settings, and no error.

    One fixture for all of it, because each fixture of each test takes time.
    """
    with pytest.MonkeyPatch.context() as patch, failures.heard() as faults, _logged() as logged:
        it = Watched(next(homes), faults, [], logged)
        for name in [name for name in os.environ if name.startswith(_NOT_OURS) and name not in _OURS]:
            del os.environ[name]
        if os.environ.get("HOME") != str(it.home):
            _move(it.home)
        _count_hits(patch, it.limits)
        yield it
    assert [str(fault) for fault in it.faults] == []
    assert it.logged == []
    if not request.node.get_closest_marker("beyond_limits"):
        assert it.limits == [], "no text may exceed a limit of the analysis, unless the test is marked"


@pytest.fixture
def hermetic(watched: Watched) -> Path:
    """The home folder of the test."""
    return watched.home


@pytest.fixture
def faults(watched: Watched) -> list[failures.Failure]:
    """The internal errors; a test that causes some on purpose checks this list and clears it."""
    return watched.faults


@pytest.fixture
def logged_errors(watched: Watched) -> list[str]:
    """The logged errors; a test that causes some on purpose checks this list and clears it."""
    return watched.logged


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option for `support.in_parts`."""
    parser.addoption("--part", help="run only a part of the files, such as 1/4")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the files of other parts."""
    part = config.getoption("--part")
    return True if part and in_parts.is_left_out(collection_path, part) else None


def pytest_collection_finish() -> None:
    """Exempt the tests themselves from garbage collection: it takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def _move(home: Path) -> None:
    """Use another home folder; most tests leave theirs empty, and then the next one has the same."""
    for name in ("HOME", "USERPROFILE"):
        os.environ[name] = str(home)
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(home / f".{kind.lower()}")


def _count_hits(patch: pytest.MonkeyPatch, met: list[str]) -> None:
    count = limits.Hits.count

    def counting(self: limits.Hits, limit: limits.Limit, times: int = 1) -> None:
        met.append(limit.name)
        count(self, limit, times)

    patch.setattr(limits.Hits, "count", counting)


@contextmanager
def _logged() -> Iterator[list[str]]:
    ear = _Ear(logging.ERROR)
    logging.getLogger().addHandler(ear)
    try:
        yield ear.heard
    finally:
        logging.getLogger().removeHandler(ear)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _empty(folders: Iterator[Path]) -> Iterator[Path]:
    for home in folders:
        while home.is_dir() and not os.listdir(home):
            yield home


class _Ear(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != failures.log.name:
            self.heard.append(record.getMessage())
