"""The Heroku apps that a folder's files suggest.

They are only offered to the user; configvars contacts none of them by itself.
"""

from __future__ import annotations

import os

from configvars.platforms.heroku import is_app_name
from configvars.settings_file import suggested_apps
from configvars.syntax.git_config import heroku_remotes, preferred_remote
from configvars.syntax.json import JsonObject, JsonString, parse_json
from configvars.workspace import Workspace
from configvars.workspace.git import git_state


def suggested(workspace: Workspace) -> tuple[str, ...]:
    """App names from git's remotes (that of `heroku.remote` first), the settings file and app.json."""
    preferred, remotes = _remotes(workspace)
    ordered = sorted(remotes, key=lambda remote: remote != preferred)

    def text_of(name: str) -> str | None:
        return workspace.text_of(os.path.join(workspace.root, name))

    settings = suggested_apps(text_of)
    apps = (*(remotes[name] for name in ordered), *settings, *_named_in(text_of("app.json") or ""))
    return tuple(dict.fromkeys(app for app in apps if is_app_name(app)))


def apps_of_remotes(workspace: Workspace) -> dict[str, str]:
    """The apps of all git remotes that belong to Heroku, by the names of the remotes."""
    return {name: app for name, app in _remotes(workspace)[1].items() if is_app_name(app)}


def app_of_remote(workspace: Workspace) -> str | None:
    """The app of the git remote that the Heroku CLI would use; None if there is none, or more than one."""
    preferred, remotes = _remotes(workspace)
    meant = [app for name, app in remotes.items() if preferred in (None, name) and is_app_name(app)]
    return meant[0] if len(meant) == 1 else None


def _remotes(workspace: Workspace) -> tuple[str | None, dict[str, str]]:
    """The app in `heroku.remote`, and the apps of all remotes by the remotes' names."""
    config = git_state(None if workspace.disk.trusted else workspace.root).own_config(workspace.root)
    return preferred_remote(config), {remote.name: remote.app for remote in heroku_remotes(config)}


def _named_in(app_json: str) -> tuple[str, ...]:
    """The `name` in an app.json: a title, which often is the app's name, too."""
    root = parse_json(app_json).root
    name = root.get("name") if isinstance(root, JsonObject) else None
    return (name.value,) if isinstance(name, JsonString) else ()
