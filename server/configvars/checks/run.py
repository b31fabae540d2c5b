"""Running the checks over one file, with settings and suppressions applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from configvars import failures
from configvars.checks.base import Check
from configvars.checks.certain import with_safe_fixes
from configvars.checks.groups import OF_IMPORTED, is_selected
from configvars.checks.merge import one_per_place
from configvars.checks.subjects import subjects_of
from configvars.model import FileFacts, Finding
from configvars.project import Project
from configvars.text import LineIndex

_EVERY = "*"
_ALL = frozenset({_EVERY})
# A comment that suppresses all checks must not suppress the finding that it suppresses nothing.
_BY_NAME_ALONE = frozenset({"unused-suppression"})


def run(checks: Iterable[Check], project: Project, path: str) -> tuple[Finding, ...]:
    """The findings of `checks` in one file, ordered by place, without those that a setting or a comment suppresses."""
    return in_order(found for found in findings(checks, project, path) if found is not None)


def findings(checks: Iterable[Check], project: Project, path: str) -> Iterator[Finding | None]:
    """The findings of `run`, one at a time and unsorted, so that the caller can do other work in between.

    None marks the end of each check, and other places where the caller may do that.
    """
    facts = project.index.files.get(path)
    if facts is None or project.own(path) != path or (path in project.imported and facts.kind != "python"):
        return
    shown = project.relative(path)
    with failures.contained(f"checking {shown}"):
        ignored, is_imported = _ignored(path, project), path in project.imported
        is_silenced = _silencer(facts, project)
        for check in _wanted(tuple(checks), facts, project):
            if check.name in ignored or (is_imported and check.name not in OF_IMPORTED):
                continue
            for finding in _of_check(check, facts, project, shown):
                found = finding and with_safe_fixes(finding, project)
                yield None if found is None or is_silenced(found) else found
            yield None


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file ordered by place, with those about the same missing variable merged."""
    return tuple(sorted(one_per_place(found), key=lambda finding: (finding.span, finding.check)))


def _wanted(checks: tuple[Check, ...], facts: FileFacts, project: Project) -> tuple[Check, ...]:
    """The checks that the settings select and that may find something in a file."""
    version = checks, project.settings, project.partial
    known = project.code.kept("checks by subjects", version, dict[int, tuple[Check, ...]])
    subjects = subjects_of(facts)
    if subjects not in known:
        known[subjects] = tuple(
            check
            for check in checks
            if check.about & subjects
            and is_selected(check.name, project.settings)
            and not (project.partial and check.of_all_files)
        )
    return known[subjects]


def _ignored(path: str, project: Project) -> frozenset[str]:
    """The checks that the `per-file-ignores` setting turns off in a file."""
    relative = project.inner(path)
    return frozenset(name for fits, names in _patterns(project) if fits(relative) for name in names)


def _patterns(project: Project) -> Sequence[tuple[Callable[[str], bool], tuple[str, ...]]]:
    """The patterns of the `per-file-ignores` setting with their checks; compiled once for all files."""
    ignores = project.settings.per_file_ignores
    if not ignores:
        return ()
    return project.code.kept(
        "per-file-ignores", project.settings, lambda: [(_fitting(each), ignores[each]) for each in ignores]
    )


def _fitting(pattern: str) -> Callable[[str], bool]:
    """A function that tells whether a path relative to the root matches a pattern as in `.gitignore`."""
    from pathspec import GitIgnoreSpec  # slow to import, and few projects have this setting

    try:
        return GitIgnoreSpec.from_lines([pattern]).match_file
    except ValueError:
        return lambda relative: False


def _of_check(check: Check, facts: FileFacts, project: Project, shown: str) -> Iterator[Finding | None]:
    """The findings of one check, with the severity from the settings, if they set one.

    If files change while it runs in slices, the check is run again, so its errors do not count.
    """
    severities, before = project.settings.checks, project.index.latest
    try:
        if check.name not in severities:
            yield from check.run(facts, project)
        elif severity := severities[check.name]:
            found = check.run(facts, project)
            yield from (finding and replace(finding, severity=severity) for finding in found)
    except Exception as error:  # an error in one check must not affect the others
        if project.index.latest == before:
            failures.report(f"the check {check.name} on {shown}", error)


def _silencer(facts: FileFacts, project: Project) -> Callable[[Finding], bool]:
    """A function that tells whether a comment in the file suppresses a finding."""
    if not facts.suppressions:
        return lambda finding: False
    lines = LineIndex(project.text_of(facts.path) or "")
    silenced = {(s.line, check) for s in facts.suppressions for check in s.checks or _ALL}

    def is_silenced(finding: Finding) -> bool:
        line = lines.position(finding.span.start).line
        by = (
            {(line, finding.check)}
            if finding.check in _BY_NAME_ALONE
            else {(line, finding.check), (line, _EVERY)}
        )
        return not silenced.isdisjoint(by)

    return is_silenced
