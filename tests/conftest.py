"""What every test has: no environment, home or Heroku login of the user, and no internal error."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from configvars import failures, limits
from support import in_parts
from support.properties import share_of

# In a background job (`nohup make test &`) SIGINT would be ignored, also by every process that is started
# here.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _name in ("SIGTERM", "SIGHUP"):
    if hasattr(signal, _name):
        signal.signal(getattr(signal, _name), signal.SIG_DFL)

# How long an example takes depends only on the machine.
settings.register_profile("configvars", deadline=None, max_examples=max(25, share_of(100)))
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


class Watched(logging.Handler):
    """The running test's home folder, and what went wrong: nothing may, unless the test expects it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.home = Path()
        self.faults: list[failures.Failure] = []
        self.logged: list[str] = []
        self.limits: list[str] = []
        self._homes = _homes()

    def emit(self, record: logging.LogRecord) -> None:
        """Note an error that was logged."""
        failure = getattr(record, "failure", None)
        if isinstance(failure, failures.Failure):
            self.faults.append(failure)
        else:
            self.logged.append(record.getMessage())

    def begin(self) -> None:
        """Let a test begin: with an empty home folder, and in an environment without other settings."""
        if self not in logging.getLogger().handlers:
            logging.getLogger().addHandler(self)
        for name in [name for name in os.environ if name.startswith(_NOT_OURS) and name not in _OURS]:
            del os.environ[name]
        self.home = next(self._homes)
        if os.environ.get("HOME") != str(self.home):
            _move(self.home)

    def end(self, item: pytest.Item) -> None:
        """Let a test fail if anything went wrong that it does not expect."""
        faults, logged, limits = [str(fault) for fault in self.faults], [*self.logged], [*self.limits]
        for found in (self.faults, self.logged, self.limits):
            found.clear()
        assert faults == []
        assert logged == []
        if limits and not item.get_closest_marker("beyond_limits"):
            assert limits == [], "no text may exceed a limit of the analysis, unless the test is marked"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Prepare what every test needs; a fixture that every test uses would take more time."""
    _WATCHED.begin()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Check what every test must leave behind."""
    _WATCHED.end(item)


@pytest.fixture
def hermetic() -> Path:
    """The home folder of the test."""
    return _WATCHED.home


@pytest.fixture
def faults() -> list[failures.Failure]:
    """The internal errors; a test that causes some on purpose checks this list and clears it."""
    return _WATCHED.faults


@pytest.fixture
def logged_errors() -> list[str]:
    """The logged errors; a test that causes some on purpose checks this list and clears it."""
    return _WATCHED.logged


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


def _count_hits() -> None:
    """Let every limit that is exceeded count for the running test."""
    count = limits.Hits.count

    def counting(self: limits.Hits, limit: limits.Limit, times: int = 1) -> None:
        _WATCHED.limits.append(limit.name)
        count(self, limit, times)

    limits.Hits.count = counting  # type: ignore[method-assign]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _homes() -> Iterator[Path]:
    """Empty folders, each for the home of one test; one that is still empty is used again."""
    above = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    for number in count():
        home = _made(above / str(number))
        while home.is_dir() and not os.listdir(home):
            yield home


_WATCHED = Watched()
_count_hits()
