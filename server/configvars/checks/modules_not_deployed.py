"""What a process of the Procfile certainly imports or opens, although it is not deployed with the repository."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from configvars.checks.files_not_deployed import is_only_here, opened_files, opens_files
from configvars.checks.needed_on_apps import place_of, settings_on
from configvars.checks.wording import heroku_apps, the_processes
from configvars.model import FileFacts, Finding, Severity
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.entries import Starts, starts_of
from configvars.runs.follow import Entry
from configvars.runs.heroku_processes import processes_of
from configvars.runs.named import NamedStart
from configvars.syntax.python import named
from configvars.syntax.python_imports import imports_in
from configvars.text import Place

# Files that a build writes.
_GENERATED = lazy_pattern(r"(?:^|[/\\])_?_?version_?_?\.py$|_pb2(?:_grpc)?\.py$|\b(?:build|generated)\b")


def modules_not_deployed(check: str, procfile: FileFacts, project: Project) -> Iterator[Finding]:
    """A finding for each such module, at the command of the first process that imports it."""
    starts = starts_of(project)
    seen = set[str]()
    for process in processes_of(project, procfile.path):
        for start in process.starts:
            if start.entry is None or start.path != procfile.path:
                continue
            settings = _settings(project, start.entry)
            for path, place in _not_deployed(project, start, starts, settings):
                if path not in seen:
                    seen.add(path)
                    yield _finding(check, start, _is_ignored(project, path, process.name, place))
            for dotted, apps in settings.items():
                for why in _why_no_settings(project, start.entry, dotted, apps, process.name):
                    if dotted not in seen:
                        seen.add(dotted)
                        yield _finding(check, start, why)


def _finding(check: str, start: NamedStart, message: str) -> Finding:
    return Finding(check, Severity.WARNING, message, start.path, start.start.span)


def _is_ignored(project: Project, path: str, process: str, place: str) -> str:
    where = project.relative(path)
    fails = f"{the_processes([process])} does not start on Heroku{f', at {place}' if place else ''}"
    return f"{where} is ignored by git, so it is not deployed with the repository: {fails}"


def _not_deployed(
    project: Project, start: NamedStart, starts: Starts, settings: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """The files that git ignores and that a program certainly imports or opens, with the place if it opens."""
    if start.entry is None:
        return
    yield from ((path, "") for path in _ignored(project, start.entry, starts, settings))
    reached = (start.entry.path, *starts.reach_of(start.entry).importers)
    opening = {path for path in reached if opens_files(project, path)}
    for path in sorted(opening & certainly_run(project, start.entry, starts, settings, opening)):
        for opened, span in opened_files(project, path, start.folder):
            if is_only_here(project, opened):
                yield opened, place_of(Place(path, span), project)


def _ignored(project: Project, entry: Entry, starts: Starts, settings: Iterable[str]) -> Iterator[str]:
    """The modules that git ignores and that a program certainly imports; `settings` are those of Django."""
    ignored = {path for path in starts.reach_of(entry).importers if _is_left_out(project, path)}
    yield from sorted(ignored & certainly_run(project, entry, starts, settings, ignored))


def certainly_run(
    project: Project, entry: Entry, starts: Starts, settings: Iterable[str], goals: Collection[str]
) -> set[str]:
    """The files that a program certainly runs when it starts, as far as they may lead to some `goals`."""
    leading = starts.reach_of(entry).leading_to(goals) if goals else frozenset[str]()
    begin = {
        entry.path,
        *entry.packages,
        *(path for each in settings for path in _files_of(project, entry, each)),
    }
    todo, seen = list(begin), set[str]()
    while todo and goals:
        path = todo.pop()
        if path not in seen and (path in leading or path in begin):
            seen.add(path)
            todo += _certainly_imported(project, path)
    return seen


def _is_left_out(project: Project, path: str) -> bool:
    return project.ignored_by_git(path) is True and not _GENERATED.search(project.relative(path))


def _certainly_imported(project: Project, path: str) -> Iterator[str]:
    """What the import statements of a module run that are in no branch, `try` or function."""
    tree = project.tree_of(path)
    for statement in named(tree.root):
        if statement.type in ("import_statement", "import_from_statement"):
            for imported in imports_in(tree.source(statement).encode()):
                yield from project.code.runs_at_import(path, imported)


def _settings(project: Project, entry: Entry) -> Mapping[str, list[str]]:
    """The settings modules of Django that a program loads, each with the apps on which it does."""
    found: dict[str, list[str]] = {}
    for app in project.apps:
        if dotted := settings_on(project, app).get(entry):
            found.setdefault(dotted, []).append(app.app)
    return found


def _files_of(project: Project, entry: Entry, dotted: str) -> Iterator[str]:
    """The files that a module name may mean."""
    for path, rest in project.code.meanings(entry.path, dotted):
        if path is not None and not rest:
            yield path


def _why_no_settings(
    project: Project, entry: Entry, dotted: str, apps: Iterable[str], process: str
) -> Iterator[str]:
    """That a settings module of Django does not exist, although its package does."""
    meant = [path for path, _ in project.code.meanings(entry.path, dotted) if path is not None]
    if meant and not any(_files_of(project, entry, dotted)):
        where = heroku_apps(list(apps))
        yield (
            f"Django's settings module {dotted} does not exist in this project: {the_processes([process])} does"
            f" not start on {where}"
        )
