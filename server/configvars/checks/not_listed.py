"""What no template lists is reported once for each variable, not once for each read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.checks.conditions import Conditions
from configvars.checks.missing import Missing
from configvars.checks.needed import needed_all_the_same
from configvars.checks.reported_once import is_reported_before
from configvars.flask.reads import need_of
from configvars.index import LocatedReference
from configvars.model import FileFacts, Finding, Need, Variable
from configvars.project import Project
from configvars.runs.givers import givers, is_test


def once(
    findings: Iterable[Finding], missing: Missing, facts: FileFacts, project: Project
) -> Iterator[Finding]:
    """The gravest finding about each variable of a file; none if another file has an equally grave one."""
    first: dict[Variable | None, Finding] = {}
    for found in findings:
        known = first.get(found.variable)
        if known is None or (found.severity.rank, found.span) < (known.severity.rank, known.span):
            first[found.variable] = found

    def is_alike(other: LocatedReference) -> bool:
        return givers(project, other.path) == missing.by and _fails_for_certain(other, project)

    for variable, found in first.items():
        if variable is None or not is_reported_before(variable, facts.path, project, is_alike):
            yield found


def _fails_for_certain(found: LocatedReference, project: Project) -> bool:
    """Whether a read is reported as a warning: it fails without its variable, under no condition."""
    facts, read = project.index.files[found.path], found.reference
    if is_test(project, found.path):
        return False
    if need_of(facts, project, read) is Need.REQUIRED:
        return not read.switch and not Conditions(lambda: project.tree_of(found.path)).of_flags(read.span)
    return read.span in needed_all_the_same(facts, project)
