"""From the name of an env file in code to the file."""

from __future__ import annotations

from configvars.features.results import Link
from configvars.project import Project
from configvars.resolve.env_files import target_of


def document_links(project: Project, path: str) -> tuple[Link, ...]:
    """A link for each env file that code loads by name and that is there."""
    facts = project.index.files.get(path)
    if facts is None:
        return ()
    targets = ((use, target_of(use, path, project.root)) for use in facts.env_files if use.path)
    return tuple(Link(use.span, path=to) for use, to in targets if to in project.index.files)
