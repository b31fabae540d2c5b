"""What the two checks for missing variables share: the messages and the fixes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache, cached_property

from msgspec.structs import replace

from configvars.catalog import lookup
from configvars.catalog.libraries import readers_of
from configvars.checks import fixes
from configvars.checks.byte_order_mark import place_behind_mark
from configvars.checks.called_by_make import set_by_make
from configvars.checks.env_readers import OwnReadings
from configvars.checks.env_secrets import is_set_for_everybody
from configvars.checks.key_slips import Groups
from configvars.checks.local_values import best_first
from configvars.checks.name_slips import by_parts, slips_of
from configvars.checks.own_files import is_set_for, missing_from, set_in_others
from configvars.checks.wording import heroku_apps, joined
from configvars.flask.reads import Filled, need_of
from configvars.index import LocatedDefinition
from configvars.model import FileFacts, Finding, Fix, Need, Reference, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_template
from configvars.runs.bare_names import is_bare
from configvars.runs.env_readers import own_dialect
from configvars.runs.givers import (
    Givers,
    among,
    bare_names,
    comes_by_itself,
    declaring_files,
    givers,
    gives,
    is_surely_given,
    local_definitions,
    nearest,
    unloaded_files,
    unread_files,
)
from configvars.runs.seen_by import own_files
from configvars.slices import finish
from configvars.text import Span, line_at

_FEW = 2  # the number of files that a message names
_OF_CI = frozenset({"CI", "GITHUB_ACTIONS", "GITLAB_CI"})  # code behind these runs only in a CI service


def has_reads(facts: FileFacts) -> bool:
    """Whether a file reads any variable; for most files nothing else has to be found out."""
    return any(one.need is not None and one.variable.scope == "env" for one in facts.references)


class Missing:
    """The variables that are not set for the code of one file."""

    def __init__(self, facts: FileFacts, project: Project) -> None:
        self._path = facts.path
        self._facts = facts
        self._project = project
        self._additions = fixes.Additions(project)
        # A cached method would refer to `self`, and only the garbage collector could remove the object.
        by = self._by = cache(lambda: givers(project, facts.path))
        self._is_given = cache(lambda variable: is_surely_given(project, facts.path, by(), variable))
        self._has_everybody = cache(lambda name: is_set_for_everybody(name, facts.path, project, by()))
        self._not_set: list[tuple[Need, Reference]] | None = None

    @property
    def by(self) -> Givers:
        """The files and apps that can set variables for this code."""
        return self._by()

    def reads(self, need: Need) -> Iterator[Reference]:
        """The reads with this need whose variable is not set."""
        is_silent = not has_reads(self._facts) or bool(self._unread_files)
        return iter(()) if is_silent else self._not_seen((need,))

    def in_doubt(self) -> Iterator[tuple[Reference, tuple[str, ...]]]:
        """The reads whose variable only an unreadable file may set, with these files."""
        if files := self._unread_files if has_reads(self._facts) else ():
            for reference in self._not_seen((Need.REQUIRED, Need.OPTIONAL)):
                yield reference, files

    def finding(self, check: str, severity: Severity, why: str, found: Reference) -> Finding:
        """A finding that says where a variable is missing; `why` is the second part of the message, if any."""
        name, project = found.variable.name, self._project
        reader = own_dialect(found) if self._is_written(found) else None
        own = own_files(project, self._path, found)
        where = missing_from(own, project) if own else self._where
        message = f"{name} is {where}{f' as {reader} reads it' if reader else ''}{f'; {why}' if why else ''}"
        message += self.set_elsewhere(name, own)
        if bare := next(bare_names(project, self.by, name), None):
            message += f" ({at(project, bare.path, bare.definition.span)} has only the name, without =)"
        if hidden := place_behind_mark(project, self.by.files, name):
            message += f" ({at(project, *hidden)} has it behind a byte order mark)"
        heroku = [app.app for app in project.apps if name in app.variables]
        there = f" (set on {heroku_apps(heroku)})" if heroku else ""
        message += there
        if similar := self.similar(name):
            place = at(project, similar.path, similar.definition.span)
            message += f". {place} has {similar.definition.variable.name}, which nothing reads"
            if not is_template(similar.path):
                severity = max(severity, Severity.INFORMATION, key=lambda each: each.rank)
        offered = () if hidden else (*self._fixes_for(name, own), *self._respelled(found, similar))
        clause = where if own else self._not_in_files and self._not_in_files + there
        return Finding(
            check, severity, message, self._path, found.span, found.variable, offered, clause=clause
        )

    def set_elsewhere(self, name: str, own: tuple[str, ...] = ()) -> str:
        """Where else a variable is set; `own` are the only files that the read can see."""
        if own:
            others, why = set_in_others(name, own, self._project), "which this code does not read"
        else:
            others, why = unloaded_files(self._project, self._path, name), "which nothing loads here"
        shown = ", ".join(map(self._project.relative, others[:_FEW]))
        return f" (set in {shown}, {why})" if shown else ""

    @cached_property
    def _not_in_files(self) -> str:
        """The words for a variable that no env file sets or, without any env file, that no template lists."""
        says, word = ("not listed in", "or") if self.by.stand_in else ("missing from", "and")
        files = joined(map(self._project.relative, self._named(self.by.lacking)), word)
        return f"{says} {files}" if files else ""

    def _named(self, files: tuple[str, ...]) -> tuple[str, ...]:
        """The files in the folder of the code or above it, if there are any.

        Otherwise a few of the others.
        """
        above = tuple(
            file for file in files if self._path.startswith(os.path.join(os.path.dirname(file), ""))
        )
        return above or files[:_FEW]

    @cached_property
    def _where(self) -> str:
        apps = f"missing from {heroku_apps(self.by.apps)}" if self.by.apps else ""
        return " and ".join(filter(None, [self._not_in_files, apps]))

    def looking(self) -> Iterator[None]:
        """Find the reads whose variable no readable file sets, in slices; what is found is kept."""
        if self._not_set is not None:
            return
        found: list[tuple[Need, Reference]] = []
        by_make, filled = set_by_make(self._project, self._facts), Filled(self._filled)
        for reference in self._facts.references if has_reads(self._facts) else ():
            yield
            is_read = reference.need is not None and reference.variable.scope == "env"
            if not is_read or reference.variable.name in by_make or reference.switch in _OF_CI:
                continue
            need = need_of(self._facts, self._project, reference)
            if need not in (Need.REQUIRED, Need.OPTIONAL):
                continue
            if not self._is_there(reference) and not filled.has_items(reference):
                found.append((need, reference))
        self._not_set = found

    def _not_seen(self, needs: tuple[Need, ...]) -> Iterator[Reference]:
        finish(self.looking())
        return (reference for need, reference in self._not_set or () if need in needs)

    def _is_there(self, reference: Reference) -> bool:
        """Whether the variable of a read is set; for a library that reads env files itself, in its dialect."""
        if own := own_files(self._project, self._path, reference):
            if unread := {file for file in own if self._project.index.files[file].skipped}:
                return unread.isdisjoint(self._unread_files)
            return is_set_for(reference, own, self._path, self._project)
        names = (reference.variable, *(Variable("env", name) for name in reference.instead))
        if self._has_everybody(reference.variable):
            return True
        by_own = self._by_own.reads(reference)
        if by_own is None:
            return self._is_named(reference) or any(map(self._is_given, names))
        return by_own or comes_by_itself(self._project, self._path, reference.variable)

    @cached_property
    def _by_own(self) -> OwnReadings:
        return OwnReadings(self._project, self._path, self.by.files)

    @cached_property
    def _unread_files(self) -> tuple[str, ...]:
        return unread_files(self._project, self._path, self.by)

    @cached_property
    def _is_named(self) -> Callable[[Reference], bool]:
        """Whether one of the files for this code sets or lists the variable of a read."""
        return among(self._filled)

    @cached_property
    def _is_written(self) -> Callable[[Reference], bool]:
        """Whether one of the files for this code has the variable of a read, as python-dotenv reads them."""
        project, by = self._project, self.by

        def find() -> frozenset[str]:
            found = local_definitions(project, by)
            return frozenset(each.definition.variable.name for each in found if not is_bare(each.definition))

        return among(project.answered(f"written names in {by.files}", find))

    @property
    def _filled(self) -> frozenset[str]:
        """The names that the files for this code set or list, without those that have no value."""
        project, by = self._project, self.by

        def find() -> frozenset[str]:
            found = local_definitions(project, by)
            given = (each for each in found if each.definition.declaration or gives(project, each))
            return frozenset(each.definition.variable.name for each in given)

        return project.answered(f"filled names in {by.files}", find)

    @property
    def _unread(self) -> Groups:
        """The names that are set and that neither code nor a library reads, in groups of similar ones."""
        project, by = self._project, self.by

        def find() -> Groups:
            variables = {found.definition.variable for found in local_definitions(project, by)}
            return by_parts(sorted(v.name for v in variables if is_read_by_nobody(project, v)))

        return project.answered(f"unread names in {by.files}", find)

    @cached_property
    def _templates(self) -> tuple[str, ...]:
        return nearest(self._project, self._path, "dotenv")

    @cached_property
    def _declared(self) -> dict[str, frozenset[str]]:
        """The templates and manifests that list variables for this code, each with its names."""
        files = self._project.index.files
        return {
            path: frozenset(definition.variable.name for definition in files[path].definitions)
            for path in declaring_files(self._project, self._path)
        }

    def _fixes_for(self, name: str, own: tuple[str, ...]) -> Iterator[Fix]:
        if self.by.stand_in:
            yield from self._additions.declare_in(self.by.lacking, name)
            return
        target = own[0] if own else env_file_to_fill(self.by)
        additions = self._filling(target, name) or self._additions.to_env_file(target, name, self._templates)
        pulls = fixes.pull(self._project, [name], target)
        yield from best_first(self._project, name, target, pulls, additions)
        lacking = [path for path, names in self._declared.items() if name not in names]
        yield from self._additions.declare_in(lacking, name)

    def _filling(self, target: str, name: str) -> tuple[Fix, ...]:
        """Write `=` after a name without one in the env file `target`, and show it."""
        found = next((each for each in bare_names(self._project, self.by, name) if each.path == target), None)
        facts, text = self._project.index.files.get(target), self._project.text_of(target)
        if found is None or facts is None or text is None:
            return ()
        edit = fixes.value_given(text, found.definition.statement, "", fixes.first_broken(facts))
        title = f"Set {name} in {self._project.relative(target)}"
        return (
            ()
            if edit is None
            else (replace(fixes.replace_text(target, edit, title), command=fixes.show(target, name)),)
        )

    def similar(self, name: str) -> LocatedDefinition | None:
        """A definition whose name nothing reads and that looks like a misspelling of the missing name."""
        slips = slips_of(name, self._unread)
        if len(slips) != 1 or self._project.mentioned(slips):
            return None
        files, meant = self.by.files, Variable("env", *slips)
        given = [each for each in self._project.index.definitions(meant) if each.path in files]
        return min(given, key=lambda each: files.index(each.path), default=None)

    def _respelled(self, found: Reference, similar: LocatedDefinition | None) -> Iterator[Fix]:
        """Use the name that is set instead, if the code spells out the name at this place."""
        text = self._project.text_of(self._path) or ""
        if similar is not None and found.span.of(text) == found.variable.name:
            name = similar.definition.variable.name
            yield fixes.replace_text(self._path, TextEdit(found.span, name), f"Use {name} here")


def is_read_by_nobody(project: Project, variable: Variable) -> bool:
    """Whether no code refers to a variable, and no platform, tool or library is known to."""
    return (
        next(project.index.references(variable), None) is None
        and lookup(variable.name) is None
        and all("*" in read.name for read in readers_of(variable.name))
    )


def at(project: Project, path: str, span: Span) -> str:
    """A place for people: `app.py:3`, with a 1-based line."""
    line = line_at(project.text_of(path) or "", span.start) + 1
    return f"{project.relative(path)}:{line}"


def env_file_to_fill(by: Givers) -> str:
    """The env file that a missing variable belongs in: the nearest `.env`, else the first that counts."""
    named = [path for path in by.lacking if os.path.basename(path) == ".env"]
    return (named or list(by.lacking))[0]
