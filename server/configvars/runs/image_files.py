"""Env files that Compose hands only to images of others, such as PostgreSQL or Keycloak."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.project import Project
from configvars.resolve.env_places import places_of
from configvars.runs.loaded import is_passed_on_by_compose
from configvars.runs.named import NamedStart, env_files_of, named_starts
from configvars.sources.env_names import name_in_use
from configvars.sources.starts import label_of
from configvars.syntax.yaml import Yaml, parse_yaml

_JAVASCRIPT = "package.json"


def only_for_images(project: Project) -> frozenset[str]:
    """The env files of services that run an image of others, and no program of the project.

    What such an image reads is not known.
    """
    return project.answered("files of images", lambda: frozenset(_found(project)))


def is_for_javascript(project: Project, path: str) -> bool:
    """Whether an env file is next to a `package.json`, and no Python code in that folder may read it.

    Which variables JavaScript tools read by themselves is not known.
    """
    return project.has_file(os.path.join(os.path.dirname(path), _JAVASCRIPT)) and not _has_code(project, path)


def _found(project: Project) -> Iterator[str]:
    by_file: dict[str, list[NamedStart]] = {}
    for named in named_starts(project):
        for path in (
            (*env_files_of(project, named), *_copies(project, named)) if named.start.env_files else ()
        ):
            by_file.setdefault(path, []).append(named)
    images = frozenset(_images(project, by_file))
    for path, starts in by_file.items():
        is_for_images = all((one.path, one.start.label) in images for one in starts)
        if is_for_images and (is_passed_on_by_compose(project, path) or not _has_code(project, path)):
            yield path


def _copies(project: Project, named: NamedStart) -> Iterator[str]:
    """The env files next to those of a service, of which one is a copy: `.env` of `.env.example`."""
    for written in named.start.env_files:
        folder, name = os.path.split(os.path.normpath(os.path.join(named.folder, written)))
        places = places_of(project.index.files, project.root)
        for path in places.env_files_in(folder):
            other = os.path.basename(path)
            if other != name and name_in_use(other) == name_in_use(name):
                yield path


def _has_code(project: Project, path: str) -> bool:
    """Whether there is Python code in the folder of an env file or below it, which may load the file."""
    return _is_code_in(project, os.path.dirname(path))


def _is_code_in(project: Project, folder: str) -> bool:
    folder = os.path.join(folder, "")
    kinds = project.index.each("kind").items()
    return any(kind == "python" and each.startswith(folder) for each, kind in kinds)


def _images(project: Project, by_file: dict[str, list[NamedStart]]) -> Iterator[tuple[str, str]]:
    """The services with `image` and without `build`, or built in a folder without Python code.

    Each with its Compose file.
    """
    for file in sorted({one.path for starts in by_file.values() for one in starts}):
        tree = parse_yaml(project.text_of(file) or "") if file.endswith((".yml", ".yaml")) else None
        services = tree.get("services") if tree is not None else None
        for name, service in services.pairs if services is not None else ():
            build = service.get("build")
            if service.get("image") is not None if build is None else _is_foreign(project, file, build):
                yield file, label_of("Compose service", name.text)


def _is_foreign(project: Project, file: str, build: Yaml) -> bool:
    """Whether a service is built in a folder of its own that contains no Python code: another program."""
    written = (build.get("context") or build).text
    if not written:
        return False
    folder = os.path.normpath(os.path.join(os.path.dirname(file), written))
    return folder.startswith(os.path.join(project.root, "")) and not _is_code_in(project, folder)
