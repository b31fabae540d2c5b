"""Types for Flask's configuration: what sets keys, and in which order, as one file alone shows it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from configvars.text import Mark, Place, Span

ValueKind = Literal[
    "environment", "text", "bytes", "number", "bool", "none", "duration", "list", "dict", "unknown"
]
"""The kind of an expression's value. `environment`: the unchanged string of a variable."""


class ConfigKey(Struct, frozen=True):
    """A key of Flask's configuration where it gets a value.

    `place` is the name as written; until files are linked, it is a mark if the name is written in another
    file. `value` is the span of the expression for its value (in the same file, if it has one), `statement`
    the span to delete together with the key. `kinds` are the possible kinds of the value, empty if not
    computed; `made_anew`: the value differs in each process.
    """

    name: str
    place: Place | Mark
    value: Span | None = None
    statement: Span | None = None
    kinds: tuple[ValueKind, ...] = ()
    made_anew: bool = False

    @property
    def path(self) -> str:
        """The file in which the name is written."""
        return self.place.path

    @property
    def span(self) -> Span:
        """The span of the name in that file."""
        return self.place.span if isinstance(self.place, Place) else Span(0, 0)


class ConfigObject(Struct, frozen=True):
    """What `from_object` or `from_pyfile` can load: a class, or a module (with an empty `name`).

    `home` identifies the class or the file; `bases` are the homes of base classes, or dotted names for
    unknown ones; `stars` are the modules that a module imports `*` from. `ignored` are names that are not
    upper case and occur nowhere else in the file. `open`: it may have more names, from a base class or module
    outside the workspace, or because it is an instance. `properties` are the keys that only an instance has:
    `@property` in a class.
    """

    home: Mark
    name: str
    keys: tuple[ConfigKey, ...]
    bases: tuple[Mark | str, ...] = ()
    stars: tuple[str, ...] = ()
    ignored: tuple[ConfigKey, ...] = ()
    open: bool = False
    properties: tuple[ConfigKey, ...] = ()


class ConfigFeed(Struct, frozen=True):
    """What one argument adds to a configuration: keys, classes (by home), modules (by dotted name).

    `parameters` (each with its function) depend on callers; `needs_caller`: one of them has no default.
    `open`: it may be something else, too. `above`: only the part of a module above the statement. `made` are
    those of the classes of which it is an instance. `strings` are the dotted names written as strings,
    whether they are found or not.
    """

    keys: tuple[ConfigKey, ...] = ()
    classes: tuple[Mark, ...] = ()
    modules: tuple[str, ...] = ()
    parameters: tuple[tuple[Mark, str], ...] = ()
    open: bool = False
    needs_caller: bool = False
    above: bool = False
    made: tuple[Mark, ...] = ()
    strings: tuple[str, ...] = ()


NO_FEED = ConfigFeed()


class ConfigStep(Struct, frozen=True):
    """A statement that sets keys of `app.config`.

    `method` is a method of it, or `[]=`, `|=`, or `attribute` (`app.secret_key = …`). `file` is the path in
    `from_pyfile` and `from_file`, `variable` the environment variable in `from_envvar`, `prefix` the prefix
    in `from_prefixed_env`; `own_loads`: that call names its own function for parsing values. `refuses_text`:
    `from_file` opens the file as text, but its function needs a binary one, and nothing catches the error.
    `conditional`: it may not run. `in_main`: only `python FILE` runs it. `later`: it is in a function that is
    called after the app was created, if at all.
    """

    method: str
    span: Span
    feed: ConfigFeed = NO_FEED
    file: str | None = None
    variable: str | None = None
    prefix: str | None = None
    own_loads: bool = False
    silent: bool = False
    conditional: bool = False
    in_main: bool = False
    later: bool = False
    refuses_text: bool = False


class ConfigCall(Struct, frozen=True):
    """A call of a function of the workspace that may set keys of a configuration.

    `app` is the parameter for the app, if there is one; `given` maps other parameters to their arguments.
    """

    function: Mark
    span: Span
    app: str | None = None
    given: tuple[tuple[str, ConfigFeed], ...] = ()
    conditional: bool = False
    in_main: bool = False
    later: bool = False


class ConfigEscape(Struct, frozen=True):
    """A call that passes an app or its configuration (`what`) to code outside the workspace.

    `callee` is the import path of the callee, such as `flask_mail.Mail().init_app`, empty if it is not known;
    `word` is its last name. `options` are the arguments by name or position, with the source text of those
    that are names or constants.
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


class FeatureUse(Struct, frozen=True):
    """A use of a feature that needs configuration keys: `flask.session` where it is written.

    `options` are as those of `ConfigEscape`.
    """

    feature: str
    span: Span
    options: tuple[tuple[str, str], ...] = ()


class ConfigAttribute(Struct, frozen=True):
    """`app.config.KEY`, which is an attribute and not a key; `sets`: it is assigned to."""

    name: str
    span: Span
    sets: bool = False


class LentRead(Struct, frozen=True):
    """A read of a key in a function that gets the configuration itself: `def f(config): config["X"]`.

    `place` is the name as written, a mark until files are linked. `required`: it raises KeyError without the
    key; `defaulted`: it has a default of its own.
    """

    name: str
    place: Place | Mark
    required: bool = False
    defaulted: bool = False


class ConfigFlow(Struct, frozen=True):
    """What happens to the configuration of one app in one scope, in order.

    `owner` is the call of `Flask` that creates the app, the subclass of `Flask` or factory it comes from, or
    the function that has it as `parameter`; None if only known to be an app (`current_app`). `makes`: the
    owner is a call of `Flask`, and `maker` the function around it. `relative` and `instance_path` are
    arguments of `Flask`: `instance_relative_config=True`, and the folder; `made` is the span of the call.
    `of_class`: the owner is a subclass.
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


class FlaskFacts(Struct, frozen=True):
    """The facts about Flask's configuration in one Python file.

    `items` are uses of an item of a key, in the spelling of `from_prefixed_env` (`MAIL__PORT`), at the item,
    each with whether it certainly raises KeyError without it.
    `own_class`: a subclass of Flask creates its configuration itself. `lent` are the reads in functions that
    get a configuration from this file.
    """

    flows: tuple[ConfigFlow, ...] = ()
    objects: tuple[ConfigObject, ...] = ()
    items: tuple[tuple[str, Span, bool], ...] = ()
    uses: tuple[FeatureUse, ...] = ()
    attributes: tuple[ConfigAttribute, ...] = ()
    own_class: bool = False
    lent: tuple[LentRead, ...] = ()


NO_FLASK = FlaskFacts()
