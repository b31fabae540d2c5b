"""The words for what code does with the text that a variable gives: kinds of values, never a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from configvars.text import Span

Kind = Literal["text", "number", "bool", "none", "list", "dict", "other"]
UseKind = Literal[
    "call", "argument", "type", "method", "truth", "compare", "order", "arithmetic", "loop", "key"
]

# The words for yes and no that a fact may name; no other text of code or of a file is kept.
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True)
class Default:
    """What stands in for an absent variable. `by_or`: for an empty one, too (`read or default`)."""

    kind: Kind
    word: str = ""
    by_or: bool = False


@dataclass(frozen=True, slots=True)
class ValueUse:
    """One thing that is done with the text of a read.

    `call`: it is the only argument of what `what` is the path of. `argument`: it is one of several, and
    `what` ends in its place or name: `(0)`, `(days)`. `type`: the reader itself converts, to `what` (a name
    of `converters`). `method`: one that changes the kind, such as `split`. `truth`: tested for truth.
    `compare`: by the operator `what` with values of the kinds `against`, with the words for yes and no in
    `words`; `more`: and with other texts. `order`, `arithmetic`: with `against`. `loop`: gone through.
    `key`: the value of an item, a keyword or an attribute `what`.

    `through` are the methods of `str` before it, `caught`: what it raises is caught, `tested`: it only runs
    where a test around it lets it. `span` is the place.
    """

    kind: UseKind
    what: str
    span: Span
    through: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    against: tuple[Kind, ...] = ()
    caught: bool = False
    tested: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """What becomes of a read in its file: its default, and each use, through one name at most."""

    default: Default | None = None
    uses: tuple[ValueUse, ...] = ()

    @property
    def passed_to(self) -> str:
        """The path of the one thing that the read is handed to as the only argument; else empty."""
        return self.uses[0].what if len(self.uses) == 1 and self.uses[0].kind == "call" else ""

    @property
    def type(self) -> str | None:
        """What the reader itself converts to; None where it gives the text."""
        return next((use.what for use in self.uses if use.kind == "type"), None)
