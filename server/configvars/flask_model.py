"""The words for Flask's configuration: what gives it keys, in which order, as one file alone tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from configvars.text import Mark, Place, Span

ValueKind = Literal[
    "environment", "text", "bytes", "number", "bool", "none", "duration", "list", "dict", "unknown"
]
"""What an expression gives. `environment`: the text of a variable, as it is."""


@dataclass(frozen=True, slots=True)
class ConfigKey:
    """A key of Flask's configuration where it gets a value.

    `place` is the name as written: a mark where that is in another file, until files are linked. `value` is
    the expression that is its value (in the same file, if it has a place at all), `statement` all that goes
    when the key goes. `kinds` are what the value may be, nothing where that was not looked at; `made_anew`:
    it is another one in each process.
    """

    name: str
    place: Place | Mark
    value: Span | None = None
    statement: Span | None = None
    kinds: tuple[ValueKind, ...] = ()
    made_anew: bool = False

    @property
    def path(self) -> str:
        """The file that the name is written in."""
        return self.place.path

    @property
    def span(self) -> Span:
        """Where in that file the name is written."""
        return self.place.span if isinstance(self.place, Place) else Span(0, 0)


@dataclass(frozen=True, slots=True)
class ConfigObject:
    """What `from_object` or `from_pyfile` can take: a class of a module, or the module (an empty `name`).

    `home` is what stands for the class, or for the file; `bases` are homes of classes, or the
    dotted names of what no file has told; `stars` are the modules that a module takes all names from.
    `ignored` are the names that are not upper case and stand nowhere else in the file. `open`: it may have
    more names than these, from a base or module outside the workspace or by being an instance.
    """

    home: Mark
    name: str
    keys: tuple[ConfigKey, ...]
    bases: tuple[Mark | str, ...] = ()
    stars: tuple[str, ...] = ()
    ignored: tuple[ConfigKey, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class ConfigFeed:
    """What one argument gives to a configuration: keys, classes (by home), modules (by dotted name).

    `parameters` (each with its function) are what callers decide; `needs_caller`: one of them has no default.
    `open`: it may be something else, too. `above`: of a module, only what stands above the statement.
    """

    keys: tuple[ConfigKey, ...] = ()
    classes: tuple[Mark, ...] = ()
    modules: tuple[str, ...] = ()
    parameters: tuple[tuple[Mark, str], ...] = ()
    open: bool = False
    needs_caller: bool = False
    above: bool = False


NO_FEED = ConfigFeed()


@dataclass(frozen=True, slots=True)
class ConfigStep:
    """A statement that feeds `app.config`.

    `method` is a method of it, or `[]=`, `|=`, or `attribute` (`app.secret_key = …`). `file` is the path
    that `from_pyfile` and `from_file` are given, `variable` the env variable of `from_envvar`, `prefix`
    that of `from_prefixed_env`. `conditional`: it may not be run. `in_main`: only `python FILE` runs it.
    `later`: it is in a function that is called when the app has been made, if at all.
    """

    method: str
    span: Span
    feed: ConfigFeed = NO_FEED
    file: str | None = None
    variable: str | None = None
    prefix: str | None = None
    silent: bool = False
    conditional: bool = False
    in_main: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class ConfigCall:
    """A call of a function of the workspace that may feed a configuration.

    `app` is the parameter that takes the app, if one does; `given` what other parameters take.
    """

    function: Mark
    span: Span
    app: str | None = None
    given: tuple[tuple[str, ConfigFeed], ...] = ()
    conditional: bool = False
    in_main: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class ConfigEscape:
    """A call that hands an app or its configuration (`what`) to what is not known in the workspace.

    `callee` is the path of what is called, `flask_mail.Mail().init_app`; empty where that is not known.
    `word` is its last word. `options` are the arguments by name or position, with what is written there
    where that is a constant of Python's.
    """

    callee: str
    span: Span
    what: Literal["app", "config"] = "app"
    word: str = ""
    options: tuple[tuple[str, str], ...] = ()
    conditional: bool = False
    in_main: bool = False
    later: bool = False


ConfigEvent = ConfigStep | ConfigCall | ConfigEscape


@dataclass(frozen=True, slots=True)
class FeatureUse:
    """A use of something that needs keys of the configuration: `flask.session` where it is written to.

    `options` are as those of `ConfigEscape`.
    """

    feature: str
    span: Span
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ConfigAttribute:
    """`app.config.KEY`, which is no key but an attribute; `sets`: it is assigned to."""

    name: str
    span: Span
    sets: bool = False


@dataclass(frozen=True, slots=True)
class ConfigFlow:
    """What happens to the configuration of one app in one scope, in order.

    `owner` is the call of `Flask` that makes the app, the subclass of `Flask` or factory it comes from, or
    the function that has it as `parameter`; None where it is only known that it is an app (`current_app`).
    `makes`: the owner is a call of `Flask`, and `maker` the function it is in. `relative` and
    `instance_path` are arguments `Flask` was given: `instance_relative_config=True`, and the folder; `made`
    is its call. `of_class`: the owner is a subclass.
    """

    owner: Mark | None
    events: tuple[ConfigEvent, ...]
    parameter: str | None = None
    makes: bool = False
    maker: Mark | None = None
    relative: Span | None = None
    instance_path: Span | None = None
    made: Span | None = None
    of_class: bool = False


@dataclass(frozen=True, slots=True)
class FlaskFacts:
    """What one Python file says of Flask's configuration.

    `items` are uses of an item of a key, as `from_prefixed_env` names them (`MAIL__PORT`), at the item.
    `own_class`: a subclass of Flask makes its configuration in a way of its own.
    """

    flows: tuple[ConfigFlow, ...] = ()
    objects: tuple[ConfigObject, ...] = ()
    items: tuple[tuple[str, Span], ...] = ()
    uses: tuple[FeatureUse, ...] = ()
    attributes: tuple[ConfigAttribute, ...] = ()
    own_class: bool = False


NO_FLASK = FlaskFacts()
