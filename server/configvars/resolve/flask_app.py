"""The configuration of each Flask app: which statement gives each key its value, in the order they run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from configvars.flask_model import ConfigEscape, ConfigFlow, ConfigKey, ConfigStep

Opening = Literal["argument", "caller", "module", "class", "file", "variable"]
"""Why a step may give more keys than are known: what its argument is, what a caller gives, a module or class
or file outside the workspace, a file that a variable names."""


@dataclass(frozen=True, slots=True)
class LoadedStep:
    """A statement of the file `path` that feeds an app, and the keys that it gives.

    `conditional`: it may not be run, or may give less. `opens`: it may give more. `in_main` and `later`: as
    of its own statement, or of a call on the way to it. `candidates` are where its file may be.
    """

    path: str
    step: ConfigStep
    keys: tuple[ConfigKey, ...]
    conditional: bool
    opens: Opening | None = None
    in_main: bool = False
    later: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """A call in the file `path` that hands the app, or its configuration, to what is not of the workspace."""

    path: str
    escape: ConfigEscape
    conditional: bool = False
    in_main: bool = False
    later: bool = False


AppEvent = LoadedStep | Handed


@dataclass(frozen=True, slots=True)
class Origin:
    """A statement that gives a key a value, and the key as written; None where the environment has it."""

    loaded: LoadedStep
    key: ConfigKey | None


@dataclass(frozen=True, slots=True)
class FlaskApp:
    """An app: the flow that makes it, in the file `path`, and what happens to its configuration, in order.

    `others` is what happens to some app, this one or another, at a time that is not known. `paths` are the
    files that have to do with this app for certain.
    """

    path: str
    flow: ConfigFlow
    events: tuple[AppEvent, ...]
    others: tuple[AppEvent, ...] = ()
    paths: frozenset[str] = frozenset()

    @property
    def steps(self) -> tuple[LoadedStep, ...]:
        """The statements that feed its configuration."""
        return tuple(event for event in self.events if isinstance(event, LoadedStep))

    @property
    def prefixes(self) -> frozenset[str]:
        """The prefixes of the variables that it takes keys from."""
        steps = (event.step for event in (*self.events, *self.others) if isinstance(event, LoadedStep))
        return frozenset(step.prefix for step in steps if step.prefix is not None)

    def origins(self, environ: Collection[str], defaults: Collection[str]) -> dict[str, tuple[Origin, ...]]:
        """The places that give each key a value, the one that wins last.

        `environ` are the names in the environment, for `from_prefixed_env`; `defaults` the keys that are
        there from the start, which `setdefault` leaves alone.
        """
        found: dict[str, tuple[Origin, ...]] = {}
        for loaded in self.steps:
            keys: dict[str, ConfigKey | None] = {key.name: key for key in loaded.keys}
            for name, is_item in prefixed_keys(loaded.step, environ):
                if not is_item or name not in found:
                    keys[name] = None
            for name, key in keys.items():
                if loaded.step.method != "setdefault" or not (name in found or name in defaults):
                    found[name] = (*found.get(name, ()), Origin(loaded, key))
        return found


def prefixed_keys(step: ConfigStep, environ: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The keys `from_prefixed_env` makes of the environment's names, and if it is an item (`A__B`) of one."""
    for name in sorted(environ) if step.prefix is not None else ():
        if name.startswith(f"{step.prefix}_"):
            key, nested, _ = name[len(step.prefix or "") + 1 :].partition("__")
            yield key, bool(nested)
