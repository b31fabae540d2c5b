"""The facts that readers return for a place: uses of variables, loaded env files, reads of name patterns."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import Access, Definition, EnvFileUse, Need, Problem, Scope
from configvars.names import texts
from configvars.names.values import UNSET, Asked, Condition, Parameter, Str, Value, alternatives, one_of
from configvars.pydantic_model import SettingsClass, SettingsLineage, SettingsMade
from configvars.text import Mark, Span

NO_ERRORS: frozenset[str] = frozenset()


class Argument(Struct, frozen=True):
    """An expression: its value, as far as it is known, and its span."""

    value: Value
    span: Span

    def prefixed(self, prefix: Value | str) -> Argument:
        """The same expression with a prefix before its value."""
        before = Str(prefix) if isinstance(prefix, str) else prefix
        return replace(self, value=texts.join([before, self.value]))

    def suffixed(self, suffix: Value | str) -> Argument:
        """The same expression with a suffix after its value."""
        after = Str(suffix) if isinstance(suffix, str) else suffix
        return replace(self, value=texts.join([self.value, after]))

    def replaced(self, old: str, new: str) -> Argument:
        """The same expression with one string in its value replaced by another."""
        choices = [texts.replaced(value, Str(old), Str(new)) for value in alternatives(self.value)]
        return replace(self, value=one_of(choices))

    def changed(self, method: str) -> Argument:
        """The result of a `str` method without arguments, such as `upper`."""
        return replace(self, value=texts.method(method, self.value))


class CallParts(Struct, frozen=True):
    """The parts of a call: what is called, and the arguments, each with its span.

    `rest`: the call has a `*` or `**` argument of unknown content. `passed` is set if the call passes on the
    `**kwargs` of the function around: the function's callers may then pass any keyword.
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


class Use(Struct, frozen=True):
    """A read, test or write of the variable that `key` names.

    For reads: `default` is used if the variable is not set, `raises` says whether the read itself raises then,
    `errors` are further exceptions that it raises (external paths), `need` overrides that of the context.
    `instead` names variables of which any one can be set instead; each has its own use.
    `sets`: afterwards the variable is set. `via` is the read inside a wrapper, `through` are the calls of
    other wrappers on the way to it. `of_copy`: a copy of the environment is read. If all conditions
    of one of `fails_if` are met by the caller of the function around it, the read fails if the variable is not set.
    `empty_fails_if`: the same for a variable that is empty,
    which a wrapper certainly returns if it `returns_empty`.
    `asked` is the call of a method of `self` on the way to it. `files`: only these env files can set what is
    read, not the environment. `exact`, `needed_with` and `any_with`: see `Reference`; here the last two
    are arguments.
    """

    key: Argument
    idiom: str
    access: Access = Access.READ
    default: Argument | None = None
    raises: bool = False
    errors: frozenset[str] = NO_ERRORS
    need: Need | None = None
    sets: bool = False
    scope: Scope = "env"
    via: Mark | None = None
    through: frozenset[Mark] = frozenset()
    instead: tuple[Argument, ...] = ()
    of_copy: bool = False
    fails_if: tuple[frozenset[Condition], ...] = ()
    asked: Asked | None = None
    files: tuple[EnvFileUse, ...] = ()
    exact: bool = False
    empty_fails_if: tuple[frozenset[Condition], ...] = ()
    returns_empty: bool = False
    needed_with: Argument | None = None
    any_with: Argument | None = None


class CopyWrite(Struct, frozen=True):
    """A name that the code sets only in a copy of the environment; None if the name is not known."""

    key: Argument | None


class PatternRead(Struct, frozen=True):
    """A read of all variables whose names have this prefix and suffix."""

    prefix: Value
    suffix: str = ""


Fact = (
    Use
    | CopyWrite
    | EnvFileUse
    | Definition
    | Problem
    | PatternRead
    | SettingsClass
    | SettingsLineage
    | SettingsMade
)
