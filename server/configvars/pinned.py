"""The version of a package that a project requires, by the requirements files nearest to its code."""

from __future__ import annotations

import os
import re

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import FILES, LOCKS, Requirements, requirements_of

_VERSION = r"(\d+(?:\.\d+)*)"
_LOCKED = (
    r'name = "{name}"\s*\nversion = "{version}|"{name}": \{{[^}}]*?"version": "=={version}'
    r"|name: {name}\s*\n\s*version: {version}"
)
_LIMITED = r"(?<![\w.-]){name}(?![\w.-])(?:\[[^\]]*\])?(?P<asked>[^\n#]*)"
_LIMIT = lazy_pattern(rf"(<=?|===?|~=|\^|(?<![<>=!~])=)\s*['\"]?{_VERSION}")


def is_older(project: Project, package: str, version: tuple[int, ...], path: str = "") -> bool:
    """Whether a lock file or requirement shows that `package` is older than `version`.

    The files nearest to the code in `path` count, lock files first; without `path`, those of the root.
    """
    near = path or os.path.join(project.root, "app.py")
    question = f"{package} older than {version} in {os.path.dirname(near)}"
    requirements = requirements_of(project)
    return requirements.once(question, lambda: _is_older(requirements, package, version, near))


def _is_older(requirements: Requirements, package: str, version: tuple[int, ...], near: str) -> bool:
    locked = re.compile(_LOCKED.format(name=re.escape(package), version=_VERSION), re.IGNORECASE)
    for text in requirements.nearest(near, LOCKS):
        if found := locked.search(text):
            return _numbers(next(filter(None, found.groups()))) < version
    asked = re.compile(_LIMITED.format(name=re.escape(package)), re.IGNORECASE)
    for text in requirements.nearest(near, FILES):
        for found in asked.finditer(text):
            if limit := _LIMIT.search(found["asked"]):
                number = _numbers(limit[2])
                return number <= version if limit[1] == "<" else number < version
    return False


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
