"""The values of a program that starts, with the variables on which they depend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field

from configvars.syntax.python import Node, PythonTree
from configvars.text import Span


class Read(Struct, frozen=True):
    """A read of a variable that returns None, or an empty default, if the variable is not set."""

    path: str
    span: Span
    name: str


Reads: TypeAlias = frozenset[Read]
NO_READS: Reads = frozenset()


class Value(Struct, frozen=True, eq=False):
    """A value and the variables that decide about it if they are not set.

    It is None if one of `absent` is not set, false if one of `empty` is not, and true if one of `filled` is
    not. `known` is what it is apart from that; None if that is not known. `chosen` is the variable whose
    content it is, if the app has it. `exact` is what it is if variables are certainly not set.
    """

    absent: Reads = NO_READS
    empty: Reads = NO_READS
    filled: Reads = NO_READS
    known: Known | None = None
    chosen: str = ""
    exact: Exact | None = None

    @property
    def truth(self) -> bool | None:
        """Whether the value is true; None if that is not known."""
        match self.known:
            case Constant(content):
                return bool(content)
            case _:
                return None


class Constant(Struct, frozen=True):
    """A string, number, bool or None that is written in the code.

    `assumed`: it follows from which variables the app does not have.
    """

    content: object
    assumed: bool = False


class Unbound(Struct, frozen=True):
    """Nothing: no statement has bound the name."""


class Exact(Struct, frozen=True, eq=False):
    """What a value is if all of some variables are not set."""

    known: Known
    by: Reads


class External(Struct, frozen=True):
    """Something that is not in the folder, by its dotted path: `os.getenv`, `builtins.int`.

    `lacking` are variables without which it is a client of no server, or of one on the dyno.
    """

    path: str
    lacking: Reads = NO_READS


class Items(Struct, eq=False):
    """A list, tuple or set of which all items are known; `open` after unknown code could change it."""

    values: tuple[Value, ...]
    open: bool = False
    kind: Callable[[Iterable[object]], Iterable[object]] = list

    def forget(self) -> None:
        """Unknown code may have changed it."""
        self.values, self.open = (), True


class Table(Struct):
    """A dict with known keys; `open` after unknown code could change it.

    `is_config`: it is the configuration of an app, which has more keys. `without` are keys that code would
    have set if a variable were set; `unloaded` are variables that name objects with more keys.
    """

    items: dict[str, Value] = field(default_factory=dict)
    open: bool = False
    is_config: bool = False
    without: dict[str, Reads] = field(default_factory=dict)
    unloaded: Reads = NO_READS

    def forget(self) -> None:
        """Unknown code may have changed it."""
        self.items.clear()
        self.open = True


class FlaskApp(Struct):
    """A Flask app, of which the configuration counts, and the packages that have got the app.

    `of` is its class, if that is one of the folder.
    """

    config: Value = field(
        default_factory=lambda: Value(known=Table({"TESTING": constant(False)}, is_config=True))
    )
    extensions: set[str] = field(default_factory=set)
    of: Class | None = None


class Module(Struct):
    """A module that runs, or has run; `open` if its names may have other values than the statements show."""

    path: str
    tree: PythonTree
    names: dict[str, Value] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    open: bool = False


class Scope(Struct):
    """The names of a module, class or function, and the scope around it."""

    module: Module
    names: dict[str, Value]
    outer: Scope | None = None
    of_class: bool = False


class Function(Struct, frozen=True):
    """A function of the folder, with the scope in which it is defined and the object that it is bound to."""

    node: Node
    scope: Scope
    defaults: Mapping[str, Value] = MappingProxyType({})
    kind: str = ""
    bound: Value | None = None


class Class(Struct):
    """A class of the folder; `open` if a decorator, metaclass or base class may change it.

    `fields` are the names of a dataclass, None for others; `factories` make their values. `outside` is the
    path of the library's class on which an open one is based. `statement` defines it, in the scope `around`.
    """

    names: dict[str, Value]
    bases: tuple[Class, ...] = ()
    fields: tuple[str, ...] | None = None
    open: bool = False
    outside: str = ""
    statement: Node | None = None
    around: Scope | None = None
    factories: Mapping[str, Node] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the code of the class or of its bases in the folder sets an attribute."""
        return name in self.names or any(base.has(name) for base in self.bases)

    def find(self, name: str) -> Value | None:
        """The value of an attribute, also of the base classes; None if it is not known."""
        if self.open or name in self.names:
            return None if self.open else self.names.get(name)
        found = (base.find(name) for base in self.bases)
        return next((each for each in found if each is not None), None)


class Object(Struct):
    """An instance of a class of the folder; `open` after unknown code could change it."""

    of: Class
    names: dict[str, Value] = field(default_factory=dict)
    open: bool = False


class Coroutine(Struct, frozen=True):
    """A call of an `async def`, which runs when it is awaited."""

    function: Function
    positional: tuple[Value, ...]
    named: Mapping[str, Value]


class BoundMethod(Struct, frozen=True):
    """A method of a value that the interpreter itself knows, such as `dict.items`."""

    on: Value
    name: str


Known: TypeAlias = (
    Constant
    | External
    | Items
    | Table
    | FlaskApp
    | Module
    | Function
    | Class
    | Object
    | BoundMethod
    | Coroutine
    | Unbound
)

UNKNOWN = Value()
NONE = Value(known=Constant(None))


def constant(content: object) -> Value:
    """The value of a literal."""
    return Value(known=Constant(content))


def follows(content: object, *values: Value) -> Value:
    """The value of something that is computed from other values."""
    return Value(known=Constant(content, any(map(is_assumed, values))))


def is_assumed(value: Value) -> bool:
    """Whether a value follows from which variables the app does not have."""
    return isinstance(value.known, Constant) and value.known.assumed


def external(path: str, lacking: Reads = NO_READS) -> Value:
    """The value of something outside of the folder."""
    return Value(known=External(path, lacking))


def text_of(value: Value) -> str | None:
    """The string that a value certainly is; None if it is not known."""
    known = value.known
    return known.content if isinstance(known, Constant) and isinstance(known.content, str) else None


def argument(
    positional: Sequence[Value], named_ones: Mapping[str, Value], name: str, position: int | None
) -> Value | None:
    """An argument of a call: by its name, or else by its position."""
    if name in named_ones or position is None or position >= len(positional):
        return named_ones.get(name)
    return positional[position]


def forget(value: Value) -> None:
    """Note that unknown code may have changed a value."""
    if value.exact is not None and not isinstance(value.exact.known, Constant):
        forget(Value(known=value.exact.known))
    match value.known:
        case Table() as table:
            table.forget()
        case Items(values) as items:
            items.forget()
            for each in values:
                forget(each)
        case Object() as one:
            one.names.clear()
            one.open = True
        case Class() | Module() as one:
            one.open = True
        case known:
            for each in _inside(known):
                forget(each)


def _inside(known: Known | None) -> Iterator[Value]:
    """The values that code can change through a value."""
    match known:
        case FlaskApp(config):
            yield config
        case Function(bound=bound) if bound is not None:
            yield bound
        case BoundMethod(on):
            yield on
        case Coroutine(function, positional, named):
            yield from (Value(known=function), *positional, *named.values())
        case _:
            pass
