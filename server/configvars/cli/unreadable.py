"""The files that a deploy needs and that could not be read: whether it can be deployed is not known."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from configvars.checks.unreadable_file import refused_when_deployed
from configvars.model import FileFacts
from configvars.project import Project
from configvars.syntax.git_config import parse_git_config
from configvars.workspace.git import git_state, read_git_file
from configvars.workspace.reading import inside

SLUGIGNORE = ".slugignore"
FILES = ("Procfile", "app.json", "heroku.yml", SLUGIGNORE)
"""The files, except Python, that decide what a deploy runs and needs."""


def unreadable(project: Project, facts: Iterable[FileFacts], python: Iterable[str]) -> Iterator[str]:
    """The files with the reasons, such as `Procfile is UTF-16, not UTF-8`; `python` are all Python files."""
    for each in facts:
        if each.skipped and (each.kind == "python" or os.path.basename(each.path) in FILES):
            yield f"{project.relative(each.path)} {each.skipped}"
    python = sorted(python)
    yield from _folders(project, python)
    file = os.path.join(project.root, SLUGIGNORE)
    unread = project.unread_on_disk(file)
    if unread is not None and not unread.missing:
        yield f"{project.relative(file)} {unread.why}"
    for path in python:
        if refused := refused_when_deployed(project, path):
            yield f"{project.relative(path)} {refused.why}, which Python refuses"


def _folders(project: Project, python: Iterable[str]) -> Iterator[str]:
    """The folders that a push leaves behind, or of which nothing is known, and that the code may import."""
    for folder, why in sorted(project.unlisted.items()):
        if _is_imported(project, folder, python):
            yield f"{project.relative(folder)} {why}"
    for link, target in sorted(project.linked_folders.items()):
        if not _is_in_repository(project, target) and _is_imported(project, link, python):
            yield f"{project.relative(link)} is a symbolic link to {target}, which a push does not deploy"
    for checkout in sorted(set(project.imported.values())):
        if not _is_published(checkout):
            yield f"{project.relative(checkout)} is a git repository of its own, which a push does not deploy"


def _is_published(checkout: str) -> bool:
    """Whether the repository around a checkout has it as a submodule; True if that is not known."""
    state = git_state()
    repository = state.repository(checkout)
    if repository is None or state.tracked(checkout) is None:
        return True
    try:
        data = read_git_file(os.path.join(repository.root, ".gitmodules")) or b""
    except OSError:
        return True
    below = os.path.relpath(os.path.realpath(checkout), os.path.realpath(repository.root))
    settings = parse_git_config(data.decode(errors="replace")).settings
    paths = {each.value.rstrip("/") for each in settings if (each.section, each.key) == ("submodule", "path")}
    return bool(state.tracked(checkout)) and below.replace(os.sep, "/") in paths


def _is_in_repository(project: Project, target: str) -> bool:
    """Whether a folder is in the repository of the project; True without a repository."""
    repository = git_state().repository(os.path.join(project.root, "Procfile"))
    return repository is None or inside(target, os.path.realpath(repository.root))


def _is_imported(project: Project, folder: str, python: Iterable[str]) -> bool:
    """Whether a Python file may import something from a folder of this name."""
    name = re.escape(os.path.basename(folder))
    imports = re.compile(rf"^[ \t]*(?:from|import)\b[^#\n]*\b{name}\b", re.MULTILINE)
    return any(imports.search(project.text_of(path) or "") for path in python)
