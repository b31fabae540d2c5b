"""The findings of a file, computed in steps so that a long file does not block other requests."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from configvars.checks import CHECKS
from configvars.checks.run import findings, in_order
from configvars.model import Finding
from configvars.project import Project
from configvars.slices import sliced
from configvars.traces import Trace, traced

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder

_MANY = 500  # variables and problems; fewer are parsed in some milliseconds


async def findings_of(folder: Folder, path: str) -> tuple[Finding, ...]:
    """The findings of all checks in one file, ordered by place; restarted if the file changes meanwhile."""
    while True:
        project = folder.workspace.project()
        facts = project.index.files.get(path)
        found: list[tuple[Finding, ...]] = []
        for _ in sliced(_collecting(project, path, found)):
            await asyncio.sleep(0)
            if project.index.files.get(path) is not facts:
                break
        else:
            return found[0]


def checking(project: Project, path: str) -> Generator[None, None, tuple[Finding, ...]]:
    """The findings of all checks in one file, ordered by place, in slices.

    They are kept until something changes that a check has read.
    """
    known = project.code.kept("findings", project.base, dict[str, tuple[Trace, tuple[Finding, ...]]])
    if path in known and known[path][0].holds():
        return known[path][1]
    for env_file in project.remembered("long env files", lambda: _long_env_files(project)):
        yield from project.parsing(env_file)
    is_needed = _is_long_code(project, path) and project.code.trees.is_used(path)
    tree = (yield from project.code.trees.parsing(path)) if is_needed else None
    for code in project.remembered("long code", lambda: _long_code(project)):
        yield from project.code.importing(code)
        yield from project.code.ordering(code)
    yield from _looking_at_values(project, path)
    found: list[Finding] = []
    for finding in traced(findings(CHECKS, project, path), trace := Trace()):
        found += [finding] if finding is not None else []
        yield
    del tree  # the checks could use it until now
    known[path] = trace, in_order(found)
    return known[path][1]


def _is_long_code(project: Project, path: str) -> bool:
    """Whether checks may need the tree of a file that takes long to parse."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "python" or not project.code.is_long(path):
        return False
    return bool(facts.references or facts.settings or facts.flask.flows)


def _long_code(project: Project) -> list[str]:
    """The long Python files that may be followed from the start of a program that loads an env file."""
    files = [facts for facts in project.index.files.values() if facts.kind == "python"]
    if not any(facts.env_files or facts.flask.flows for facts in files):
        return []
    found = [facts.path for facts in files if facts.references or facts.env_files]
    return [path for path in found if project.code.is_long(path)]


def _looking_at_values(project: Project, path: str) -> Iterator[None]:
    """Compute the facts about the values of an env file, which several checks need."""
    facts = project.index.files.get(path)
    for definition in facts.definitions if facts is not None and facts.kind == "dotenv" else ():
        if definition.value is not None:
            definition.value.facts()
        yield


def _long_env_files(project: Project) -> list[str]:
    """The env files that take long to parse; a fix may add a line to each of them."""
    files = [facts for facts in project.index.files.values() if facts.kind == "dotenv"]
    return [facts.path for facts in files if len(facts.definitions) + len(facts.problems) > _MANY]


def _collecting(project: Project, path: str, found: list[tuple[Finding, ...]]) -> Iterator[None]:
    found.append((yield from checking(project, path)))
