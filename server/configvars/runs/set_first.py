"""What sets a variable on a deployed app before a read: code, and env files that code loads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import replace

from configvars.model import EnvFileUse, Reference
from configvars.project import Project
from configvars.resolve.env_files import home_of, nearest
from configvars.runs.always_set import outermost_branch
from configvars.runs.early_calls import called_early
from configvars.runs.entries import starts_of
from configvars.runs.follow import Entry, Event, Trace
from configvars.runs.heroku_processes import loading, processes_of
from configvars.runs.loads import Read, is_in_main
from configvars.runs.named import NamedStart
from configvars.runs.possible_settings import Gives, PossibleSettings, Setting, found_in, said, tree_of
from configvars.runs.reach import packages_of
from configvars.runs.taken_away import removals, taken_by_commands
from configvars.runs.when_read import is_field
from configvars.runs.working_folders import has_words
from configvars.syntax.python_order import MODULE, NEVER, Order, Where

_DJANGO_SETTINGS = "DJANGO_SETTINGS_MODULE"


class SetFirst:
    """The variables of reads in one file that are certainly set before, in every process that loads it."""

    def __init__(self, project: Project, path: str, gives: Gives) -> None:
        self._project = project
        self._path = path
        self._gives = gives
        self._possible = PossibleSettings(project, path, gives).of
        self._starts = starts_of(project)

    def surely(self, reference: Reference) -> bool:
        """Whether the variable is set before a read, in every process that may execute it."""
        settings = list(self._possible(reference))
        if removals(self._project, reference.variable):
            return False
        if has_words(self._project, "environ.clear("):
            return False
        starts = self._programs(reference)
        everywhere = settings
        folders: list[str | None] = [named.folder for named in starts]
        for folder in folders or [self._folder]:
            everywhere = found_in(self._project, everywhere, folder)
        if any(self._is_beside(each, reference) for each in everywhere) or _is_of_django(reference, settings):
            return True
        known = all(self._is_set_in(named, reference, settings) for named in starts)
        here = found_in(self._project, settings, self._folder)
        guessed = self._guessed(reference, starts)
        return known and all(self._is_before(each, reference, here) for each in guessed)

    @property
    def _folder(self) -> str | None:
        """The working directory of programs that the Procfile does not show; None if it has others."""
        home = home_of(self._path, self._project.index.files, self._project.root)
        return None if processes_of(self._project, self._path) else home

    def doubt(self, reference: Reference) -> tuple[str, str]:
        """What may set the variable in time (`app.py:3 sets it`), and why something else never does.

        Both are parts of a message; empty if there is no such code.
        """
        why_never = ""
        for each in self._possible(reference):
            why = self._why_never(each, reference)
            if not why:
                return said(self._project, each), ""
            why_never = why_never or f"{said(self._project, each)}, but {why}"
        return "", why_never

    @cached_property
    def _loading(self) -> list[tuple[str, NamedStart]]:
        return loading(self._project, self._path)

    def _programs(self, reference: Reference) -> list[NamedStart]:
        """The programs of the Procfile that load the file; for reads in its main block, those that run it."""
        found = [named for _, named in self._loading]
        if not is_in_main(self._project, self._path, reference):
            return found
        own = self._path
        return [each for each in found if each.entry and each.entry.main and each.entry.path == own]

    def _guessed(self, reference: Reference, known: list[NamedStart]) -> Iterator[Entry]:
        """Where programs may start that the Procfile does not show."""
        if is_in_main(self._project, self._path, reference):
            yield from () if known else (Entry(self._path, main=True),)
        elif self._is_partly_known:
            yield self._itself
        elif not known:
            yield self._served

    @cached_property
    def _itself(self) -> Entry:
        return Entry(self._path, packages=packages_of(self._project, self._path))

    @cached_property
    def _served(self) -> Entry:
        """The start of the program, according to the names of files."""
        entry = self._starts.served(self._path).entry
        return replace(entry, packages=packages_of(self._project, entry.path))

    @cached_property
    def _is_partly_known(self) -> bool:
        """Whether it is known for some processes of the Procfile, but not for all, what they load."""
        processes = processes_of(self._project, self._path)
        return bool(self._loading) and any(not process.starts for process in processes)

    def _is_set_in(self, named: NamedStart, reference: Reference, settings: list[Setting]) -> bool:
        """Whether a program of the Procfile has the variable before a read."""
        config = self._starts.gunicorn(named.folder) if named.start.label.startswith("gunicorn") else None
        given = {gift.name for each in (named, config) if each is not None for gift in each.start.given}
        name = reference.variable.name
        is_given = name in given and not taken_by_commands(self._project, self._path, name)
        if is_given or (named.is_flask and self._by_flask(named.folder, reference)):
            return True
        entries = [*self._configuration(named), *([named.entry] if named.entry is not None else [])]
        here = found_in(self._project, settings, named.folder)
        return any(self._is_before(entry, reference, here) for entry in entries)

    def _configuration(self, named: NamedStart) -> list[Entry]:
        """The configuration file of gunicorn, which it runs before it imports the app."""
        file = os.path.join(named.folder, "gunicorn.conf.py")
        is_read = named.start.label.startswith("gunicorn") and self._project.code.has(file)
        return [Entry(file)] if is_read else []

    def _by_flask(self, folder: str, reference: Reference) -> bool:
        """Whether the files that the `flask` command loads set the variable."""
        files, root = self._project.index.files, self._project.root
        found = (nearest(name, folder, files, root) for name in (".env", ".flaskenv"))
        return any(file is not None and self._gives(file, reference) for file in found)

    def _is_before(self, entry: Entry, reference: Reference, settings: list[Setting]) -> bool:
        """Whether a program that starts at `entry` certainly sets the variable before a read."""
        trace = self._starts.whole_trace(entry)
        latest = self._latest(trace, entry, reference)
        for each in settings:
            at = trace.position(each.path, each.fact)
            if (
                at is not None
                and at < latest
                and each.certain
                and self._is_certain(trace.events[at], reference)
            ):
                return True
        return any(
            event.certain
            and event.sure
            and self._by_flask(home_of(event.path, self._project.index.files, self._project.root), reference)
            for event in (trace.events[at] for at in trace.app_runs if at < latest)
        )

    def _latest(self, trace: Trace, entry: Entry, reference: Reference) -> int:
        """The number of events before a read; all, if nothing can call its function while modules load."""
        at = trace.position(self._path, reference)
        if at is not None:
            return at
        body = self._order(self._path).where(reference.span.start).body
        if is_field(reference) and self._path in trace.files:  # it is not known when the object is created
            return trace.passed(self._path, reference.span.start)
        if self._path not in trace.files or body == MODULE:
            return len(trace.events)
        early = self._project.remembered(
            f"called early from {entry}", lambda: called_early(self._project, trace, entry)
        )
        is_early = body == NEVER or early.calls(self._order(self._path), body)
        return trace.passed(self._path, reference.span.start) if is_early else len(trace.events)

    def _is_certain(self, event: Event, reference: Reference) -> bool:
        """Whether an event happens on a deployed app on which the variable is not set."""
        if not event.sure or event.certain:
            return event.sure
        return event.body_certain and self._outside(event.path, event.fact, reference).certain

    def _outside(self, path: str, fact: Reference | EnvFileUse, reference: Reference) -> Where:
        """The place of code without the branches around it that an app without the variable takes."""
        where = self._order(path).where(fact.span.start)
        if where.certain:
            return where
        loads = isinstance(fact, EnvFileUse)
        start = outermost_branch(
            tree_of(self._project, path), fact.span, reference.variable.name, loads=loads
        )
        return where if start is None else self._order(path).where(start)

    def _is_beside(self, setting: Setting, reference: Reference) -> bool:
        """Whether code sets the variable earlier in the same body, or the read's library loads its file."""
        fact = setting.fact
        if isinstance(fact, EnvFileUse) and fact.only_for:
            return setting.certain
        order = self._order(self._path)
        if setting.path != self._path or fact.span.end > reference.span.start or not setting.certain:
            return False
        where, reads = order.where(fact.span.start), order.where(reference.span.start)
        if where is reads:
            return True
        outside = self._outside(self._path, fact, reference)
        is_run = where.phase in ("import", reads.phase) and where.body == reads.body != NEVER
        is_run = is_run and (where.sure or order.holds(fact.span.start, reference.span.start))
        return is_run and (outside is reads or (outside.certain and (outside.sure or outside is where)))

    def _order(self, path: str) -> Order:
        return self._project.code.order(path)

    def _why_never(self, setting: Setting, reference: Reference) -> str:
        """Why code certainly does not set the variable in time; empty if it may."""
        project = self._project
        entries = [named.entry for _, named in self._loading if named.entry is not None]
        entries += [each for _, named in self._loading for each in self._configuration(named)]
        if self._is_partly_known or not entries:
            entries = [*entries, self._itself, self._served]
            is_known = False
        else:
            is_known = True
        if is_in_main(project, setting.path, setting.fact) and not any(
            each.main and each.path == setting.path for each in entries
        ):
            return f"only under python {project.relative(setting.path)}"
        traces = [self._starts.whole_trace(each) for each in entries]
        if is_known and all(setting.path not in self._starts.reach_of(each) for each in entries):
            return "no process that needs it loads this file"
        read: Read = (self._path, reference)
        at = [(trace.position(setting.path, setting.fact), trace.position(*read)) for trace in traces]
        if all(sets is not None and reads is not None and sets > reads for sets, reads in at):
            return "only after this read"
        return ""


def _is_of_django(reference: Reference, settings: list[Setting]) -> bool:
    """Whether the read is of the settings module, which every file that starts Django sets."""
    is_written = any(isinstance(each.fact, Reference) for each in settings)
    return is_written and reference.variable.name == _DJANGO_SETTINGS
