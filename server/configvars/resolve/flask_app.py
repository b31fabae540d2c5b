"""The configuration of each Flask app: which statement gives each key its value, in the order they run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from configvars.flask_model import (
    ConfigCall,
    ConfigFeed,
    ConfigFlow,
    ConfigKey,
    ConfigObject,
    ConfigStep,
    FlaskFacts,
)
from configvars.resolve.flask_links import pyfiles
from configvars.resolve.lineage import Lineages
from configvars.text import Mark

_MAX_DEPTH = 12
_UPPER_ONLY = frozenset({"from_object", "from_mapping", "from_pyfile", "from_file"})


@dataclass(frozen=True, slots=True)
class LoadedStep:
    """A statement of the file `path` that feeds an app, and the keys that it gives.

    `conditional`: it may not be run, or may give less.
    """

    path: str
    step: ConfigStep
    keys: tuple[ConfigKey, ...]
    conditional: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """A statement that gives a key a value, and the key as written; None where the environment has it."""

    loaded: LoadedStep
    key: ConfigKey | None


@dataclass(frozen=True, slots=True)
class FlaskApp:
    """An app: the flow that makes it, in the file `path`, and all that feeds its configuration, in order."""

    path: str
    flow: ConfigFlow
    steps: tuple[LoadedStep, ...]

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


def flask_apps(files: Mapping[str, FlaskFacts]) -> tuple[FlaskApp, ...]:
    """The apps of a folder's files, whose facts are linked."""
    linker = _Folder.of(files)
    makers = {flow.maker for _, flow in linker.flows if flow.makes}
    apps: list[FlaskApp] = []
    seen: set[Mark] = set()
    for path, flow in linker.flows:
        if flow.owner is None or flow.parameter or flow.owner in seen or flow.owner in makers:
            continue
        seen.add(flow.owner)
        owners = [flow.owner, *([flow.maker] if flow.maker is not None else [])]
        apps.append(
            FlaskApp(path, flow, tuple(step for owner in owners for step in linker.steps(owner, None, {})))
        )
    return tuple(apps)


@dataclass(frozen=True, slots=True)
class _Folder:
    """All flows and objects of the files of a folder."""

    flows: list[tuple[str, ConfigFlow]]
    objects: Mapping[Mark, ConfigObject]
    by_owner: dict[tuple[Mark, str | None], list[tuple[str, ConfigFlow]]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, FlaskFacts]) -> _Folder:
        flows = [(path, flow) for path, facts in files.items() for flow in facts.flows]
        folder = cls(flows, {one.home: one for facts in files.values() for one in facts.objects})
        for path, flow in flows:
            if flow.owner is not None:
                folder.by_owner.setdefault((flow.owner, flow.parameter), []).append((path, flow))
        return folder

    def steps(
        self,
        owner: Mark,
        parameter: str | None,
        given: Mapping[tuple[Mark, str], ConfigFeed],
        depth: int = 0,
    ) -> Iterator[LoadedStep]:
        """What feeds the app that a place makes or a function is given, calls followed."""
        for path, flow in self.by_owner.get((owner, parameter), ()) if depth < _MAX_DEPTH else ():
            for event in flow.events:
                if isinstance(event, ConfigStep):
                    yield self._loaded(path, flow, event, given)
                elif event.app is not None:
                    yield from self._called(event, given, depth)

    def _called(
        self, call: ConfigCall, given: Mapping[tuple[Mark, str], ConfigFeed], depth: int
    ) -> Iterator[LoadedStep]:
        inner = {(call.function, name): self._filled(feed, given) for name, feed in call.given}
        for loaded in self.steps(call.function, call.app, inner, depth + 1):
            conditional = loaded.conditional or call.conditional
            yield LoadedStep(loaded.path, loaded.step, loaded.keys, conditional)

    def _filled(self, feed: ConfigFeed, given: Mapping[tuple[Mark, str], ConfigFeed]) -> ConfigFeed:
        """A feed with what a call gives for its parameters, in place of their defaults."""
        known = [given[parameter] for parameter in feed.parameters if parameter in given]
        return known[0] if known else feed

    def _loaded(
        self, path: str, flow: ConfigFlow, step: ConfigStep, given: Mapping[tuple[Mark, str], ConfigFeed]
    ) -> LoadedStep:
        feed = self._filled(step.feed, given)
        homes = list(feed.classes)
        if step.method == "from_pyfile" and step.file:
            places = (Mark(file) for file in pyfiles(path, flow, step.file))
            homes += [place for place in places if place in self.objects][:1]
        keys = [*feed.keys, *(key for home in homes for key in self.keys_of(home))]
        if step.method in _UPPER_ONLY:
            keys = [key for key in keys if key.name.isupper()]
        return LoadedStep(path, step, tuple(keys), step.conditional or len(homes) > 1)

    def keys_of(self, home: Mark) -> Iterator[ConfigKey]:
        """The keys of a class or module, those that win last."""
        for place in reversed(linearized(home, self.objects)):
            yield from self.objects[place].keys


def linearized(home: Mark, objects: Mapping[Mark, ConfigObject]) -> tuple[Mark, ...]:
    """A class and its bases in the order Python asks them."""
    return Lineages(objects).of(home)
