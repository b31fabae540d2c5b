"""Whether code needs a value that an env file leaves empty, and what fails without it."""

from __future__ import annotations

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.conditions import Conditions
from configvars.checks.empty_tests import taken_into_account
from configvars.checks.judge_truth import is_tested_for_truth
from configvars.checks.later_tests import LaterTests
from configvars.checks.needed import needed_not_empty
from configvars.checks.reached import Reached
from configvars.checks.turned_off import class_for_production, lower
from configvars.flask.empty_keys import empty_reads
from configvars.flask.needs import needed_reads
from configvars.model import Need, Severity
from configvars.project import Project
from configvars.runs.givers import given_elsewhere
from configvars.text import line_at


def is_wrong(reached: Reached, conditions: Conditions, tests: LaterTests, project: Project) -> bool:
    """Whether the code needs a value here, so that it fails or continues with an empty string."""
    read = reached.reference
    if read.empty_fails or _empty_key(reached, project):
        return not _is_switched(reached, conditions) and not given_elsewhere(project, read.variable.name)
    if not _gets_nothing(reached):
        return False
    is_required = read.need is Need.REQUIRED and not _is_switched(reached, conditions)
    if _why(reached, project) is not None:
        return True
    return (
        is_required
        and read.variable not in taken_into_account(project, reached.path, tests)
        and not tests.follow(read.span)
    )


def told(reached: Reached, project: Project) -> tuple[Severity, str]:
    """The severity for one read, and what fails without a value as a clause; no clause if nothing does."""
    if why := _why(reached, project):
        return Severity.WARNING, why
    key = _empty_key(reached, project)
    if not reached.reference.empty_fails and not key:
        return Severity.INFORMATION, ""
    facts = project.index.files[reached.path]
    severity = Severity.INFORMATION if is_auxiliary(project, facts) else Severity.WARNING
    of_class = class_for_production(facts, project, reached.reference)
    return lower(severity, of_class), f"{key or 'this code fails without a value'}{of_class}"


def _why(reached: Reached, project: Project) -> str | None:
    """What fails without a value; None if nothing does."""
    span = reached.reference.span
    needed = needed_not_empty(project.index.files[reached.path], project)
    return needed_reads(project, reached.path).get(span) or needed.get(span)


def _empty_key(reached: Reached, project: Project) -> str:
    """Which code fails because the read sets a Flask key to an empty string, as a clause; empty for none."""
    found = empty_reads(project).get((reached.path, reached.reference.span))
    if found is None:
        return ""
    key, place = found
    line = line_at(project.text_of(place.path) or "", place.span.start) + 1
    return f"{project.relative(place.path)}:{line} fails if {key} is empty in app.config"


def _is_switched(reached: Reached, conditions: Conditions) -> bool:
    """Whether another variable or a flag decides whether the read happens: the feature may be off."""
    read = reached.reference
    return read.switch is not None or conditions.of_flags(read.span) is not None


def _gets_nothing(reached: Reached) -> bool:
    """Whether a read of an empty value neither tests it nor replaces it with a default."""
    flow = reached.reference.flow
    if flow is None:
        return False
    has_other = flow.default is not None and (flow.default.by_or or reached.reference.need is Need.DEFAULTED)
    is_asked = (
        any(use.kind == "type" and use.tested for use in flow.uses)
        or is_tested_for_truth(flow)
        or any(use.kind == "compare" or use.may_tell_empty for use in flow.uses)
    )
    return not has_other and not is_asked
