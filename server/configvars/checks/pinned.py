"""Which version of a package a project asks for, as far as its files at the root say."""

from __future__ import annotations

import os
import re

from configvars.project import Project

_REQUIREMENTS = ("requirements.txt", "requirements.in", "requirements/base.txt", "requirements/common.txt")
_FILES = (*_REQUIREMENTS, "requirements/prod.txt", "setup.cfg", "setup.py", "pyproject.toml", "Pipfile")
_LOCKS = ("poetry.lock", "uv.lock", "Pipfile.lock", "pdm.lock")
_VERSION = r"(\d+(?:\.\d+)*)"


_LOCKED = r'name = "{name}"\s*\nversion = "{version}|"{name}": \{{[^}}]*?"version": "=={version}'
_LIMITED = r"(?<![\w.-]){name}(?:\[[^\]]*\])?(?P<asked>[^\n#]*)"
_LIMIT = re.compile(rf"(<=?|==|~=|\^)\s*{_VERSION}")


def is_older(project: Project, package: str, version: tuple[int, ...]) -> bool:
    """Whether a lock file or a requirement says that `package` is older than `version`."""
    locked = re.compile(_LOCKED.format(name=re.escape(package), version=_VERSION), re.IGNORECASE)
    for file in _LOCKS:
        if found := locked.search(_text(project, file)):
            return _numbers(found[1] or found[2]) < version
    asked = re.compile(_LIMITED.format(name=re.escape(package)), re.IGNORECASE)
    for file in _FILES:
        for found in asked.finditer(_text(project, file)):
            if limit := _LIMIT.search(found["asked"]):
                number = _numbers(limit[2])
                return number <= version if limit[1] == "<" else number < version
    return False


def _text(project: Project, file: str) -> str:
    return project.text_of(os.path.join(project.root, file)) or ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
