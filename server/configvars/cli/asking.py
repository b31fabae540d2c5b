"""Yes-or-no questions in the terminal."""

from __future__ import annotations

import sys

from msgspec import Struct

from configvars.printable import printable


class Asker(Struct, frozen=True):
    """Asks questions, if a person can answer. `yes`: the answer to every question is yes, without asking."""

    interactive: bool
    yes: bool = False

    def confirm(self, question: str) -> bool:
        """Whether the answer is yes; False if nobody can be asked."""
        if self.yes or not self.interactive:
            return self.yes
        print(f"{printable(question)} [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in ("y", "yes")


def asker(*, yes: bool) -> Asker:
    """An asker for this process. A person can be asked if both stdin and stderr are terminals."""
    return Asker(sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty(), yes)
