"""Which variables the code of a file tests for an empty value."""

from __future__ import annotations

from configvars.flow_model import ValueUse
from configvars.model import Variable
from configvars.project import Project

# String methods that test or change the string before it is converted.
ASKING = frozenset({"isdigit", "isdecimal", "isnumeric", "startswith", "endswith", "replace", "split"})


def tested_for_empty(project: Project, path: str) -> frozenset[Variable]:
    """The variables of which a read in a file is tested: code after the test may convert another read."""
    known = project.remembered("tested for empty", dict[str, frozenset[Variable]])
    if path not in known:
        facts = project.index.files.get(path)
        flows = ((one.variable, one.flow) for one in facts.references) if facts is not None else ()
        known[path] = frozenset(
            variable for variable, flow in flows if flow is not None and any(map(_may_tell, flow.uses))
        )
    return known[path]


def _may_tell(use: ValueUse) -> bool:
    return use.may_tell_empty or (use.kind == "method" and use.what in ASKING)
