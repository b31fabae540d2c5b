"""Which classes, modules and files set Flask configuration keys.

Their upper-case names become definitions.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.flask_model import (
    ConfigCall,
    ConfigEvent,
    ConfigFeed,
    ConfigKey,
    ConfigObject,
    ConfigStep,
    FlaskFacts,
)
from configvars.model import Access, Definition, FileFacts, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.readers.flask_flow import definition
from configvars.resolve.flask_events import Events, events_in, steps_in
from configvars.resolve.flask_lent import lent_reads
from configvars.resolve.flask_places import is_template, prefixes, prefixes_of
from configvars.resolve.flask_reached import reached
from configvars.text import Mark, Place, Span

Find = Callable[[str, str], Iterable[tuple[str | None, tuple[str, ...]]]]
PlaceOf = Callable[[Mark], Place | None]
Homes = Mapping[tuple[str, str], Mark]

_LIKE_A_CONFIG = lazy_pattern(r"(config(s|uration)?|settings?)$", re.IGNORECASE)
_OBJECTS = frozenset({"from_object", "from_mapping", "setdefault", "update"})


class FlaskLinks(Struct, frozen=True):
    """What linking adds: facts with dotted names resolved to homes, and definitions, each by file.

    `prefixes` are those of `from_prefixed_env`, each with the file of the call; `defined` are the keys that
    code sets. `references` are reads in functions that get the configuration. `events` are those that matter.
    """

    facts: Mapping[str, FlaskFacts]
    definitions: Mapping[str, tuple[Definition, ...]]
    prefixes: tuple[tuple[str, str], ...]
    defined: frozenset[str]
    references: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    events: Events = field(default_factory=dict)

    def without(self, changed: Set[str]) -> FlaskLinks:
        """What these links know about single files, without some of them."""
        facts = {path: facts for path, facts in self.facts.items() if path not in changed}
        events = {path: events for path, events in self.events.items() if path not in changed}
        return replace(NO_LINKS, facts=facts, events=events)

    def concern_all(self, other: FlaskLinks) -> bool:
        """Whether any file that uses a key may get other links from these links than from `other`."""
        has_prefixes = bool(self.prefixes or other.prefixes)
        return has_prefixes and (self.prefixes, self.defined) != (other.prefixes, other.defined)

    def differing(self, other: FlaskLinks) -> set[str]:
        """The files to whose facts these links add something else than `other` does."""
        return {
            *_differing(self.facts, other.facts),
            *_differing(self.definitions, other.definitions),
            *_differing(self.references, other.references),
        }

    def added_to(self, facts: FileFacts) -> FileFacts:
        """The facts of one file with what linking adds to them."""
        flask, added = self.facts.get(facts.path, facts.flask), self.definitions.get(facts.path, ())
        lent = self.references.get(facts.path, ())
        own = {(one.variable, one.span) for one in facts.references} if lent else set()
        lent = tuple(one for one in lent if (one.variable, one.span) not in own)
        references = (*self._from_environment(facts, lent), *lent)
        if flask == facts.flask and not (added or references):
            return facts
        known = {(one.variable, one.span): one for one in (*facts.definitions, *added)}
        return replace(
            facts,
            flask=flask,
            definitions=tuple(sorted(known.values(), key=lambda one: one.span)),
            references=tuple(sorted((*facts.references, *references), key=lambda one: one.span)),
        )

    def _from_environment(self, facts: FileFacts, lent: tuple[Reference, ...]) -> Iterator[Reference]:
        """The uses of keys that no code sets, as uses of what `from_prefixed_env` loads."""
        prefixes = prefixes_of(facts.path, self.prefixes)
        if not prefixes:
            return
        used = [(r.variable.name, r.span) for r in (*facts.references, *lent) if r.variable.scope == "flask"]
        for name, span in (*used, *((name, span) for name, span, _ in facts.flask.items)):
            if name.partition("__")[0] not in self.defined:
                for prefix in prefixes:
                    variable = Variable("env", f"{prefix}_{name}")
                    yield Reference(variable, span, "from_prefixed_env", Access.READ, Need.OPTIONAL)


NO_LINKS = FlaskLinks({}, {}, (), frozenset())


def _differing(mine: Mapping[str, object], others: Mapping[str, object]) -> Iterator[str]:
    for path in {*mine, *others}:
        one, other = mine.get(path), others.get(path)
        if one is not other and one != other:
            yield path


def homes_in(files: Iterable[FlaskFacts]) -> dict[tuple[str, str], Mark]:
    """The classes and modules of files, by path and name."""
    return {(one.home.path, one.name): one.home for facts in files for one in facts.objects}


def link_flask(
    files: Mapping[str, FlaskFacts],
    find: Find,
    place_of: PlaceOf,
    known: FlaskLinks = NO_LINKS,
) -> FlaskLinks:
    """Link the Flask facts of a folder's files.

    `find` returns the files that a dotted name means in a file; `place_of` the place of a mark. `known` are
    the links of some files that are known already.
    """
    homes = homes_in(files.values())
    linked = {
        path: known.facts[path] if path in known.facts else _linked(path, facts, homes, find, place_of)
        for path, facts in files.items()
    }
    events = {path: known.events.get(path) or events_in(path, facts) for path, facts in linked.items()}
    objects = {one.home: one for facts in linked.values() for one in facts.objects}
    found: defaultdict[str, dict[Span, Definition]] = defaultdict(dict)
    feeds = [*_fed(events, objects), *_guessed(events, objects)]
    for home, kind in reached(feeds, linked, events, objects).items():
        for key in objects[home].keys:
            one = definition(key, kind)
            found[home.path][key.span] = replace(one, declaration=True) if is_template(home.path) else one
    for key in (key for feed in feeds for key in feed.keys if key.name.isupper()):
        found[key.path][key.span] = definition(key)
    given = {one.variable.name for those in found.values() for one in those.values()}
    return FlaskLinks(
        linked,
        {path: tuple(those.values()) for path, those in found.items()},
        prefixes(steps_in(events)),
        frozenset(given.union(*(those.names for those in events.values()))),
        lent_reads(linked, place_of),
        events,
    )


def _linked(path: str, facts: FlaskFacts, homes: Homes, find: Find, place_of: PlaceOf) -> FlaskFacts:
    def home_of(dotted: str) -> Mark | None:
        for file, rest in find(path, dotted):
            if file is not None and len(rest) < 2:
                home = homes.get((file, rest[0] if rest else ""))
                if home is not None:
                    return home
        return None

    def feed(one: ConfigFeed) -> ConfigFeed:
        one = replace(one, keys=_placed(one.keys, place_of)) if one.keys else one
        found = {name: home for name in one.modules if (home := home_of(name)) is not None}
        left = tuple(name for name in one.modules if name not in found)
        return replace(one, classes=(*one.classes, *found.values()), modules=left) if found else one

    def event(one: ConfigEvent) -> ConfigEvent:
        if isinstance(one, ConfigStep):
            return replace(one, feed=feed(one.feed))
        if isinstance(one, ConfigCall):
            return replace(one, given=tuple((name, feed(given)) for name, given in one.given))
        return one

    def based(one: ConfigObject) -> ConfigObject:
        bases = [base if isinstance(base, Mark) else home_of(base) for base in (*one.bases, *one.stars)]
        known = tuple(base for base in bases if base is not None)
        return replace(one, bases=known, open=one.open or len(known) < len(bases))

    flows = tuple(replace(flow, events=tuple(map(event, flow.events))) for flow in facts.flows)
    return replace(facts, flows=flows, objects=tuple(map(based, facts.objects)))


def places_in(facts: FlaskFacts) -> Iterator[Place | Mark]:
    """Where the names of the keys are written that a file sets, or that it passes on to a function."""
    for flow in facts.flows:
        for event in flow.events:
            yield from (key.place for feed in _feeds(event) for key in feed.keys)
    yield from (read.place for read in facts.lent)


def _feeds(event: ConfigEvent) -> tuple[ConfigFeed, ...]:
    if isinstance(event, ConfigStep):
        return (event.feed,)
    return tuple(feed for _, feed in event.given) if isinstance(event, ConfigCall) else ()


def _placed(keys: tuple[ConfigKey, ...], place_of: PlaceOf) -> tuple[ConfigKey, ...]:
    """Keys with their places, including those whose names are written in other files."""
    if not any(isinstance(key.place, Mark) for key in keys):
        return keys
    places = ((key, place_of(key.place) if isinstance(key.place, Mark) else key.place) for key in keys)
    return tuple(replace(key, place=place) for key, place in places if place is not None)


def _fed(events: Events, objects: Mapping[Mark, ConfigObject]) -> list[ConfigFeed]:
    """The feeds of all steps, including what calls pass for the parameters that steps use."""
    steps = [step for _, _, step in steps_in(events) if step.method in _OBJECTS]
    calls = [call for those in events.values() for call in those.calls]
    givers: defaultdict[tuple[Mark, str], list[ConfigFeed]] = defaultdict(list)
    for call in calls:
        for name, given in call.given:
            givers[call.function, name].append(given)
    taken = dict.fromkeys(parameter for step in steps for parameter in step.feed.parameters)
    waiting = list(taken)
    while waiting:
        for given in givers.get(waiting.pop(), ()):
            fresh = [parameter for parameter in given.parameters if parameter not in taken]
            taken.update(dict.fromkeys(fresh))
            waiting += fresh
    return [
        *(taken_by(step, objects) for step in steps),
        *(given for call in calls for name, given in call.given if (call.function, name) in taken),
    ]


def taken_by(step: ConfigStep, objects: Mapping[Mark, ConfigObject]) -> ConfigFeed:
    """The feed of a step; for `from_object(__name__)`, the names above it in its module."""
    feed = step.feed
    modules = [objects[home] for home in feed.classes if home in objects] if feed.above else []
    if not modules:
        return feed
    keys = tuple(key for one in modules for key in one.keys if key.span.start < step.span.start)
    bases = tuple(base for one in modules for base in one.bases if isinstance(base, Mark))
    return replace(
        feed, keys=(*feed.keys, *keys), classes=bases, open=feed.open or any(one.open for one in modules)
    )


def _guessed(events: Events, objects: Mapping[Mark, ConfigObject]) -> Iterator[ConfigFeed]:
    """Objects named like a configuration, if only the environment or a caller decides what is loaded."""
    for _, _, step in steps_in(events):
        if step.method == "from_object" and not step.feed.classes:
            yield ConfigFeed(classes=tuple(_alike(objects)))
            return


def _alike(objects: Mapping[Mark, ConfigObject]) -> Iterator[Mark]:
    with_classes = {home.path for home, one in objects.items() if one.name}
    for home, one in objects.items():
        is_called_so = bool(_LIKE_A_CONFIG.search(os.path.splitext(os.path.basename(home.path))[0]))
        if one.name:
            is_called_so = is_called_so or bool(_LIKE_A_CONFIG.search(one.name))
        if is_called_so and (one.name or home.path not in with_classes):
            yield home
