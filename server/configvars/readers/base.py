"""A reader describes one way in which Python code reads variables, as tables of import paths and handlers.

How to write one (a file in this package and a line in `READERS`):

* Find the external paths of the calls, items and so on that read a variable. A path is written as the code reaches it
  from an import: `os.environ.get`; `environs.Env` is a class, `environs.Env()` the result of calling it,
  `environs.Env().str` a method of the result, `a.b[]` an item, `click.command()@` the result of this decorator for a
  function. `*` as last step matches any name (`environs.Env().*`).
  Import forms, aliases, re-exports, attributes of `self`, subclasses and instances that other files
  export are resolved before a reader is called.
* CopyWrite a handler for each path into `calls`, `subscripts`, `tests` (`key in path`), `merges` (`path |= …`),
  `attributes` (`path.key`, methods included), `classes` (class statements with that base, also through
  classes of the workspace) or `makes` (calls of such classes of other files). `getter`, `item` and `contained` in
  `handlers` make handlers for the usual cases from data. Other handlers are functions `Site -> Iterator[Fact]`.
* A `Site` returns arguments as `Argument(value, span)`. `site.of` is the object of the method; its
  `arguments` are those of its constructor. `site.within(path)` yields the calls of `path` in the `with`
  statements around the site, outermost first: `with env.prefixed("X_"):`.
* A `Use` is a read, a test or a write of the variable named by its key. Change a key with `argument.prefixed(…)`,
  `.suffixed(…)` and `.changed("upper")`: these work on constants, loops and parameters of wrappers alike,
  so do not look for a `Str` yourself unless the reader needs it.
* `triggers` are byte strings: a file is read only if it contains one of them, or uses a name
  that another file exports. Those in `conditional_triggers` count only if its modules are imported. `keep` lists further paths
  whose values are needed; `given` lists paths of the tables that read their arguments but do not lead to variables.
* `objects` are objects that read and that code passes to functions (`environs.Env()`): a parameter that gets one
  is treated as one. `entered` are methods that return their own object as the target of a `with` statement.
  `decorators` are the relevant decorators, `constants` are strings and sentinels of a library: `NOTSET`.
  `inside` are patterns of names in strings: `"${oc.env:NAME}"`.
  `set_later` are attributes that work like arguments of the constructor: `env.prefix = "X_"`. `distinct` are
  calls whose results are different objects: `typer.Typer()`.
* `silent` and `examples` are the reader's tests: references as `line:column NAME access need` (1-based,
  `-` for no need), reads of unknown names as `line:column ? idiom`, definitions as `line:column NAME =`,
  keys of Flask as `flask:NAME`. For several files, write `-- path --` lines, and the path before each place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct, field

from configvars.model import Access, Example
from configvars.names.interest import Inside
from configvars.names.shapes import NO_SHAPE, Shape
from configvars.names.values import Arguments, Class, External, FilePath, Str, Value
from configvars.readers.facts import NO_ERRORS, Argument, CallParts, CopyWrite, Fact, PatternRead, Use
from configvars.text import Mark, Span

_T = TypeVar("_T")


class Field(Struct, frozen=True):
    """A name that a class body assigns or annotates; spans are in the file of the site.

    `shape` and `annotation` are the parsed annotation and its source text; `calls` are the calls in the
    annotation and, with `is_called`, the call that is the value. For a class in another file, `written` is
    where the name is written, and all spans are those of the place that asked for the class. `item`,
    `conditional` and `corrected`: see `Declared`.
    """

    name: str
    span: Span
    annotation: str = ""
    shape: Shape = NO_SHAPE
    value: Argument | None = None
    calls: tuple[CallParts, ...] = ()
    is_called: bool = False
    written: Mark | None = None
    item: bool = False
    conditional: bool = False
    corrected: bool = False

    @property
    def annotated(self) -> bool:
        """Whether the field has an annotation."""
        return bool(self.annotation)


class Site(Protocol):
    """A place where a path of a table is called, subscripted, tested, merged into or derived from."""

    @property
    def path(self) -> str:
        """The path in the table that matched here."""

    @property
    def of(self) -> External | None:
        """The instance that is called, or the object of the method, with its constructor's `arguments`."""

    @property
    def value_of(self) -> External | None:
        """The object from which an item or method is taken."""

    @property
    def span(self) -> Span:
        """The span of the whole expression or statement."""

    @property
    def name_span(self) -> Span:
        """The span of the name: for a class statement, of the class name; for a call, of what is called."""

    @property
    def access(self) -> Access:
        """For a subscript or attribute: WRITE if it is assigned to or deleted; otherwise READ."""

    @property
    def is_merged_into(self) -> bool:
        """Whether code may merge others into the mapping of which this is an item or method."""

    @property
    def deletes(self) -> bool:
        """Whether this is in a `del` statement."""

    @property
    def call(self) -> CallParts:
        """The arguments of the call.

        For a subscript, attribute or test, the key is the only argument; for a merge, the right side.
        """

    @property
    def target(self) -> Argument | None:
        """The name to which the result of the call is assigned."""

    def onward(self) -> tuple[Argument, ...]:
        """The keys in the chain after this expression: `.a`, `["b"]`, `.get("c")`.

        Other methods end the chain.
        """

    @property
    def cls(self) -> Class | None:
        """For a class statement, the class."""

    def argument(self, position: int | None, *names: str) -> Argument | None:
        """The argument at a position (None: keyword only) or under one of the names."""

    def pairs(self, argument: Argument) -> tuple[tuple[Argument, Argument], ...]:
        """The keys and values of an argument that is a dict display or a `dict(…)` call."""

    def items(self, argument: Argument) -> tuple[Argument, ...]:
        """The items of an argument that is a tuple or list display; otherwise the argument itself."""

    def parts_of(self, argument: Argument) -> CallParts | None:
        """The parts of an argument that is a call; None for any other argument."""

    def path_patterns(self, argument: Argument) -> tuple[Str | FilePath, ...]:
        """The paths that an argument may be; `*` in them matches what is not known."""

    def within(self, path: str) -> Iterator[Arguments]:
        """The arguments of the calls of `path` in the `with` statements around this, outermost first."""

    def fields(self) -> tuple[Field, ...]:
        """For a class statement, the names in its body in order, without inherited ones."""

    def declared(self, cls: Class, at: Span) -> tuple[Field, ...]:
        """The names in the body of a class in order; for a class in another file, all at the span `at`."""

    def parameters(self) -> tuple[Field, ...]:
        """For a decorator, the parameters of the function that it decorates."""

    @property
    def decorates(self) -> Value:
        """For a decorator, the result of all decorators of the function; an unknown value elsewhere."""

    @property
    def function_name(self) -> str | None:
        """For a decorator, the name of the function that it decorates."""

    @property
    def default(self) -> Argument | None:
        """For a call in the annotation of a parameter, the default of that parameter."""

    def decorators_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls that decorate a class of this file."""

    def calls(self, word: str) -> Iterator[CallParts]:
        """The calls in this file of a method `word`, and the calls with a keyword argument `word`."""

    def member(self, *names: str, of: Class | None = None) -> Value:
        """The value of `cls.a.b`, inherited or not; unknown if it does not exist.

        `cls` is the class of this statement, or `of`.
        """

    def is_here(self, home: Mark) -> bool:
        """Whether a function or class is defined in this file."""

    def lineage(self) -> tuple[Class, ...]:
        """For a class statement, the class and its base classes in the workspace, nearest first."""

    def bases_of(self, cls: Class) -> tuple[Value, ...]:
        """The base classes of a class, in order; asks other files if necessary."""

    def calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls of a class in this file."""

    def is_used(self, cls: Class) -> bool:
        """Whether this file calls a class or a method of it, or passes it on."""

    def is_changed(self, cls: Class, name: str) -> bool:
        """Whether code of this file, outside the class, changes the attribute `name` of a class."""

    def base_calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls `super().__init__(…)` in the constructor of a class of this file."""

    def returned(self, function: Value, *given: Value) -> Value:
        """What a function returns for the arguments `given`.

        Without arguments, in terms of its parameters.
        """

    def keywords_of(self, cls: Class) -> tuple[tuple[str, Value], ...]:
        """The keywords of the statement of a class: `class Settings(BaseSettings, env_prefix="A_")`."""

    def keyword(self, name: str) -> Span | None:
        """Where the name of a keyword argument of the call is written."""

    def once(self, key: Hashable, find: Callable[[], _T], otherwise: _T) -> _T:
        """The result of `find`, which depends on `key` and the file only; computed once for all its places.

        `otherwise` is the answer if `find` needs its own result.
        """


Handler = Callable[[Site], Iterator[Fact]]


class Sign(Struct, frozen=True):
    """A word that counts only before certain code, which `before` describes as a regular expression.

    The file must also contain one of the words in `beside`, if there are any.
    """

    word: bytes
    before: str = r"\b"
    beside: tuple[bytes, ...] = ()


class ConditionalTriggers(Struct, frozen=True):
    """Trigger words that count only if a file of the workspace imports one of `modules`.

    They are too common to count by themselves. The name of a module can end in `*`.
    """

    words: tuple[bytes, ...] = ()
    modules: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


class Reader(Struct, frozen=True):
    """One way of reading variables. The docstring of this module describes the fields."""

    name: str
    triggers: tuple[bytes, ...]
    silent: tuple[Example, ...]
    examples: tuple[Example, ...]
    calls: Mapping[str, Handler] = field(default_factory=dict)
    subscripts: Mapping[str, Handler] = field(default_factory=dict)
    tests: Mapping[str, Handler] = field(default_factory=dict)
    merges: Mapping[str, Handler] = field(default_factory=dict)
    attributes: Mapping[str, Handler] = field(default_factory=dict)
    classes: Mapping[str, Handler] = field(default_factory=dict)
    makes: Mapping[str, Handler] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    fixtures: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    set_later: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    constants: Mapping[str, Value] = field(default_factory=dict)
    inside: tuple[Inside, ...] = ()
    distinct: tuple[str, ...] = ()
    conventions: Mapping[str, str] = field(default_factory=dict)
    other_frameworks: frozenset[str] = frozenset()
    conditional_triggers: ConditionalTriggers = ConditionalTriggers()


__all__ = [
    "NO_ERRORS",
    "Argument",
    "CallParts",
    "ConditionalTriggers",
    "CopyWrite",
    "Fact",
    "Field",
    "Handler",
    "PatternRead",
    "Reader",
    "Sign",
    "Site",
    "Use",
]
