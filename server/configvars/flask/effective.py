"""The configuration of an app at the first request: for each key the steps that set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from configvars.catalog.flask_extensions import Extension
from configvars.catalog.flask_keys import flask_key
from configvars.flask_model import ConfigEscape, ValueKind
from configvars.resolve.flask_app import LoadedStep
from configvars.text import Place, Span


class Giving(Struct, frozen=True):
    """A step that sets a key.

    `path` and `span` are where the key is written, `method` is as in `ConfigStep`; `step_path` and
    `step_span` are the statement. `order` is the position among the app's steps. `value` is the place of the
    expression for the value. `sure`: it happens whenever the app is set up. `in_main`: only `python FILE`
    runs it; `later`: it is in a function that is called afterwards, if at all.
    """

    name: str
    path: str
    span: Span
    method: str
    step_path: str
    step_span: Span
    order: int
    kinds: tuple[ValueKind, ...] = ("unknown",)
    value: Span | None = None
    made_anew: bool = False
    sure: bool = True
    in_main: bool = False
    later: bool = False

    @property
    def only_none(self) -> bool:
        """Whether the value is certainly None."""
        return self.kinds == ("none",)


class Taking(Struct, frozen=True):
    """A call that passes the app to a known extension."""

    extension: Extension
    path: str
    escape: ConfigEscape
    order: int
    sure: bool = True
    in_main: bool = False


class Opening(Struct, frozen=True):
    """Why unknown keys may be set, and where."""

    path: str
    span: Span
    why: str


class Prefixed(Struct, frozen=True):
    """A call of `from_prefixed_env`: the prefix, its position among the app's steps, and its place."""

    prefix: str
    order: int
    place: Place


class EffectiveApp(Struct, frozen=True, dict=True):
    """An app and what is known of its configuration.

    `path` and `span` are the call that creates it. `givings` are the steps for each key, in order; `stray`
    are steps of other code for some app at an unknown time. `prefixes` are the calls that load keys from
    variables with a prefix. `paths` are the files that certainly belong to
    this app. `above` are calls of `from_object(__name__)`, which load only the names above them.
    """

    path: str
    span: Span
    givings: Mapping[str, tuple[Giving, ...]]
    stray: Mapping[str, tuple[Giving, ...]]
    takings: tuple[Taking, ...]
    openings: tuple[Opening, ...]
    prefixes: tuple[Prefixed, ...]
    paths: frozenset[str]
    above: tuple[LoadedStep, ...] = ()

    @cached_property
    def prefix_names(self) -> frozenset[str]:
        """The prefixes, without their positions."""
        return frozenset(one.prefix for one in self.prefixes)

    @property
    def is_closed(self) -> bool:
        """Whether no step can set an unknown key."""
        return not self.openings

    def outcomes(self, name: str, *, as_program: bool = False) -> tuple[Giving, ...]:
        """The steps of which one wins, the most likely last: the last sure step and those after it.

        `as_program`: a file with a main block runs as the main program.
        """
        known = self._outcomes.get((name, as_program))
        if known is None:
            known = self._outcomes[name, as_program] = self._find_outcomes(name, as_program=as_program)
        return known

    @cached_property
    def _outcomes(self) -> dict[tuple[str, bool], tuple[Giving, ...]]:
        return {}

    def _find_outcomes(self, name: str, *, as_program: bool) -> tuple[Giving, ...]:
        found: list[Giving] = []
        for giving in self.givings.get(name, ()):
            if giving.in_main and not as_program:
                continue
            if giving.method == "setdefault" and (found or _is_default(name)):
                continue
            if giving.sure and not giving.later:
                found.clear()
            found.append(giving)
        return (*self.stray.get(name, ()), *found)

    def is_given(self, name: str, *, as_program: bool = False) -> bool:
        """Whether any step may set a key, including Flask's defaults and extensions."""
        return bool(self.outcomes(name, as_program=as_program)) or self.sets_itself(name)

    def sets_itself(self, name: str) -> bool:
        """Whether Flask sets a key from the start, or an extension may set it."""
        return _is_default(name) or self.may_be_taken(name)

    def has_value(self, name: str) -> bool:
        """Whether any step may set a key to a value other than None."""
        return any(not giving.only_none for giving in self.outcomes(name)) or bool(self.prefixes)

    def may_be_taken(self, name: str) -> bool:
        """Whether an extension may set a key."""
        return any(taking.extension.may_give(name) for taking in self.takings)

    def handed_to(self, package: str) -> Iterator[Taking]:
        """The calls that pass the app to the extension of a package."""
        return (taking for taking in self.takings if taking.extension.package == package)


def _is_default(name: str) -> bool:
    """Whether Flask itself sets a key from the start."""
    key = flask_key(name)
    return key is not None and key.owner == "Flask"
