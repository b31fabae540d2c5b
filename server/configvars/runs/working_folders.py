"""Whether a program finds an env file that its code loads by a relative path."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.model import EnvFileUse, Reference
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.loads import Load, load_of


def is_found_in(
    project: Project, folder: str | None, path: str, fact: Reference | EnvFileUse, file: str
) -> bool:
    """Whether code in `path` that runs in a folder loads an env file; None if the folder is not known."""
    if not isinstance(fact, EnvFileUse) or fact.relative_to != "cwd":
        return True
    if folder is None or has_words(project, "os.chdir("):
        return False
    may_search = fact.pattern or fact.climbs or fact.idiom != "load_dotenv"
    if fact.path is not None and not may_search:
        return os.path.normpath(os.path.join(folder, fact.path)) == file
    return file in load_of(project, path, fact, folder).paths


def has_words(project: Project, words: str) -> bool:
    """Whether code outside of tests contains some words."""

    def find() -> bool:
        return any(
            project.found_in(path, f"contains {words}", lambda text: words in text)
            for path, facts in project.index.files.items()
            if facts.kind == "python" and not is_test(project, path)
        )

    return project.remembered(f"code contains {words}", find)


def loads_of(project: Project) -> tuple[Load, ...]:
    """All loads of env files by code outside of tests."""
    return project.remembered("loads outside of tests", lambda: tuple(_loads(project)))


def _loads(project: Project) -> Iterator[Load]:
    for loader, facts in project.index.files.items():
        if facts.env_files and not is_test(project, loader):
            yield from (load_of(project, loader, use) for use in facts.env_files)
