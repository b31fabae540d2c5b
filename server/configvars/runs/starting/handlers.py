"""The handlers around code that a program runs while it starts: which exceptions do not end the program."""

from __future__ import annotations

import sys

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.runs.starting.values import NO_READS, Reads

# Modules with settings for one machine, which are not deployed.
_LOCAL = lazy_pattern(r"(?:\w+\.)*(?:local|local_?(?:settings|config)|(?:settings|config)_local)(?:\.\w+)?")


class CaughtError(Exception):
    """A handler certainly catches what the program raises here, because the variables `by` are not set."""

    def __init__(self, handlers: Handlers, kind: type[BaseException], by: Reads) -> None:
        self.handlers = handlers
        self.kind = kind
        self.by = by


class Handler(Struct, frozen=True, eq=False):
    """An `except` clause, and the exceptions that it catches.

    If it `ends` with an exception, it `raises` this one (None if that is not known), or the same one `again`.
    `goes_on`: its code certainly does not end the program.
    """

    kinds: tuple[type[BaseException], ...]
    ends: bool = False
    raises: type[BaseException] | None = None
    again: bool = False
    goes_on: bool = False

    @property
    def only_imports(self) -> bool:
        """Whether it only catches that a module cannot be imported."""
        return all(issubclass(each, ImportError) for each in self.kinds)


class Handlers(Struct, eq=False):
    """The handlers of a statement, in order. `sure`: the code that they guard certainly ran so far.

    If unknown code may have raised an exception, `instead` is the handler that caught it.
    """

    each: tuple[Handler, ...]
    sure: bool = True
    instead: Handler | None = None

    @property
    def catches(self) -> tuple[type[BaseException], ...]:
        """The exceptions after which the program goes on."""
        return tuple(kind for one in self.each if not one.ends for kind in one.kinds)

    @property
    def only_imports(self) -> bool:
        """Whether the program only goes on if a module cannot be imported."""
        return all(one.only_imports for one in self.each if not one.ends)

    def of(self, kind: type[BaseException]) -> Handler | None:
        """The handler that catches an exception."""
        return next((one for one in self.each if issubclass(kind, one.kinds)), None)


def passes(
    around: list[Handlers], kind: type[BaseException] | None, *, certain: bool, by: Reads = NO_READS
) -> bool:
    """Whether an exception certainly ends the program: no handler around the code catches it.

    `kind` is None if it is not known; `by` are the variables without which the code raises it. Raises
    `CaughtError` if the code certainly raises it and a handler catches it.
    """
    for each in reversed(around):
        one = each.of(kind) if kind is not None else None
        if not each.sure or (each.instead is not None and each.instead is not one):
            return False
        if kind is not None and one is not None and not one.ends:
            if certain:
                raise CaughtError(each, kind, by)
            each.sure = False
            return False
        if kind is None and not each.only_imports:
            each.sure = False
            return False
        if one is not None and not one.again:
            kind = one.raises
    return True


def is_caught(around: list[Handlers], kind: type[BaseException]) -> bool:
    """Whether the program goes on after an exception, if it comes to the code that raises it."""
    for each in reversed(around):
        one = each.of(kind)
        if one is not None and not one.ends:
            return one.goes_on
        if one is not None and not one.again:
            if one.raises is None:
                return False
            kind = one.raises
    return False


def may_raise(around: list[Handlers], *, imports: bool = False) -> None:
    """Note that unknown code runs, which may raise what the handlers around it catch."""
    for each in around:
        going_on = [one for one in each.each if not one.ends and (imports or not one.only_imports)]
        _may_run(each, going_on)


def may_lack_module(around: list[Handlers]) -> None:
    """Note that code imports a module or a name that perhaps does not exist."""
    for each in around:
        one = each.of(ImportError)
        _may_run(each, [one] if one is not None and not one.ends else [])


def _may_run(around: Handlers, going_on: list[Handler]) -> None:
    """Note that one of some handlers perhaps ran instead of the code behind this."""
    if len(going_on) > 1 or (going_on and around.instead not in (None, *going_on)):
        around.sure = False
    elif going_on:
        around.instead = going_on[0]


def is_missing(module: str) -> bool:
    """Whether a module outside of the project does not exist: a relative one, or settings of a machine."""
    return module.startswith(".") or _LOCAL.fullmatch(module) is not None


def may_be_missing(project: Project, module: str) -> bool:
    """Whether a module may not be installed: it is neither Python's nor in the requirements."""
    first = module.partition(".")[0]
    return first not in sys.stdlib_module_names and not requirements_of(project).asks_for(
        first.replace("_", "-")
    )


def is_library(project: Project, module: str) -> bool:
    """Whether a module that an import does not find in the folder is Python's or that of a library.

    A file elsewhere may have the name as well (`core/redis.py`): then the requirements decide.
    """
    return not module.startswith(".") and not (
        project.code.is_ours(module) and may_be_missing(project, module)
    )
