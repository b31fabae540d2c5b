"""What a command answers."""

from __future__ import annotations

from dataclasses import dataclass

from configvars.printable import printable


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a command did what it was asked to, and one sentence for the user, which holds no value.

    `dismissed`: the user has dismissed a question or ended the work, and so knows the sentence already.
    """

    ok: bool
    message: str = ""
    dismissed: bool = False

    def told(self) -> dict[str, object]:
        """The answer as it is sent."""
        told: dict[str, object] = {"ok": self.ok, "message": printable(self.message, lines=True)}
        return {**told, "dismissed": True} if self.dismissed else told


DISMISSED = Outcome(ok=False, message="Cancelled: nothing was changed.", dismissed=True)
UNTRUSTED = Outcome(
    ok=False,
    message="configvars contacts Heroku only from a folder that you trust: trust this workspace first.",
)
