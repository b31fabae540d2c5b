"""Which env files code loads in a run, before and after it reads a variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import EnvFileUse, Reference
from configvars.project import Project
from configvars.resolve.env_files import file_in, used_files
from configvars.resolve.env_places import places_of
from configvars.runs.apart import may_run_with
from configvars.runs.flask_files import FlaskFiles
from configvars.runs.follow import Trace
from configvars.runs.seen_by import only_for, sees
from configvars.syntax.python_order import MODULE

_NO_FILES = FlaskFiles()
Read = tuple[str, Reference]
"""A read and the path of its file."""


class Load(Struct, frozen=True):
    """One load, by the code in `loader`. `paths`: the files that it loads; none if no such file exists.

    `certain`: which file it loads, and whether it overrides others, does not depend on run-time values.
    `outside` are files outside of the project that it loads; they are not read here. `encoding` is the one
    that the code names; empty if its loads name several.
    """

    loader: str
    use: EnvFileUse
    paths: tuple[str, ...]
    certain: bool = True
    outside: tuple[str, ...] = ()
    encoding: str = ""


class Loads(Struct, frozen=True):
    """The loads `before` a read, those only `after` it, and those `in_main` that only `python FILE` runs.

    `perhaps` are loads in functions without a known call, which are defined after the read. `unseen` are
    loads whose files only other reads see.
    """

    before: tuple[Load, ...] = ()
    after: tuple[Load, ...] = ()
    in_main: tuple[Load, ...] = ()
    perhaps: tuple[Load, ...] = ()
    unseen: tuple[Load, ...] = ()


def loads_around(
    project: Project,
    trace: Trace,
    reads: Sequence[Read],
    others: Iterable[str] = (),
    by_flask: FlaskFiles = _NO_FILES,
    cwd: str | None = None,
) -> Loads:
    """The loads before and after the first of some reads; reads in one file have the same loads.

    `by_flask` are the files that `app.run()` loads; `cwd` is the working directory, if it is known. Loads in
    a function without a known call count as before, unless it is defined later, and so do loads in `others`,
    which the run may or may not execute.
    """
    first = first_of(trace, reads)
    at_first = None if first is None else trace.position(*first)
    number = len(trace.events) if at_first is None else at_first
    before: list[tuple[int, Load]] = []
    after: list[Load] = []
    in_main: list[Load] = []
    perhaps: list[Load] = []
    unseen: list[Load] = []
    seeing = reads if first is None else [first]
    for when, use in trace.app_runs.items() if by_flask != _NO_FILES else ():
        load = Load(trace.events[when].path, use, by_flask.paths, outside=by_flask.outside)
        if when < number:
            before.append((when, load))
        else:
            after.append(load)
    for one in _placed(project, trace, tuple(others), cwd):
        at, load = one.at, one.load
        if one.in_main:
            in_main.append(load)
        elif at is None and one.passed > number:
            perhaps.append(load)
        elif not one.own or any(sees(project, read, load.loader, load.use) for read in one.of(reads, seeing)):
            is_before = load.use.only_for or at is None or at < number
            before.append((-1 if at is None else at, one.counted)) if is_before else after.append(one.counted)
        elif not load.use.only_for:
            unseen.append(load)
    before.sort(key=lambda one: one[0])
    return Loads(
        tuple(load for _, load in before), tuple(after), tuple(in_main), tuple(perhaps), tuple(unseen)
    )


class _Placed(Struct, frozen=True):
    """A load and its place in a trace, which are the same for all reads.

    `at` is the index of its event, if it is known, and `passed` that of its statement. `own`: only some reads
    see it. `counted` is the load as it counts at the event: if it overrides others in a branch only, another
    file may count.
    """

    load: Load
    counted: Load
    at: int | None
    passed: int
    in_main: bool
    own: bool

    def of(self, reads: Sequence[Read], first: Sequence[Read]) -> Sequence[Read]:
        """The reads that must see the load: any of a settings class, or the first of those of a library."""
        return reads if self.load.use.only_for else first


def _placed(project: Project, trace: Trace, others: tuple[str, ...], cwd: str | None) -> tuple[_Placed, ...]:
    """The loads of a trace, found once."""
    known = trace.known.get((others, cwd))
    if known is None:
        uses = _uses(project, {*trace.files, *others})
        known = tuple(_place(project, trace, loader, use, cwd) for loader, use in uses)
        trace.known[others, cwd] = known
    return known


def _place(project: Project, trace: Trace, loader: str, use: EnvFileUse, cwd: str | None) -> _Placed:
    load, at = load_of(project, loader, use, cwd), trace.position(loader, use)
    is_in_branch = use.override and at is not None and not trace.events[at].certain
    return _Placed(
        load,
        replace(load, certain=False) if is_in_branch else load,
        at,
        trace.passed(loader, use.span.start),
        in_main=at is None and loader in trace.files and is_in_main(project, loader, use),
        own=bool(only_for(project, loader, use)),
    )


def is_in_main(project: Project, loader: str, use: EnvFileUse | Reference) -> bool:
    """Whether only the main block of a file has a fact: itself, or in a function that it calls."""
    order = project.code.order(loader)
    where = order.where(use.span.start)
    if where.body == MODULE or where.phase != "import":
        return where.phase == "main"
    calls = [step for steps in order.steps.values() for step in steps if step.callee == where.body]
    return bool(calls) and all(step.where.phase == "main" for step in calls)


def first_of(trace: Trace, reads: Iterable[Read]) -> Read | None:
    """The first read; None if the run is not known to reach any of them."""
    known = [(at, read) for read in reads if (at := trace.position(*read)) is not None]
    return min(known, key=lambda one: one[0])[1] if known else None


def load_of(project: Project, loader: str, use: EnvFileUse, cwd: str | None = None) -> Load:
    """A load with its files, in a program that starts in the folder `cwd`."""
    files, root = project.index.files, project.root
    is_alone = len({each.encoding for each in files[loader].env_files}) == 1
    encoding = (use.encoding or "") if is_alone else ""
    if cwd is not None and use.relative_to == "cwd" and not use.pattern:
        found = file_in(use, cwd, files, root)
        return Load(loader, use, () if found is None else (found,), encoding=encoding)
    paths = used_files(use, loader, files, root)
    return Load(loader, use, paths, certain=not use.pattern, encoding=encoding)


def _uses(project: Project, loaders: AbstractSet[str]) -> Iterator[tuple[str, EnvFileUse]]:
    """The loads in some files, ordered by the place of the code."""
    files = project.index.files
    for loader in sorted(path for path in loaders if path in files):
        yield from ((loader, use) for use in sorted(files[loader].env_files, key=lambda use: use.span))


def loaders_near(project: Project, path: str) -> Iterator[str]:
    """The files that load env files into the environment, and that may run in the same program as `path`."""
    for loader in places_of(project.index.files, project.root).loaders(path):
        loads = any(not only_for(project, loader.path, use) for use in loader.uses)
        if loads and may_run_with(project, path, loader.path):
            yield loader.path
