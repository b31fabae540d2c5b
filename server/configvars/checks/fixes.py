"""Fixes that several checks offer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from configvars.edits.app_json import Manifest
from configvars.edits.apply import moved
from configvars.edits.write import NewLines, is_writable_name, new_lines, set_value_in
from configvars.model import Command, FileEdit, FileFacts, Fix, TextEdit
from configvars.project import Project
from configvars.secret import Secret
from configvars.text import Span

# For one check in one file: with more findings, people fix them in another way, and should not wait for this.
MOST_FIXES = 1000


class Additions:
    """Fixes that add names to files; each file is read only once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._env_files: dict[tuple[str, str | None], NewLines | None] = {}
        self._manifests: dict[str, Manifest | None] = {}

    def to_env_file(self, path: str, name: str, templates: Iterable[str] = ()) -> Iterator[Fix]:
        """Write `NAME=` to an env file, in the template's order or next to related names, and show it."""
        for fix in self._to_lines(path, name, templates):
            yield replace(fix, command=show(path, name))

    def _to_lines(self, path: str, name: str, templates: Iterable[str] = ()) -> Iterator[Fix]:
        if is_writable_name(name) and (lines := self._lines(path, next(iter(templates), None))):
            edits = lines.with_names([name])
            yield Fix(f"Add {name} to {self._project.relative(path)}", (FileEdit(path, edits),))

    def declare_in(self, paths: Iterable[str], name: str) -> Iterator[Fix]:
        """Add a variable to each of some templates and manifests."""
        for path in paths:
            is_manifest = os.path.basename(path) == "app.json"
            yield from (self._to_app_json if is_manifest else self._to_lines)(path, name)

    def _to_app_json(self, path: str, name: str) -> Iterator[Fix]:
        """Add a variable to app.json, with an empty description and without a value."""
        if path not in self._manifests:
            text = self._project.text_of(path)
            self._manifests[path] = None if text is None else Manifest(text)
        manifest = self._manifests[path]
        edit = None if manifest is None else manifest.declare(name)
        if edit is not None:
            yield Fix(f"Add {name} to {self._project.relative(path)}", (FileEdit(path, (edit,)),))

    def _lines(self, path: str, template: str | None) -> NewLines | None:
        if (path, template) not in self._env_files:
            self._env_files[path, template] = self._new_lines(path, template)
        return self._env_files[path, template]

    def _new_lines(self, path: str, template: str | None) -> NewLines | None:
        """What inserts lines into an env file; made once for all files that lack a name there."""
        project, text = self._project, self._project.text_of(path)
        if text is None:
            return None
        order = () if template is None else project.statements(template)
        make = partial(new_lines, text, project.statements(path), order)
        return project.code.kept_of(path, f"new lines in the order of {template}", (text, order), make)


def show(path: str, name: str) -> Command:
    """Open an env file at a variable's value, which is what remains to do after its name was added."""
    return Command("configvars.show", {"path": path, "name": name})


def pull(project: Project, names: Iterable[str], into: str | None = None) -> Iterator[Fix]:
    """Pull variables from the apps that have them into the env file that lacks them."""
    wanted = list(names)
    for app in project.apps:
        had = [name for name in wanted if name in app.variables]
        if not had:
            continue
        what = had[0] if len(had) == 1 else f"{len(had)} missing variables"
        target = into or os.path.join(project.root, ".env")
        argument = {"folder": project.root, "names": had, "app": app.app, "into": target}
        leads = project.link_target(target)  # nothing is written there unless the user agrees
        title = f"Pull {what} from Heroku app {app.app} into {project.relative(leads or target)}"
        title += "…" if leads else ""
        yield Fix(title, command=Command("configvars.pull", argument))


def pull_value(project: Project, name: str, into: str) -> Iterator[Fix]:
    """`pull` from the apps on which a variable has a value that is not empty."""
    having = (app for app in project.apps if name in app.variables and not app.variables[name].facts.is_empty)
    return pull(replace(project, apps=tuple(having)), [name], into)


def create_env_file(project: Project, has_template: bool) -> Iterator[Fix]:
    """Create the first env file of a folder, unless something else is in its place."""
    if not can_create(project):
        return
    sources = [("heroku", "from Heroku")] * bool(project.apps)
    sources += [("template", "from the template")] * has_template
    sources += [("code", "with the names that the code reads")]
    for origin, words in sources:
        argument = {"folder": project.root, "from": origin}
        yield Fix(f"Create .env {words}", command=Command("configvars.createEnvFile", argument))


def can_create(project: Project) -> bool:
    """Whether the `.env` of the root can be created: no link and no unreadable file is in its place."""
    path = os.path.join(project.root, ".env")
    unread = project.unread_on_disk(path)
    return project.link_target(path) is None and (unread is None or unread.missing)


def first_broken(facts: FileFacts) -> int:
    """The offset of the first line that python-dotenv ignores in an env file; beyond the end if there is none."""
    broken = (problem.span.start for problem in facts.problems if problem.check == "syntax-error")
    return min(broken, default=sys.maxsize)


def value_given(text: str, statement: Span | None, value: Secret | str, broken: int) -> TextEdit | None:
    """The edit that writes a value to one statement of an env file, if it changes no other statement.

    None if the statement cannot contain the value, or if a line above it is broken (`first_broken`): the new
    text could close the unclosed quote of that line.
    """
    if statement is None or statement.start > broken:
        return None
    try:
        edit = set_value_in(statement.of(text), value)
    except ValueError:
        return None
    return moved([edit], statement.start)[0]


def replace_text(path: str, edit: TextEdit, title: str) -> Fix:
    """A fix that makes one edit in one file."""
    return Fix(title, (FileEdit(path, (edit,)),))
