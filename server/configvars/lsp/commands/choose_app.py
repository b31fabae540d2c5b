"""`configvars.chooseApp` and `configvars.refresh`: choosing and updating a folder's Heroku apps."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.suggestions import apps_of_remotes, suggested
from configvars.checks.wording import joined
from configvars.lsp.apps import NAME_THE_APP
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import DISMISSED, UNTRUSTED, Outcome, refused
from configvars.lsp.progress import progress
from configvars.lsp.questions import ask, ask_picker
from configvars.platforms.base import PlatformFailure
from configvars.platforms.heroku import is_app_name
from configvars.storage import chosen_apps, forget_apps, remember_apps, state_folder

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

MORE, NONE = "Another app of mine…", "None"
_SHOWN = 12  # the number of answers that are still readable in a message


async def choose_app(server: Server, argument: Argument) -> Outcome:
    """Store the apps of a folder, outside the repository: those in `apps`, or those that the user picks."""
    folder = arguments.folder(server, argument)
    apps = arguments.texts(argument, "apps")
    if apps is None:
        picked = await _pick(server, folder)
        if isinstance(picked, Outcome):
            return picked
        apps = (picked,) if picked else ()
    if wrong := next((app for app in apps if not is_app_name(app)), None):
        raise JsonRpcInvalidParams(f"{wrong!r} cannot be the name of a Heroku app")
    return await _remember(server, folder, tuple(dict.fromkeys(apps)))


async def _remember(server: Server, folder: Folder, apps: tuple[str, ...]) -> Outcome:
    before = chosen_apps(state_folder(), folder.root)
    try:
        if apps:
            remember_apps(state_folder(), folder.root, apps)
        else:
            forget_apps(state_folder(), folder.root)
    except OSError:
        return Outcome(ok=False, message="The choice cannot be saved: your state folder is not writable.")
    folder.workspace.apps = tuple(known for known in folder.workspace.apps if known.app in apps)
    server.publisher.wake(elsewhere=True)
    if not apps:
        server.apps.tell(folder)
        message = f"No Heroku app is chosen for this folder{' any more' if before else ''}."
        if by_setting := folder.workspace.settings.heroku_apps:
            used = "used again" if before else "used"
            message += f" The setting heroku.apps names {', '.join(by_setting)}, which is {used}."
        return Outcome(ok=True, message=message)
    if not server.trusted:
        server.apps.tell(folder)
        return Outcome(
            ok=True,
            message=f"{', '.join(apps)} is chosen; trust this workspace so that configvars can contact it.",
            next="trust",
        )
    return await server.apps.refresh(folder)


async def one_app(server: Server, folder: Folder, named: str | None) -> str | Outcome:
    """The app for a command: the one that it names, the chosen one, or one that the user picks."""
    if named is not None:
        if not is_app_name(named):
            raise JsonRpcInvalidParams("app cannot be the name of a Heroku app")
        return named
    chosen = server.apps.chosen(folder)
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        instead = (
            f"Nothing was pulled: {joined(chosen, 'and')} are chosen, and this editor cannot ask which one"
        )
        instead += " is meant. `configvars pull --app NAME` in a terminal pulls from a named app."
        return await ask(server, "From which Heroku app?", chosen, instead=instead) or DISMISSED
    picked = await _pick(server, folder)
    if isinstance(picked, Outcome):
        return picked
    if not picked:
        return DISMISSED
    outcome = await _remember(server, folder, (picked,))
    return picked if outcome.ok else outcome


async def _pick(server: Server, folder: Folder) -> str | Outcome:
    """The app that the user picks, "" for none; the folder's own files only suggest apps."""
    if not server.trusted:
        return UNTRUSTED
    if server.client.picks_apps and not server.apps.chosen(folder):
        app = await ask_picker(server, folder)
        return app if app and is_app_name(app) else DISMISSED
    near = suggested(folder.workspace)[:_SHOWN]
    name = os.path.basename(folder.root)
    question, instead = f"Which Heroku app does {name} run on?", _instead(name, near)
    remotes = apps_of_remotes(folder.workspace)
    titles = {_marked(app, remotes): app for app in near}
    none = (NONE,) if server.apps.chosen(folder) else ()
    if titles:
        answer = await ask(server, question, (*titles, MORE, *none), instead=instead)
        if answer != MORE:
            return DISMISSED if answer is None else titles.get(answer, "")
    try:
        async with progress(server, "Asking Heroku for your apps"):
            every = await server.apps.ask(server.apps.platform(folder).apps)
    except PlatformFailure as failure:
        return refused(failure)
    if not every:
        message = "Your Heroku account has access to no app. Log in with another account, or create an app."
        return Outcome(ok=False, message=message, next="log-in")
    answer = await ask(server, question, (*(app.name for app in every), *none), instead=instead)
    return DISMISSED if answer is None else "" if answer == NONE else answer


def _marked(app: str, remotes: Mapping[str, str]) -> str:
    """An app as an answer; an app that is a git remote of the folder is marked with the remote's name."""
    remote = next((name for name, of in remotes.items() if of == app), None)
    return app if remote is None else f"{app} (git remote {remote})"


def _instead(name: str, near: Sequence[str]) -> str:
    seen = f" The folder's git remotes, settings or app.json name {', '.join(near)}." if near else ""
    return f"No Heroku app was chosen for {name}, because this editor cannot ask.{seen} {NAME_THE_APP}"


async def refresh(server: Server, argument: Argument) -> Outcome:
    """Fetch the config vars of the chosen apps of one folder, or of all folders, again."""
    if argument.get("folder") is not None:
        return await server.apps.refresh(arguments.folder(server, argument))
    if not server.trusted:
        return UNTRUSTED
    folders = [folder for folder in server.folders if server.apps.chosen(folder)]
    outcomes = [await server.apps.refresh(folder) for folder in folders]
    if not outcomes:
        message = f"No Heroku app is chosen yet. {NAME_THE_APP}"
        return Outcome(ok=False, message=message, next="choose-app")
    return next((outcome for outcome in outcomes if not outcome.ok), outcomes[-1])
