"""Moving configuration out of the code: a literal, or a whole file that `from_pyfile` loads.

A value is first written to its new place and then removed from the old one, so an interrupted change
loses nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

from configvars.actions.constants import UnclearError, constant, constants
from configvars.actions.env_values import OS, conversion, default_literal
from configvars.actions.exposure import exposure
from configvars.actions.gitignore import ignore_file
from configvars.actions.imports import add_imports
from configvars.actions.whole_values import whole_value
from configvars.catalog import never_missing
from configvars.checks.flask_project import keys_with_values, loaded_file, steps_of
from configvars.checks.hardcoded_secret import secrets
from configvars.edits import apply_edits, insert_names, is_writable_name, set_value
from configvars.edits.app_json import declare
from configvars.edits.places import line_ending
from configvars.features.results import Action
from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.model import FileEdit, FileFacts, Fix, TextEdit, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import declaring_files, givers
from configvars.secret import Secret
from configvars.syntax.git import Read
from configvars.text import LineIndex, Span, common_ends

KIND = "refactor.extract"
_KEEPING = "refactor.rewrite"
_PREFIX = "APP_"


def extract_actions(project: Project, path: str, span: Span, read: Read) -> tuple[Action, ...]:
    """The actions that move the value at a span of a Python file to the environment.

    Those of another kind keep the value in the code as a default. `read` reads git's files. If git would
    publish the env file, the fix also adds it to a `.gitignore`.
    """
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "python":
        return ()
    files = [Action(fix, KIND) for fix in _of_files(project, facts, span, read)]
    found = (*_of_keys(project, facts, span, read), *files)
    return found or tuple(Action(fix, KIND) for fix in _of_names(project, facts, span, read))


def _of_keys(project: Project, facts: FileFacts, span: Span, read: Read) -> Iterator[Action]:
    for key, where, value in keys_with_values(facts):
        if any(place.overlaps(span) or place.touches(span.start) for place in (where, value)):
            if (moved := move_key(project, facts, key, value, read)) is not None:
                yield Action(moved, KIND)
            if (kept := default_key(project, facts, key, value)) is not None:
                yield Action(kept, _KEEPING)
            return


def _of_names(project: Project, facts: FileFacts, span: Span, read: Read) -> Iterator[Fix]:
    """Move a secret that is assigned to a name or an attribute, if the file loads no env file later."""
    for finding, value in secrets(facts, project):
        if any(place.overlaps(span) or place.touches(span.start) for place in (finding.span, value)):
            assigned = whole_value(project.tree_of(facts.path), value)
            loads = (each.span for each in facts.env_files if not each.only_for)
            if assigned is not None and all(load.start < value.start for load in loads):
                fix = move_key(project, facts, *assigned, read)
                yield from (fix,) if fix is not None else ()
            return


def move_key(project: Project, facts: FileFacts, key: str, value: Span, read: Read) -> Fix | None:
    """Move a literal to the env file and replace it with `os.environ["KEY"]`."""
    text = project.text_of(facts.path) or ""
    converted = conversion(_constant(value.of(text)))
    name = _variable(project, facts.path, key, converted.text) if converted else None
    if converted is None or name is None:
        return None
    edit = TextEdit(value, converted.read(f'os.environ["{name}"]'))
    code = _with_imports(text, edit, converted.imports | {OS})
    given = _given(project, facts.path, {name: converted.text}, read)
    if code is None or given is None:
        return None
    changes = (*given, FileEdit(facts.path, code), *_declared(project, facts.path, [name]))
    return Fix(f"Move {key} to the environment", tuple(change for change in changes if change.edits))


def default_key(project: Project, facts: FileFacts, key: str, value: Span) -> Fix | None:
    """Let the environment override a literal, which stays in the code as the default."""
    text = project.text_of(facts.path) or ""
    constant_value = _constant(value.of(text))
    converted, default = conversion(constant_value), default_literal(constant_value, value.of(text))
    name = _variable(project, facts.path, key, converted.text) if converted else None
    if converted is None or default is None or name is None:
        return None
    edit = TextEdit(value, converted.read(f'os.environ.get("{name}", {default})'))
    code = _with_imports(text, edit, frozenset({OS}))
    if code is None:
        return None
    changes = (FileEdit(facts.path, code), *_declared(project, facts.path, [name]))
    return Fix(f"Let the environment override {key}", changes)


def _of_files(project: Project, facts: FileFacts, span: Span, read: Read) -> Iterator[Fix]:
    for flow, step in steps_of(facts):
        is_here = step.span.overlaps(span) or step.span.touches(span.start)
        is_file = is_here and step.method == "from_pyfile"
        fix = move_file(project, facts, flow, step, read) if is_file else None
        if fix is not None:
            yield fix


def move_file(
    project: Project, facts: FileFacts, flow: ConfigFlow, step: ConfigStep, read: Read
) -> Fix | None:
    """Move all keys of a file that `from_pyfile` loads to the env file, and load them with `from_mapping`."""
    text = project.text_of(facts.path) or ""
    path = loaded_file(project, facts.path, flow, step)
    loaded = constants(project.text_of(path) or "", path) if path is not None else None
    call = _CALL.fullmatch(step.span.of(text))
    keys = {key: value for key, value in (loaded or {}).items() if key.isupper()}
    if path is None or not keys or call is None:
        return None
    values: dict[str, Secret] = {}
    lines: list[str] = []
    imports = {OS}
    for key, value in keys.items():
        if value is None:
            lines.append(f"{key}=None,")
            continue
        converted = conversion(value)
        name = _variable(project, facts.path, key, converted.text) if converted else None
        if converted is None or name is None:
            return None
        values[name] = converted.text
        imports |= converted.imports
        lines.append(f'{key}={converted.read(f"""os.environ["{name}"]""")},')
    edit = TextEdit(step.span, _mapping(text, step.span, call["config"], lines))
    code = _with_imports(text, edit, frozenset(imports))
    given = _given(project, facts.path, values, read)
    if code is None or given is None:
        return None
    changes = (*given, FileEdit(facts.path, code), *_declared(project, facts.path, list(values)))
    what = "instance config" if "instance" in path.split(os.sep) else os.path.basename(path)
    return Fix(f"Move {what} to the environment", tuple(change for change in changes if change.edits))


_CALL = lazy_pattern(r"(?P<config>[\w.]+)\.from_pyfile\(.*\)", re.DOTALL)


def _mapping(text: str, span: Span, config: str, lines: list[str]) -> str:
    """The call of `from_mapping` with one key on each line, formatted like the statement that it replaces."""
    index = LineIndex(text)
    start = index.line_span(index.position(span.start).line).start
    before = text[start : span.start]
    indent = before[: len(before) - len(before.lstrip())]
    ending = line_ending(text)
    return ending.join([f"{config}.from_mapping(", *(f"{indent}    {line}" for line in lines), f"{indent})"])


def _constant(literal: str) -> object:
    """The value of a literal; None if the expression is not a literal, or cannot be stored."""
    try:
        return constant(literal)
    except UnclearError:
        return None


def _with_imports(text: str, edit: TextEdit, imports: frozenset[str]) -> tuple[TextEdit, ...] | None:
    added = add_imports(text, imports)
    return None if added is None else (added, edit) if added.text else (edit,)


def _variable(project: Project, path: str, key: str, value: Secret) -> str | None:
    """An unused variable name for a key; None if there is none."""
    for name in (key, _PREFIX + key):
        if not is_writable_name(name) or never_missing(name):
            continue
        found = [
            d
            for d in project.index.definitions(Variable("env", name))
            if d.path in givers(project, path).files
        ]
        given = [each.definition.value for each in found]
        if all(each is not None and each == value for each in given):
            return name
    return None


def _given(
    project: Project, path: str, values: Mapping[str, Secret], read: Read
) -> tuple[FileEdit, ...] | None:
    """The edits that write values to the `.env` for a file; None if git would publish every possible file."""
    files = [file for file in givers(project, path).files if os.path.basename(file) == ".env"]
    target = files[0] if files else os.path.join(project.root, ".env")
    before = project.text_of(target)
    after = before or ""
    try:
        for name, value in values.items():
            after = apply_edits(after, set_value(after, name, value))
    except ValueError:
        return None
    ignore = ignored_first(project, target, read)
    edit = FileEdit(target, _difference(before or "", after), create=before is None)
    return None if ignore is None else (*ignore, edit)


def ignored_first(project: Project, target: str, read: Read) -> tuple[FileEdit, ...] | None:
    """The edits that make git ignore a file before values are written; None if git could still publish it."""
    exposed = exposure(target, project.tracked_by_git, project.ignored_by_git)
    if exposed is None:
        return ()
    edit = ignore_file(target, project.root, read, os.environ) if exposed == "not-ignored" else None
    return (edit,) if edit else None


def _difference(before: str, after: str) -> tuple[TextEdit, ...]:
    """The edit that turns one text into another, without the common start and end."""
    start, rest = common_ends(before, after)
    edit = TextEdit(Span(start, len(before) - rest), after[start : len(after) - rest])
    return (edit,) if before != after else ()


def _declared(project: Project, path: str, names: Iterable[str]) -> Iterator[FileEdit]:
    """The names in the templates and the app.json for a file."""
    for file in declaring_files(project, path):
        text = after = project.text_of(file) or ""
        for name in names:
            if os.path.basename(file) == "app.json":
                edit = declare(after, name)
                after = apply_edits(after, [edit] if edit is not None else [])
            else:
                after = apply_edits(after, insert_names(after, [name]))
        if after != text:
            yield FileEdit(file, _difference(text, after))
