"""The settings that `configvars init` adds to a pyproject.toml."""

from __future__ import annotations

import pytest

from configvars.actions.setup import settings_part


@pytest.mark.parametrize("text", ["[", "x = " + "[" * 5000])
def test_a_file_that_is_no_toml_is_not_changed(text: str) -> None:
    """Also if it is nested too deeply for Python's parser."""
    part = settings_part("/ws", {"/ws/pyproject.toml": text}.get)
    assert part.cannot == "it is not valid TOML"


@pytest.mark.parametrize("text", ["", "x = 1\n"])
def test_a_file_without_settings_gets_some(text: str) -> None:
    part = settings_part("/ws", {"/ws/pyproject.toml": text}.get)
    assert "\n[tool.configvars]\n" in part.after.removeprefix(text)
