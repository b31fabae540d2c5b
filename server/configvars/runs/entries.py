"""The files at which programs start, recognised by their names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.runs.flask_app import flask_entries
from configvars.runs.follow import Entry, Trace, follow, runs_app
from configvars.runs.loads import loaders_near
from configvars.runs.named import NamedStart, is_merged, named_starts
from configvars.runs.reach import Reach, reach
from configvars.runs.start_folders import home_for

_SERVED = ("wsgi", "asgi", "app", "application", "main", "server", "run", "__init__")
_PROGRAMS = ("main", "manage", "run", "app", "wsgi", "server", "application", "asgi", "__main__")


class Started(Struct, frozen=True):
    """The trace from an entry, and the `others`: files that load env files and may also run."""

    entry: Entry
    trace: Trace
    others: tuple[str, ...] = ()


class Starts:
    """The programs of one folder at one moment; traces are cached."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._reach = project.code.kept(
            "reach", project.code.layout, dict[tuple[str, tuple[str, ...]], Reach]
        )
        self._traces: dict[Entry, Trace] = {}
        self._whole: dict[Entry, Trace] = {}
        self._named = tuple(named_starts(project))
        self._of_services = defaultdict[tuple[str, str], list[NamedStart]](list)
        for named in self._named:
            self._of_services[os.path.dirname(named.path), named.start.service].append(named)
        self._loaders = frozenset(path for path, facts in project.index.files.items() if facts.env_files)

    def served(self, path: str) -> Started:
        """The program as a server runs it: from the file whose name says that it contains the app.

        If no such file leads to `path`, from one that FLASK_APP names.
        """
        named = flask_entries(self._project)
        for entry in (*map(Entry, self._candidates(path, _SERVED)), *named):
            if path in self.reach(entry.path):
                return self._started(entry)
        return self._itself(path, main=False)

    def program(self, path: str) -> Started:
        """The program as `python FILE` runs it: a file that imports `path` and loads an env file.

        It may import `path` indirectly.
        """
        for candidate in (path, *self._candidates(path, _PROGRAMS)):
            reached = self.reach(candidate)
            if path in reached and self._loads(Entry(candidate, main=True), reached):
                return self._started(Entry(candidate, main=True))
        return self._itself(path, main=True)

    def named(self, path: str) -> Iterator[tuple[NamedStart, Started]]:
        """The programs that files of the folder start and that import `path`, directly or not."""
        for named in self._named:
            if named.entry is not None and path in self.reach(named.entry.path):
                yield named, self._started(named.entry)

    def importing(self, path: str) -> Iterator[str]:
        """The files at which programs start that import `path`, directly or not; `path` itself is none."""
        named = (each.entry.path for each in self._named if each.entry is not None)
        for start in dict.fromkeys((*named, *self._candidates(path, (*_SERVED, *_PROGRAMS)))):
            if start != path and path in self.reach(start):
                yield start

    def gunicorn(self, folder: str) -> NamedStart | None:
        """The configuration file that gunicorn reads if it is started in a folder."""
        file = os.path.join(folder, "gunicorn.conf.py")
        return next((each for each in self._named if each.path == file), None)

    def of_procfiles(self) -> Iterator[NamedStart]:
        """The processes of the Procfiles."""
        return (each for each in self._named if each.start.by == "procfile")

    def services(self, named: NamedStart) -> Iterator[NamedStart]:
        """The Compose services whose environment a program gets as well.

        A program of a Dockerfile gets those of the services that may start its image, with the same or no
        command; a service gets that of the same service in the files that Compose merges by itself.
        """
        if named.start.by == "docker":
            yield from self._of_image(named)
        elif is_merged(named.path):
            yield from (each for each in self.same_service(named) if is_merged(each.path))

    def same_service(self, service: NamedStart) -> Iterator[NamedStart]:
        """A Compose service as other files of the same folder define it."""
        if service.start.service:
            alike = self._of_services[os.path.dirname(service.path), service.start.service]
            yield from (each for each in alike if each.path != service.path)

    def _of_image(self, image: NamedStart) -> Iterator[NamedStart]:
        folder = os.path.dirname(image.path)
        for each in self._named:
            is_near = folder == each.folder or folder.startswith(each.folder.rstrip(os.sep) + os.sep)
            is_service = each.start.by == "compose" and not each.start.of_others
            if is_service and is_near and each.entry in (None, image.entry):
                yield each

    def reach(self, path: str) -> Reach:
        """The files that a file may import, directly or indirectly."""
        return self.reach_of(Entry(path))

    def reach_of(self, entry: Entry) -> Reach:
        """The files that an entry and its packages may import, directly or indirectly."""
        key = entry.path, entry.packages
        if key not in self._reach:
            self._reach[key] = reach(self._project, *key)
        return self._reach[key]

    def trace(self, entry: Entry) -> Trace:
        """The trace from an entry; empty if nothing is loaded that could be too late."""
        if entry not in self._traces:
            reached = self.reach_of(entry)
            if self._loads(entry, reached):
                self._traces[entry] = follow(self._project, entry, reached.leading_to(self._of_interest()))
            else:
                self._traces[entry] = Trace((), frozenset({entry.path, *reached.importers}))
        return self._traces[entry]

    def all_named(self) -> tuple[NamedStart, ...]:
        """The programs that files of the folder start."""
        return self._named

    def whole_trace(self, entry: Entry) -> Trace:
        """The trace from an entry, whether anything is loaded or not."""
        trace = self.trace(entry)
        if trace.events:
            return trace
        if entry not in self._whole:
            leading = self.reach_of(entry).leading_to(self._of_interest())
            self._whole[entry] = follow(self._project, entry, leading)
        return self._whole[entry]

    def _loads(self, entry: Entry, reached: Reach) -> bool:
        """Whether the program loads env files, with a library or by `app.run()`."""
        if any(loader in reached for loader in self._loaders):
            return True
        return entry.main and runs_app(self._project, entry.path)

    def _itself(self, path: str, *, main: bool) -> Started:
        """The start is unknown: any file near `path` that loads env files may be the first."""
        return self._started(Entry(path, main), tuple(loaders_near(self._project, path)))

    def _started(self, entry: Entry, others: tuple[str, ...] = ()) -> Started:
        return Started(entry, self.trace(entry), others)

    def _candidates(self, path: str, names: tuple[str, ...]) -> Iterator[str]:
        """The files with one of these names, from the folder of `path` up to that of its app."""
        home = home_for(self._project, path)
        for name in names:
            folder = os.path.dirname(path)
            while True:
                candidate = os.path.join(folder, f"{name}.py")
                if self._project.code.has(candidate) and not is_test_file(candidate, self._project.root):
                    yield candidate
                if folder in (home, os.path.dirname(folder)):
                    break
                folder = os.path.dirname(folder)

    def _of_interest(self) -> Iterator[str]:
        """The files that load env files, read variables or set them."""
        for path, facts in self._project.index.files.items():
            if facts.env_files or any(found.variable.scope == "env" for found in facts.references):
                yield path


def starts_of(project: Project) -> Starts:
    """The programs of a project, found once until something changes."""
    return project.remembered("starts", lambda: Starts(project))
