"""What feature tests share: a project opened from a text fixture."""

from __future__ import annotations

from functools import partial

import pytest

from support.projects import opened


@pytest.fixture
def project(tmp_path):
    """A function that opens a text fixture."""
    return partial(opened, tmp_path)
