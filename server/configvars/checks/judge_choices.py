"""Values in an env file that are not among the strings which code lists for a variable."""

from __future__ import annotations

from configvars.checks.choices_written import of_call, of_enum, of_literal
from configvars.checks.reached import Lines, Reached
from configvars.model import Fix
from configvars.project import Project
from configvars.readers.conversions import LITERAL
from configvars.secret import Secret

_PYDANTIC = "pydantic-settings"
_OF_CALLS = {"decouple.config": "ValueError", "environs.Env": "EnvValidationError"}
_RAISES = {_PYDANTIC: "ValidationError", "typed_settings": "InvalidSettingsError", **_OF_CALLS}


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message, without a fix; empty if the value is allowed, or if that is not known."""
    flow, raised = reached.reference.flow, _RAISES.get(reached.reference.idiom)
    if flow is None or raised is None or flow.type != LITERAL or flow.uses[0].caught:
        return "", ()
    choices, what = _choices(reached, project)
    if choices is None:
        return "", ()
    given = [value.value for _, value, _ in reached.values]
    passes_empty = flow.uses[0].tested
    if any(value is None or value in choices or (passes_empty and value == Secret("")) for value in given):
        return "", ()
    place, name = lines.place(reached.path, reached.reference), reached.definition.variable.name
    return f"The value of {name} is not in the {what} at {place}: this raises {raised}", ()


def _choices(reached: Reached, project: Project) -> tuple[frozenset[Secret] | None, str]:
    """The allowed strings, None if they are not known; and what contains them, for messages."""
    path, read = reached.path, reached.reference
    if read.idiom in _OF_CALLS:
        return of_call(project.tree_of(path), read.span), "list of choices"
    choices = of_literal(project.text_of(path) or "", read.span)
    if choices is None and read.idiom == _PYDANTIC:
        return of_enum(project.tree_of(path), read.span), "enum"
    return choices, "Literal"
