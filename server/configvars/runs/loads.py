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
    `outside` are files outside of the project that it loads; they are not read here.
    """

    loader: str
    use: EnvFileUse
    paths: tuple[str, ...]
    certain: bool = True
    outside: tuple[str, ...] = ()


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
    for loader, use in _uses(project, {*trace.files, *others}):
        at = trace.position(loader, use)
        if at is None and loader in trace.files and is_in_main(project, loader, use):
            in_main.append(load_of(project, loader, use, cwd))
            continue
        if at is None and trace.passed(loader, use.span.start) > number:
            perhaps.append(load_of(project, loader, use, cwd))
            continue
        if use.only_for and not any(sees(project, read, loader, use) for read in reads):
            continue
        own = not use.only_for and only_for(project, loader, use)
        if own and not any(sees(project, read, loader, use) for read in seeing):
            unseen.append(load_of(project, loader, use, cwd))
            continue
        load = _as_it_counts(load_of(project, loader, use, cwd), trace, at)
        if use.only_for or at is None or at < number:
            before.append((-1 if at is None else at, load))
        else:
            after.append(load)
    before.sort(key=lambda one: one[0])
    return Loads(
        tuple(load for _, load in before), tuple(after), tuple(in_main), tuple(perhaps), tuple(unseen)
    )


def _as_it_counts(load: Load, trace: Trace, at: int | None) -> Load:
    """A load at an event; if it overrides others in a branch only, another file may count."""
    is_in_branch = load.use.override and at is not None and not trace.events[at].certain
    return replace(load, certain=False) if is_in_branch else load


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
    if cwd is not None and use.relative_to == "cwd" and not use.pattern:
        found = file_in(use, cwd, files, root)
        return Load(loader, use, () if found is None else (found,))
    paths = used_files(use, loader, files, root)
    return Load(loader, use, paths, certain=not use.pattern)


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
