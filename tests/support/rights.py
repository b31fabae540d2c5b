"""Runs code with the permissions of an ordinary user. Tests that root runs may read and write everything."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """While the block runs, this process has the permissions of a user who is not root."""
    if not IS_ROOT:
        yield
        return
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@contextmanager
def folder_of_ordinary_user() -> Iterator[Path]:
    """A new folder that belongs to the user of `ordinary_user`, who can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="configvars-rights-"))
    if IS_ROOT:
        os.chown(folder, _NOBODY, -1)
    try:
        yield folder
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def give_to_ordinary_user(path: Path) -> None:
    """Make the user of `ordinary_user` the owner of a file."""
    if IS_ROOT:
        os.chown(path, _NOBODY, -1)
