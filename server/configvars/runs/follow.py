"""Following the code from the start of a program, in the order in which Python executes it.

Importing a module runs it once. Calling a function of the folder runs its body, which also counts only once,
because only the first time matters. A call that cannot be followed (a method of an object, a callback) runs
nothing here, so code in a body without a known call may run at any time, or never.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from configvars.flask_model import ConfigStep
from configvars.limits import REEXPORTS
from configvars.model import EnvFileUse, FileFacts, Reference
from configvars.names.imports import dotted
from configvars.project import Project
from configvars.runs.prefixed_reads import loaded_by, prefixed
from configvars.runs.when_read import bodies_that_read
from configvars.syntax.python_order import MODULE, Order, Step, Where
from configvars.text import Span

Fact = Reference | EnvFileUse
_Happening = Step | Fact | ConfigStep
Bodies = Iterator["Bodies"]
_Ordered = dict[str, list[tuple[Where, _Happening]]]
"""The events in each body of a file, in order."""

# The idiom of `app.run()`, which loads the files that `flask run` loads.
APP_RUN = "app.run"
_APPS = frozenset({"app", "application"})
# Calls that import Django's settings; an environment variable names the module.
_DJANGO_STARTS = frozenset({"get_wsgi_application", "get_asgi_application", "execute_from_command_line"})


class Entry(Struct, frozen=True):
    """Where a program starts: a file, whether it runs as `__main__`, and a function that is then called.

    `packages` are the packages around the module, which are imported before it.
    """

    path: str
    main: bool = False
    then: str = ""
    packages: tuple[str, ...] = ()


class Event(Struct, frozen=True):
    """A read, a write or the load of an env file, in `path`; `certain`: it is in no branch.

    `body_certain`: what calls or imports the code around it is in no branch. `sure`: apart from branches,
    nothing can prevent it (`Where.sure`).
    """

    path: str
    fact: Fact
    certain: bool
    body_certain: bool = True
    sure: bool = True


class Reached(Struct, frozen=True):
    """Whether a body is run: `certain` if it is in no branch, `sure` if nothing else prevents it."""

    certain: bool = True
    sure: bool = True

    def at(self, where: Where, *, sure: bool = True) -> Reached:
        """The same for a place in the body."""
        return Reached(self.certain and where.certain, self.sure and where.sure and sure)


class Trace(Struct, frozen=True, dict=True):
    """The events from an entry, in order, and the files that it runs.

    `progress` says for each module how many events there were when it came to an offset.
    """

    events: tuple[Event, ...]
    files: frozenset[str]
    progress: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)

    @cached_property
    def _first(self) -> dict[tuple[str, Fact], int]:
        found: dict[tuple[str, Fact], int] = {}
        for number, event in enumerate(self.events):
            found.setdefault((event.path, event.fact), number)
        return found

    @cached_property
    def known(self) -> dict[object, Any]:
        """What others have found out about the trace; they find it again in the trace of a later state."""
        return {}

    @cached_property
    def app_runs(self) -> Mapping[int, EnvFileUse]:
        """The calls of `app.run()` by the index of their event."""
        facts = ((number, event.fact) for number, event in enumerate(self.events))
        return {at: use for at, use in facts if isinstance(use, EnvFileUse) and use.idiom == APP_RUN}

    def passed(self, path: str, offset: int) -> int:
        """The number of events before a module ran what stands at an offset, such as a `def` statement."""
        steps = self.progress.get(path, ())
        at = bisect_right(steps, offset, key=itemgetter(0))
        return steps[at][1] if at < len(steps) else 0

    def position(self, path: str, fact: Fact) -> int | None:
        """The index of the first event of some kind; None if none is known."""
        return self._first.get((path, fact))


def follow(project: Project, entry: Entry, leading: frozenset[str]) -> Trace:
    """The trace from `entry`. Of the imported files, only those in `leading` are followed."""
    following = _Following(project, leading)
    following.run(entry)
    return Trace(tuple(following.events), frozenset(following.imported), following.progress)


class _Following:
    def __init__(self, project: Project, leading: frozenset[str]) -> None:
        self.events: list[Event] = []
        self.imported: set[str] = set()
        self.progress: dict[str, list[tuple[int, int]]] = {}
        self._project = project
        self._code = project.code
        self._leading = leading
        self._called: set[tuple[str, str]] = set()
        self._django_settings = ""

    def run(self, entry: Entry) -> None:
        """Run what the entry starts."""
        for package in entry.packages:
            for body in self._import(package, Reached()):
                _exhaust(body)
        self.imported.add(entry.path)
        _exhaust(self._body(entry.path, MODULE, Reached(), main=entry.main))
        if entry.then:
            _exhaust(self._call(entry.path, "", entry.then, Reached()))

    def _body(self, path: str, body: str, reached: Reached, *, main: bool = False) -> Bodies:
        """Record the events of a body, and yield the bodies that it runs, in order."""
        progress = self.progress.setdefault(path, []) if body == MODULE else []
        for where, what in self._bodies(path).get(body, ()):
            progress.append((what.at if isinstance(what, Step) else what.span.end, len(self.events)))
            if where.phase == "never" or where.phase == ("imported" if main else "main"):
                continue
            if isinstance(what, Step):
                yield from self._step(path, what, reached.at(where))
            elif isinstance(what, ConfigStep):
                for user, read in loaded_by(self._project, what.prefix):
                    self._add(user, read, reached, where)
            else:
                self._add(path, what, reached, where)
        progress.append((sys.maxsize, len(self.events)))

    def _add(self, path: str, fact: Fact, reached: Reached, where: Where) -> None:
        here = reached.at(where)
        self.events.append(Event(path, fact, here.certain, reached.certain, here.sure))

    def _bodies(self, path: str) -> _Ordered:
        """The events in each body of a file, in order; cached until the file changes."""
        known = self._code.kept("bodies in order", None, dict[str, tuple[Order, FileFacts | None, _Ordered]])
        order, facts = self._code.order(path), self._project.index.files.get(path)
        last = known.get(path)
        if last is None or last[0] is not order or last[1] is not facts:
            last = known[path] = order, facts, _in_order(order, facts)
        return last[2]

    def _step(self, path: str, step: Step, reached: Reached) -> Bodies:
        if step.imports is not None:
            for module in self._code.runs_at_import(path, step.imports):
                yield from self._import(module, reached)
            return
        last = step.callee.rpartition(".")[2]
        if last == "setdefault":
            if self._code.module(path, step.name) is not None:
                self._django_settings = step.name
        elif last in _DJANGO_STARTS or (step.module, step.callee) == ("django", "setup"):
            yield from self._import_by_name(path, self._django_settings, reached)
        elif step.name:
            yield from self._import_by_name(path, step.name, reached)
        elif last == "run" and self._is_app(path, step) and runs_app(self._project, path):
            use = EnvFileUse(None, Span(step.at - 1, step.at), APP_RUN)
            self._add(path, use, reached, step.where)
        yield from self._call(path, step.module, step.callee, reached)

    def _is_app(self, path: str, step: Step) -> bool:
        """Whether the receiver of a call may be a Flask app, of this file or imported by its usual name."""
        receiver = step.callee.rpartition(".")[0]
        if step.module:
            return receiver in _APPS and self._code.module(path, step.module) is not None
        return receiver in _APPS or (receiver.isidentifier() and _makes_app(self._project, path))

    def _import(self, module: str, reached: Reached) -> Bodies:
        if module not in self.imported:
            self.imported.add(module)
            if module in self._leading:
                yield self._body(module, MODULE, reached)

    def _import_by_name(self, path: str, name: str, reached: Reached) -> Bodies:
        target = self._code.module(path, name) if name else None
        if target is not None:
            yield from self._import(target[0], reached)

    def _call(self, path: str, module: str, callee: str, reached: Reached) -> Bodies:
        """The body that calling a name (of a module) runs, unless it was called before."""
        target = self._target(path, module, callee)
        if target is None:
            return
        where, name = target
        body = f"{name}.__init__" if name in self._code.order(where).classes else name
        if where in self._leading and name and (where, body) not in self._called:
            self._called.add((where, body))
            is_run = body not in self._code.order(where).deferred
            yield self._body(where, body, reached.at(Where(), sure=is_run))

    def _target(self, path: str, module: str, callee: str) -> tuple[str, str] | None:
        """The file that defines the called function, and its name there; packages may re-export names."""
        target = (path, callee) if not module else self._code.module(path, dotted(module, callee))
        for count in range(REEXPORTS.most + 1 if module else 0):
            if target is None:
                return None
            where, name = target
            first, _, rest = name.partition(".")
            module, inner = self._code.order(where).imported.get(first, ("", ""))
            if not module:
                break
            if count == REEXPORTS.most:
                self._project.exceed(REEXPORTS)
                break
            names = ".".join(filter(None, (inner, rest)))
            target = self._code.module(where, dotted(module, names) if names else module)
        return target


def runs_app(project: Project, path: str) -> bool:
    """Whether a file may run a Flask app with `app.run()`, which then loads env files."""
    text = project.text_of(path) or ""
    if ".run(" not in text or "load_dotenv=False" in text:
        return False
    return any(facts.flask.flows for facts in project.index.files.values())


def _makes_app(project: Project, path: str) -> bool:
    facts = project.index.files.get(path)
    return facts is not None and any(flow.makes for flow in facts.flask.flows)


def _in_order(order: Order, facts: FileFacts | None) -> _Ordered:
    found: dict[str, list[tuple[int, Where, _Happening]]] = {}
    for body, steps in order.steps.items():
        found[body] = [(step.at, step.where, step) for step in steps]
    for fact, where in _facts(facts, order) if facts is not None else ():
        found.setdefault(where.body, []).append((fact.span.end, where, fact))
    return {
        body: [(where, what) for _, where, what in sorted(events, key=lambda one: one[0])]
        for body, events in found.items()
    }


def _facts(facts: FileFacts, order: Order) -> Iterator[tuple[Fact | ConfigStep, Where]]:
    """The facts of a file, each with the place where it happens."""
    for found in facts.references:
        if found.variable.scope == "env":
            bodies = bodies_that_read(found, facts)
            here = [order.where(found.span.start)] if bodies is None else map(Where, bodies)
            yield from ((found, where) for where in here)
    yield from ((use, order.where(use.span.start)) for use in facts.env_files)
    yield from ((step, order.where(step.span.start)) for step in prefixed(facts))


def _exhaust(bodies: Bodies) -> None:
    """Run bodies and those that they run with an explicit stack, because Python's may be too small."""
    stack = [bodies]
    while stack:
        inner = next(stack[-1], None)
        if inner is None:
            stack.pop()
        else:
            stack.append(inner)
