"""How code of a program that starts ends: an error, an exit, a return, or an unknown place."""

from __future__ import annotations

from msgspec import Struct

from configvars.runs.starting.values import Value
from configvars.text import Place

EXITS = frozenset({"sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort", "streamlit.stop"})


class LeftError(Exception):
    """It is not known whether the code after this place runs."""


class EndedError(Exception):
    """The program ends here."""


class OutOfStepsError(EndedError):
    """The limit of steps, or of calls in one another, is reached."""


class ReturnedError(Exception):
    """A function returns a value."""

    def __init__(self, value: Value) -> None:
        self.value = value


class Use(Struct, frozen=True):
    """Where a program fails without a variable; `raised`: by a `raise` or an exit in the code.

    `choices`: it does so only if the variable `chooser`, which the app has, has one of these contents.
    `later`: it does so only when it uses the database, which is not at the start. `local`: the default names
    a server on the dyno, where none runs.
    """

    place: Place
    raised: bool = False
    chooser: str = ""
    choices: tuple[str, ...] = ()
    later: bool = False
    local: bool = False
