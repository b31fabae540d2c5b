"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from configvars.printable import printable


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks, if there is somebody to answer. `yes`: every question is answered with yes, unasked."""

    interactive: bool
    yes: bool = False

    def confirm(self, question: str) -> bool:
        """Whether the answer is yes; it is no where nobody can be asked."""
        if self.yes or not self.interactive:
            return self.yes
        print(f"{printable(question)} [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in ("y", "yes")


def asker(*, yes: bool) -> Asker:
    """Somebody can be asked where both what is asked and what is answered go through a terminal."""
    return Asker(sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty(), yes)
