"""`check --fix`: applies the safe fixes, file by file, until there are none left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from configvars.actions.analysed import analysed_text
from configvars.cli.places import relative
from configvars.edits.apply import apply_edits
from configvars.edits.separate import Separate
from configvars.model import FileEdit, Finding, Fix, TextEdit
from configvars.workspace import Workspace, WriteRefused

_MAX_ROUNDS = 10
"""The limit on rounds: a fix can lead to another finding, but two fixes may undo each other for ever."""

Findings = Callable[[], Iterable[Finding]]


def apply_fixes(workspace: Workspace, findings: Findings, cwd: str) -> Iterator[str]:
    """Apply the safe fixes of the findings, repeatedly, because a fix can lead to new findings.

    Yields a sentence for each file that was changed or could not be changed, with paths relative to `cwd`.
    """
    changed: dict[str, None] = {}
    refused: dict[str, str] = {}

    def write(edit: FileEdit) -> None:
        try:
            workspace.write(edit, analysed_text(workspace, edit.path))
            changed[edit.path] = None
        except WriteRefused as why:
            refused[edit.path] = str(why)

    _make(findings, write, refused)
    yield from (f"Fixed {relative(path, cwd)}." for path in changed)
    yield from (f"{relative(path, cwd)} was not changed: {why}." for path, why in refused.items())


def preview(workspace: Workspace, findings: Findings) -> Iterator[tuple[str, str, str]]:
    """The changes that `apply_fixes` would make: each path with the text before and after."""
    before: dict[str, str] = {}

    def write(edit: FileEdit) -> None:
        text = workspace.text_of(edit.path) or ""
        before.setdefault(edit.path, text)
        workspace.open(edit.path, apply_edits(text, edit.edits))

    _make(findings, write, ())
    yield from ((path, text, workspace.text_of(path) or "") for path, text in before.items())


def _make(findings: Findings, write: Callable[[FileEdit], None], refused: Iterable[str]) -> None:
    for _ in range(_MAX_ROUNDS):
        wanted = _compatible(_certain(findings()), refused)
        if not wanted:
            break
        for path, edits in wanted.items():
            write(FileEdit(path, tuple(edits)))


def _certain(findings: Iterable[Finding]) -> Iterator[Fix]:
    for found in findings:
        certain = [fix for fix in found.fixes if fix.certain and fix.changes]
        yield from certain[:1]


def _compatible(fixes: Iterable[Fix], refused: Iterable[str]) -> dict[str, list[TextEdit]]:
    """The edits of as many fixes as do not overlap, by file; all edits of a fix, or none."""
    left_alone = set(refused)
    wanted: defaultdict[str, Separate] = defaultdict(Separate)
    for fix in fixes:
        if any(change.create or change.path in left_alone for change in fix.changes):
            continue
        if any(wanted[change.path].collides(change.edits) for change in fix.changes):
            continue
        for change in fix.changes:
            wanted[change.path].add(change.edits)
    return {path: edits.taken for path, edits in wanted.items() if edits.taken}
