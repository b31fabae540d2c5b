"""Which safe fixes may be applied without asking: none that change an env file whose use is unclear."""

from __future__ import annotations

import os

from msgspec.structs import replace

from configvars.model import Finding, Fix
from configvars.project import Project
from configvars.resolve.env_files import env_files_for, used_file
from configvars.sources.dotenv import KIND
from configvars.sources.env_names import is_usual_name


def with_safe_fixes(finding: Finding, project: Project) -> Finding:
    """The finding, with fixes marked as safe only if they may change their files without asking."""
    if not any(fix.certain for fix in finding.fixes):
        return finding
    return replace(finding, fixes=tuple(_judged(fix, project) for fix in finding.fixes))


def _judged(fix: Fix, project: Project) -> Fix:
    unasked = all(_may_be_changed_unasked(change.path, project) for change in fix.changes)
    return fix if unasked else replace(fix, certain=False)


def _may_be_changed_unasked(path: str, project: Project) -> bool:
    facts = project.index.files.get(path)
    if facts is None or facts.kind != KIND:
        return facts is not None
    is_env_file = is_usual_name(os.path.basename(path)) or _is_named(path, project)
    # Some readers read a byte order mark as part of the first name.
    return is_env_file and not _only_copy(path, project) and not project.has_byte_order_mark(path)


def _is_named(path: str, project: Project) -> bool:
    """Whether code loads the file, or the `env-files` setting lists it."""
    files, root = project.index.files, project.root
    if path in env_files_for(os.path.join(root, ""), files, root, project.settings):
        return True
    return path in project.remembered("files that are used", lambda: _used(project))


def _used(project: Project) -> frozenset[str | None]:
    files, root = project.index.files, project.root
    uses = ((use, loader) for loader, facts in files.items() for use in facts.env_files)
    return frozenset(used_file(use, loader, files, root) for use, loader in uses)


def _only_copy(path: str, project: Project) -> bool:
    """Whether git ignores the file, or may ignore it, so that removed lines exist nowhere else."""
    ignored = project.ignored_by_git(path)
    in_repository = project.tracked_by_git(path) is not None
    return ignored is True or (ignored is None and in_repository)
