"""The folder to which the paths of a report are relative, by output format."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from configvars.workspace.git import git_state

_FOR_SERVICES = frozenset({"github", "gitlab", "sarif", "junit", "markdown"})
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub Actions and GitLab CI say in which folder the repository is."""


def viewpoint(output_format: str, root: str, cwd: str, environ: Mapping[str, str]) -> str:
    """The absolute folder to which a report shows the paths of the project in `root`.

    People read paths relative to the current folder, programs paths relative to the project, and services
    such as GitHub look them up in the repository.
    """
    if output_format == "json":
        return root
    return repository_top(root, environ) if output_format in _FOR_SERVICES else cwd


def repository_top(root: str, environ: Mapping[str, str]) -> str:
    """The folder of the repository according to the CI service, otherwise to git; otherwise `root`."""
    for name in _CHECKOUTS:
        folder = environ.get(name, "")
        if os.path.isabs(folder) and (found := _above_or_same(root, folder)):
            return found
    repository = git_state().repository(os.path.join(root, ".git"))
    return repository.root if repository else root


def _above_or_same(root: str, folder: str) -> str | None:
    """`folder` as the path `root` spells it, with its symbolic links; None if `root` is elsewhere."""
    real = os.path.realpath(folder)
    return next((each for each in _upwards(root) if os.path.realpath(each) == real), None)


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        folder = parent
        yield folder
