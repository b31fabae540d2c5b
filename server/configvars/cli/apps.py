"""Which Heroku apps a command is about, and their config vars."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from configvars.actions.suggestions import app_of_remote, apps_of_remotes, suggested
from configvars.cli.asking import Asker
from configvars.cli.errors import CannotRun, Declined
from configvars.cli.heroku import ask, heroku
from configvars.cli.named import PipelineName, RemoteName
from configvars.cli.opening import say
from configvars.patterns import lazy_pattern
from configvars.platforms.base import AppSnapshot, PlatformApp
from configvars.platforms.heroku.command import is_app_name
from configvars.storage import chosen_apps, state_folder
from configvars.workspace import Workspace

_URL = lazy_pattern(
    r"(?:https?://)?(?:(?P<name>[a-z0-9-]+?)(?:-[0-9a-f]{12})?\.herokuapp\.com/?.*"
    r"|git\.heroku\.com/(?P<repository>[a-z0-9-]+?)(?:\.git)?/?)"
)
_NAMES = "names have 3 to 30 lower-case letters, digits and hyphens, and begin with a letter"


def named_apps(named: Iterable[str], environ: Mapping[str, str], roots: Sequence[str]) -> list[str]:
    """The apps in `--app` (given several times, or with commas), `--remote` and `--pipeline`, or HEROKU_APP.

    Raises `CannotRun` if a name is empty: a script whose variable is empty must not succeed without an app.
    """
    apps = [app.strip() for word in named for app in _meant(word, roots)]
    if not all(apps):
        raise CannotRun("--app needs the name of a Heroku app, but got an empty one.")
    of_environment = [] if apps else [app for app in (environ.get("HEROKU_APP"),) if app]
    for app in apps or of_environment:
        if not is_app_name(app):
            source = "HEROKU_APP: " if of_environment else ""
            hint = f" Did you mean {meant}?" if (meant := _name_in(app)) else ""
            raise CannotRun(f"{source}{app!r} is not the name of a Heroku app: {_NAMES}.{hint}")
    return list(dict.fromkeys(apps)) or of_environment


def _name_in(word: str) -> str:
    """The name of an app in the URL of its site or of its git repository, or in capitals; empty if none."""
    found = _URL.fullmatch(word.lower())
    name = (found["name"] or found["repository"]) if found else word.lower()
    return name if is_app_name(name) else ""


def _meant(word: str, roots: Sequence[str]) -> list[str]:
    if isinstance(word, PipelineName):
        return [app.name for app in stages(word, roots) if app.stage != "review"]
    return [_app_of_remote(word, roots)] if isinstance(word, RemoteName) else word.split(",")


def _app_of_remote(name: str, roots: Sequence[str]) -> str:
    """The app of the git remote `name`, in the first folder that has such a remote."""
    remotes: dict[str, str] = {}
    for root in roots:
        remotes = {**apps_of_remotes(Workspace(root)), **remotes}
    if name not in remotes:
        known = ", ".join(f"{remote} ({app})" for remote, app in remotes.items())
        has = f"the remotes of Heroku apps are {known}" if known else "no git remote leads to a Heroku app"
        raise CannotRun(f"{name} is not a git remote of a Heroku app; {has}.")
    return remotes[name]


def stages(pipeline: str, roots: Sequence[str]) -> tuple[PlatformApp, ...]:
    """The apps of a pipeline as Heroku lists them, without review apps, which `app.json` describes."""
    with heroku(roots) as platform:
        found = platform.pipeline(pipeline)
    if not found:
        raise CannotRun(f"The pipeline {pipeline} has no apps.")
    if not any(app.stage != "review" for app in found):
        raise CannotRun(f"The pipeline {pipeline} has only review apps.")
    return found


def known_apps(named: Iterable[str], root: str) -> list[str]:
    """The apps in the options or HEROKU_APP; otherwise those that the user has chosen for a folder."""
    return named_apps(named, os.environ, [root]) or list(chosen_apps(state_folder(), root) or ())


def ask_known(named: Iterable[str], root: str, timeout: float) -> list[AppSnapshot]:
    """The config vars of the named apps, or else of the apps that the user has chosen for a folder.

    `timeout` is the time limit for each call in seconds. Raises `CannotRun` if a named app cannot be read. A
    chosen app that cannot be read is skipped.
    """
    apps = named_apps(named, os.environ, [root])
    if apps:
        return ask(apps, [root], timeout)
    try:
        return ask(known_apps((), root), [root], timeout)
    except CannotRun as problem:
        say([str(problem)])
        return []


def one_app(named: Sequence[str], root: str, asker: Asker, hint: Callable[[], str] = lambda: "") -> str:
    """The one app that a command is about; an app that only a git remote suggests is confirmed first.

    `hint` returns a word on the command line that may be the app.
    """
    apps = list(dict.fromkeys(known_apps(named, root)))
    if len(apps) > 1 and named:
        raise CannotRun(f"pull reads from one app at a time, but --app names {' and '.join(apps)}.")
    if len(apps) > 1:
        raise CannotRun(f"Which app: {', '.join(apps)}? Name it with --app.")
    if apps:
        return apps[0]
    if word := hint():
        raise CannotRun(f"Which Heroku app? If {word} is the app, write `--app {word}`.")
    workspace = Workspace(root)
    app = app_of_remote(workspace)
    if app is None:
        could_be = " or ".join(suggested(workspace))
        suggestion = f" Your files suggest {could_be}." if could_be else ""
        raise CannotRun(f"Which Heroku app? Name it with --app, or set HEROKU_APP.{suggestion}")
    if not asker.confirm(f"You have not named an app. Use {app}, the app of your git remote?"):
        why = Declined if asker.interactive else CannotRun
        raise why(f"Which Heroku app? Your git remote suggests --app {app}.")
    return app
