"""The variables that programs of the Procfile need while they start, although a read accepts None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from configvars.limits import START_CHOICES, START_FILES
from configvars.model import FileFacts
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import starts_of
from configvars.runs.follow import Entry
from configvars.runs.heroku_processes import processes_of
from configvars.runs.known_values import Unset
from configvars.runs.migrations import called_migration, flask_migration, may_migrate
from configvars.runs.named import NamedStart
from configvars.runs.needed_at_start import Started
from configvars.runs.starting.calls import Calls
from configvars.runs.starting.celery_workers import load_tasks
from configvars.runs.starting.clients import starts_server, used_clients
from configvars.runs.starting.django_checks import run_checks
from configvars.runs.starting.django_needs import used_by_commands
from configvars.runs.starting.django_setup import load_urls
from configvars.runs.starting.endings import EndedError, LeftError, ReturnedError, Use
from configvars.runs.starting.environment import SETTINGS, Environment, State
from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.flask_needs import used_later
from configvars.runs.starting.followed import using_django
from configvars.runs.starting.gunicorn_files import gunicorn_file
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.reads_of_files import is_read
from configvars.runs.starting.regions import may_lack_region
from configvars.runs.starting.statements import Statements
from configvars.runs.starting.values import UNKNOWN, Function, Read
from configvars.runs.starting.web_apps import serve
from configvars.text import Place, Span

_SETTINGS = lazy_pattern(rf"(?:\b{SETTINGS}=|--settings[= ])[\"']?([\w.]+)")
_ENVIRON = lazy_pattern(r"(?:\bin|<=|>|[-(])\s*(?:os\.)?environ\b(?!\s*\[|\.get)")


def started(project: Project, state: State) -> Started:
    """What the programs of all Procfiles of a folder do, if the variables of the app are in a state."""
    soft = [path for path, facts in project.index.files.items() if _counts(project, facts)]
    names = {each for path in soft for each in _names_for(project, path)}
    homes = {home_of(path, project.index.files, project.root): path for path in soft}
    starts = starts_of(project)
    found: dict[Read, Use] = {}
    django: dict[Entry, str] = {}
    caught: dict[Read, set[Place]] = {}
    for path in homes.values():
        processes = processes_of(project, path)
        starting = [each for process in processes for each in process.starts if each.entry]
        starting += [*_configurations(project, starting), *_migrations(project, starting)]
        named = {each.entry: each for each in starting if each.entry}
        waiting = list(named.items())
        for entry, start in waiting:
            reach = starts.reach_of(entry)
            leading = reach.leading_to(soft)
            if leading:
                leading |= reach.leading_to(using_django(project, reach))
            if leading or may_migrate(project, entry.path):
                more = islice(reach.imported_by(sorted(leading)), START_FILES.most)
                is_plain = f"{entry.then}(" not in _command(project, start).replace("()", "")
                followed = leading.union(soft, names, more, [entry.path])
                settings = _settings_of(project, start, state)
                files = frozenset({entry.path, *reach.importers})
                own = [each for each in starting if each.entry == entry]
                commands = [_command(project, each) for each in own]
                lines = [_lines(project, each) for each in own]
                around = [project.text_of(each.path) or "" for each in starting]
                program = Program(
                    project, entry, followed, is_plain, state, settings, files, commands, around, lines
                )
                machine = program.run({})
                waiting += _called_migrations(project, start, machine)
                if machine.environment.django_settings:
                    django[entry] = machine.environment.django_settings
                for read, calls in machine.caught.items():
                    caught.setdefault(read, set()).update(calls)
                for read, use in program.needs(machine).items():
                    if read not in found or found[read].choices or found[read].later:
                        found[read] = use
    handled = {read: frozenset(calls) for read, calls in caught.items() if read not in found}
    return Started(found, django, handled)


def _counts(project: Project, facts: FileFacts) -> bool:
    """Whether a file makes reads that accept that a variable is not set, or needs one without a read."""
    if facts.kind != "python":
        return False
    if any(map(is_read, facts.references)) or facts.dynamic or may_lack_region(project, facts.path):
        return True
    return _tests_environment(project, facts.path)


def _tests_environment(project: Project, path: str) -> bool:
    return _ENVIRON.search(project.text_of(path) or "") is not None


def _names_for(project: Project, path: str) -> Iterator[str]:
    """The modules from which a file may import the names that it looks for in the environment."""
    if _tests_environment(project, path):
        for statement in project.code.imports(path):
            yield from project.code.runs_at_import(path, statement)


def _configurations(project: Project, starting: Sequence[NamedStart]) -> Iterator[NamedStart]:
    """The starts of the code that configures gunicorn."""
    for start in starting:
        entry = gunicorn_file(project, start, _command(project, start))
        if entry is not None:
            yield replace(start, entry=entry)


def _migrations(project: Project, starting: Sequence[NamedStart]) -> Iterator[NamedStart]:
    """The starts of the migrations that the `flask` command runs."""
    for start in starting:
        entry = flask_migration(project, start.folder, _command(project, start)) if start.is_flask else None
        if entry is not None:
            yield replace(start, entry=entry)


def _called_migrations(
    project: Project, start: NamedStart, machine: Machine
) -> Iterator[tuple[Entry, NamedStart]]:
    """The starts of the migrations that the code of a program runs."""
    for called, location in machine.migrations[:1]:
        entry = called_migration(project, start.folder, called, location)
        if entry is not None and entry.path not in machine.modules:
            yield entry, replace(start, entry=entry)


def _command(project: Project, start: NamedStart) -> str:
    return start.start.span.of(project.text_of(start.path) or "")


def _lines(project: Project, start: NamedStart) -> str:
    """The lines with the command of a start, of which the start perhaps shows only the first words."""
    text, span = project.text_of(start.path) or "", start.start.span
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]


def _settings_of(project: Project, start: NamedStart, state: State) -> str | None:
    """The settings module of Django outside of the code: of the command, or empty if nothing names one."""
    found = _SETTINGS.search(_command(project, start))
    if found is not None:
        return found[1]
    is_unset = isinstance(state(start.path, Span(0, 0), SETTINGS), Unset)
    return "" if is_unset else None


class Program(Struct, frozen=True):
    """A program that starts. `is_plain`: the function that makes its app gets no arguments.

    `settings` is the settings module of Django that its command names; None if it is not known. `files` are
    those that it may import. `commands` are the commands that start it, `lines` the lines with them, and
    `around` the files.
    """

    project: Project
    entry: Entry
    leading: frozenset[str]
    is_plain: bool
    state: State
    settings: str | None
    files: frozenset[str]
    commands: Sequence[str] = ()
    around: Sequence[str] = ()
    lines: Sequence[str] = ()

    def needs(self, machine: Machine) -> Mapping[Read, Use]:
        """The variables that the program needs, after it has run once."""
        found = dict(machine.found)
        for variable, keys in machine.environment.offered.items():
            for read, use in self._needs_by_choice(variable, sorted(keys)):
                found.setdefault(read, use)
        return found

    def _needs_by_choice(self, variable: str, keys: list[str]) -> Iterator[tuple[Read, Use]]:
        """What the program needs with each content that a variable may have according to the code."""
        if len(keys) > START_CHOICES.most:
            return
        runs = {key: self.run({variable: key}).found for key in keys}
        uses = {read: use for found in runs.values() for read, use in found.items()}
        for read, use in uses.items():
            needing = tuple(key for key, found in runs.items() if read in found)
            is_sure = len(needing) == len(runs)
            yield read, use if is_sure else replace(use, chooser=variable, choices=needing)

    def run(self, assumed: Mapping[str, str]) -> Machine:
        """Run the program, if some variables have a certain content."""
        environment = Environment(self.state, assumed, self.settings)
        machine = Machine(self.project, self.leading, environment)
        machine.has_server = starts_server(self.around)
        machine.commands = self.lines
        expressions = Expressions(machine)
        calls = expressions.calls = Calls(machine, expressions)
        statements = calls.statements = Statements(machine, expressions)
        entry = self.entry
        try:
            for package in entry.packages:
                machine.module(statements, package)
            module = machine.module(statements, entry.path, main=entry.main)
            app = module.names.get(entry.then, UNKNOWN) if module and entry.then else UNKNOWN
            if isinstance(made := app.known, Function):
                given = made.defaults if self.is_plain else {}
                app = calls.run(Function(made.node, made.scope, given, made.kind), [], {})
            serve(calls, self.commands, app)
            if module is not None:
                machine.django(statements, module)  # Celery's workers load them last
                load_tasks(calls, module, self.commands)
                used_by_commands(machine, module, self.commands)
            used_later(machine, self.files)
            used_clients(machine, self.commands)
            if module is not None:
                load_urls(calls, module, self.commands)
                run_checks(calls, self.commands)
        except (EndedError, LeftError, ReturnedError, RecursionError):
            module = machine.modules.get(entry.path)
            if machine.ended_in_apps and module is not None:
                used_by_commands(machine, module, self.commands)
                used_clients(machine, self.commands)
        return machine
