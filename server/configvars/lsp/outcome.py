"""What a command answers."""

from __future__ import annotations

from dataclasses import dataclass

from configvars.printable import printable


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a command did what it was asked to, and one sentence for the user, which holds no value.

    The sentence is empty where there is nothing to say: the user has dismissed a question.
    """

    ok: bool
    message: str = ""

    def told(self) -> dict[str, object]:
        """The answer as it is sent."""
        return {"ok": self.ok, "message": printable(self.message, lines=True)}


DISMISSED = Outcome(ok=False)
UNTRUSTED = Outcome(
    ok=False, message="Heroku is not asked from a folder that you do not trust: trust this workspace first."
)
