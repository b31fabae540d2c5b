"""What the two checks for missing variables have in common: the words, and the ways to mend it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches

from configvars.checks import fixes
from configvars.checks.local import (
    Givers,
    declaring_files,
    givers,
    is_surely_given,
    local_definitions,
    means,
    nearest,
    unread_files,
)
from configvars.model import FileEdit, FileFacts, Finding, Fix, Need, Reference, Severity, TextEdit
from configvars.project import Project

_SIMILAR = 0.8


def missing(facts: FileFacts, project: Project, need: Need) -> Iterator[tuple[Reference, Givers]]:
    """The reads in a file with this need whose variable nothing gives here."""
    for reference, by in _not_seen(facts, project, (need,)):
        if not unread_files(project, by):
            yield reference, by


def in_doubt(facts: FileFacts, project: Project) -> Iterator[tuple[Reference, tuple[str, ...]]]:
    """The reads in a file whose variable only a file that could not be read may give, and those files."""
    for reference, by in _not_seen(facts, project, (Need.REQUIRED, Need.OPTIONAL)):
        if files := unread_files(project, by):
            yield reference, files


def names_it_may_give(path: str, project: Project) -> list[str]:
    """The names that code here reads and that only a file which could not be read may give; sorted."""
    doubts = (doubt for facts in project.index.files.values() for doubt in in_doubt(facts, project))
    return sorted({reference.variable.name for reference, files in doubts if path in files})


def _not_seen(
    facts: FileFacts, project: Project, needs: tuple[Need, ...]
) -> Iterator[tuple[Reference, Givers]]:
    """The reads in a file whose variable nothing gives that could be read."""
    reads = [r for r in facts.references if r.need in needs and r.variable.scope == "env"]
    if not reads:
        return
    by = givers(project, facts.path)
    for reference in reads:
        in_any_case = any(
            means(reference, d.definition.variable.name) for d in local_definitions(project, by)
        )
        if not in_any_case and not is_surely_given(project, facts.path, by, reference.variable):
            yield reference, by


def finding(
    check: str, severity: Severity, why: str, found: Reference, by: Givers, facts: FileFacts, project: Project
) -> Finding:
    """Say that a variable is missing from what answers for it; `why` is the rest of the sentence."""
    name = found.variable.name
    files = [project.relative(path) for path in by.files]
    where = ", ".join([*files, *(f"Heroku app {app}" for app in by.apps)])
    message = f"{name} is missing from {where}; {why}"
    heroku = [app.app for app in project.apps if name in app.variables]
    if heroku:
        message += f" (set on Heroku app {', '.join(heroku)})"
    similar = _similar(name, by, project)
    if similar:
        message += f". Did you mean {similar}?"
    mends = (*_mends(facts.path, found, by, project), *_respell(facts.path, found, similar, project))
    clause = f"missing from {', '.join(files)}" if files else ""
    return Finding(check, severity, message, facts.path, found.span, found.variable, mends, clause=clause)


def _mends(path: str, found: Reference, by: Givers, project: Project) -> Iterator[Fix]:
    name = found.variable.name
    if by.stand_in:
        yield from fixes.declare_in(project, by.files, name)
        return
    target = env_file_to_fill(by, project)
    yield from fixes.add_to_env_file(project, target, name, nearest(project, path, "dotenv"))
    yield from fixes.pull(project, [name], target)
    lacking = [f for f in declaring_files(project, path) if not _declares(project, f, name)]
    yield from fixes.declare_in(project, lacking, name)


def env_file_to_fill(by: Givers, project: Project) -> str:
    """The env file that a missing variable belongs in: the nearest `.env`, else the first that counts."""
    named = [path for path in by.files if os.path.basename(path) == ".env"]
    return (named or list(by.files))[0]


def _declares(project: Project, path: str, name: str) -> bool:
    facts = project.index.files[path]
    return any(definition.variable.name == name for definition in facts.definitions)


def _similar(name: str, by: Givers, project: Project) -> str | None:
    """A name that is given, that no code refers to, and that looks like the one that is missing."""
    names = {
        found.definition.variable.name
        for found in local_definitions(project, by)
        if next(project.index.references(found.definition.variable), None) is None
    }
    return next(iter(get_close_matches(name, sorted(names), n=1, cutoff=_SIMILAR)), None)


def _respell(path: str, found: Reference, similar: str | None, project: Project) -> Iterator[Fix]:
    """Use the name that is given, where the one in the code is written out at this place."""
    text = project.text_of(path)
    if similar and text is not None and found.span.of(text) == found.variable.name:
        edit = FileEdit(path, (TextEdit(found.span, similar),))
        yield Fix(f"Use {similar} here", (edit,))
