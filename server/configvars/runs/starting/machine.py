"""What the parts of the interpreter share: modules, reads, and what was found."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING, NoReturn

from configvars.names.imports import dotted
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.parsed_code import assigned_near_reads
from configvars.runs.starting.celery_tasks import Tasks
from configvars.runs.starting.endings import EndedError, LeftError, ReturnedError, Use
from configvars.runs.starting.environment import Environment
from configvars.runs.starting.exact import Contents, NotExactError, first_of, lifted, valid, valid_by
from configvars.runs.starting.followed import Following
from configvars.runs.starting.handlers import CaughtError, is_library, passes
from configvars.runs.starting.pure import RAISED, TooLargeError, generated, limited
from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Class,
    Constant,
    External,
    FlaskApp,
    Function,
    Items,
    Module,
    Read,
    Reads,
    Scope,
    Table,
    Unbound,
    Value,
    external,
)
from configvars.syntax.python import Node
from configvars.syntax.python_imports import Import
from configvars.text import Place

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements
    from configvars.runs.starting.web_apps import WebApp

# Code that can bind names which its statements do not show: not `globals()[name] = …`, `setattr(self, …)`.
_HIDDEN = lazy_pattern(
    r"\bglobals\((?!\)\[[^\[\]]*\][ \t]*=[^=])|\blocals\(|\bexec\(|sys\.modules|def __getattr__"
    r"|\b(?:setattr|vars)\((?!\s*(?:self|cls|[A-Z]\w*(?:\(\))?)\s*[,)])"
)
_SHARED = lazy_pattern(r"^[ \t]*(?:global|nonlocal)[ \t]+([\w, \t]+)", re.MULTILINE)
# The folder of migrations often has the name of Alembic, whose command imports itself first.
_MIGRATIONS = "alembic."


class Machine(Following):
    """The state of one program that starts. `leading` are the files that are followed."""

    def __init__(self, project: Project, leading: frozenset[str], environment: Environment) -> None:
        super().__init__(project, leading, environment)
        self.exceptions: dict[int, tuple[Class, type[BaseException] | None]] = {}
        self.apps: list[FlaskApp] = []
        self.contexts: list[Value] = []
        self.web_apps: list[WebApp] = []
        self.clients: list[tuple[Read, str, Use]] = []
        self.has_server = False
        self.commands: Sequence[str] = ()
        self.migrations: list[tuple[str, str | None]] = []
        self.migrations_in: str | None = None
        self.tasks = Tasks()
        self.checks: list[Function] = []
        self.is_set_up = False
        self.django_apps: Sequence[str] = ()
        self.ended_in_apps = False
        self.settings_changed = False

    def fail(
        self,
        module: Module,
        node: Node,
        reads: Reads,
        *,
        raised: bool = False,
        kind: type[BaseException] | None = None,
    ) -> None:
        """Note that the program fails at a node if one of the variables is not set.

        `kind` is the exception that Python raises; None if that is not known.
        """
        if self.muted or not reads:
            return
        by = reads & self.unset
        if not passes(self.handlers, kind, certain=bool(by), by=by):
            return
        self.fail_at(Place(module.path, module.tree.span(node)), reads, raised=raised)

    def fail_at(self, place: Place, reads: Reads, *, raised: bool = False, later: bool = False) -> None:
        """Note that the program fails at a place if one of the variables is not set."""
        for read in sorted(reads, key=lambda each: (each.path, each.span.start, each.name)):
            self.need(read, Use(place, raised, later=later))

    def truth(self, value: Value) -> bool | None:
        """Whether a value is true, also if that follows from what the app does not have; None if unknown.

        A variable that the program needs counts as set, to find the next one.
        """
        if value.truth is not None:
            return value.truth
        unset = self.unset
        if value.filled & unset or value.empty & unset:
            return bool(value.filled & unset)
        exact = valid(value, unset)
        match exact.known if exact is not None else None:
            case Constant(content):
                return bool(content)
            case Items(values, open=False, kind=kind):
                return bool(values) or kind is generated  # a generator
            case Table(items, open=False):
                return bool(items)
            case _:
                return None

    def decided_by(self, value: Value) -> Reads:
        """The variables because of which a value is true or false: those that the app does not have."""
        by = valid_by(value, self.unset)
        return by or (value.filled if self.truth(value) else value.empty) & self.unset

    @property
    def unset(self) -> Set[Read]:
        """The reads whose variables are certainly not set, except those that the program needs."""
        return self.environment.unset

    def bound(self, module: Module, node: Node, value: Value, kind: type[BaseException]) -> Value:
        """The value of a name; noted if it has none, because variables are not set."""
        if value.exact is None or not isinstance(value.exact.known, Unbound):
            return value
        self.fail_without(module, node, valid_by(value, self.unset), kind=kind)
        return UNKNOWN

    # ---- exact contents

    def fail_without(
        self,
        module: Module,
        node: Node,
        by: Reads,
        *,
        raised: bool = False,
        kind: type[BaseException] | None = None,
    ) -> None:
        """Note that the program fails at a node if all of several variables are not set."""
        self.fail(module, node, first_of(by), raised=raised, kind=kind)

    def end(self, module: Module, node: Node, kind: type[BaseException] | None, *, fails: bool) -> NoReturn:
        """End the program with an exception, which `fails` says to be an error.

        Raises `CaughtError` or `LeftError` if a handler catches it.
        """
        by = NO_READS.union(*self.because) & self.unset
        if fails and by:
            self.fail_without(module, node, by, raised=True, kind=kind)
        if passes(self.handlers, kind, certain=True):
            raise EndedError
        raise LeftError

    def content(self, *values: Value) -> tuple[list[object], Reads] | None:
        """The contents of values, and the unset variables on which they depend; None if not known."""
        contents = Contents(self.unset)
        try:
            return [contents.of(each) for each in values], contents.by
        except (NotExactError, TypeError):
            return None

    def none_without(self, value: Value) -> Reads:
        """The variables to blame if a value must not be None."""
        if value.absent:
            return value.absent
        found = self.content(value)
        return first_of(found[1]) if found is not None and found[0] == [None] else NO_READS

    def false_without(self, value: Value) -> Reads:
        """The variables to blame if a value must be true."""
        if value.empty:
            return value.empty
        found = self.content(value)
        return first_of(found[1]) if found is not None and not found[0][0] else NO_READS

    def empty_without(self, value: Value) -> Reads:
        """The variables to blame if a value must not be an empty string."""
        found = self.content(value)
        return first_of(found[1]) if found is not None and found[0] in ([""], [b""]) else NO_READS

    def computed(
        self, module: Module, node: Node, function: Callable[..., object], *values: Value, **named: Value
    ) -> Value | None:
        """What a function of Python returns for exact contents; None if they depend on no variable.

        Notes the exception that it raises.
        """
        found = self.content(*values, *named.values())
        if found is None or not found[1]:
            return None
        contents, by = found
        positional, rest = contents[: len(values)], contents[len(values) :]
        try:
            return lifted(limited(function)(*positional, **dict(zip(named, rest, strict=True))), by)
        except (TooLargeError, RecursionError, MemoryError):
            return UNKNOWN
        except RAISED as error:
            self.fail_without(module, node, by, kind=type(error))
            return UNKNOWN

    # ---- modules

    def module(self, statements: Statements, path: str, *, main: bool = False) -> Module | None:
        """The module at a path, which runs now if it has not run before; None if it is not followed."""
        if path not in self.leading:
            return None
        if path in self.modules:
            return self.modules[path]
        text = self.project.text_of(path) or ""
        shared = ",".join(found[1] for found in _SHARED.finditer(text))
        tree = self.project.code.kept_of(path, "tree for a deploy", None, lambda: self.project.tree_of(path))
        module = Module(path, tree, shared=frozenset(re.findall(r"\w+", shared)))
        module.open = _HIDDEN.search(text) is not None
        module.names["__name__"] = Value(known=Constant("__main__" if main else path))
        self.modules[path] = module
        try:
            with self.own_reasons():
                statements.run(Scope(module, module.names), module.tree.root)
        except CaughtError:
            del self.modules[path]  # the next import runs it again
            raise
        except (LeftError, ReturnedError):
            raise EndedError from None
        return module

    def imports(self, statements: Statements, module: Module, imported: Import) -> None:
        """Run the modules that an import statement runs."""
        for path in self.project.code.runs_at_import(module.path, imported):
            self.module(statements, path)

    def django(self, statements: Statements, module: Module) -> None:
        """Run the settings module of Django."""
        if self.environment.django_settings:
            self.imports(statements, module, Import(self.environment.django_settings))

    def note_passed(self, function: Value, given: Value) -> None:
        """Note that unknown code gets a value: it may change the settings object of Django."""
        if path_of(given) == "django.conf.settings" and not path_of(function).startswith("builtins."):
            self.settings_changed = True

    def meant(self, module: Module, name: str) -> Value:
        """The value of a dotted name that a module imports."""
        found = self.project.code.module(module.path, name)
        if found is None:
            is_known = name.startswith(_MIGRATIONS) or is_library(self.project, name)
            return external(name) if is_known else UNKNOWN
        path, rest = found
        target = self.modules.get(path)
        if target is None:
            return UNKNOWN
        return Value(known=target) if not rest else self.attribute_of(target, rest)

    def member(self, module: Module, name: str) -> Value:
        """An attribute of a module: one of its names, or a module in its package."""
        is_package = os.path.basename(module.path) == "__init__.py"
        if is_package and name not in module.names:
            return self.meant(module, dotted(".", name))
        return self.attribute_of(module, name)

    def attribute_of(self, module: Module, name: str) -> Value:
        """A name of a module as other code sees it."""
        value = module.names.get(name, UNKNOWN)
        is_fixed = not isinstance(value.known, Constant) and not value.empty and value.exact is None
        is_changed = module.open or name in module.shared or name in assigned_near_reads(self.project)
        return UNKNOWN if is_changed and not is_fixed else value

    def class_attribute(self, one: Class, name: str) -> Value | None:
        """An attribute of a class; None if it is not known."""
        value = one.find(name)
        if value is not None and (value.empty or value.exact) and name in assigned_near_reads(self.project):
            return None
        return value


def words(node: Node | None, module: Module) -> str:
    """The text of a node without blanks."""
    return "" if node is None else "".join(module.tree.source(node).split())


def path_of(value: Value) -> str:
    """The dotted path of something outside of the folder; otherwise empty."""
    return value.known.path if isinstance(value.known, External) else ""
