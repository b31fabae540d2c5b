"""What `check` has found, placed and ready to be written in any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from configvars import failures
from configvars.cli.added import Added
from configvars.cli.excerpt import Excerpt, excerpt
from configvars.cli.judging import Checked
from configvars.cli.places import Places, Range, relative
from configvars.cli.terminal import Style
from configvars.model import Finding, Severity
from configvars.project import Project


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding and where it stands.

    `path` is relative to the root of its project, `shown_path` as seen from the current folder, both with
    `/`. `fixable`: `--fix` would mend it.
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


@dataclass(frozen=True, slots=True)
class Report:
    """All diagnostics of one run, sentences on how they were judged, and what was looked at, by project.

    `quiet`: people are told the diagnostics alone. `added` are the variables that a change adds, None where
    that was not asked. `unset` holds what is to be set, by app.
    """

    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    checked: tuple[Checked, ...] = ()
    quiet: bool = False
    added: tuple[Added, ...] | None = None
    unset: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


Format = Callable[[Report, Style], str]
"""A way to write a report; what it gives ends in a line feed or is empty."""


def diagnostic(finding: Finding, project: Project, places: Places, cwd: str) -> Diagnostic:
    """Place a finding of a project; `cwd` is the current folder, absolute."""
    return Diagnostic(
        check=finding.check,
        severity=finding.severity,
        message=finding.message,
        path=places.relative(finding.path),
        shown_path=_shown(finding.path, cwd),
        range=places.range(finding.path, finding.span),
        variable=finding.variable.name if finding.variable else None,
        fixable=is_fixable(finding),
        excerpt=_excerpt(finding, project, places),
    )


def _excerpt(finding: Finding, project: Project, places: Places) -> Excerpt | None:
    facts = project.index.files.get(finding.path)
    with failures.contained(f"showing a line of {places.relative(finding.path)}"):
        text = project.text_of(finding.path) or ""
        if facts is not None:
            tree = places.tree(finding.path) if facts.kind == "python" else None
            return excerpt(finding, facts, text, places.lines(finding.path), tree)
    return None


def is_fixable(finding: Finding) -> bool:
    """Whether a fix of the finding can be made without being looked at."""
    return any(fix.certain and fix.changes for fix in finding.fixes)


def _shown(path: str, cwd: str) -> str:
    seen = relative(path, cwd)
    return path.replace("\\", "/") if seen.startswith("../") else seen
