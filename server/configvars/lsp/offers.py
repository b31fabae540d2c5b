"""The actions that are offered for a stretch of a document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from configvars import failures
from configvars.actions.extract import extract_actions
from configvars.features.code_actions import code_actions
from configvars.features.results import Action
from configvars.model import FileEdit, Fix, TextEdit
from configvars.text import Span
from configvars.workspace.git import reader

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server

FIX_ALL = "source.fixAll.configvars"
EVERY_KIND = ("",)


def offers(server: Server, at: Asked, span: Span, only: Sequence[str] | None) -> list[Action]:
    """The actions for a span, of the kinds that are wanted; "fix all" only for who asks for kinds."""
    read = reader(None if server.trusted else at.folder.root)
    found: list[Action] = []
    for made in (code_actions, partial(extract_actions, read=read)):
        with failures.contained(f"offering actions for {at.path}"):
            found += made(at.project, at.path, span)
    if only is None:
        return found
    with failures.contained(f"fixing all of {at.path}"):
        found += _fix_all(at)
    return [action for action in found if any(_is_a(action.kind, kind) for kind in only)]


def _is_a(kind: str, wanted: str) -> bool:
    """Whether `kind` is `wanted` or a kind of it; an empty `wanted` is the kind of all."""
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _fix_all(at: Asked) -> list[Action]:
    """All that can be mended in the document without being looked at, as one action."""
    edits: list[TextEdit] = []
    for finding in at.folder.workspace.findings(at.path):
        fix = next((fix for fix in finding.fixes if fix.certain and _stays_in(fix, at.path)), None)
        new = [edit for change in fix.changes for edit in change.edits] if fix else []
        if not any(edit.span.overlaps(other.span) for edit in new for other in edits):
            edits += new
    fix = Fix("Fix all that is certain", (FileEdit(at.path, tuple(edits)),))
    return [Action(fix, FIX_ALL)] if edits else []


def _stays_in(fix: Fix, path: str) -> bool:
    return bool(fix.changes) and fix.command is None and all(change.path == path for change in fix.changes)
