"""The results of `check`, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct, field

from configvars import failures
from configvars.checks.heroku_commands import Plans
from configvars.cli.added import Added
from configvars.cli.excerpt import Excerpt, Excerpts
from configvars.cli.judging import Checked
from configvars.cli.places import Places, Range, relative
from configvars.cli.terminal import Style
from configvars.model import Finding, Severity
from configvars.project import Project


class Diagnostic(Struct, frozen=True):
    """A finding and its place.

    `path` is relative to the root of its project, `shown_path` to the absolute folder `seen_from`, both with
    `/`. `fixable`: `--fix` would fix it.
    """

    check: str
    severity: Severity
    message: str
    path: str
    shown_path: str
    range: Range
    variable: str | None
    fixable: bool
    excerpt: Excerpt | None
    seen_from: str = ""


class Report(Struct, frozen=True):
    """All diagnostics of one run, notes, and what was checked, by project.

    `quiet`: people see only the diagnostics. `added` are the variables that a change adds, None without
    `--since` and `--against`. `unset` contains the variables to be set, by app.
    `plans` are the plans of the add-ons in app.json.
    """

    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    checked: tuple[Checked, ...] = ()
    quiet: bool = False
    added: tuple[Added, ...] | None = None
    unset: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    plans: Plans = field(default_factory=lambda: MappingProxyType({}))


Format = Callable[[Report, Style], str]
"""A function that formats a report; its result ends with a line feed or is empty."""


class Diagnostics:
    """Creates the diagnostics of a project; each file is read once; `seen_from`: see `Diagnostic`."""

    def __init__(self, project: Project, seen_from: str) -> None:
        self._project = project
        self._places = Places(project)
        self._seen_from = seen_from
        self._excerpts = cache(self._excerpts_of)
        self._paths = cache(lambda path: (self._places.relative(path), relative(path, seen_from)))

    def of(self, finding: Finding) -> Diagnostic:
        """The diagnostic for a finding."""
        path, shown_path = self._paths(finding.path)
        return Diagnostic(
            check=finding.check,
            severity=finding.severity,
            message=finding.message,
            path=path,
            shown_path=shown_path,
            range=self._places.range(finding.path, finding.span),
            variable=finding.variable.name if finding.variable else None,
            fixable=is_fixable(finding),
            excerpt=self._excerpt(finding),
            seen_from=self._seen_from,
        )

    def _excerpt(self, finding: Finding) -> Excerpt | None:
        with failures.contained(f"showing a line of {self._places.relative(finding.path)}"):
            excerpts = self._excerpts(finding.path)
            return excerpts.of(finding) if excerpts is not None else None
        return None

    def _excerpts_of(self, path: str) -> Excerpts | None:
        facts = self._project.index.files.get(path)
        if facts is None:
            return None
        tree = self._places.tree(path) if facts.kind == "python" else None
        return Excerpts(facts, self._project.text_of(path) or "", self._places.lines(path), tree)


def is_fixable(finding: Finding) -> bool:
    """Whether a fix of the finding is safe without review."""
    return any(fix.certain and fix.changes for fix in finding.fixes)
