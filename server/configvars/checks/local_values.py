"""Variables that should not be copied from an app, and the values of templates for this machine instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from configvars import catalog
from configvars.checks.fixes import show
from configvars.edits.write import set_value
from configvars.model import FileEdit, Fix
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.givers import nearest
from configvars.secret import Secret


def held_back(name: str, app: AppSnapshot) -> str | None:
    """Why a config var should not be copied; None if it belongs to the user."""
    variable = app.variables.get(name)
    if variable is not None and variable.addon:
        return f"it belongs to the add-on {variable.addon}"
    known = catalog.lookup(name)
    if known is not None and known.kind == "addon" and not app.addons_known:
        return f"it usually belongs to {known.owner}"
    return "it holds the credentials of a database" if name == "DATABASE_URL" else None


def is_held_back(project: Project, name: str) -> bool:
    """Whether a variable should not be copied from any app that has it."""
    having = [app for app in project.apps if name in app.variables]
    return bool(having) and all(held_back(name, app) for app in having)


def best_first(
    project: Project, name: str, into: str, pulls: Iterable[Fix], others: Iterable[Fix]
) -> Iterator[Fix]:
    """The fixes for a variable that lacks a value in an env file; the first one is preferred.

    Pulls come first, unless the variable should not be copied: then a template's value does, or `others`.
    """
    ordered: tuple[Iterable[Fix], ...] = (pulls, others)
    if is_held_back(project, name):
        ordered = (from_template(project, name, into), others, pulls)
    for number, fix in enumerate(chain.from_iterable(ordered)):
        yield replace(fix, preferred=number == 0)


def fill_in(project: Project, name: str, path: str) -> Iterator[Fix]:
    """Open an env file at the empty value of a variable, if that should not be copied from an app."""
    if is_held_back(project, name):
        yield Fix(f"Fill in {name} in {project.relative(path)}", command=show(path, name))


def from_template(project: Project, name: str, into: str) -> Iterator[Fix]:
    """Write the value of the nearest template to an env file, if a variable should not be copied."""
    text, template = project.text_of(into), next(iter(nearest(project, into, "dotenv")), None)
    if template is None or text is None or not is_held_back(project, name):
        return
    value = _usable(project, template, name)
    if value is None:
        return
    try:
        edits = set_value(text, name, value, template_text=project.text_of(template))
    except ValueError:
        return
    yield Fix(f"Use the value of {project.relative(template)}", (FileEdit(into, edits),), preferred=True)


def _usable(project: Project, template: str, name: str) -> Secret | None:
    """The value that a template has for a variable, if nobody has to fill it in."""
    found = (each for each in project.index.files[template].definitions if each.variable.name == name)
    last = next(reversed(list(found)), None)
    text = project.text_of(template)
    if last is None or last.value is None or last.value_span is None or text is None:
        return None
    value = last.value
    facts, is_reference = value.facts(), "${" in last.value_span.of(text)
    is_complete = facts.is_local_url or facts.secrecy in ("plain", "key")
    return value if is_complete and not facts.is_empty and not is_reference else None
