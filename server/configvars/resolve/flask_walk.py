"""Follows each Flask app from the call that creates it through the functions that get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.flask_model import (
    ConfigCall,
    ConfigEscape,
    ConfigEvent,
    ConfigFeed,
    ConfigFlow,
    ConfigKey,
    ConfigObject,
    ConfigStep,
    FlaskFacts,
)
from configvars.limits import APP_CALLS, APP_EVENTS, LOADED_KEYS, Hits, Limit
from configvars.readers.flask_paths import is_app_name
from configvars.resolve.flask_app import AppEvent, FlaskApp, LoadedStep, Opening, PassedApp
from configvars.resolve.flask_links import taken_by
from configvars.resolve.flask_places import pyfiles
from configvars.resolve.lineage import Lineages
from configvars.text import Mark

_UPPER_ONLY = frozenset({"from_object", "from_mapping", "from_pyfile", "from_file", "from_envvar"})
Given = Mapping[tuple[Mark, str], ConfigFeed]


def flask_apps(files: Mapping[str, FlaskFacts], met: dict[str, Hits] | None = None) -> tuple[FlaskApp, ...]:
    """The apps in a folder's linked facts; `met` collects the limits that files exceed."""
    folder = _Folder.of(files)
    found: dict[Mark, FlaskApp] = {}
    for path, flow in folder.flows:
        if flow.owner is None or flow.owner in found or not (flow.makes or (flow.of_class and flow.events)):
            continue
        owners = [flow.owner, *([flow.maker] if flow.maker is not None else [])]
        given = folder.given_to(flow.maker)
        events = tuple(event for owner in owners for event in folder.events(owner, None, given))
        found[flow.owner] = FlaskApp(path, flow, events)
    others = tuple(folder.others())
    if met is not None:
        met.update(folder.met)
    return tuple(
        FlaskApp(app.path, app.flow, app.events, others, folder.paths_of(app)) for app in found.values()
    )


class _Folder(Struct, frozen=True):
    """All flows and objects of the files of a folder. `walked` are the flows that have been followed."""

    flows: list[tuple[str, ConfigFlow]]
    objects: Mapping[Mark, ConfigObject]
    files: frozenset[str]
    lineages: Lineages
    by_owner: dict[tuple[Mark, str | None], list[tuple[str, ConfigFlow]]] = field(default_factory=dict)
    calls: dict[Mark, list[ConfigCall]] = field(default_factory=dict)
    walked: set[tuple[Mark, str | None]] = field(default_factory=set)
    taken: Counter[str] = field(default_factory=Counter)
    met: dict[str, Hits] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, FlaskFacts]) -> _Folder:
        flows = [(path, flow) for path, facts in files.items() for flow in facts.flows]
        objects = {one.home: one for facts in files.values() for one in facts.objects}
        folder = cls(flows, objects, frozenset(files), Lineages(objects))
        for path, flow in flows:
            if flow.owner is not None:
                folder.by_owner.setdefault((flow.owner, flow.parameter), []).append((path, flow))
            for event in flow.events:
                if isinstance(event, ConfigCall):
                    folder.calls.setdefault(event.function, []).append(event)
        return folder

    def given_to(self, maker: Mark | None) -> Given:
        """What the callers of the function that creates an app pass for its parameters, as alternatives."""
        found: dict[tuple[Mark, str], list[ConfigFeed]] = {}
        for call in self.calls.get(maker, ()) if maker is not None else ():
            for name, feed in call.given:
                if maker is not None:
                    found.setdefault((maker, name), []).append(feed)
        return {parameter: _either(feeds) for parameter, feeds in found.items()}

    def others(self) -> Iterator[AppEvent]:
        """Events of unknown apps, or in functions without a known call.

        What such a function passes the app on to does not count: it runs while a request is answered, or is
        called by code that got the app itself, which counts.
        """
        for path, flow in self.flows:
            key = (flow.owner, flow.parameter) if flow.owner is not None else None
            if key is None or key not in self.walked:
                for event in flow.events:
                    if not isinstance(event, ConfigEscape) or not (flow.parameter or event.later):
                        yield from self._one(path, flow, event, {}, 0)

    def paths_of(self, app: FlaskApp) -> frozenset[str]:
        """The files that certainly belong to an app."""
        owners = {app.flow.owner, app.flow.maker} - {None}
        own = {path for path, flow in self.flows if flow.owner in owners and not flow.parameter}
        return frozenset(own | {event.path for event in app.events})

    def events(self, owner: Mark, parameter: str | None, given: Given, depth: int = 0) -> Iterator[AppEvent]:
        """The events of the app that a place creates or a function gets, with calls followed."""
        self.walked.add((owner, parameter))
        for path, flow in self.by_owner.get((owner, parameter), ()):
            for event in flow.events:
                yield from self._one(path, flow, event, given, depth)

    def _takes(self, limit: Limit, path: str, times: int) -> bool:
        """Whether that much more of something may be followed for a file."""
        self.taken[limit.name] += times
        is_within = self.taken[limit.name] <= limit.most
        if not is_within:
            self.met.setdefault(path, Hits()).count(limit)
        return is_within

    def _one(
        self, path: str, flow: ConfigFlow, event: ConfigEvent, given: Given, depth: int
    ) -> Iterator[AppEvent]:
        match event:
            case ConfigStep():
                yield self._loaded(path, flow, event, given)
            case ConfigEscape():
                yield PassedApp(path, event, event.conditional, event.in_main, event.later)
            case ConfigCall() if event.app is not None:
                yield from self._called(path, event, given, depth)

    def _called(self, path: str, call: ConfigCall, given: Given, depth: int) -> Iterator[AppEvent]:
        inner = {(call.function, name): self._filled(feed, given) for name, feed in call.given}
        app = call.app or ""
        if depth >= APP_CALLS.most:
            self.met.setdefault(path, Hits()).count(APP_CALLS)
        if depth >= APP_CALLS.most or not self._takes(APP_EVENTS, path, 1):
            yield PassedApp(path, ConfigEscape("", call.span, "app"), True)
            return
        if (call.function, app) not in self.by_owner and not is_app_name(app):
            escape = ConfigEscape("", call.span, "app")
            yield PassedApp(path, escape, call.conditional, call.in_main, call.later)
        for event in self.events(call.function, call.app, inner, depth + 1):
            conditional = event.conditional or call.conditional
            in_main, later = event.in_main or call.in_main, event.later or call.later
            yield replace(event, conditional=conditional, in_main=in_main, later=later)

    def _filled(self, feed: ConfigFeed, given: Given) -> ConfigFeed:
        """A feed in which the arguments of a call replace the defaults of its parameters."""
        known = [given[parameter] for parameter in feed.parameters if parameter in given]
        return known[0] if known else feed

    def _loaded(self, path: str, flow: ConfigFlow, step: ConfigStep, given: Given) -> LoadedStep:
        feed = self._filled(taken_by(step, self.objects), given)
        homes = list(feed.classes)
        candidates = tuple(pyfiles(path, flow, step.file)) if step.file else ()
        is_python = step.method in ("from_pyfile", "from_envvar")
        file = next((file for file in candidates if file in self.files), None) if is_python else None
        homes += [Mark(file)] if file is not None else []
        keys = [*feed.keys, *(key for home in homes for key in self._keys_of(home))]
        if step.method in _UPPER_ONLY:
            keys = [key for key in keys if key.name.isupper()]
        # On another machine, the variable may name another file.
        conditional = step.conditional or len(feed.classes) > 1 or step.method == "from_envvar"
        opens = self._opening(step, feed, file, homes)
        if not self._takes(LOADED_KEYS, path, len(keys)):
            keys, opens = [], "argument"
        return LoadedStep(path, step, tuple(keys), conditional, opens, step.in_main, step.later, candidates)

    def _opening(
        self, step: ConfigStep, feed: ConfigFeed, file: str | None, homes: list[Mark]
    ) -> Opening | None:
        if step.method == "from_envvar":
            return "variable"
        if step.method in ("from_pyfile", "from_file") and file is None:
            return "file"
        if any(self._is_open(home) for home in homes):
            return "class"
        if feed.modules:
            return "module"
        if feed.open:
            return "argument"
        return "caller" if feed.needs_caller else None

    def _is_open(self, home: Mark) -> bool:
        """Whether a class, or one of its base classes, may have unknown names."""
        return any(self.objects[place].open for place in self.lineages.of(home))

    def _keys_of(self, home: Mark) -> Iterator[ConfigKey]:
        """The keys of a class or module; those that win come last."""
        for place in reversed(self.lineages.of(home)):
            yield from self.objects[place].keys


def _either(feeds: list[ConfigFeed]) -> ConfigFeed:
    """The feed of one of several callers, which one is not known."""
    first = feeds[0]
    if len(feeds) == 1:
        return first
    return ConfigFeed(
        tuple(dict.fromkeys(key for feed in feeds for key in feed.keys)),
        tuple(dict.fromkeys(home for feed in feeds for home in feed.classes)),
        tuple(dict.fromkeys(name for feed in feeds for name in feed.modules)),
        tuple(dict.fromkeys(parameter for feed in feeds for parameter in feed.parameters)),
        any(feed.open for feed in feeds),
        any(feed.needs_caller for feed in feeds),
    )
