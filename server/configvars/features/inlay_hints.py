"""Inlay hints after each expression that reads a variable: where the variable is set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from configvars.catalog import never_missing
from configvars.features.expression_end import expression_end
from configvars.features.results import Hint
from configvars.model import Access, FileFacts, Variable
from configvars.project import Project
from configvars.runs.givers import Givers, givers, gives, is_empty, is_surely_given, unread_files
from configvars.runs.variable_lines import lines_for
from configvars.text import Span


def inlay_hints(project: Project, path: str, span: Span, typed_at: int | None = None) -> tuple[Hint, ...]:
    """A hint for each read in a span of a Python file, such as `.env` or `empty in .env`; never a value.

    There is none for a name that is being typed at the offset `typed_at`.
    """
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "python":
        return ()
    return tuple(_hints(project, facts, span, typed_at))


def _hints(project: Project, facts: FileFacts, span: Span, typed_at: int | None) -> Iterator[Hint]:
    by = givers(project, facts.path)
    where = cache(lambda variable: " · ".join(_where(project, facts.path, by, variable)))
    text = project.text_of(facts.path) or ""
    for reference in facts.references:
        is_read = reference.access is not Access.WRITE and reference.variable.scope == "env"
        is_typed = typed_at is not None and reference.span.touches(typed_at)
        if is_read and not is_typed and reference.span.overlaps(span):
            yield Hint(expression_end(text, reference.span.end), where(reference.variable))


def _where(project: Project, path: str, by: Givers, variable: Variable) -> list[str]:
    found = lines_for(project, variable)
    giving = [each for each in found if each.definition.declaration or gives(project, each)]
    filled = {each.path for each in giving if not is_empty(each.definition)}
    empty = {each.path for each in giving} - filled
    files = [
        f"empty in {project.relative(each)}" if each in empty else project.relative(each)
        for each in by.files
        if each in filled or each in empty
    ]
    apps = [app.app for app in project.apps if variable.name in app.variables]
    if not files and never_missing(variable.name):
        files = ["platform"]
    elif not files and is_surely_given(project, path, by, variable):
        files = ["set elsewhere"]
    elif not files:
        files = [f"may be in {project.relative(each)}" for each in unread_files(project, path, by)] or [
            "not known" if project.partial else "not set here"
        ]
    return [*files, *apps]
