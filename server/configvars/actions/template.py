"""Adding entries to templates and app.json: order, comments and placeholders stay, no value is written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence

from msgspec import Struct

from configvars.actions.declared import MANIFEST, Entry, Listing
from configvars.edits.app_json import declare, written
from configvars.edits.apply import apply_edits
from configvars.edits.write import NewLine, declare_lines
from configvars.model import FileEdit, TextEdit
from configvars.printable import printable
from configvars.project import Project
from configvars.text import Span

_HEADING = "# Copy this file to .env and fill it in. Never commit .env.\n"


class Completion(Struct, frozen=True):
    """One file with the missing entries: its text before (None: it is new) and after, and the new lines.

    `refused` says why nothing can be added; then nothing changes.
    """

    path: str
    entries: tuple[Entry, ...]
    before: str | None
    after: str
    own: frozenset[str] = frozenset()
    refused: str = ""

    @property
    def edit(self) -> FileEdit:
        """The edit that turns the old text into the new one."""
        edit = TextEdit(Span(0, len(self.before or "")), self.after)
        is_new = self.before is None
        return FileEdit(self.path, (edit,), create=is_new, shared=is_new)


def completions(project: Project, listing: Listing) -> Iterator[Completion]:
    """The completion of each file that lacks entries."""
    for path, entries in listing.items():
        if entries:
            before = project.text_of(path)
            complete = _manifest if os.path.basename(path) == MANIFEST else _template
            yield complete(path, before, entries)


def reason(entry: Entry, folder: str) -> str:
    """Why a variable should be listed: its need, the file that reads it (relative to `folder`), its kind."""
    first = printable(os.path.relpath(entry.readers[0], folder).replace(os.sep, "/"))
    more = len(entry.readers) - 1
    others = f" and {more} more file{'s' * (more > 1)}" if more else ""
    kind = f", {entry.kind}" if entry.kind else ""
    return f"{'required' if entry.required else 'optional'}: read in {first}{others}{kind}"


def _template(path: str, before: str | None, entries: Sequence[Entry]) -> Completion:
    lines = [_line(entry, os.path.dirname(path)) for entry in entries]
    if before is None:
        blocks = [f"{line.above[0]}\n{_written(line)}\n" for line in lines]
        after = "\n".join([_HEADING, *blocks])
        return Completion(path, tuple(entries), None, after, frozenset(after.splitlines()))
    try:
        after = apply_edits(before, declare_lines(before, lines))
    except ValueError as why:
        return Completion(path, tuple(entries), before, before, refused=str(why))
    own = frozenset(each for line in lines for each in (*line.above, _written(line), f"export {line.name}="))
    return Completion(path, tuple(entries), before, after, own)


def _line(entry: Entry, folder: str) -> NewLine:
    """The line for an entry.

    Optional variables are commented out, because an empty value differs from an unset variable. Names in
    lower case are not, because they would not be recognised in a comment.
    """
    why = reason(entry, folder)
    commented_out = not entry.required and entry.name.isupper()
    return NewLine(entry.name, above=(f"# {why[:1].upper()}{why[1:]}",), commented_out=commented_out)


def _written(line: NewLine) -> str:
    return f"{'# ' if line.commented_out else ''}{line.name}="


def _manifest(path: str, before: str | None, entries: Sequence[Entry]) -> Completion:
    folder = os.path.dirname(path)
    described = {entry.name: _description(entry, folder) for entry in entries}
    if before is None:
        env = {name: {"description": words} for name, words in described.items()}
        after = json.dumps({"env": env}, indent=2, ensure_ascii=False) + "\n"
        return Completion(path, tuple(entries), None, after, frozenset(after.splitlines()))
    after = before
    for name, words in described.items():
        edit = declare(after, name, words)
        if edit is None:
            why = "it is not a JSON object, or its `env` is not an object"
            return Completion(path, tuple(entries), before, before, refused=why)
        after = apply_edits(after, [edit])
    ours = {written(name, words) for name, words in described.items()}
    own = frozenset(line for line in after.splitlines() if line.strip().removesuffix(",") in ours)
    return Completion(path, tuple(entries), before, after, own)


def _description(entry: Entry, folder: str) -> str:
    why = reason(entry, folder).partition(": ")[2]
    return f"{why[:1].upper()}{why[1:]}"
