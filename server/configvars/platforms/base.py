"""The interface to a platform: the config vars of an app, and failures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol

from msgspec import Struct, field

from configvars.secret import Secret, ValueFacts

Reason = Literal[
    "absent",
    "broken",
    "shim",
    "logged-out",
    "bad-api-key",
    "two-factor",
    "single-sign-on",
    "unverified",
    "no-access",
    "ip-denied",
    "invalid-app",
    "unknown-app",
    "unknown-pipeline",
    "several-pipelines",
    "no-app",
    "several-remotes",
    "suspended",
    "rate-limited",
    "server-error",
    "unavailable",
    "rejected",
    "maintenance",
    "offline",
    "no-address",
    "interrupted",
    "proxy",
    "proxy-login",
    "no-tls",
    "intercepted",
    "certificate",
    "too-slow",
    "timed-out",
    "too-large",
    "unreadable",
    "cancelled",
    "failed",
]


class PlatformVariable(Struct, frozen=True):
    """A config var of an app: facts about its value, and the add-on that owns it, if any."""

    facts: ValueFacts
    addon: str | None = None


class PlatformApp(Struct, frozen=True):
    """An app that the user has access to. `team` is its owner, if any; `stage` is its pipeline stage."""

    name: str
    team: str | None = None
    stage: str | None = None


class AppSnapshot(Struct, frozen=True):
    """The config vars of one app at one moment: names and derived facts, never a value.

    `production`: the app's name or its pipeline stage shows that it serves users. `addons_known`: it is known
    which add-on owns which config var; if not, every `addon` is None and has no meaning.
    """

    platform: str
    app: str
    fetched: datetime
    variables: Mapping[str, PlatformVariable] = field(default_factory=lambda: MappingProxyType({}))
    production: bool = False
    addons_known: bool = True


class PlatformFailure(Exception):  # noqa: N818 - a failure of theirs, not an error of ours
    """Why a request to a platform failed.

    `reason` is a short stable word, `message` a sentence for the user that ends with the next step. Neither
    contains output of the platform's tool. (This is not a frozen dataclass, because Python sets attributes of
    a raised exception.)
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message


class Cancellation:
    """Cancels one call. Any thread may cancel, at any time and more than once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requested = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def requested(self) -> bool:
        """Whether the call was cancelled."""
        return self._requested

    def cancel(self) -> None:
        """Cancel; listeners are called in this thread."""
        with self._lock:
            self._requested = True
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    @contextmanager
    def calling(self, listener: Callable[[], None]) -> Iterator[None]:
        """While the block runs, cancelling calls `listener`; it is called at once if already cancelled."""
        with self._lock:
            self._listeners.append(listener)
            requested = self._requested
        try:
            if requested:
                listener()
            yield
        finally:
            with self._lock:
                self._listeners.remove(listener)


class Platform(Protocol):
    """A platform that stores config vars in production.

    Every call blocks until it has its answer (seconds), so call it in a thread of its own. It raises only
    `PlatformFailure`.
    """

    @property
    def name(self) -> str:
        """The platform's short name, such as ``heroku``."""

    def apps(self, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """The apps that the user has access to, ordered by name."""

    def pipeline(self, name: str, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """The apps of a pipeline in the order of its stages."""

    def fetch(self, app: str, cancellation: Cancellation | None = None) -> AppSnapshot:
        """The current config vars of an app, without values."""

    def fetch_values(
        self, app: str, names: Iterable[str], cancellation: Cancellation | None = None
    ) -> Mapping[str, Secret]:
        """The values of those of `names` that the app has, to be written immediately."""

    def fetch_with_values(
        self,
        app: str,
        names: Iterable[str],
        known: AppSnapshot | None = None,
        cancellation: Cancellation | None = None,
    ) -> tuple[AppSnapshot, Mapping[str, Secret]]:
        """Both at once; what a new snapshot `known` says of add-ons and stage need not be asked again."""

    def close(self) -> None:
        """Cancel all running calls; later calls fail as cancelled."""
