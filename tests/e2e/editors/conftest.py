from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.code_server import chromium

APP = """import os

key = os.environ["SECRET_KEY"]
gruß = "żółć 😀", os.environ["MAIL_SERVER"], os.getenv("GREETING")
"""
ENV = "SECRET_KEY=canary-one\n# Grüße 😀\nGREETING='żółć 😀'\nLEFTOVER=canary-two\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small app with one missing variable, one unused variable, and a character outside ASCII."""
    folder = tmp_path / "ws"
    folder.mkdir()
    (folder / "app.py").write_text(APP, "utf-8")
    (folder / ".env").write_text(ENV, "utf-8")
    (folder / ".env").chmod(0o600)
    (folder / ".gitignore").write_text(".env\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """One Chromium for all tests of a file: while it runs, other tests of the process have no event loop."""
    with chromium() as started:
        yield started
