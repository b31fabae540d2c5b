"""Editors change no file through a symbolic link: they change the link's target, or get no change."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgspec.structs import replace

from configvars.model import FileEdit, Fix
from configvars.project import Project


def fix_of_files(fix: Fix, project: Project) -> Fix | None:
    """The fix with the changes of `to_files`; None if it cannot be made."""
    changes = to_files(fix.changes, project)
    if changes is None:
        return None
    return fix if changes == fix.changes else replace(fix, changes=changes)


def to_files(changes: Iterable[FileEdit], project: Project) -> tuple[FileEdit, ...] | None:
    """The changes for the files themselves, one for each file; None if they are not possible.

    They are not if `refusal` says so, or if a file to be created exists but is unreadable.
    """
    found: dict[str, FileEdit] = {}
    for change in changes:
        path = file_of(change.path, project)
        if path is None or (change.create and (path != change.path or _is_there(path, project))):
            return None
        edits = found[path].edits if path in found else ()
        new = tuple(edit for edit in change.edits if edit not in edits)
        found[path] = replace(change, path=path, edits=(*edits, *new))
    return tuple(found.values())


def _is_there(path: str, project: Project) -> bool:
    """Whether a file exists but cannot be read."""
    unread = project.unread_on_disk(path)
    return unread is not None and not unread.missing


def file_of(path: str, project: Project) -> str | None:
    """The path to change, with links resolved; None if `refusal` says why it cannot be changed."""
    return None if refusal(path, project) else project.link_target(path) or path


def refusal(path: str, project: Project) -> str:
    """Why a file cannot be changed, as a sentence; empty if it can.

    A link out of the folder is never followed. A link inside it may be open in the editor with another text
    than its target has: positions in one are not positions in the other, and who saves one loses the changes
    of the other.
    """
    if path in project.imported:
        checkout = project.relative(project.imported[path])
        return f"{project.relative(path)} belongs to another repository, {checkout}, and configvars does not write there."
    target = project.link_target(path)
    if target is not None and not target.startswith(os.path.join(project.root, "")):
        return (
            f"{project.relative(path)} leads through a symbolic link to {target}, and configvars does not"
            " write through a link."
        )
    file = target or path
    opened = (each for each in project.counted if project.link_target(each) == file)
    link = next((each for each in opened if project.text_of(each) != project.text_at(file)), None)
    if link is None:
        return ""
    only_link = project.text_of(file) != project.text_at(file)
    differs = "has unsaved changes" if only_link else "their texts in the editor differ"
    return (
        f"{project.relative(link)} is a symbolic link to {project.relative(file)} and {differs}, and"
        " configvars does not write through a link. Save the changes first."
    )
