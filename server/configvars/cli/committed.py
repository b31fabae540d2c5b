"""For a deploy, tracked env files contain what is committed: a push does not deploy uncommitted changes."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.cli.places import relative
from configvars.resolve.env_files import is_env_file
from configvars.sources.dotenv import KIND
from configvars.workspace import Workspace
from configvars.workspace.git import git_state
from configvars.workspace.kinds import DOTENV
from configvars.workspace.reading import NO_STAMP, Unread, read_bytes
from configvars.workspace.revision import NoRevision, committed

_NOT_KNOWN = (
    "what is committed cannot be read without the package configvars[git], so the file was not counted"
)


def use_committed(workspace: Workspace, cwd: str) -> Iterator[str]:
    """Use the committed text of env files that git tracks; yields a sentence for each file that differs."""
    project = workspace.project()
    files = project.index.files
    for path in sorted(
        each for each, facts in files.items() if facts.kind == KIND and is_env_file(each, files)
    ):
        if not project.tracked_by_git(path):
            continue
        found = read_bytes(path, None, workspace.settings.max_file_size)
        data = b"" if isinstance(found, Unread) else found[0]
        shown = relative(path, cwd)
        try:
            before = committed(path)
        except NoRevision:
            if not git_state().is_unchanged(path, data):
                workspace.open(path, "")
                yield f"{shown} has uncommitted changes; {_NOT_KNOWN}."
            continue
        if before is None:
            workspace.open(path, "")
            yield f"{shown} is not committed, so it was not counted."
        elif before != data:
            workspace.open(path, _decoded(workspace, path, before))
            yield f"{shown} has uncommitted changes: what is committed was checked."


def _decoded(workspace: Workspace, path: str, data: bytes) -> str:
    """The text of an env file with these bytes; empty if a program could not read it either."""
    file = workspace.disk.decode(path, DOTENV, data, NO_STAMP)
    return "" if isinstance(file, Unread) else file.text
