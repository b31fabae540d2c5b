"""The handlers around code that a program runs while it starts: which exceptions do not end the program."""

from __future__ import annotations

import sys

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import requirements_of

# Modules with settings for one machine, which are not deployed.
_LOCAL = lazy_pattern(r"(?:\w+\.)*(?:local|local_?(?:settings|config)|(?:settings|config)_local)(?:\.\w+)?")


class CaughtError(Exception):
    """A handler certainly catches what the program raises here."""

    def __init__(self, handlers: Handlers, kind: type[BaseException]) -> None:
        self.handlers = handlers
        self.kind = kind


class Handlers(Struct, eq=False):
    """The handlers of a `try` statement.

    `catches` are the exceptions after which the program goes on. `ends`: another handler ends the program
    with an error. `sure`: the code in the `try` certainly ran so far.
    """

    catches: tuple[type[BaseException], ...]
    ends: bool
    sure: bool = True

    @property
    def only_imports(self) -> bool:
        """Whether the program only goes on if a module cannot be imported."""
        return all(issubclass(each, ImportError) for each in self.catches)


def passes(around: list[Handlers], kind: type[BaseException] | None, *, certain: bool) -> bool:
    """Whether an exception certainly ends the program: no handler around the code catches it.

    `kind` is None if it is not known. Raises `CaughtError` if the code certainly raises it and a handler
    catches it.
    """
    for each in reversed(around):
        if not each.sure:
            return False
        if kind is not None and issubclass(kind, each.catches):
            if certain:
                raise CaughtError(each, kind)
            each.sure = False
            return False
        if kind is None and not each.only_imports:
            each.sure = False
            return False
        if each.ends:
            kind = None  # the handler may raise another one
    return True


def may_raise(around: list[Handlers], *, imports: bool = False) -> None:
    """Note that unknown code runs, which may raise what the handlers around it catch."""
    for each in around:
        if imports or not each.only_imports:
            each.sure = False


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
