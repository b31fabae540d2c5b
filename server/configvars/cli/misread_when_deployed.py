"""Env files that a push deploys and that the processes of the app cannot decode, so that they stop."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.flask_cli import uses_dotenv
from configvars.checks.misread import error_of, told, uses_of
from configvars.checks.unreadable_env_file import NAME
from configvars.checks.wording import the_processes
from configvars.cli.pushed import slug_leaves_out
from configvars.model import EnvFileUse, Finding, ReadAs, Reference, Severity, Unread
from configvars.project import Project
from configvars.resolve.env_files import home_of, is_template, nearest, used_file
from configvars.runs.entries import starts_of
from configvars.runs.env_readers import DECOUPLE, own_dialect
from configvars.runs.follow import APP_RUN, Event
from configvars.runs.givers import is_test
from configvars.runs.heroku_processes import HerokuProcess, processes_of
from configvars.runs.loads import is_in_main
from configvars.sources.dotenv import KIND
from configvars.text import WHOLE_FILE, Span
from configvars.workspace import Workspace
from configvars.workspace.encodings import read_as, written_in
from configvars.workspace.git import git_state
from configvars.workspace.reading import NO_STAMP, decode, read_bytes
from configvars.workspace.revision import NoRevision, committed

_OF_FLASK = (".env", ".flaskenv")
_AS_UTF8 = EnvFileUse(None, Span(0, 0), "")


def misread_when_deployed(workspace: Workspace, project: Project) -> Iterator[Finding]:
    """A finding for each committed env file that a process loads and cannot decode."""
    if NAME in project.settings.ignore:
        return
    for path, facts in sorted(project.index.files.items()):
        if facts.kind != KIND or is_template(path) or not project.tracked_by_git(path):
            continue
        data = _deployed(workspace, path)
        if data is None or (data.isascii() and b"\0" not in data) or slug_leaves_out(workspace, path):
            continue
        worst = min(_told(project, path, data), key=lambda each: each[0].rank, default=None)
        if worst is not None:
            severity, message = worst
            yield Finding(NAME, severity, message, path, WHOLE_FILE)


def _deployed(workspace: Workspace, path: str) -> bytes | None:
    """The bytes of an env file that a push deploys; None if it deploys none, or if they are not known."""
    try:
        return committed(path)
    except NoRevision:
        found = read_bytes(path, None, workspace.settings.max_file_size)
        is_known = not isinstance(found, Unread) and git_state().is_unchanged(path, found[0])
        return found[0] if is_known and not isinstance(found, Unread) else None


def _told(project: Project, path: str, data: bytes) -> Iterator[tuple[Severity, str]]:
    """What fails where a process loads a file with these bytes."""
    file = decode(data, NO_STAMP, python=False)
    unread = file if isinstance(file, Unread) else None
    for use, is_certain, by in _loads(project, path):
        outcome = _outcome(data, use)
        if outcome is None or not error_of(outcome, use):
            continue
        _, what = told(outcome, unread, use, by)
        severity = Severity.ERROR if is_certain else Severity.WARNING
        pushed = f"Git tracks the file, so a push deploys it, and {by} loads it"
        yield severity, f"{project.relative(path)} {what}. {pushed}"


def _outcome(data: bytes, use: EnvFileUse) -> ReadAs | None:
    return None if use.encoding is None else read_as(data, use.encoding, written_in(data))


def _loads(project: Project, path: str) -> Iterator[tuple[EnvFileUse, bool, str]]:
    """How the processes load an env file, whether they certainly do, and which code or command it is."""
    processes = processes_of(project, os.path.join(project.root, "Procfile"))
    is_seen = False
    for process in processes:
        for use, is_certain, by in _loads_of(project, path, process):
            is_seen = True
            yield use, is_certain, f"{by}in {the_processes([process.name])}"
    mains = {
        start.entry.path
        for process in processes
        for start in process.starts
        if start.entry is not None and start.entry.main
    }
    for loader, use in () if is_seen else uses_of(path, project):
        is_run = loader in mains or not is_in_main(project, loader, use)
        if is_run and loader not in project.not_loaded and not is_test(project, loader):
            yield use, False, project.relative(loader)


def _loads_of(project: Project, path: str, process: HerokuProcess) -> Iterator[tuple[EnvFileUse, bool, str]]:
    starts = starts_of(project)
    for named in process.starts:
        if named.is_flask and _is_of_flask(project, path, named.folder):
            yield _AS_UTF8, True, "the flask command "
        entries = [] if named.entry is None else [named.entry]
        for event in (each for entry in entries for each in starts.whole_trace(entry).events):
            if (use := _use_of(project, path, event)) is not None:
                yield use, event.certain and event.sure, f"{project.relative(event.path)} "


def _use_of(project: Project, path: str, event: Event) -> EnvFileUse | None:
    """How an event of a process loads an env file; None if it does not."""
    files, root, fact = project.index.files, project.root, event.fact
    if isinstance(fact, EnvFileUse) and fact.idiom == APP_RUN:
        home = home_of(event.path, files, root)
        return _AS_UTF8 if _is_of_flask(project, path, home) else None
    if isinstance(fact, EnvFileUse):
        return fact if used_file(fact, event.path, files, root) == path else None
    if isinstance(fact, Reference) and own_dialect(fact) == DECOUPLE:
        own = nearest(os.path.basename(path), os.path.dirname(event.path), files, root)
        return _AS_UTF8 if own == path and os.path.basename(path) == ".env" else None
    return None


def _is_of_flask(project: Project, path: str, folder: str) -> bool:
    """Whether the `flask` command loads an env file if it is run in a folder."""
    name = os.path.basename(path)
    near = name in _OF_FLASK and nearest(name, folder, project.index.files, project.root) == path
    return near and uses_dotenv(project)
