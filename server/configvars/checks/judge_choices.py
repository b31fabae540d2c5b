"""Values in an env file that the `Literal` of a settings class does not allow."""

from __future__ import annotations

from configvars.checks.reached import Lines, Reached
from configvars.model import Fix
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.readers.conversions import LITERAL
from configvars.secret import Secret
from configvars.text import Span

_ANNOTATION = lazy_pattern(
    r"[\"']?\s*:\s*(?P<optional>(?:typing\.|t\.)?Optional\[\s*)?(?:typing\.|t\.)?Literal\["
)
_CHOICE = lazy_pattern(
    r"\s*(?:(?P<quote>[\"'])(?P<text>[^\"'\\\n]*)(?P=quote)|[+-]?\d+|True|False|None)\s*(?P<after>[,\]])"
)
_RAISES = {"pydantic-settings": "ValidationError", "typed_settings": "InvalidSettingsError"}


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message, without a fix; empty if the value is allowed, or if that is not known."""
    flow, raised = reached.reference.flow, _RAISES.get(reached.reference.idiom)
    if flow is None or raised is None or flow.type != LITERAL or flow.uses[0].caught:
        return "", ()
    choices = _choices(project.text_of(reached.path) or "", reached.reference.span)
    if choices is None:
        return "", ()
    given = [value.value for _, value, _ in reached.values]
    passes_empty = flow.uses[0].tested
    if any(value is None or value in choices or (passes_empty and value == Secret("")) for value in given):
        return "", ()
    place, name = lines.place(reached.path, reached.reference), reached.definition.variable.name
    return f"{name} has a value that the Literal at {place} does not contain: this raises {raised}", ()


def _choices(text: str, field: Span) -> frozenset[Secret] | None:
    """The strings that the annotation of a field allows; None if not all of them are written out."""
    start = _ANNOTATION.match(text, field.end)
    found: set[Secret] = set()
    at = start.end() if start is not None else len(text)
    while (choice := _CHOICE.match(text, at)) is not None:
        if choice["text"] is not None:  # a variable is a string, so that it never equals a number
            found.add(Secret(choice["text"]))
        if choice["after"] == "]":
            return frozenset(found)
        at = choice.end()
    return None
