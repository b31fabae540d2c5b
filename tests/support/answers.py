"""Somebody who answers what a command of the command line asks."""

from __future__ import annotations

from types import ModuleType

import pytest

from configvars.cli.asking import Asker


def answering(monkeypatch: pytest.MonkeyPatch, command: ModuleType, *answers: str) -> list[str]:
    """Put somebody at the terminal of a command, who answers this in turn; what they are asked is listed."""
    left = list(answers)
    asked: list[str] = []

    def confirm(self: Asker, question: str) -> bool:
        asked.append(question)
        return left.pop(0) == "y"

    monkeypatch.setattr(Asker, "confirm", confirm)
    monkeypatch.setattr(command, "asker", lambda yes: Asker(interactive=True, yes=yes))
    return asked
