"""The frequency of garbage collections is changed only while a command runs."""

from __future__ import annotations

import gc

from configvars.cli.main import main
from configvars.garbage import collecting_seldom


def test_it_is_looked_for_seldom_while_the_block_runs() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[1:] == before[1:]
    assert gc.get_threshold() == before


def test_a_command_that_fails_leaves_it_as_it_was() -> None:
    before = gc.get_threshold()
    assert main(["check", "/no/such/folder"]) == 2
    assert gc.get_threshold() == before
