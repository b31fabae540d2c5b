"""The configuration of each Flask app: the statements that set keys, in the order in which they run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from configvars.flask_model import ConfigEscape, ConfigFlow, ConfigKey, ConfigStep

Opening = Literal["argument", "caller", "module", "class", "file", "variable"]
"""Why a step may set more keys than are known: its argument is computed or passed by a caller, a module,
class or file is outside the workspace, or a variable names the file.
"""


class LoadedStep(Struct, frozen=True):
    """A statement of the file `path` that configures an app, and the keys that it sets.

    `conditional`: it may not run, or may set less. `opens`: it may set more. `in_main` and `later` are those
    of its own statement, or of a call on the way to it. `candidates` are possible paths of its file.
    """

    path: str
    step: ConfigStep
    keys: tuple[ConfigKey, ...]
    conditional: bool
    opens: Opening | None = None
    in_main: bool = False
    later: bool = False
    candidates: tuple[str, ...] = ()


class PassedApp(Struct, frozen=True):
    """A call in the file `path` that passes the app, or its configuration, to code outside the workspace."""

    path: str
    escape: ConfigEscape
    conditional: bool = False
    in_main: bool = False
    later: bool = False


AppEvent = LoadedStep | PassedApp


class Origin(Struct, frozen=True):
    """A statement that sets a key, and the key as written; None if the environment contains it."""

    loaded: LoadedStep
    key: ConfigKey | None


class FlaskApp(Struct, frozen=True):
    """An app: the flow that creates it, in the file `path`, and what happens to its configuration, in order.

    `others` are events of this or another app at an unknown time. `paths` are the files that certainly belong
    to this app.
    """

    path: str
    flow: ConfigFlow
    events: tuple[AppEvent, ...]
    others: tuple[AppEvent, ...] = ()
    paths: frozenset[str] = frozenset()

    @property
    def steps(self) -> tuple[LoadedStep, ...]:
        """The statements that set keys of its configuration."""
        return tuple(event for event in self.events if isinstance(event, LoadedStep))

    @property
    def prefixes(self) -> frozenset[str]:
        """The prefixes of the variables that it loads keys from."""
        steps = (event.step for event in (*self.events, *self.others) if isinstance(event, LoadedStep))
        return frozenset(step.prefix for step in steps if step.prefix is not None)

    def origins(self, environ: Collection[str], defaults: Collection[str]) -> dict[str, tuple[Origin, ...]]:
        """The places that set each key, the one that wins last.

        `environ` are the names in the environment, for `from_prefixed_env`; `defaults` are the keys that are
        set from the start, which `setdefault` does not change.
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
    """The keys that `from_prefixed_env` derives from names, and whether each is an item (`A__B`) of a key."""
    for name in sorted(environ) if step.prefix is not None else ():
        if name.startswith(f"{step.prefix}_"):
            key, nested, _ = name[len(step.prefix or "") + 1 :].partition("__")
            yield key, bool(nested)
