"""What a platform knows of an app, and how it says that it cannot be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from configvars.secret import ValueFacts


@dataclass(frozen=True, slots=True)
class PlatformVariable:
    """A config var of an app: what may be said of its value, and the add-on that owns it, if one does."""

    facts: ValueFacts
    addon: str | None = None


@dataclass(frozen=True, slots=True)
class AppSnapshot:
    """The config vars of one app at one moment: names and derived facts, never a value.

    `production`: the app's name or its pipeline stage says that it serves users.
    """

    platform: str
    app: str
    fetched: datetime
    variables: Mapping[str, PlatformVariable] = field(default_factory=lambda: MappingProxyType({}))
    production: bool = False


@dataclass(frozen=True, slots=True)
class PlatformFailure(Exception):
    """Why a platform could not be asked.

    `reason` is a short stable word (`absent`, `logged-out`, `unknown-app` …), `message` a sentence for the
    user that ends in the next step. Neither holds anything the platform's tool printed.
    """

    reason: str
    message: str

    def __str__(self) -> str:
        return self.message
