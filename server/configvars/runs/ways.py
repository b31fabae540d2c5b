"""The ways to start the code, and what each of them sets for a variable."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import Access, Variable
from configvars.project import Project
from configvars.resolve.env_files import nearest
from configvars.resolve.env_places import upwards
from configvars.runs.autoconfig import autoconfig_loads
from configvars.runs.entries import Started, Starts, starts_of
from configvars.runs.env_readers import PYTHON_DOTENV, dialect_of
from configvars.runs.flask_files import FlaskFiles, flask_files, uses_flask
from configvars.runs.follow import APP_RUN, Entry
from configvars.runs.loads import Load, Read, first_of, load_of, loaders_near, loads_around
from configvars.runs.named import NamedStart, env_files_of
from configvars.runs.seen_by import overrides
from configvars.runs.start_folders import home_for
from configvars.runs.without_dotenv import WHY, flask_loads_nothing

_NO_FILES = FlaskFiles()
_NOTES = {
    "procfile": "on Heroku, the app's config vars decide",
    "platform": "variables set on the platform itself decide",
}


class Step(Struct, frozen=True):
    """Files that are read together; later ones in `paths` win.

    They set only unset variables, unless `override`.

    `dialect`: the library that reads them; python-dotenv in any version if empty. `by_heroku`: read by
    `heroku local`, in its dialect. `load`: the code that reads them, if code does.
    `outside` are files outside of the project that are loaded as well; they are not read here.
    """

    paths: tuple[str, ...]
    override: bool = False
    by_heroku: bool = False
    load: Load | None = None
    outside: tuple[str, ...] = ()
    dialect: str = ""


class Run(Struct, frozen=True):
    """One way to start code, with respect to the reads of one variable.

    `entry` is where the program starts. `steps` come before the first of the reads, `late` are loads after
    it; `in_main` are loads that only `python FILE` runs, `perhaps` those that may be called later. `first` is
    that read if its time is known, `certain` if it is in no branch. `named` is the file of the project that
    defines the run, `config` the configuration of its server. `note` is a remark about all variables.
    `unseen` are loads whose files only reads through the loading library see.
    """

    name: str
    steps: tuple[Step, ...]
    late: tuple[Load, ...] = ()
    in_main: tuple[Load, ...] = ()
    perhaps: tuple[Load, ...] = ()
    first: Read | None = None
    certain: bool = False
    entry: Entry | None = None
    named: NamedStart | None = None
    config: NamedStart | None = None
    note: str = ""
    unseen: tuple[Load, ...] = ()


def local_runs(project: Project, name: str, path: str) -> tuple[Run, ...]:
    """The ways in which the code in `path`, which reads the variable `name`, may run on this machine."""
    return project.remembered(f"runs of {name} in {path}", lambda: tuple(_local_runs(project, name, path)))


def _local_runs(project: Project, name: str, path: str) -> Iterator[Run]:
    files, root = project.index.files, project.root
    home = home_for(project, path)
    reads = list(_reads(project, name))
    starts = starts_of(project)
    served, program = starts.served(path), starts.program(path)
    flask = _flask_files(project, home)
    note = WHY if flask_files(project, home).paths and flask_loads_nothing(project) else ""
    folder = _folder_of_procfile(project, path) or home
    given = os.path.join(folder, ".env")
    local = Step((given,) if given in files else (), by_heroku=True)

    yield replace(_run(project, "flask run", served, reads, _by_flask(flask)), note=note)
    by_code = _run(project, "load_dotenv()", program, reads, by_flask=flask)
    if any(loaders_near(project, path)) or by_code.steps or by_code.late or by_code.unseen:
        yield by_code
    else:
        beside = nearest(".env", os.path.dirname(path), files, root)
        steps = (Step((beside,), dialect=PYTHON_DOTENV),) if beside else ()
        yield Run("load_dotenv()", steps, note="no code calls it", entry=program.entry)
    by_server = _run(project, "gunicorn", served, reads, *_by_config(project, home))
    if not (by_server.steps or by_server.late or by_server.in_main or by_server.perhaps or by_server.unseen):
        note = "neither it nor the code loads an env file"
        by_server = Run("gunicorn", (), note=note, entry=served.entry)
    yield replace(by_server, config=starts.gunicorn(home))
    is_gunicorn = any(each.folder == folder and _is_gunicorn(each) for each in starts.of_procfiles())
    by_config = _by_config(project, folder) if is_gunicorn else []
    by_heroku = _run(project, "heroku local", served, reads, local, *by_config)
    yield replace(by_heroku, config=starts.gunicorn(folder)) if is_gunicorn else by_heroku
    yield from _named_runs(project, name, path, reads, starts, home)


def _flask_files(project: Project, folder: str) -> FlaskFiles:
    """The files that the `flask` command loads in a folder; none if it certainly lacks python-dotenv."""
    flask = flask_files(project, folder)
    if flask.outside and not uses_flask(project):
        flask = FlaskFiles(flask.paths)
    return FlaskFiles() if flask.paths and flask_loads_nothing(project) else flask


def _folder_of_procfile(project: Project, path: str) -> str | None:
    """The folder of the nearest Procfile, in which `heroku local` starts."""
    folders = upwards(os.path.dirname(path), project.root)
    return next((each for each in folders if os.path.join(each, "Procfile") in project.index.files), None)


def named_runs(project: Project, name: str, path: str) -> Iterator[Run]:
    """The runs of `local_runs` that files of the project define."""
    starts = starts_of(project)
    if any(starts.named(path)):
        yield from (run for run in local_runs(project, name, path) if run.named is not None)


class _Program(Struct, frozen=True):
    """A program that a file of the project starts, with what is the same for each variable.

    `services` set variables for it as well, `steps` come before its code, `config` is that of its server.
    """

    named: NamedStart
    started: Started
    label: str
    services: tuple[NamedStart, ...]
    steps: tuple[Step, ...]
    flask: FlaskFiles
    folder: str | None
    config: NamedStart | None


def _programs(project: Project, path: str, starts: Starts, home: str) -> Iterator[_Program]:
    """The programs that run the code in `path`."""
    for named, started in starts.named(path):
        services = tuple(starts.services(named))
        steps = [Step((file,)) for each in (*services, named) for file in env_files_of(project, each)]
        folder = named.working_folder
        flask = _flask_files(project, folder or home)
        if named.is_flask:
            steps.append(_by_flask(flask))
        config = None
        if _is_gunicorn(named):
            steps += _by_config(project, named.folder)
            config = starts.gunicorn(named.folder)
        label = f"{named.start.label} ({project.relative(named.path)})"
        yield _Program(named, started, label, services, tuple(steps), flask, folder, config)


def _named_runs(
    project: Project, name: str, path: str, reads: list[Read], starts: Starts, home: str
) -> Iterator[Run]:
    found = project.remembered(
        f"programs that run {path}", lambda: tuple(_programs(project, path, starts, home))
    )
    for one in found:
        named, services = one.named, one.services
        passed = filter(None, (_passed_on(project, name, each) for each in (*services, named)))
        steps = (*passed, *one.steps)
        run = _run(project, one.label, one.started, reads, *steps, by_flask=one.flask, cwd=one.folder)
        given = (each for each in services if any(gift.name == name for gift in each.start.given))
        config = next(given, one.config)
        yield replace(run, named=named, config=config, note=_NOTES.get(named.start.by, ""))


def _is_gunicorn(named: NamedStart) -> bool:
    return named.start.label.startswith("gunicorn")


def _passed_on(project: Project, name: str, named: NamedStart) -> Step | None:
    """The `.env` next to a Compose file, if Compose passes the variable on from there."""
    if name not in named.start.handed_on:
        return None
    path = os.path.join(os.path.dirname(named.path), ".env")
    return Step((path,)) if path in project.index.files else None


def _by_config(project: Project, folder: str) -> list[Step]:
    """The files that the configuration of gunicorn loads, which runs before it imports the app."""
    facts = project.index.files.get(path := os.path.join(folder, "gunicorn.conf.py"))
    uses = sorted(facts.env_files, key=lambda use: use.span) if facts is not None else []
    loads = [load_of(project, path, use, folder) for use in uses if not use.only_for]
    return [_of_load(project, load) for load in loads]


def _of_load(project: Project, load: Load) -> Step:
    override = overrides(project, load.loader, load.use)
    return Step(load.paths, override, load=load, outside=load.outside, dialect=_dialect(load))


def _by_flask(flask: FlaskFiles) -> Step:
    return Step(flask.paths, outside=flask.outside, dialect=PYTHON_DOTENV)


def _reads(project: Project, name: str) -> Iterator[Read]:
    for found in project.index.references(Variable("env", name)):
        if found.reference.access is not Access.WRITE:
            yield found.path, found.reference


def _run(
    project: Project,
    label: str,
    started: Started,
    reads: list[Read],
    *steps: Step,
    by_flask: FlaskFiles = _NO_FILES,
    cwd: str | None = None,
) -> Run:
    trace = started.trace
    loads = loads_around(project, trace, reads, started.others, by_flask, cwd)
    by_code = (_of_load(project, load) for load in _without_repeats(loads.before) if not load.use.only_for)
    first = first_of(trace, reads)
    at = None if first is None else trace.position(*first)
    certain = at is not None and trace.events[at].certain
    by_reader = _of_readers((*loads.before, *autoconfig_loads(project, reads)))
    return Run(
        label,
        (*steps, *by_code, *by_reader),
        loads.after,
        loads.in_main,
        loads.perhaps,
        first,
        certain,
        started.entry,
        unseen=loads.unseen,
    )


def _without_repeats(loads: Iterable[Load]) -> Iterator[Load]:
    """The loads without those that only read again what an earlier one has read.

    A file that overrides others counts again, unless the load before was the same.
    """
    known: set[tuple[object, ...]] = set()
    last: tuple[object, ...] = ()
    for load in loads:
        use = load.use
        # Whether a file overrides others, and remarks about a missing file, depend on the code.
        code = load.loader if use.only_for or use.override or not load.paths else ""
        key = (load.paths, load.outside, load.certain, load.encoding, use.idiom, use.override, code)
        if key != last and (use.override or key not in known):
            known.add(key)
            yield load
        last = key


def _of_readers(loads: Iterable[Load]) -> Iterator[Step]:
    """Files that libraries read by themselves: the last file wins, but the environment has precedence."""
    own = [load for load in loads if load.use.only_for]
    for loader in dict.fromkeys(load.loader for load in own):
        files = [load for load in own if load.loader == loader]
        paths = tuple(dict.fromkeys(path for load in reversed(files) for path in reversed(load.paths)))[::-1]
        outside = tuple(dict.fromkeys(path for load in files for path in load.outside))
        yield Step(paths, load=files[0], outside=outside, dialect=_dialect(files[0]))


def _dialect(load: Load) -> str:
    return PYTHON_DOTENV if load.use.idiom == APP_RUN else dialect_of(load.use)
