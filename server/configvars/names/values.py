"""The symbolic values of expressions. They are frozen, so that answers to other files can be compared.

A value contains no syntax nodes, and nothing that another file determines: functions and classes are
identified by their home, and their file is asked for what they return or contain when it is needed. Where a
string is written is given by a `Place` in the same file and by a `Mark` in other files.
"""

from __future__ import annotations

from msgspec import Struct

from configvars.limits import CHOICES, STEPS, beyond
from configvars.model import Access, Need
from configvars.text import Mark, Place

ANY_KEYWORD = "**"
"""The key of a keyword argument that a `**` of unknown content may pass."""
_DIGITS = 10


class Unknown(Struct, frozen=True):
    """A value about which nothing is known."""


class Nothing(Struct, frozen=True):
    """`None`, or a sentinel with the same purpose: `MISSING = object()`."""

    is_sentinel: bool = False


class Known(Struct, frozen=True):
    """A number, a boolean or an ellipsis: not `None`, and its value does not matter."""

    text: str = ""

    @property
    def count(self) -> int | None:
        """A whole number of at most nine digits; Python refuses to convert thousands of them."""
        digits = self.text.removeprefix("-")
        return int(self.text) if digits.isdecimal() and len(digits) < _DIGITS else None

    @property
    def shown(self) -> str:
        """What `str` makes of it; empty if that is not known."""
        return self.text if self.text in ("True", "False") or str(self.count) == self.text else ""


class Str(Struct, frozen=True):
    """A string, and the literals that it is made of, each with its place inside the quotes.

    `of` is how it is computed from attributes of `self`, which derived classes may override.
    """

    text: str
    written: tuple[Place | Mark, ...] = ()
    of: Value | None = None


class Parameter(Struct, frozen=True):
    """A parameter of the function `owner`, or an attribute of an instance that such a parameter sets."""

    name: str
    owner: Mark
    default: Value | None = None


class Join(Struct, frozen=True):
    """A concatenation of strings, some of which only a caller determines."""

    parts: tuple[Value, ...]


class Method(Struct, frozen=True):
    """The result of a method of `str`, for a string that only a caller determines."""

    name: str
    of: Value


class Asked(Struct, frozen=True):
    """A call of a method of `self`, which a derived class may override.

    `usual` is the result of the method of the class at `owner`; for a read inside that method, it is the
    method.
    """

    name: str
    owner: Mark
    given: Arguments
    usual: Value


class Item(Struct, frozen=True):
    """Any item of a sequence that only a caller determines."""

    of: Parameter


class OneOf(Struct, frozen=True):
    """One of several values; it is not known which one."""

    values: tuple[Value, ...]


class FilePath(Struct, frozen=True):
    """An absolute path that code builds from the path of a workspace file (`__file__`)."""

    path: str


class Sequence(Struct, frozen=True):
    """A tuple, list or set display."""

    items: tuple[Value, ...]


class Mapping(Struct, frozen=True):
    """A dict display."""

    items: tuple[tuple[Value, Value], ...]


class External(Struct, frozen=True):
    """A value from a module outside the workspace, identified by the path that leads to it.

    `os.environ`, `environs.Env` (a class), `environs.Env()` (the result of calling it), `environs.Env().str`
    (its method). `of` is the value before the last step; `arguments` are those of a last call, `given` those
    that a partial passes to the next one.
    """

    path: str
    of: External | None = None
    arguments: Arguments | None = None
    given: Arguments | None = None


class Arguments(Struct, frozen=True):
    """The arguments of a call. `rest`: there is a `*args` or `**kwargs` of unknown content."""

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    rest: bool = False


class Formal(Struct, frozen=True):
    """A formal parameter. `kind` is positional, keyword, args or kwargs."""

    name: str
    kind: str = "positional"
    default: Value | None = None


class Condition(Struct, frozen=True):
    """A condition for the argument of a parameter: it is true, or it is the same as `same`.

    `holds`: whether this must be true or must be false.
    """

    of: Parameter
    same: Value | None = None
    holds: bool = True


class ParameterRead(Struct, frozen=True):
    """A read inside a function, of a variable whose name the caller determines.

    `default` is what the caller passes as default (a `Parameter`), `need` is the need of the read if the
    caller passes none; `passes`: the function returns the value unchanged, so that the caller's code decides
    what happens if the variable is not set. `place` is the innermost read, `through` are the calls on all
    ways to it. It happens only if each condition in `only_if` is met. If all conditions of one of `fails_if`
    are met, the function fails without the variable; `empty_fails_if`: if the variable is empty. `asked` is
    the call of a method of `self` on the way. `returns_empty`: an empty string is returned as it is.
    """

    key: Value
    place: Mark
    through: frozenset[Mark] = frozenset()
    scope: str = "env"
    access: Access = Access.READ
    need: Need | None = None
    default: Value | None = None
    passes: bool = False
    only_if: tuple[Condition, ...] = ()
    fails_if: tuple[frozenset[Condition], ...] = ()
    asked: Asked | None = None
    empty_fails_if: tuple[frozenset[Condition], ...] = ()
    returns_empty: bool = False


class Function(Struct, frozen=True):
    """A function, lambda or method of the workspace. Equal `home` means the same function.

    `bound` contains values for parameters of enclosing functions or of the instance. `of` is the class that a
    method was taken from, or with `is_self` a class that derives from it.
    """

    home: Mark
    formals: tuple[Formal, ...] = ()
    kind: str = "function"
    bound: tuple[tuple[Parameter, Value], ...] = ()
    given: Arguments | None = None
    of: Class | None = None
    is_self: bool = False

    def __hash__(self) -> int:
        return hash(self.home)  # the values in `bound` can be deeply nested


class Class(Struct, frozen=True):
    """A class of the workspace. Its file is asked for its base classes and members."""

    home: Mark
    name: str


class Instance(Struct, frozen=True):
    """The result of calling a workspace class; `bound` contains the arguments of its constructor."""

    cls: Class
    bound: tuple[tuple[Parameter, Value], ...] = ()


class Missing(Struct, frozen=True):
    """A value of a workspace module that has not been read yet, and the module's file if it is known."""

    dotted: str
    path: str | None = None


class Module(Struct, frozen=True):
    """A module of the workspace: its dotted name in the code, and its file; None for a folder."""

    dotted: str
    path: str | None = None


Value = (
    Unknown
    | Nothing
    | Known
    | Str
    | Parameter
    | Join
    | Method
    | Asked
    | Item
    | OneOf
    | FilePath
    | Sequence
    | Mapping
    | External
    | Function
    | Class
    | Instance
    | Missing
    | Module
)

UNKNOWN = Unknown()
NOTHING = Nothing()
UNSET = Nothing(is_sentinel=True)
"""The value of an argument that was not passed and has no default."""


def one_of(values: list[Value]) -> Value:
    """One value with these alternatives, without duplicates; unknown if there are too many."""
    flat: dict[Value, None] = {}
    for value in values:
        for alternative in alternatives(value):
            flat[alternative] = None
    if len(flat) > CHOICES.most:
        beyond(CHOICES)
        return UNKNOWN
    if not flat:
        return UNKNOWN
    return next(iter(flat)) if len(flat) == 1 else OneOf(tuple(flat))


def alternatives(value: Value) -> tuple[Value, ...]:
    """The alternatives of a value."""
    return value.values if isinstance(value, OneOf) else (value,)


def step(of: External, suffix: str, arguments: Arguments | None = None) -> Value:
    """The value one step after an external value: `.name`, `()` or `[]`."""
    if len(of.path) + len(suffix) > STEPS.most:
        beyond(STEPS)
        return UNKNOWN
    return External(of.path + suffix, of, arguments)
