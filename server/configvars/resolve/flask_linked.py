"""The links that are added to the Flask facts of a folder, kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from configvars.flask_model import NO_FLASK, FlaskFacts
from configvars.resolve.flask_links import (
    NO_LINKS,
    Find,
    FlaskLinks,
    PlaceOf,
    homes_in,
    link_flask,
    places_in,
)
from configvars.text import Mark


class LinkedFlask:
    """The links between the files of one folder, according to the last known facts.

    The links of one file are made again only if its facts change, or what its names mean: `moves` counts
    added and removed files.
    """

    def __init__(self, find: Find, place_of: PlaceOf) -> None:
        self.links: FlaskLinks = NO_LINKS
        self._find = find
        self._place_of = place_of
        self._facts: dict[str, FlaskFacts] = {}
        self._elsewhere: dict[str, frozenset[str]] = {}
        self._with_marks: set[str] = set()
        self._moves = 0

    def relink(self, changed: Mapping[str, FlaskFacts], moves: int) -> Set[str] | None:
        """Take the current facts of files.

        Returns the files whose facts get other links than before, None for all files.
        """
        facts = self._facts
        before = {path: facts.pop(path, NO_FLASK) for path in changed}
        facts.update((path, said) for path, said in changed.items() if said != NO_FLASK)
        is_same = all(changed[path] == said for path, said in before.items())
        if is_same and all(map(changed.keys().isdisjoint, self._elsewhere.values())):
            return frozenset()
        is_known = moves == self._moves and homes_in(before.values()) == homes_in(changed.values())
        self._moves = moves
        self._note_places(changed)
        # The places of marks may have moved.
        known = self.links.without(changed.keys() | self._with_marks) if is_known else NO_LINKS
        old, self.links = self.links, link_flask(facts, self._find, self._place_of, known)
        return None if self.links.concern_all(old) else self.links.differing(old)

    def _note_places(self, changed: Iterable[str]) -> None:
        """Note in which other files the names are written that files set or pass on."""
        for path in changed:
            self._elsewhere.pop(path, None)
            self._with_marks.discard(path)
            places = list(places_in(self._facts.get(path, NO_FLASK)))
            if elsewhere := frozenset(place.path for place in places if place.path != path):
                self._elsewhere[path] = elsewhere
            if any(isinstance(place, Mark) for place in places):
                self._with_marks.add(path)
