"""Variables that other platforms than Heroku set: exact names, if the platform runs the project's code."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from configvars.catalog import lookup, never_missing
from configvars.project import Project

# Files that say that the project is deployed somewhere: nearly every service sets PORT as Heroku does.
_OF_SERVICES = (
    "render.yaml",
    "fly.toml",
    "railway.json",
    "railway.toml",
    "app.yaml",
    "manifest.yml",
    "vercel.json",
)
_OF_DEPLOYMENT = re.compile(r"Procfile|app\.json|heroku\.yml|Dockerfile.*|(?:docker-)?compose.*\.ya?ml")
_PYTHON_IMAGE = re.compile(r"^FROM\s+(?:\S+/)?python(?::|\s|$)", re.MULTILINE | re.IGNORECASE)


def given_by_platform(project: Project, name: str) -> bool:
    """Whether the system, Heroku, a tool or a service that runs this project sets a variable."""
    known = lookup(name)
    if known is None or not never_missing(name):
        return False
    runs_here = _RUNS_HERE.get(known.owner)
    # Variables that nearly every service sets count as set everywhere.
    return runs_here is None or name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI") or runs_here(project)


def is_of_tests(name: str) -> bool:
    """Whether only a service for continuous integration sets a variable: no deployed app has it."""
    known = lookup(name)
    return known is not None and known.kind == "ci"


def _has_github_workflows(project: Project) -> bool:
    folder = os.path.join(project.root, ".github", "workflows", "")
    return any(path.startswith(folder) for path in project.index.files)


def _has_gitlab_pipeline(project: Project) -> bool:
    return project.text_of(os.path.join(project.root, ".gitlab-ci.yml")) is not None


def _is_deployed(project: Project) -> bool:
    def find() -> bool:
        names = {os.path.basename(path) for path in project.index.files}
        at_root = (project.text_of(os.path.join(project.root, name)) for name in _OF_SERVICES)
        return any(map(_OF_DEPLOYMENT.fullmatch, names)) or any(text is not None for text in at_root)

    return bool(project.apps or project.settings.heroku_apps) or project.remembered("is deployed", find)


def _has_python_image(project: Project) -> bool:
    named = (path for path in project.index.files if os.path.basename(path).startswith("Dockerfile"))
    return any(_PYTHON_IMAGE.search(project.text_of(path) or "") for path in named)


_RUNS_HERE: Mapping[str, Callable[[Project], bool]] = MappingProxyType(
    {
        "github-actions": _has_github_workflows,
        "gitlab-ci": _has_gitlab_pipeline,
        "platform": _is_deployed,
        "python-image": _has_python_image,
    }
)
