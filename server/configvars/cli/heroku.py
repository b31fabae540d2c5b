"""Heroku requests of a command: several apps at once, with a progress line in a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from configvars.cli.errors import CannotRun
from configvars.cli.opening import settings_of
from configvars.cli.parser import did_you_mean
from configvars.patterns import lazy_pattern
from configvars.platforms.base import AppSnapshot, PlatformFailure
from configvars.printable import printable

if TYPE_CHECKING:
    from concurrent.futures import Future

    from configvars.platforms.heroku.client import Heroku

_AT_ONCE = 4
_LOOK_SECONDS = 0.2


@contextmanager
def heroku(roots: Sequence[str], timeout: float | None = None) -> Iterator[Heroku]:
    """Access to Heroku while the block runs; failures are raised as `CannotRun`.

    No child process remains after the block. `timeout` is the time limit for each call in seconds; by
    default, that of the folders' settings.
    """
    from configvars.platforms.heroku.client import Heroku  # slow to import, and most runs do not ask Heroku

    seconds = timeout or max(settings_of(root)[0].heroku_timeout for root in roots)
    platform = Heroku("", roots, os.environ, seconds)
    try:
        yield platform
    except PlatformFailure as failure:
        raise CannotRun(for_a_terminal(failure)) from None
    finally:
        platform.close()


def ask(apps: Iterable[str], roots: Sequence[str], timeout: float | None = None) -> list[AppSnapshot]:
    """The config vars of some apps, fetched in parallel. If one fails, the others are cancelled."""
    wanted = list(dict.fromkeys(apps))
    if not wanted:
        return []
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    with ExitStack() as stack:
        stack.enter_context(_waiting(wanted))
        threads = stack.enter_context(ThreadPoolExecutor(min(len(wanted), _AT_ONCE)))
        platforms = [stack.enter_context(heroku(roots, timeout)) for _ in wanted]
        asked = [threads.submit(fetch, *each) for each in zip(platforms, wanted, strict=True)]
        # The system may deliver a signal to any thread; the main thread handles it only when its wait ends.
        while wait(asked, _LOOK_SECONDS, FIRST_EXCEPTION).not_done and not _failed(asked):
            pass
        return [each.result() for each in _failed(asked) or asked]


def _failed(asked: Sequence[Future[AppSnapshot]]) -> list[Future[AppSnapshot]]:
    return [each for each in asked if each.done() and each.exception() is not None]


def fetch(platform: Heroku, app: str) -> AppSnapshot:
    """The config vars of one app.

    Raises `CannotRun` with the reason and, for an unknown app, a similar name.
    """
    try:
        return platform.fetch(app)
    except PlatformFailure as failure:
        if failure.reason == "unknown-app":
            raise CannotRun(_unknown(platform, app, for_a_terminal(failure))) from None
        raise CannotRun(for_a_terminal(failure)) from None


def _unknown(platform: Heroku, app: str, message: str) -> str:
    """The message that there is no such app, with the user's app that has the most similar name."""
    try:
        meant = did_you_mean(app, [each.name for each in platform.apps()])
    except PlatformFailure:
        meant = ""
    return f"{message} {meant}".rstrip()


_ON_PATH = {
    "set its absolute path as `heroku.path`": "put it on your PATH",
    "set `heroku.path` to a Heroku CLI": "put a Heroku CLI",
    "that contains its own Node, then": "that contains its own Node first on your PATH, then",
    "set `heroku.path` to what": "put a folder first on your PATH: the one that contains what",
    "set `heroku.path` to the program itself if `heroku` is a wrapper script": "put the program itself first"
    " on your PATH if `heroku` is a wrapper script",
}


_ONLY_THERE = lazy_pattern(
    r"(?: If `heroku apps` works [^.]*there: start this program with it\.|, and start this program with it)"
)


def for_a_terminal(failure: PlatformFailure) -> str:
    """A failure's message for the command line, where the next step is to run the command again.

    The command line uses the first `heroku` on PATH, so PATH is what the user can change.
    """
    message = failure.message
    for setting, instead in _ON_PATH.items():
        message = message.replace(setting, instead)
    # What a terminal exports, this program has.
    return _ONLY_THERE.sub("", message)


@contextmanager
def _waiting(apps: Sequence[str]) -> Iterator[None]:
    """Show in a terminal that Heroku is being asked while the block runs."""
    if not sys.stderr.isatty():
        yield
        return
    whom = apps[0] if len(apps) == 1 else f"{len(apps)} apps"
    line = f"Asking Heroku about {printable(whom)}…"
    print(line, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:  # spaces, because not every terminal can clear a line
        print(f"\r{' ' * len(line)}\r", end="", file=sys.stderr, flush=True)
