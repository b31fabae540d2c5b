"""Calls of `from_file` that open a file as text for a function that needs a binary one."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.flask_project import steps_of
from configvars.checks.tried_callers import may_be_handled
from configvars.model import FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.project import Project
from configvars.runs.origins import Origins
from configvars.runs.parsed_code import arguments_of
from configvars.text import Span

_WHY = (
    "from_file opens the file as text, but tomllib.load needs a binary file: this raises TypeError. "
    "Add text=False"
)
_TEXT = ("text", "3")
"""The name and the position of the argument."""


def opened_as_text(check: str, facts: FileFacts, project: Project) -> Iterator[Finding]:
    """The calls in a file that raise TypeError, because they open a TOML file as text."""
    for _, step in steps_of(facts):
        if step.refuses_text and not may_be_handled(project, facts.path, step.span.start):
            severity = Severity.INFORMATION if step.conditional else Severity.WARNING
            fixes = tuple(_as_binary(project, facts.path, step.span))
            yield Finding(check, severity, _WHY, facts.path, step.span, fixes=fixes)


def _as_binary(project: Project, path: str, span: Span) -> Iterator[Fix]:
    """Pass `text=False`, unless arguments are unpacked."""
    code = Origins(project).code(path)
    tree = code.tree
    call = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    given = arguments_of(code, call) if call is not None and call.type == "call" else None
    if not given:
        return
    written = next((given[name] for name in _TEXT if name in given), None)
    last = tree.span(max(given.values(), key=lambda each: each.end_byte)).end
    edit = (
        TextEdit(tree.span(written), "False")
        if written is not None
        else TextEdit(Span(last, last), ", text=False")
    )
    yield Fix("Open it as binary: text=False", (FileEdit(path, (edit,)),), preferred=True)
