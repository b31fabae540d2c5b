"""The links that are added to the Flask facts of a folder, kept up to date."""

from __future__ import annotations

from collections.abc import Mapping, Set

from configvars.flask_model import NO_FLASK, FlaskFacts
from configvars.resolve.flask_links import NO_LINKS, Find, FlaskLinks, PlaceOf, link_flask


class LinkedFlask:
    """The links between the files of one folder, according to the last known facts."""

    def __init__(self, find: Find, place_of: PlaceOf) -> None:
        self.links: FlaskLinks = NO_LINKS
        self._find = find
        self._place_of = place_of
        self._facts: dict[str, FlaskFacts] = {}

    def relink(self, changed: Mapping[str, FlaskFacts]) -> Set[str] | None:
        """Take the current facts of files.

        Returns the files whose facts get other links than before, None for all files.
        """
        facts = self._facts
        before = {path: facts.pop(path, NO_FLASK) for path in changed}
        facts.update((path, said) for path, said in changed.items() if said != NO_FLASK)
        is_same = all(changed[path] == said for path, said in before.items())
        if is_same and changed.keys().isdisjoint(self.links.elsewhere):
            return frozenset()
        old, self.links = self.links, link_flask(facts, self._find, self._place_of)
        return None if self.links.concern_all(old) else self.links.differing(old)
