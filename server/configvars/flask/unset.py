"""Keys that code uses although no step of any app can set them."""

from __future__ import annotations

from configvars.catalog.flask_keys import removed_keys
from configvars.flask.apps import apps_of
from configvars.flask.effective import EffectiveApp
from configvars.project import Project


def is_set_nowhere(project: Project, path: str, name: str) -> bool:
    """Whether no app for the code in `path` can have a key: all are closed, and none sets it."""
    apps = apps_of(project, path)
    return bool(apps) and name not in removed_keys() and all(_lacks(app, name) for app in apps)


def _lacks(app: EffectiveApp, name: str) -> bool:
    return app.is_closed and not app.prefixes and not app.is_given(name)


def elsewhere(project: Project, path: str, name: str) -> list[tuple[str, int]]:
    """The places that set the key in a class or module that is not loaded."""
    return [
        (file, key.span.start)
        for file, facts in sorted(project.index.files.items())
        for one in facts.flask.objects
        for key in one.keys
        if key.name == name and one.name
    ]
