"""What holds for every test: no environment, home or Heroku of whoever runs it, and no fault of our own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars import failures

# In the background (`nohup make test &`) it would be ignored, and so by every process that is started here.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _name in ("SIGTERM", "SIGHUP"):
    if hasattr(signal, _name):
        signal.signal(getattr(signal, _name), signal.SIG_DFL)

_NOT_OURS = ("HEROKU_", "FLASK_", "XDG_", "NO_COLOR", "FORCE_COLOR", "PYTHON_DOTENV_")


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the test's own, and an environment that asks for nothing; gives that home."""
    for name in [name for name in os.environ if name.startswith(_NOT_OURS)]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / f".{kind.lower()}"))
    return home


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[failures.Failure]]:
    """No fault may be reported; a test that provokes some takes this list, looks at it and clears it."""
    with failures.heard() as heard:
        yield heard
    assert [str(fault) for fault in heard] == []
