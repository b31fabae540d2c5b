"""Which variables the code of a file tests for an empty value."""

from __future__ import annotations

from configvars.checks.later_tests import LaterTests
from configvars.flow_model import ValueUse
from configvars.model import Reference, Variable
from configvars.project import Project

_TELLING = frozenset({"isdigit", "isdecimal", "isnumeric", "startswith", "endswith"})
# String methods that test or change the string before it is converted.
ASKING = _TELLING | {"replace", "split"}


def tested_for_empty(project: Project, path: str) -> frozenset[Variable]:
    """The variables of which a read in a file is tested: code after the test may convert another read."""
    known = project.remembered("tested for empty", dict[str, frozenset[Variable]])
    if path not in known:
        known[path] = frozenset(
            one.variable
            for one in _references(project, path)
            if any(_may_tell(use, ASKING) for use in _uses(one))
        )
    return known[path]


def taken_into_account(project: Project, path: str, tests: LaterTests) -> frozenset[Variable]:
    """The variables of which a read in a file is tested, itself or in the parts into which it is split."""
    known = project.remembered("taken into account if empty", dict[str, frozenset[Variable]])
    if path not in known:
        known[path] = frozenset(
            one.variable
            for one in _references(project, path)
            if any(_may_tell(use, _TELLING) for use in _uses(one))
            or (any(_may_tell(use, ASKING) for use in _uses(one)) and tests.follow(one.span))
        )
    return known[path]


def _references(project: Project, path: str) -> tuple[Reference, ...]:
    facts = project.index.files.get(path)
    return facts.references if facts is not None else ()


def _uses(reference: Reference) -> tuple[ValueUse, ...]:
    return reference.flow.uses if reference.flow is not None else ()


def _may_tell(use: ValueUse, methods: frozenset[str]) -> bool:
    return use.may_tell_empty or (use.kind == "method" and use.what in methods)
