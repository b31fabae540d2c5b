"""Variables that other platforms than Heroku set: exact names, if the platform runs the project's code."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from configvars.catalog import lookup, never_missing
from configvars.model import Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project

# Files that show that the project is deployed somewhere: nearly every service sets PORT, as Heroku does.
_OF_SERVICES = (
    *(
        ".elasticbeanstalk/config.yml",
        "app.yaml",
        "apprunner.yaml",
        "azure.yaml",
        "cloudbuild.yaml",
        "fly.toml",
    ),
    *("helmfile.yaml", "manifest.yml", "nixpacks.toml", "project.toml", "railpack.json", "railway.json"),
    *("railway.toml", "render.yaml", "runtime.txt", "serverless.yaml", "serverless.yml", "skaffold.yaml"),
    "vercel.json",
)
_OF_DEPLOYMENT = lazy_pattern(r"Procfile|app\.json|heroku\.yml|Dockerfile.*|(?:docker-)?compose.*\.ya?ml")
# Files that may name such a service, with patterns for that.
_TERRAFORM = ("main.tf", "infra/main.tf", "terraform/main.tf")
_NAMES_SERVICE = lazy_pattern(
    r"azure/(?:webapps|container-apps|functions)|deploy-(?:app-engine|cloud-?run)|heroku|flyctl|kubectl|helm "
    r"|\beb deploy|gcloud (?:run|app) deploy|ecs-deploy|_cloud_run_|_app_service|_web_app|_apprunner_",
    re.IGNORECASE,
)
_PYTHON_IMAGE = lazy_pattern(r"^FROM\s+(?:\S+/)?python(?::|\s|$)", re.MULTILINE | re.IGNORECASE)


def given_by_platform(project: Project, name: str) -> bool:
    """Whether the system, Heroku, a tool or a service that runs this project sets a variable."""
    known = lookup(name)
    if known is None or not never_missing(name):
        return False
    runs_here = _RUNS_HERE.get(known.owner)
    # Variables that nearly every service sets count as set everywhere.
    return runs_here is None or name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI") or runs_here(project, name)


def mentioned_by_tools(project: Project) -> frozenset[str]:
    """The words in files of other tools, such as Kubernetes manifests, that may be names of variables."""
    return project.remembered(
        "mentions", lambda: frozenset().union(*(each.mentions for each in project.index.files.values()))
    )


def is_of_tests(name: str) -> bool:
    """Whether only a CI service sets a variable, so that no deployed app has it."""
    known = lookup(name)
    return known is not None and known.kind == "ci"


def _is_workflow(project: Project, path: str) -> bool:
    return path.startswith(os.path.join(project.root, ".github", "workflows", ""))


def _has_github_workflows(project: Project, _: str) -> bool:
    return any(_is_workflow(project, path) for path in project.index.files)


def _has_gitlab_pipeline(project: Project, _: str) -> bool:
    return project.text_of(os.path.join(project.root, ".gitlab-ci.yml")) is not None


def _is_deployed(project: Project, name: str) -> bool:
    """Whether a file shows that the project is deployed, or that another program sets the variable."""
    if (
        project.apps
        or project.settings.heroku_apps
        or project.remembered("is deployed", lambda: _finds(project))
    ):
        return True
    return name in mentioned_by_tools(project)


def _finds(project: Project) -> bool:
    def texts(names: Iterable[str]) -> Iterator[str]:
        return filter(None, (project.text_of(os.path.join(project.root, name)) for name in names))

    if any(_OF_DEPLOYMENT.fullmatch(os.path.basename(path)) for path in project.index.files):
        return True
    for_heroku = next(project.index.references(Variable("env", "DYNO")), None)
    if for_heroku is not None or any(True for _ in texts(_OF_SERVICES)):
        return True
    telling = (*_TERRAFORM, *filter(partial(_is_workflow, project), project.index.files))
    return any(map(_NAMES_SERVICE.search, texts(telling)))


def _has_python_image(project: Project, _: str) -> bool:
    named = (path for path in project.index.files if os.path.basename(path).startswith("Dockerfile"))
    return any(_PYTHON_IMAGE.search(project.text_of(path) or "") for path in named)


_RUNS_HERE: Mapping[str, Callable[[Project, str], bool]] = MappingProxyType(
    {
        "github-actions": _has_github_workflows,
        "gitlab-ci": _has_gitlab_pipeline,
        "platform": _is_deployed,
        "python-image": _has_python_image,
    }
)
