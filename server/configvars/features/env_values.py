"""Completion of values in env files, for variables with only a few possible values."""

from __future__ import annotations

from configvars.catalog.flask_keys import flask_key
from configvars.checks.switches import looks_like_switch
from configvars.features.results import Completion, CompletionItem
from configvars.model import Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.text import LineIndex, Span

_ASSIGNMENT = lazy_pattern(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(\w*)$")


def complete_value(project: Project, path: str, text: str, offset: int) -> Completion | None:
    """The possible values at an offset after the equals sign in an env file.

    None if any value is possible.
    """
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "dotenv" or _in_value_of_many_lines(text, offset, project, path):
        return None
    lines = LineIndex(text)
    start = lines.line_span(lines.position(offset).line).start
    found = _ASSIGNMENT.match(text[start:offset])
    values = _choices(project, found[1]) if found else ()
    if not found or not values:
        return None
    items = (CompletionItem(value, "", rank, kind="value") for rank, value in enumerate(values))
    return Completion(Span(start + found.start(2), offset), tuple(items))


def _choices(project: Project, name: str) -> tuple[str, ...]:
    key = flask_key(name.removeprefix("FLASK_")) if name.startswith("FLASK_") else None
    if (
        (key is not None and key.type == "bool")
        or looks_like_switch(name)
        or _is_boolean_elsewhere(project, name)
    ):
        return ("true", "false")
    return ()


def _is_boolean_elsewhere(project: Project, name: str) -> bool:
    """Whether a template or app.json sets it to a word for yes or no."""
    found = project.index.definitions(Variable("env", name))
    declared = (each.definition for each in found if each.definition.declaration)
    return any(d.value is not None and d.value.facts().kind == "boolean" for d in declared)


def _in_value_of_many_lines(text: str, offset: int, project: Project, path: str) -> bool:
    spans = (d.value_span for d in project.index.files[path].definitions if d.value_span)
    return any(span.start < offset <= span.end and "\n" in text[span.start : offset] for span in spans)
