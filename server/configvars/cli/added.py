"""Which variables a change adds: those that the code needs now but did not need before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from configvars.cli.before import Before, Needs, failures_of, givers_of, needs_of
from configvars.model import Finding, Need
from configvars.patterns import lazy_pattern
from configvars.platforms.base import AppSnapshot
from configvars.project import Project

_OF_SEVERAL = frozenset({"missing-variable", "missing-optional-variable", "not-on-heroku"})
_WORD = lazy_pattern(r"\w+")


class Added(Struct, frozen=True):
    """A variable that a change adds, how much the code needs it, and which apps have it."""

    name: str
    need: Need
    apps: Mapping[str, bool]

    @property
    def sentence(self) -> str:
        """A sentence about the variable for people."""
        having = [app for app, has in self.apps.items() if has]
        lacking = [app for app, has in self.apps.items() if not has]
        where = [
            f"{word} on {', '.join(apps)}" for word, apps in (("set", having), ("not set", lacking)) if apps
        ]
        verb = "needs" if self.need is Need.REQUIRED else "reads"
        return f"This change {verb} {self.name}{': ' if where else ''}{', '.join(where)}."


def added(now: Needs, before: Needs, apps: Iterable[AppSnapshot]) -> Iterator[Added]:
    """The variables that are new or were not required before, ordered by name."""
    snapshots = list(apps)
    for name, need in sorted(now.items()):
        if name not in before or (need is Need.REQUIRED and before[name] is not Need.REQUIRED):
            yield Added(name, need, {app.app: name in app.variables for app in snapshots})


def added_by(
    before: Before, findings: Iterable[Finding], project: Project, wants: Callable[[str], bool]
) -> list[Added]:
    """The variables that a change adds, ordered by name: to what the code reads, or to what an app lacks."""
    needs = needs_of(project, wants)
    found = {each.name: each for each in added(needs, before.needs, project.apps)}
    gone = before.givers - givers_of(project)
    for finding in failures_of(findings):
        name = finding.variable.name if finding.variable is not None else ""
        if name and name not in found and before.is_new(finding, project, gone):
            found[name] = Added(name, Need.REQUIRED, {app.app: name in app.variables for app in project.apps})
    return [found[name] for name in sorted(found)]


def of_change(
    findings: Iterable[Finding], new: Iterable[Added], before: Before, project: Project
) -> Iterator[Finding]:
    """The findings that a change adds, and all about variables that it adds; one may be about several."""
    names = {each.name for each in new}
    for found in findings:
        if before.is_first_seen(found, project):
            yield found
        elif found.variable is not None:
            if found.variable.name in names:
                yield found
        elif found.check in _OF_SEVERAL and not names.isdisjoint(_WORD.findall(found.message)):
            yield found
