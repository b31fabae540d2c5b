"""Lines of an env file whose value reaches code that takes numbers only."""

from __future__ import annotations

from configvars.checks.numbers_needed import called, needs_number
from configvars.checks.reached import Lines, Reached
from configvars.flow_model import ValueUse
from configvars.model import Fix
from configvars.project import Project


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message and no fix; the message is empty if nothing is wrong."""
    flow, name = reached.reference.flow, reached.definition.variable.name
    if flow is None or flow.type is not None or not reached.facts:
        return "", ()
    if any(value.is_empty for value in reached.facts) or any(map(_may_prevent, flow.uses)):
        return "", ()
    use = next((use for use in flow.uses if needs_number(use)), None)
    if use is None:
        return "", ()
    place = lines.place(reached.path, reached.reference)
    return f"{name} is a string, not a number, at {place}: {called(use)} raises TypeError", ()


def _may_prevent(use: ValueUse) -> bool:
    """Whether the code tests the string or its type, or catches the exception."""
    is_of_type = use.what.partition("(")[0] in ("builtins.isinstance", "builtins.type")
    return use.tested or use.caught or is_of_type or use.kind == "compare"
