"""From the name of an env file in code to the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.features.results import Link
from configvars.model import EnvFileUse
from configvars.project import Project
from configvars.resolve.env_files import used_file
from configvars.text import Span


def document_links(project: Project, path: str) -> tuple[Link, ...]:
    """A link for each existing env file that code loads by name."""
    return tuple(_links(project, path))


def _links(project: Project, path: str) -> Iterator[Link]:
    files, text = project.index.files, project.text_of(path)
    for use in files[path].env_files if path in files and text is not None else ():
        target = used_file(use, path, files, project.root) if use.path else None
        span = _written(use, text or "")
        if target and span:
            yield Link(span, path=target)


def _written(use: EnvFileUse, text: str) -> Span | None:
    """Where the name of the file is written, without its quotes.

    The whole place of the use if the name is elsewhere, and None if that has several lines.
    """
    place = use.span.of(text)
    name = re.escape(os.path.basename(use.path or ""))
    found = re.search(rf"""(?<=["'])(?:[^"'\n]*/)?{name}(?=["'])""", place)
    if found:
        return Span(use.span.start + found.start(), use.span.start + found.end())
    return None if "\n" in place else use.span
