"""Answers the questions of a command."""

from __future__ import annotations

from types import ModuleType

import pytest

from configvars.cli.asking import Asker


def answering(monkeypatch: pytest.MonkeyPatch, command: ModuleType, *answers: str) -> list[str]:
    """Let a command run in a terminal in which a user gives these answers in turn.

    Returns the list of questions.
    """
    left = list(answers)
    asked: list[str] = []

    def confirm(self: Asker, question: str) -> bool:
        asked.append(question)
        return left.pop(0) == "y"

    monkeypatch.setattr(Asker, "confirm", confirm)
    monkeypatch.setattr(command, "asker", lambda yes: Asker(interactive=True, yes=yes))
    return asked
