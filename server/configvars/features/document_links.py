"""From the name of an env file in code to the file."""

from __future__ import annotations

from configvars.features.results import Link
from configvars.project import Project
from configvars.resolve.env_files import used_file


def document_links(project: Project, path: str) -> tuple[Link, ...]:
    """A link for each existing env file that code loads by name."""
    files = project.index.files
    uses = files[path].env_files if path in files else ()
    targets = ((use, used_file(use, path, files, project.root)) for use in uses if use.path)
    return tuple(Link(use.span, path=target) for use, target in targets if target)
