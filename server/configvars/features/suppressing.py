"""Actions for every finding: why it has no fix, if it has none, and the ways to suppress it."""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Iterator

from configvars.checks.why_no_fix import WHY_NO_FIX
from configvars.edits.apply import apply_edits
from configvars.edits.places import line_ending
from configvars.edits.settings_toml import ignore_in_file, turn_off
from configvars.features.results import Action
from configvars.model import Command, FileEdit, FileFacts, Finding, Fix, TextEdit
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.settings_file import OWN_FILE, PYPROJECT
from configvars.text import LineIndex, Span, line_at

KIND = "quickfix.silence"
_NOT_SILENCED = frozenset({"unused-suppression", "invalid-setting"})
_COMMENT = lazy_pattern(r"#\s*configvars:\s*ignore\[(?P<names>[^\]\r\n]*)(?=\])")
_GLOB = lazy_pattern(r"([\\*?\[!#])")


def suppressing(
    project: Project, findings: list[Finding], offered: Collection[Action] = ()
) -> Generator[None, None, tuple[Action, ...]]:
    """For each check that has reported a finding: a suppressing comment, and two settings. In slices.

    `offered` are the fixes of these findings.
    """
    found: list[Action] = []
    first: dict[str, Finding] = {}
    for finding in findings:
        if finding.check not in _NOT_SILENCED:
            first.setdefault(finding.check, finding)
    for finding in findings:
        is_fixed = any(finding in action.findings for action in offered)
        if not is_fixed and finding.check in WHY_NO_FIX:
            title = f"No fix for {finding.check}: {WHY_NO_FIX[finding.check].replace('`', '')}"
            fix = Fix(title, command=Command("configvars.rule", {"name": finding.check}))
            found.append(Action(fix, KIND, (finding,)))
    before = (yield from _alone(project, findings[0].path)) if first else None
    for check, finding in first.items():
        if (edit := (yield from _here(project, finding, before))) is not None:
            fix = Fix(f"Ignore {check} here", (FileEdit(finding.path, (edit,)),))
            found.append(Action(fix, KIND, (finding,)))
        found += [Action(fix, KIND, (finding,)) for fix in _by_setting(project, finding)]
    return tuple(found)


def _alone(project: Project, path: str) -> Generator[None, None, FileFacts | None]:
    """The facts of a file without those that only other files reveal."""
    text = project.text_of(path)
    return None if text is None else (yield from project.facts_of(path, text))


def _here(
    project: Project, finding: Finding, facts: FileFacts | None
) -> Generator[None, None, TextEdit | None]:
    """A comment at the finding's line, if that suppresses it and changes nothing else in the facts."""
    text = project.text_of(finding.path)
    if text is None or facts is None:
        return None
    if facts.kind == "dotenv":
        return (yield from _above(project, facts, finding, text))
    line = LineIndex(text).line_span(line_at(text, finding.span.start))
    if line.of(text).rstrip().endswith("\\"):
        return None
    written = _COMMENT.search(text, line.start, line.end)
    if written:
        edit = TextEdit(Span(written.end(), written.end()), f", {finding.check}")
    else:
        end = len(line.of(text).rstrip()) + line.start
        edit = TextEdit(Span(end, line.end), f"  # configvars: ignore[{finding.check}]")
    return edit if (yield from _silences(project, facts, finding, text, edit, 0)) else None


def _above(
    project: Project, facts: FileFacts, finding: Finding, text: str
) -> Generator[None, None, TextEdit | None]:
    """A comment line above a line of an env file."""
    start = LineIndex(text).line_span(line_at(text, finding.span.start)).start
    ending = line_ending(text)
    edit = TextEdit(Span(start, start), f"# configvars: ignore[{finding.check}]{ending}")
    return edit if (yield from _silences(project, facts, finding, text, edit, 1)) else None


def _silences(
    project: Project, facts: FileFacts, finding: Finding, text: str, edit: TextEdit, below: int
) -> Generator[None, None, bool]:
    """Whether the edited file has the suppression for this line, and is otherwise unchanged."""
    after = yield from project.facts_of(facts.path, apply_edits(text, [edit]))
    yield
    line = line_at(text, finding.span.start) + below
    if after is None or not any(s.line == line and finding.check in s.checks for s in after.suppressions):
        return False
    yield
    return _names(after) == _names(facts)


def _names(facts: FileFacts) -> list[object]:
    return [
        *((each.variable, each.need) for each in facts.references),
        *((each.variable, each.value) for each in facts.definitions),
        len(facts.dynamic),
    ]


def _by_setting(project: Project, finding: Finding) -> Iterator[Fix]:
    """The settings in configvars.toml or pyproject.toml, whichever the folder uses."""
    own = project.text_of(os.path.join(project.root, OWN_FILE))
    pyproject = project.text_of(os.path.join(project.root, PYPROJECT))
    is_own = own is not None or pyproject is None
    name, text = (OWN_FILE, own) if is_own else (PYPROJECT, pyproject)
    table = () if is_own else ("tool", "configvars")
    inner = project.inner(finding.path)
    pattern = _GLOB.sub(r"\\\1", inner)
    pattern = pattern if "/" in pattern else f"/{pattern}"
    for title, edit in (
        (
            f"Ignore {finding.check} in this file ({name})",
            ignore_in_file(text or "", table, pattern, finding.check),
        ),
        (f"Turn {finding.check} off ({name})", turn_off(text or "", table, finding.check)),
    ):
        if edit is not None:
            change = FileEdit(os.path.join(project.root, name), (edit,), create=text is None)
            yield Fix(title, (change,))
