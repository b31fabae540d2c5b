"""Code that was not read, so that it is not known which variables it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.project import Project


def unread_code(project: Project) -> Iterator[str]:
    """The Python files and the folders that could not be read, each with the reason.

    Such as `app.py is a named pipe, which can be read only once`.
    """
    for path, facts in sorted(project.index.files.items()):
        if facts.kind == "python" and facts.skipped:
            yield f"{project.relative(path)} {facts.skipped}"
    yield from (unread_folder(project, path) for path in sorted(project.unlisted))


def unread_folder(project: Project, path: str) -> str:
    """The reason why a folder was not listed, after its path."""
    return f"{project.relative(path)} {project.unlisted[path]}"


def sentences(skipped: Iterable[str]) -> list[str]:
    """A sentence for each of them."""
    return [f"{each}, so it is not known what its code needs." for each in skipped]
