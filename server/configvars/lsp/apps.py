"""The Heroku apps of each folder: which the user has chosen, and their last known config vars."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from lsprotocol import types as t
from msgspec import Struct
from msgspec.structs import replace

from configvars.lsp.outcome import UNTRUSTED, Outcome, refused
from configvars.lsp.progress import progress
from configvars.platforms.base import Cancellation, PlatformFailure
from configvars.platforms.heroku.client import Heroku
from configvars.storage import chosen_apps, state_folder

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_T = TypeVar("_T")
NAME_THE_APP = "Name the app in the setting `configvars.heroku.apps`."
_NONE_CHOSEN = f"No Heroku app is chosen for this folder. {NAME_THE_APP}"
State = Literal["none", "untrusted", "idle", "fetching", "failed"]


class Status(Struct, frozen=True):
    """The state of a folder's apps, for a status item.

    `failure` is why the config vars could not be fetched, with what the user can do.
    """

    folder: str
    apps: tuple[str, ...]
    fetched: str | None
    state: State
    failure: Outcome | None = None

    def as_json(self) -> dict[str, object]:
        """The params of the notification `configvars/status`."""
        return {
            "folder": self.folder,
            "apps": list(self.apps),
            "fetched": self.fetched,
            "state": self.state,
            "message": self.failure.message if self.failure else "",
            **(self.failure.steps if self.failure else {}),
        }


def utc(time: datetime) -> str:
    """A time as ISO 8601 in UTC, to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Apps:
    """Runs Heroku requests on threads of their own, so that they never block the event loop."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="platform")
        self._platforms: dict[tuple[str, int, tuple[str, ...]], Heroku] = {}
        self._statuses: dict[str, Status] = {}

    def chosen(self, folder: Folder) -> tuple[str, ...]:
        """The apps of a folder, in the user's order: those chosen for it, otherwise those in the setting."""
        by_setting = folder.workspace.settings.heroku_apps
        chosen = chosen_apps(state_folder(), folder.root)
        if chosen and by_setting and chosen != by_setting:
            name = os.path.basename(folder.root)
            self._server.log_once(
                f"{', '.join(chosen)} is chosen for {name} and overrides the setting heroku.apps."
            )
        return chosen or by_setting

    def platform(self, folder: Folder) -> Heroku:
        """Heroku with the settings of a folder; a `heroku` command inside a folder is never used."""
        roots = tuple(each.root for each in self._server.folders)
        cli, timeout = folder.workspace.settings.heroku_path, folder.workspace.settings.heroku_timeout
        if (cli, timeout, roots) not in self._platforms:
            self._platforms[cli, timeout, roots] = Heroku(cli, roots, os.environ, timeout)
        return self._platforms[cli, timeout, roots]

    async def ask(self, call: Callable[[Cancellation], _T]) -> _T:
        """Run a blocking call; cancelling this task cancels the call and ends its child process."""
        switch = Cancellation()
        running = asyncio.get_running_loop().run_in_executor(self._threads, call, switch)
        try:
            return await running
        except asyncio.CancelledError:
            switch.cancel()
            raise

    async def begin(self, folder: Folder) -> None:
        """Fetch the config vars of a folder's apps when it is opened, if the user allows it.

        A failure is reported once; not at all to a client that shows the status itself.
        """
        apps = self.chosen(folder)
        fetched = folder.workspace.apps if self._server.trusted else ()
        known = tuple(snapshot for snapshot in fetched if snapshot.app in apps)
        if known != folder.workspace.apps:
            folder.workspace.apps = known
            self._server.publisher.wake(elsewhere=True)
        if not apps or not self._server.trusted or folder.workspace.settings.heroku_refresh != "onOpen":
            self.tell(folder)
            return
        outcome = await self.refresh(folder)
        if not outcome.ok and not self._server.client.wants_status:
            self._server.say_once(outcome.message, t.MessageType.Warning)

    async def refresh(self, folder: Folder) -> Outcome:
        """Fetch the config vars of a folder's apps again; a failure of one app does not affect the others."""
        if not self._server.trusted:
            return UNTRUSTED
        apps = self.chosen(folder)
        if not apps:
            folder.workspace.apps = ()
            self.tell(folder)
            return Outcome(ok=False, message=_NONE_CHOSEN, next="choose-app")
        known = {snapshot.app: snapshot for snapshot in folder.workspace.apps}
        failures: list[Outcome] = []
        self.tell(folder, "fetching")
        async with progress(self._server, f"Asking Heroku about {', '.join(apps)}"):
            for app in apps:
                try:
                    known[app] = await self.ask(partial(self.platform(folder).fetch, app))
                except PlatformFailure as failure:
                    failures.append(refused(failure))
                except asyncio.CancelledError:
                    self.tell(folder)
                    raise
        if not self._server.trusted:  # any more
            return UNTRUSTED
        folder.workspace.apps = tuple(known[app] for app in apps if app in known)
        message = " ".join(dict.fromkeys(each.message for each in failures))
        failed = replace(failures[0], message=message) if failures else None
        self.tell(folder, "failed" if failed else None, failed)
        self._server.publisher.wake(elsewhere=True)
        if failed:
            return failed
        return Outcome(ok=True, message=f"Refreshed the config vars of {', '.join(apps)}.")

    def tell(self, folder: Folder, state: State | None = None, failure: Outcome | None = None) -> None:
        """Send the state of a folder's apps to clients that show it, if it has changed."""
        if not self._server.client.wants_status:
            return
        apps = self.chosen(folder)
        idle: State = "idle" if apps else "none"
        times = sorted(snapshot.fetched for snapshot in folder.workspace.apps)
        status = Status(
            folder.uri,
            apps,
            utc(times[0]) if times else None,
            state or (idle if self._server.trusted else "untrusted"),
            failure,
        )
        if self._statuses.get(folder.root) != status:
            self._statuses[folder.root] = status
            self._server.protocol.notify("configvars/status", status.as_json())

    async def close(self) -> None:
        """Cancel all running calls; no child process is left."""
        platforms = list(self._platforms.values())
        await asyncio.gather(*(asyncio.to_thread(platform.close) for platform in platforms))
        self._threads.shutdown(wait=False)
