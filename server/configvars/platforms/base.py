"""What a platform knows of an app, and how it says that it cannot be asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol

from configvars.secret import Secret, ValueFacts

Reason = Literal[
    "absent",
    "broken",
    "shim",
    "logged-out",
    "bad-api-key",
    "two-factor",
    "no-access",
    "ip-denied",
    "invalid-app",
    "unknown-app",
    "unknown-pipeline",
    "no-app",
    "several-remotes",
    "suspended",
    "rate-limited",
    "server-error",
    "maintenance",
    "offline",
    "certificate",
    "too-slow",
    "too-large",
    "unreadable",
    "cancelled",
    "failed",
]


@dataclass(frozen=True, slots=True)
class PlatformVariable:
    """A config var of an app: what may be said of its value, and the add-on that owns it, if one does."""

    facts: ValueFacts
    addon: str | None = None


@dataclass(frozen=True, slots=True)
class PlatformApp:
    """An app that the user can reach. `team` owns it, if one does; `stage` is its place in a pipeline."""

    name: str
    team: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class AppSnapshot:
    """The config vars of one app at one moment: names and derived facts, never a value.

    `production`: the app's name or its pipeline stage says that it serves users. `addons_known`: the
    platform told which add-on owns what; where it did not, every `addon` is None and means nothing.
    """

    platform: str
    app: str
    fetched: datetime
    variables: Mapping[str, PlatformVariable] = field(default_factory=lambda: MappingProxyType({}))
    production: bool = False
    addons_known: bool = True


class PlatformFailure(Exception):  # noqa: N818 - a failure of theirs, not an error of ours
    """Why a platform could not be asked.

    `reason` is a short stable word, `message` a sentence for the user that ends in the next step. Neither
    holds anything the platform's tool printed. (Not a frozen dataclass: Python itself sets attributes of
    an exception on its way up.)
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message


class Cancellation:
    """The off switch of one call. Any thread may press it, once or often, early or late."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requested = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def requested(self) -> bool:
        """Whether the switch was pressed."""
        return self._requested

    def cancel(self) -> None:
        """Press the switch: whoever listens is called, in this thread."""
        with self._lock:
            self._requested = True
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    @contextmanager
    def calling(self, listener: Callable[[], None]) -> Iterator[None]:
        """While the block runs, a press calls `listener`; at once, if it was pressed before."""
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
    """A place where config vars live in production.

    Every call blocks until it has its answer (seconds), so it belongs on a thread of its own; it raises
    `PlatformFailure` and nothing else.
    """

    @property
    def name(self) -> str:
        """The platform's short name, such as ``heroku``."""

    def apps(self, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """Give the apps that the user can reach, by name."""

    def pipeline(self, name: str, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """Give the apps of a pipeline in the order of its stages."""

    def fetch(self, app: str, cancellation: Cancellation | None = None) -> AppSnapshot:
        """Give what may be said of an app's config vars now."""

    def fetch_values(
        self, app: str, names: Iterable[str], cancellation: Cancellation | None = None
    ) -> Mapping[str, Secret]:
        """Give the values of those of `names` that the app has, for writing them at once."""

    def close(self) -> None:
        """End every call under way; later ones fail as cancelled."""
