"""Rename a variable everywhere at once: code, env files, templates, app.json, commands."""

from __future__ import annotations

import re
from collections import defaultdict

from msgspec.structs import replace

from configvars.catalog import never_missing
from configvars.checks.through_links import refusal, to_files
from configvars.edits.rename import rename as rename_in_env_file
from configvars.features.at import variable_at
from configvars.features.results import Rename
from configvars.model import FileEdit, FileFacts, Place, Reference, TextEdit, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.text import Span

# Names that Heroku accepts: they do not start with a digit or a reserved prefix, and contain no hyphen.
_NAME = lazy_pattern(r"(?!__|HEROKU_)[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class RenameRefused(Exception):  # noqa: N818 -- not a failure of ours
    """A variable cannot be renamed (in this way); the message is a sentence for the user."""


def prepare_rename(project: Project, path: str, offset: int) -> Span:
    """The span that `rename` at this place would change. Raises `RenameRefused`."""
    found = variable_at(project, path, offset)
    if found is None:
        raise RenameRefused("There is no variable here.")
    if found.variable.scope != "env":
        raise RenameRefused("Only environment variables can be renamed.")
    if never_missing(found.variable.name):
        raise RenameRefused(
            f"{found.variable.name} cannot be renamed: the platform or the operating system sets it."
        )
    return found.span


def rename(project: Project, path: str, offset: int, new_name: str) -> Rename:
    """All edits that give the variable at an offset another name.

    Raises `RenameRefused` if Heroku does not accept the name, if it is in use, or if a place refers to the
    variable without spelling out its name, so that it cannot be edited.
    """
    prepare_rename(project, path, offset)
    found = variable_at(project, path, offset)
    old = found.variable.name if found else ""
    if not _NAME.fullmatch(new_name):
        raise RenameRefused(
            f"{new_name!r} is not a valid config var name: Heroku allows letters, digits and underscores, "
            "no digit first, and no name that starts with __ or HEROKU_."
        )
    new = Variable("env", new_name)
    if new_name != old and _is_taken(project, new):
        raise RenameRefused(f"{new_name} is already in use here.")
    edits = _edits(project, Variable("env", old), new_name)
    if why := next(filter(None, (refusal(each, project) for each in sorted(edits))), ""):
        raise RenameRefused(f"{why} Nothing was renamed: you can rename the variable by hand.")
    changes = (FileEdit(each, tuple(sorted(edits[each], key=lambda e: e.span))) for each in sorted(edits))
    return Rename(to_files(changes, project) or ())


def _is_taken(project: Project, variable: Variable) -> bool:
    index = project.index
    return any(True for _ in index.references(variable)) or any(True for _ in index.definitions(variable))


def _edits(project: Project, variable: Variable, new: str) -> dict[str, set[TextEdit]]:
    edits: defaultdict[str, set[TextEdit]] = defaultdict(set)
    paths = {project.own(found.path): found.path for found in project.index.definitions(variable)}
    for found in project.index.references(variable):
        written = Place(found.path, found.reference.span)
        if found.reference.written_at is not None:
            written = project.place(found.reference.written_at) or written
        place = replace(written, path=project.own(written.path))
        if project.index.files[written.path].kind == "dotenv":
            paths[place.path] = written.path
        else:
            edits[place.path].add(_in_code(project, place, found.reference, new))
    for path, analysed in paths.items():
        edits[path] |= _in_definitions(project, path, project.index.files[analysed], variable, new)
    return edits


def _in_code(project: Project, place: Place, reference: Reference, new: str) -> TextEdit:
    """The edit of one place. The written text may be the end of the name, after a prefix from elsewhere."""
    old = reference.variable.name
    text = project.text_of(place.path)
    written = place.span.of(text) if text is not None else ""
    prefix = old[: len(old) - len(written)]
    if not written or prefix + written != old:
        raise _unspelled(project, place, text, old)
    if not new.startswith(prefix):
        raise RenameRefused(
            f"The new name must start with {prefix} too, because the prefix is written elsewhere."
        )
    return TextEdit(place.span, new[len(prefix) :])


def _in_definitions(
    project: Project, path: str, facts: FileFacts, variable: Variable, new: str
) -> set[TextEdit]:
    text = project.text_of(path)
    if text is None:
        raise RenameRefused(f"{project.relative(path)} cannot be read.")
    if facts.kind == "dotenv":  # a commented-out line of a template is a definition, but not a statement
        named = {TextEdit(found.span, new) for found in facts.definitions if found.variable == variable}
        return named | set(rename_in_env_file(text, variable.name, new, project.statements(path)))
    edits = set()
    for definition in facts.definitions:
        if definition.variable == variable:
            if definition.span.of(text) != variable.name:
                raise _unspelled(project, Place(path, definition.span), text, variable.name)
            edits.add(TextEdit(definition.span, new))
    return edits


def _unspelled(project: Project, place: Place, text: str | None, name: str) -> RenameRefused:
    line = (text or "").count("\n", 0, place.span.start) + 1
    return RenameRefused(
        f"{project.relative(place.path)}:{line} refers to {name} without spelling it out; rename it by hand."
    )
