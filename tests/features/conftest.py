"""A fixture for feature tests: a project that is opened from text."""

from __future__ import annotations

from functools import partial

import pytest

from support.projects import opened


@pytest.fixture
def project(tmp_path):
    """A function that opens a project from text."""
    return partial(opened, tmp_path)
