"""Which Heroku apps a folder's own files suggest: to be offered to the user, never to be asked."""

from __future__ import annotations

import os

from configvars.platforms.heroku import is_app_name
from configvars.settings_file import suggested_apps
from configvars.syntax.git_config import heroku_remotes, preferred_remote
from configvars.workspace import Workspace
from configvars.workspace.git import git_state


def suggested(workspace: Workspace) -> tuple[str, ...]:
    """App names from git's remotes, that of `heroku.remote` first, then from pyproject.toml."""
    git = git_state(None if workspace.trusted else workspace.root)
    config = git.own_config(os.path.join(workspace.root, ".env"))
    preferred = preferred_remote(config)
    remotes = sorted(heroku_remotes(config), key=lambda remote: remote.name != preferred)
    text = workspace.text_of(os.path.join(workspace.root, "pyproject.toml")) or ""
    apps = (*(remote.app for remote in remotes), *suggested_apps(text))
    return tuple(dict.fromkeys(app for app in apps if is_app_name(app)))
