"""The actions that are offered for a range of a document."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars import failures
from configvars.actions.extract import KIND, extract_actions
from configvars.actions.suggestions import suggested
from configvars.checks.through_links import fix_of_files
from configvars.edits.separate import Separate
from configvars.features.code_actions import NOBODY, acting
from configvars.features.pull_offers import Asking, pulling_once
from configvars.features.results import Action
from configvars.lsp.findings import checking
from configvars.model import FileEdit, Finding, Fix
from configvars.text import Span
from configvars.workspace.git import reader

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server

FIX_ALL = "source.fixAll.configvars"
EVERY_KIND = ("",)
_MENDED_BY_MOVING = frozenset({"hardcoded-secret", "instance-folder-on-heroku", "config-file-not-deployed"})
# A key of such a name means nothing, wherever its value comes from.
_WRONG_KEYS = frozenset({"misspelt-config-key", "removed-config-key", "unknown-config-key"})


def offers(
    server: Server, at: Asked, span: Span, only: Sequence[str] | None
) -> Generator[None, None, list[Action]]:
    """The actions of the requested kinds for a span, in slices; "fix all" only if kinds are requested."""
    findings = yield from checking(at.project, at.project.own(at.path))
    read = reader(None if server.trusted else at.folder.root)
    found: list[Action] = []
    fixable, moving = findings, list[Action]()
    with failures.contained(f"offering actions for {at.path}"):
        if not any(each.check in _WRONG_KEYS and _is_at(each, span) for each in findings):
            moving += extract_actions(at.project, at.path, span, read)
        fixable = _mended_by(moving, findings, span)
    with failures.contained(f"offering actions for {at.path}"):
        found += yield from acting(at.project, at.path, span, asking(server, at), fixable)
    offered = {each.fix.title for each in found}
    found += [each for each in moving if each.fix.title not in offered]
    if only is not None:
        with failures.contained(f"fixing all of {at.path}"):
            yield
            found += _fix_all(at.path, findings)
    found = [replace(each, fix=fix) for each in found if (fix := fix_of_files(each.fix, at.project))]
    if only is not None:
        found = [action for action in found if any(_is_a(action.kind, kind) for kind in only)]
    return [*pulling_once(at.project, at.path, found)]


def _mended_by(moving: Sequence[Action], findings: tuple[Finding, ...], span: Span) -> tuple[Finding, ...]:
    """The findings; those at a span that moving a value to the environment fixes have these fixes."""
    moved = [each.fix for each in moving if each.kind == KIND]
    fixes = tuple(replace(fix, preferred=number == 0) for number, fix in enumerate(moved))

    def is_fixed(finding: Finding) -> bool:
        return finding.check in _MENDED_BY_MOVING and _is_at(finding, span)

    return tuple(replace(each, fixes=(*fixes, *each.fixes)) if is_fixed(each) else each for each in findings)


def _is_at(finding: Finding, span: Span) -> bool:
    return finding.span.overlaps(span) or finding.span.touches(span.start)


def asking(server: Server, at: Asked) -> Asking:
    """Whether Heroku may be asked for the folder, and which app to suggest."""
    if not server.trusted or at.project.apps:
        return NOBODY
    apps = server.apps.chosen(at.folder) or suggested(at.folder.workspace)
    return Asking(may=True, suggested=next(iter(apps), None), by_prompt=server.client.asks)


def _is_a(kind: str, wanted: str) -> bool:
    """Whether `kind` is `wanted` or a sub-kind of it; every kind is one of an empty `wanted`."""
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _fix_all(path: str, findings: tuple[Finding, ...]) -> list[Action]:
    """All safe fixes in the document as one action."""
    edits = Separate()
    for finding in findings:
        fix = next((fix for fix in finding.fixes if fix.certain and _stays_in(fix, path)), None)
        edits.add([edit for change in fix.changes for edit in change.edits] if fix else [])
    fix = Fix("Apply all safe fixes", (FileEdit(path, tuple(edits.taken)),))
    return [Action(fix, FIX_ALL)] if edits.taken else []


def _stays_in(fix: Fix, path: str) -> bool:
    return bool(fix.changes) and fix.command is None and all(change.path == path for change in fix.changes)
