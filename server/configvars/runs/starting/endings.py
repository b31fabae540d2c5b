"""How code of a program that starts ends: an error, an exit, a return, or an unknown place."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from configvars.runs.starting.values import NO_READS, Reads, Value
from configvars.text import Place

Kind = type[BaseException]
# What pydantic raises for what it refuses.
INVALID: Kind = type("ValidationError", (ValueError,), {})
# What Django raises for middleware that it leaves out, and for settings that it refuses.
NOT_USED: Kind = type("MiddlewareNotUsed", (Exception,), {})
OF_LIBRARIES: Mapping[str, Kind] = {
    **dict.fromkeys(
        (
            f"{each}.ValidationError"
            for each in ("pydantic", "pydantic.v1", "pydantic_core", "pydantic.error_wrappers")
        ),
        INVALID,
    ),
    "django.core.exceptions.ImproperlyConfigured": type("ImproperlyConfigured", (Exception,), {}),
    "django.core.exceptions.MiddlewareNotUsed": NOT_USED,
}


class LeftError(Exception):
    """It is not known whether the code after this place runs."""


class ContinuedError(LeftError):
    """The next round of a loop comes."""


class EndedError(Exception):
    """The program ends here."""


class OutOfStepsError(EndedError):
    """The limit of steps, or of calls in one another, is reached."""


class ReturnedError(Exception):
    """A function returns a value, here because the variables `because` are not set."""

    def __init__(self, value: Value, because: Reads = NO_READS) -> None:
        self.value = value
        self.because = because


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
