"""What a reader is: one way Python code reads variables, as tables over what names stand for.

How to write one (a file here and a line in `READERS`):

* Find the external paths that lead to a read. A path is spelled as the code reaches it from an import:
  `os.environ.get`; `environs.Env` is a class, `environs.Env()` what calling it gives, `environs.Env().str`
  a method of that, `a.b[]` an item, `click.command()@` what that makes of a function as a decorator. A last step `*` stands for any name (`environs.Env().*`).
  Import forms, aliases, re-exports, attributes of `self`, subclasses and instances that other files
  export are resolved before a reader is asked.
* Put a handler for each path into `calls`, `subscripts`, `tests` (`key in path`), `merges` (`path |= …`),
  `attributes` (`path.key`, methods included), `classes` (class statements with that base, also through
  classes of the workspace) or `makes` (calls of such classes of other files). `getter`, `item` and `contained` of `handlers` make the usual ones from data. Others are functions `Site -> Iterator[Fact]`.
* A `Site` gives arguments as `Argument(value, span)`. `site.of` is what the method was taken from: its
  `arguments` are those of the constructor. `site.within(path)` yields the calls of `path` whose `with`
  block is around the site, outermost first: `with env.prefixed("X_"):`.
* A `Use` is a read, a test or a write of what its key names. Change a key with `argument.prefixed(…)`,
  `.suffixed(…)` and `.changed("upper")`: these work on constants, loops and parameters of wrappers alike,
  so never look for a `Str` yourself unless the reader cannot do without.
* `triggers` are the byte strings of which a file must hold one to be read at all, unless it uses a name
  that another file exports; those in `company` count only where its modules are imported. `keep` names paths whose value matters although no table has them, `given` those of the tables that read what they are given and lead nowhere.
* `objects` are things that read and that code hands to functions (`environs.Env()`): a parameter that gets one
  is one. `entered` are calls that a `with` block gives a name to, and that give what they are a method of.
  `decorators` are those whose `@` is of interest, `constants` texts and sentinels of a library: `NOTSET`.
  `inside` are patterns of names within texts: `"${oc.env:NAME}"`.
  `set_later` are attributes that count as if the constructor had been given them: `env.prefix = "X_"`.
* `silent` and `examples` are the reader's tests: references as `line:column NAME access need` (1-based,
  `-` for no need), reads without a name as `line:column ? idiom`, definitions as `line:column NAME =`,
  flask scope as `flask:NAME`. Several files: `-- path --` lines, and the path before each place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from configvars.model import Access, Example
from configvars.names.interest import Inside
from configvars.names.shapes import NO_SHAPE, Shape
from configvars.names.values import (
    UNSET,
    Arguments,
    Class,
    External,
    FilePath,
    Parameter,
    Str,
    Value,
)
from configvars.readers.facts import NO_ERRORS, Argument, Fact, Put, Taken, Use
from configvars.text import Mark, Span


@dataclass(frozen=True, slots=True)
class CallParts:
    """A call as what is called and the arguments, each with its place.

    `passed` is what `**kwargs` gives that are those of the function around: any keyword that its caller gives.
    """

    callee: Value
    positional: tuple[Argument, ...] = ()
    keywords: tuple[tuple[str, Argument], ...] = ()
    rest: bool = False
    passed: tuple[Mark, Span] | None = None

    def argument(self, position: int | None, *names: str) -> Argument | None:
        """The argument at a position (None: keyword only) or under one of the names."""
        if position is not None and position < len(self.positional):
            return self.positional[position]
        given = next((argument for name, argument in self.keywords if name in names), None)
        if given is not None or self.passed is None or not names:
            return given
        owner, span = self.passed
        return Argument(Parameter(names[0], owner, UNSET), span)


@dataclass(frozen=True, slots=True)
class Field:
    """A name that a class body assigns or annotates, at its place in the file of the site.

    `shape` and `annotation` are what its annotation says and its text; `calls` the calls in the annotation and
    the one that gives the value (`is_called`), each in parts. Of a class of another file, `written` is where the name is
    written, and all places are the one at which the class was asked for. `item`: see `Declared`.
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

    @property
    def annotated(self) -> bool:
        """Whether it has an annotation."""
        return bool(self.annotation)


class Site(Protocol):
    """A place where a path of a table is called, subscripted, tested, merged into or derived from."""

    @property
    def path(self) -> str:
        """The path of the table that led here."""

    @property
    def of(self) -> External | None:
        """The instance that is called, or what the method was taken from: with its constructor's `arguments`."""

    @property
    def value_of(self) -> External | None:
        """What an item or a method is taken from."""

    @property
    def span(self) -> Span:
        """The whole expression or statement."""

    @property
    def name_span(self) -> Span:
        """For a class statement, the name of the class; for a call, what is called."""

    @property
    def access(self) -> Access:
        """For a subscript or attribute: WRITE where it is assigned to or deleted. READ otherwise."""

    @property
    def deletes(self) -> bool:
        """Whether this is in a `del` statement."""

    @property
    def call(self) -> CallParts:
        """The arguments; of a subscript, attribute and test the key as only one; of a merge the right side."""

    @property
    def target(self) -> Argument | None:
        """The name that what a call gives is assigned to."""

    def onward(self) -> tuple[Argument, ...]:
        """The keys that are taken one from the other behind this: `.a`, `["b"]`, `.get("c")`; no methods."""

    @property
    def cls(self) -> Class | None:
        """For a class statement, the class."""

    def argument(self, position: int | None, *names: str) -> Argument | None:
        """The argument at a position (None: keyword only) or under one of the names."""

    def pairs(self, argument: Argument) -> tuple[tuple[Argument, Argument], ...]:
        """The keys and values of a dict display or `dict(…)` call that an argument is, with their places."""

    def items(self, argument: Argument) -> tuple[Argument, ...]:
        """The items of a tuple or list display that an argument is, else the argument itself."""

    def parts_of(self, argument: Argument) -> CallParts | None:
        """The parts of the call that an argument is, None if it is none."""

    def path_patterns(self, argument: Argument) -> tuple[Str | FilePath, ...]:
        """The paths that an argument may stand for; `*` in them stands for what is not told."""

    def within(self, path: str) -> Iterator[Arguments]:
        """The arguments of the calls of `path` whose `with` block is around this, outermost first."""

    def fields(self) -> tuple[Field, ...]:
        """For a class statement, the names of its body in order; inherited ones are not among them."""

    def declared(self, cls: Class, at: Span) -> tuple[Field, ...]:
        """The names of the body of a class in order; of one of another file, all are placed at `at`."""

    def parameters(self) -> tuple[Field, ...]:
        """For a decorator, the parameters of the function that it decorates."""

    @property
    def decorates(self) -> Value:
        """For a decorator, what all decorators make of the function; else unknown."""

    @property
    def function_name(self) -> str | None:
        """For a decorator, the name of the function that it decorates."""

    @property
    def default(self) -> Argument | None:
        """For a call in the annotation of a parameter, the default of that parameter."""

    def decorators_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls that decorate a class of this file."""

    def calls(self, word: str) -> Iterator[CallParts]:
        """The calls in this file of a method of this name, and those with a keyword of this name."""

    def member(self, *names: str, of: Class | None = None) -> Value:
        """What `cls.a.b` stands for, inherited or not; unknown where there is none.

        Of the class of this statement, or of another one.
        """

    def is_here(self, home: Mark) -> bool:
        """Whether a function or class is one of this file."""

    def lineage(self) -> tuple[Class, ...]:
        """For a class statement, the class and the workspace classes it derives from, nearest first."""

    def bases_of(self, cls: Class) -> tuple[Value, ...]:
        """What a class derives from, in order. What another file would have to tell is asked of it."""

    def calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls of a class in this file."""

    def is_changed(self, cls: Class, name: str) -> bool:
        """Whether code of this file changes what a class holds under a name, from outside of the class."""

    def base_calls_of(self, cls: Class) -> tuple[CallParts, ...]:
        """The calls `super().__init__(…)` in the constructor of a class of this file."""

    def returned(self, function: Value, *given: Value) -> Value:
        """What a function returns for some arguments; without any, in terms of its parameters."""

    def keywords_of(self, cls: Class) -> tuple[tuple[str, Value], ...]:
        """The keywords of the statement of a class: `class Settings(BaseSettings, env_prefix="A_")`."""

    def keyword(self, name: str) -> Span | None:
        """Where the name of a keyword argument of the call is written."""


Handler = Callable[[Site], Iterator[Fact]]


@dataclass(frozen=True, slots=True)
class Company:
    """Words that make a file worth reading where some file of the workspace imports one of `modules`.

    They are words too common to count by themselves. A module's name can end in `*`.
    """

    words: tuple[bytes, ...] = ()
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One way of reading variables. See the top of this module."""

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
    conventions: Mapping[str, str] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()
    company: Company = Company()


__all__ = [
    "NO_ERRORS",
    "Argument",
    "CallParts",
    "Company",
    "Fact",
    "Field",
    "Handler",
    "Put",
    "Reader",
    "Site",
    "Taken",
    "Use",
]
