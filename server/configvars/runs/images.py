"""The variables that the images of `heroku.yml` set: `ENV` in a Dockerfile also holds in the container.

https://devcenter.heroku.com/articles/build-docker-images-heroku-yml
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.syntax.shell_state import State
from configvars.syntax.yaml import Yaml, parse_yaml

_INSTRUCTION = lazy_pattern(
    r"^[ \t]*(?P<word>FROM|ARG|ENV)[ \t]+(?P<rest>(?:[^\\\n]|\\(?:[ \t]*\r?\n)?)*)",
    re.MULTILINE | re.IGNORECASE,
)
_FROM = lazy_pattern(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?", re.IGNORECASE)
_PAIR = lazy_pattern(
    r"(?P<name>[A-Za-z_]\w*)=(?P<value>(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|\\.|[^\s\"'\\])*)",
    re.ASCII | re.DOTALL,
)
_OLD_FORM = lazy_pattern(r"(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>\S.*)", re.ASCII | re.DOTALL)
_FORM = "heroku.yml"


def set_by_images(project: Project, home: str) -> frozenset[str]:
    """The variables that all images of the app in the folder `home` set, and not to nothing."""
    text = project.text_of(os.path.join(home, _FORM))
    tree = parse_yaml(text) if text is not None else None
    docker = tree.get("build", "docker") if tree is not None else None
    images = list(_images(docker)) if docker is not None else []
    found = []
    for file, target in images:
        path = os.path.normpath(os.path.join(home, file))
        if not project.tracked_by_git(path):
            return frozenset()
        found.append(set_in_stage(project.text_of(path) or "", target))
    return frozenset.intersection(*found) if found else frozenset()


def _images(docker: Yaml) -> Iterator[tuple[str, str]]:
    """The Dockerfile and the stage of each image; the stage is empty if it is the last."""
    for _, value in docker.pairs:
        if value.text is not None:
            yield posixpath.normpath(value.text), ""
        elif (file := value.get("dockerfile")) is not None and file.text is not None:
            target = value.get("target")
            yield posixpath.normpath(file.text), (target.text if target is not None else "") or ""


def set_in_stage(dockerfile: str, target: str = "") -> frozenset[str]:
    """The variables that `ENV` of a stage and of those below it sets; the last stage if `target` is empty."""
    stages: dict[str, _Stage] = {}
    stage = _Stage()
    for found in _INSTRUCTION.finditer(dockerfile):
        word, rest = found["word"].upper(), re.sub(r"\\[ \t]*\r?\n", " ", found["rest"]).strip()
        if word != "FROM":
            stage.add(word, rest)
        elif named := _FROM.match(rest):
            base = stages.get(named["image"].lower())
            stage = base.copy() if base is not None else _Stage()
            stages[(named["name"] or "").lower()] = stage
    return (stages.get(target.lower(), _Stage()) if target else stage).names()


class _Stage:
    """What one stage of a Dockerfile sets. `ARG` counts only as a part of the values of `ENV`."""

    def __init__(self, state: State | None = None) -> None:
        self._state = state or State()

    def copy(self) -> _Stage:
        """A stage that is based on this one."""
        return _Stage(self._state.copy())

    def add(self, word: str, rest: str) -> None:
        """Add an instruction."""
        old = _OLD_FORM.fullmatch(rest) if word == "ENV" else None
        for found in [old] if old is not None else _PAIR.finditer(rest):
            self._state.assign(found["name"], found["value"])
            if word == "ENV":
                self._state.exported.add(found["name"])

    def names(self) -> frozenset[str]:
        """The variables that a container has."""
        state = self._state
        return frozenset(name for name in state.exported if state.is_set(name, lambda other: other == "PATH"))
