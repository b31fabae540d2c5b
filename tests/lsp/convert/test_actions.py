"""Actions for clients without code action literals: each is a command."""

from __future__ import annotations

from lsprotocol import types as t

from configvars.features.results import Action
from configvars.lsp.convert.actions import FIX, as_command
from configvars.model import Command, FileEdit, Fix

URI = "file:///ws/app.py"
RANGE = t.Range(t.Position(1, 2), t.Position(1, 3))
PULL = Command("configvars.pull", {"into": "/ws/.env"})


def test_a_fix_that_is_a_command_is_that_command() -> None:
    found = as_command(Action(Fix("Pull A from shop", command=PULL)), URI, RANGE)
    assert (found.title, found.command) == ("Pull A from shop", "configvars.pull")
    assert found.arguments == [{"into": "file:///ws/.env"}]


def test_a_fix_with_changes_is_computed_again() -> None:
    found = as_command(Action(Fix("Add A", (FileEdit("/ws/.env", ()),), PULL)), URI, RANGE)
    assert (found.title, found.command) == ("Add A", FIX)
    plain = {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 3}}
    assert found.arguments == [{"uri": URI, "range": plain, "title": "Add A"}]
