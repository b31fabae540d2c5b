"""The variables that add-ons, buildpacks and `setup.config` in app.json and heroku.yml set on an app."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from configvars.catalog.services import set_by_addon, set_by_buildpack
from configvars.model import AddonUse, FileFacts
from configvars.project import Project

_FILES = ("app.json", "heroku.yml")


def brought(project: Project, path: str) -> Callable[[str], bool]:
    """Whether an add-on, a buildpack or `setup.config` sets a name on the app that `path` belongs to."""
    patterns = frozenset(name for facts in _files(project, path) for name in _brought(facts))
    exact = frozenset(name for name in patterns if "*" not in name)
    others = patterns - exact
    return lambda name: name in exact or any(fnmatchcase(name, each) for each in others)


def addons(project: Project, path: str) -> Iterator[AddonUse]:
    """The add-ons that the files of the app of `path` list."""
    for facts in _files(project, path):
        yield from facts.addons


def asked_for(project: Project, path: str, service: str) -> bool:
    """Whether the files of the app of `path` list an add-on."""
    return any(addon.service == service for addon in addons(project, path))


def _files(project: Project, path: str) -> Iterator[FileFacts]:
    """Heroku's files in the folder of `path` and those above it, up to the root."""
    folder = os.path.dirname(path)
    while True:
        for name in _FILES:
            if (facts := project.index.files.get(os.path.join(folder, name))) is not None:
                yield facts
        if folder == project.root or folder == os.path.dirname(folder):
            return
        folder = os.path.dirname(folder)


def _brought(facts: FileFacts) -> Iterator[str]:
    for addon in facts.addons:
        yield from set_by_addon(addon.service, addon.attached_as)
    for url in facts.buildpacks:
        yield from set_by_buildpack(url)
    if facts.kind == "heroku.yml":
        yield from (definition.variable.name for definition in facts.definitions)
