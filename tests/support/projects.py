"""Opens a text fixture as a project: real files in a real workspace, and apps as their platform reports
them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from configvars.model import Finding, Place
from configvars.platforms.base import AppSnapshot, PlatformVariable
from configvars.project import Project
from configvars.secret import Secret
from configvars.settings import Settings
from configvars.text import LineIndex
from configvars.workspace import Workspace
from support.fixtures import Fixture, fixture

_APP = "heroku:"


@dataclass(frozen=True)
class Opened:
    """A fixture on disk, as the engine sees it. `cursor` is an absolute path and an offset."""

    root: Path
    workspace: Workspace
    cursor: tuple[str, int]

    @property
    def project(self) -> Project:
        return self.workspace.project()

    def path(self, name: str) -> str:
        return str(self.root / name)

    def line(self, path: str, offset: int) -> str:
        """``app.py:3:9`` for an offset in code points."""
        text = self.project.text_of(path) or ""  # a file that cannot be read: its first line
        line, column = LineIndex(text).position(offset)
        return f"{self.project.relative(path)}:{line + 1}:{column + 1}"

    def place(self, place: Place) -> str:
        """``app.py:3:9 NAME`` for a place, with the text at that place."""
        text = self.project.text_of(place.path) or ""
        return f"{self.line(place.path, place.span.start)} {place.span.of(text)}"

    def finding(self, finding: Finding) -> str:
        """``app.py:2:13 warning B is not set [fix: Add B to .env]``: everything that a user sees of a
        finding.

        A fix that `--fix` applies without asking is a ``safe fix``; related places follow after ``see``.
        """
        parts = [self.line(finding.path, finding.span.start), finding.severity, finding.message]
        parts += [f"[see {self.line(place.path, place.span.start)}: {why}]" for place, why in finding.related]
        for word, certain in (("safe fix", True), ("fix", False)):
            titles = [fix.title for fix in finding.fixes if fix.certain is certain]
            parts += [f"[{word}: {'; '.join(titles)}]"] if titles else []
        return " ".join(parts)


def opened(root: Path, text: str | Fixture, settings: Settings | None = None) -> Opened:
    """Write a fixture into `root` and load it.

    A section ``-- heroku:NAME --`` is an app, not a file. It contains `KEY=value` lines, with `KEY=value
    @addon` for variables that an add-on owns.
    """
    given = fixture(text) if isinstance(text, str) else text
    files = {name: body for name, body in given.files.items() if not name.startswith(_APP)}
    replace(given, files=files).write(root)
    workspace = Workspace(str(root), settings)
    workspace.apps = tuple(
        _app(name.removeprefix(_APP), body) for name, body in given.files.items() if name.startswith(_APP)
    )
    for _ in workspace.load():
        pass
    cursor = (str(root / given.cursor[0]), given.cursor[1]) if given.cursor else ("", 0)
    return Opened(root, workspace, cursor)


def _app(name: str, body: str) -> AppSnapshot:
    variables = {}
    for line in body.splitlines():
        key, _, rest = line.partition("=")
        value, _, addon = rest.partition(" @")
        variables[key] = PlatformVariable(Secret(value).facts(), addon or None)
    return AppSnapshot("heroku", name, datetime(2026, 11, 22, tzinfo=UTC), variables, "prod" in name)
