"""Which variables a change adds: those that the code needs now but did not need before."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from configvars.cli.errors import CannotRun
from configvars.model import Finding, Need
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.workspace.reading import Unread, read_text

_MAX_SIZE = 64 * 1024 * 1024
_NEEDIEST_FIRST = tuple(Need)

Needs = Mapping[str, Need]
"""The environment variables that code reads, each with its strongest need."""


class Added(Struct, frozen=True):
    """A variable that a change adds, how much the code needs it, and which apps have it."""

    name: str
    need: Need
    apps: Mapping[str, bool]

    @property
    def sentence(self) -> str:
        """A sentence about the variable for people."""
        having = [app for app, has in self.apps.items() if has]
        lacking = [app for app, has in self.apps.items() if not has]
        where = [
            f"{word} on {', '.join(apps)}" for word, apps in (("set", having), ("not set", lacking)) if apps
        ]
        verb = "needs" if self.need is Need.REQUIRED else "reads"
        return f"This change {verb} {self.name}{': ' if where else ''}{', '.join(where)}."


def needs_of(project: Project) -> Needs:
    """The variables that the code of a project needs, without tests."""
    return _strongest(
        (found.variable.name, found.need)
        for path, facts in project.index.files.items()
        if not is_test(project, path)
        for found in facts.references
        if found.need is not None and found.variable.scope == "env"
    )


def needs_in_inventory(path: str, cwd: str) -> Needs:
    """The variables that the code needed when `inventory --output-format json` wrote the file `path`."""
    absolute = os.path.normpath(os.path.join(cwd, path))
    file = read_text(absolute, os.path.dirname(absolute), _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        raise CannotRun(f"The inventory {path} {file.why}.")
    try:
        document = json.loads(file.text)
        references = [each for each in document["references"] if each["scope"] == "env" and "need" in each]
        return _strongest((str(each["name"]), Need(each["need"])) for each in references)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotRun(
            f"The inventory {path} is not what `configvars inventory --output-format json` writes."
        ) from None


def _strongest(reads: Iterable[tuple[str, Need]]) -> Needs:
    needs: dict[str, Need] = {}
    for name, need in reads:
        needs[name] = min(need, needs.get(name, need), key=_NEEDIEST_FIRST.index)
    return needs


def added(now: Needs, before: Needs, apps: Iterable[AppSnapshot]) -> Iterator[Added]:
    """The variables that are new or were not required before, ordered by name."""
    snapshots = list(apps)
    for name, need in sorted(now.items()):
        if name not in before or (need is Need.REQUIRED and before[name] is not Need.REQUIRED):
            yield Added(name, need, {app.app: name in app.variables for app in snapshots})


def about(findings: Iterable[Finding], new: Iterable[Added]) -> Iterator[Finding]:
    """The findings about variables that a change adds."""
    names = {each.name for each in new}
    yield from (found for found in findings if found.variable is not None and found.variable.name in names)
