"""What an expression can stand for. Frozen, so that answers to other files can be compared.

A value never holds syntax, nor what another file says: functions and classes are named by their home, and
what they return or hold is asked of their file when it is needed. Where a text is written is told by a
`Place` in the file itself and by a `Mark` in other files.
"""

from __future__ import annotations

from dataclasses import dataclass

from configvars.limits import CHOICES, STEPS, beyond
from configvars.model import Access, Need
from configvars.text import Mark, Place

ANY_KEYWORD = "**"
"""The name of a keyword argument of which only a `**` of unknown content is known."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything that the text does not tell."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """`None`, or a sentinel that does its work: `MISSING = object()`."""

    is_sentinel: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A number, a boolean, an ellipsis: something that is there, and whose value is of no interest."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Str:
    """A text, and the literals it is made of, each a place inside the quotes."""

    text: str
    written: tuple[Place | Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the function at `owner`, or an attribute that such a parameter gave an instance."""

    name: str
    owner: Mark
    default: Value | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Texts one after the other, some of which only a caller knows."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of `str` without arguments that matter, upon a text that only a caller knows."""

    name: str
    of: Value


@dataclass(frozen=True, slots=True)
class Item:
    """Any item of a sequence that only a caller knows."""

    of: Parameter


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several values; which one, the text does not tell."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class FilePath:
    """A path that the code builds from where a file of the workspace stands (`__file__`); absolute."""

    path: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A tuple, list or set display."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict display."""

    items: tuple[tuple[Value, Value], ...]


@dataclass(frozen=True, slots=True)
class External:
    """Something of a module outside the workspace, by the path that leads to it.

    `os.environ`, `environs.Env` (a class), `environs.Env()` (what calling it gives), `environs.Env().str`
    (its method). `of` is what the last step was taken from; `arguments` are those of a last call.
    """

    path: str
    of: External | None = None
    arguments: Arguments | None = None


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call is given. `rest`: there is a `*args` or `**kwargs` of unknown content."""

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Formal:
    """A formal parameter. `kind` is one of the words positional, keyword, args, kwargs."""

    name: str
    kind: str = "positional"
    default: Value | None = None


@dataclass(frozen=True, slots=True)
class ParameterRead:
    """A read inside a function whose name the caller decides.

    `default` is what the caller gives for an absent variable (a `Parameter`), `need` what the read needs
    when the caller gives none; `passes`: the function returns what it read, so that the caller's code
    decides what an absent variable breaks. `place` is the innermost read, `through` are the calls on all
    ways to it. It happens only where each parameter in `only_if` is true, or false.
    """

    key: Value
    place: Mark
    through: frozenset[Mark] = frozenset()
    scope: str = "env"
    access: Access = Access.READ
    need: Need | None = None
    default: Value | None = None
    passes: bool = False
    only_if: tuple[tuple[Parameter, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function, lambda or method of the workspace. Equal `home` means the same function.

    `bound` gives values to parameters of enclosing functions or of the instance.
    """

    home: Mark
    formals: tuple[Formal, ...] = ()
    kind: str = "function"
    bound: tuple[tuple[Parameter, Value], ...] = ()
    given: Arguments | None = None

    def __hash__(self) -> int:
        return hash(self.home)  # what it is bound to can be deep


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the workspace. Its bases and members are asked of its file."""

    home: Mark
    name: str


@dataclass(frozen=True, slots=True)
class Instance:
    """What calling a class of the workspace gives; `bound` holds what its constructor was given."""

    cls: Class
    bound: tuple[tuple[Parameter, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something of a workspace module that has not been read yet, and the module's file if that is known."""

    dotted: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the workspace: its dotted name where it is used, and its file; None for a folder."""

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
"""What stands for an argument that was not given, and is no default itself."""


def one_of(values: list[Value]) -> Value:
    """The values as one, each once; too many are unknown."""
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
    """What a value may be."""
    return value.values if isinstance(value, OneOf) else (value,)


def step(of: External, suffix: str, arguments: Arguments | None = None) -> Value:
    """What is one step further from an external thing: `.name`, `()` or `[]`."""
    if len(of.path) + len(suffix) > STEPS.most:
        beyond(STEPS)
        return UNKNOWN
    return External(of.path + suffix, of, arguments)
