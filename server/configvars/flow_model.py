"""Types for what code does with the string of a variable: kinds of values, never a value."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from configvars.text import Span

Kind = Literal["text", "number", "bool", "none", "list", "dict", "other"]
UseKind = Literal[
    "call", "argument", "type", "method", "truth", "asked", "compare", "order", "arithmetic", "loop", "key"
]

# Words for true and false that a fact may contain; no other text of code or of a file is stored.
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})


class Default(Struct, frozen=True):
    """The value that the code uses if a variable is not set.

    `by_or`: also if it is empty (`read or default`).
    """

    kind: Kind
    word: str = ""
    by_or: bool = False


class ValueUse(Struct, frozen=True):
    """One use of the string of a read.

    `call`: it is the only argument of the function with the path `what`. `argument`: it is one of several,
    and `what` ends with its position or name: `(0)`, `(days)`. `type`: the reader itself converts it with
    `what` (a name in `converters`). `method`: a method such as `split` that returns another type. `truth`:
    tested for truth. `asked`: a condition passes it to a function. `compare`: compared by the operator `what`
    with values of the kinds `against`; `words` are words for true and false among these, `more`: there are
    other strings, too. `order`, `arithmetic`: with `against`. `loop`: iterated. `key`: the value of an item,
    a keyword or an attribute `what`.

    `through` are the methods of `str` before it, `caught`: its exception is caught, `tested`: it only runs if
    a test around it allows it, `unless_none`: only comparisons of the string with None, or `in os.environ`,
    decide that. `span` is its span.
    """

    kind: UseKind
    what: str
    span: Span
    through: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    against: tuple[Kind, ...] = ()
    caught: bool = False
    tested: bool = False
    unless_none: bool = False
    more: bool = False

    @property
    def may_tell_empty(self) -> bool:
        """Whether a test can distinguish an empty string from others."""
        is_test = self.kind in ("truth", "asked") or (self.kind == "compare" and self.against != ("none",))
        return is_test or (self.kind == "call" and self.what == "builtins.len")


class Flow(Struct, frozen=True):
    """How a read is used in its file: its default, and each use, through one name at most."""

    default: Default | None = None
    uses: tuple[ValueUse, ...] = ()

    @property
    def passed_to(self) -> str:
        """The path of the function to which the read is passed as its only argument; otherwise empty."""
        return self.uses[0].what if len(self.uses) == 1 and self.uses[0].kind == "call" else ""

    @property
    def type(self) -> str | None:
        """The converter that the reader itself applies; None if it returns the string."""
        return next((use.what for use in self.uses if use.kind == "type"), None)
