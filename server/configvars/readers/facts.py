"""What readers say of a place: a use of a variable, an env file that is loaded, names that are taken whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from configvars.model import Access, Definition, EnvFileUse, Need, Problem, Scope
from configvars.names import texts
from configvars.names.values import Str, Value, alternatives, one_of
from configvars.pydantic_model import SettingsClass
from configvars.text import Mark, Span

NO_ERRORS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Argument:
    """An expression: what it stands for and where it is."""

    value: Value
    span: Span

    def prefixed(self, prefix: Value | str) -> Argument:
        """The same with a text before it."""
        before = Str(prefix) if isinstance(prefix, str) else prefix
        return replace(self, value=texts.join([before, self.value]))

    def suffixed(self, suffix: Value | str) -> Argument:
        """The same with a text after it."""
        after = Str(suffix) if isinstance(suffix, str) else suffix
        return replace(self, value=texts.join([self.value, after]))

    def replaced(self, old: str, new: str) -> Argument:
        """The same with one text for another in it."""
        choices = [texts.replaced(value, Str(old), Str(new)) for value in alternatives(self.value)]
        return replace(self, value=one_of(choices))

    def changed(self, method: str) -> Argument:
        """The same after a method of `str` without arguments, such as `upper`."""
        return replace(self, value=texts.method(method, self.value))


@dataclass(frozen=True, slots=True)
class Use:
    """A read, test or write of the variable that `key` names.

    For reads: `default` is what stands in for an absent variable, `raises` whether absence raises here,
    `errors` what it raises beside KeyError (external paths), `need` overrides what the context tells.
    `instead` names variables of which one is as good as this one; they have uses of their own.
    `sets`: afterwards the variable is there. `via` is the read inside a wrapper, `through` are the calls of
    other wrappers on the way to it. `of_copy`: the read is of a copy of the environment.
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


@dataclass(frozen=True, slots=True)
class Put:
    """A name that is set in a copy of the environment alone; None if any name may be."""

    key: Argument | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A read of all variables whose names begin and end so, whatever they are."""

    prefix: Value
    suffix: str = ""


Fact = Use | Put | EnvFileUse | Definition | Problem | Taken | SettingsClass
