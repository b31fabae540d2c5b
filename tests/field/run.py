"""Runs `configvars check` on a repository in each situation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from field.situations import break_names, copy, fill_from_templates

SECONDS = 300  # a repository that takes longer is skipped, and this is reported
_NOT_FOUND = 1


class Said(msgspec.Struct, frozen=True):
    """One finding, and the situation in which it was reported."""

    repository: str
    situation: str
    path: str
    line: int
    check: str
    severity: str
    variable: str
    message: str

    @property
    def grave(self) -> bool:
        """Whether the finding is an error or a warning."""
        return self.severity in ("error", "warning")

    @property
    def key(self) -> tuple[str, str, int, str, str, bool]:
        """The key of the finding's verdict, which is the same in all situations."""
        return (self.repository, self.path, self.line, self.check, self.variable, self.grave)


class TooSlowError(Exception):
    """A repository took longer than `SECONDS`."""


def said_of(root: Path, repository: str, scratch: Path, situations: Collection[str]) -> Iterator[Said]:
    """The findings in a repository as it is, in CI, with env files copied from templates, and with broken env
    files.
    """
    if "plain" in situations:
        yield from _check(root, repository, "plain")
    if "ci" in situations:
        yield from _check(root, repository, "ci", CI="true")
    if {"template", "broken"}.isdisjoint(situations):
        return
    folder = scratch / repository.replace("/", "+")
    copy(root, folder)
    made = fill_from_templates(folder)
    if made and "template" in situations:
        yield from _check(folder, repository, "template")
    if made and "broken" in situations:
        required = _required(folder)
        for env_file in made:
            text, done = break_names(env_file.read_text("utf-8", "replace"), required)
            if done:
                env_file.write_text(text, "utf-8")
                print(f"  broken in {env_file.relative_to(folder)}: {done}", file=sys.stderr)
        yield from _check(folder, repository, "broken")


def _required(root: Path) -> frozenset[str]:
    """The variables that code of the repository requires, without its tests."""
    references = _configvars(root, "inventory")["references"]
    return frozenset(
        each["name"]
        for each in references
        if each.get("need") == "required" and each["scope"] == "env" and "test" not in each["path"]
    )


def _check(root: Path, repository: str, situation: str, **environment: str) -> Iterator[Said]:
    for each in _configvars(root, "check", **environment)["findings"]:
        yield Said(
            repository,
            situation,
            each["path"],
            each["line"],
            each["check"],
            each["severity"],
            each["variable"] or "",
            each["message"],
        )


def _configvars(root: Path, command: str, **environment: str) -> Any:
    program = os.environ.get("CONFIGVARS", f"{sys.executable} -m configvars").split()
    try:
        done = subprocess.run(
            [*program, command, "--isolated", "--output-format", "json"],
            cwd=root,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlowError(repository_of(root)) from error
    if done.returncode > _NOT_FOUND:
        raise RuntimeError(f"{repository_of(root)}: {done.stderr.decode('utf-8', 'replace')}")
    return json.loads(done.stdout)


def repository_of(root: Path) -> str:
    """The name of the repository that a folder of the corpus contains."""
    return root.name.replace("+", "/", 1)
