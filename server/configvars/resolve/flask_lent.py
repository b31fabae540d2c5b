"""The reads of keys in functions that get a configuration from another file, as references in their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from configvars.flask_model import FlaskFacts, LentRead
from configvars.model import Access, Need, Reference, Variable
from configvars.text import Mark, Place

LENT = "config[]"
"""The idiom of `config["X"]` where the function gets the configuration from its caller."""


def lent_reads(
    files: Mapping[str, FlaskFacts], place_of: Callable[[Mark], Place | None]
) -> dict[str, tuple[Reference, ...]]:
    """The references by file; several calls of a function give each reference once."""
    found: defaultdict[str, dict[Reference, None]] = defaultdict(dict)
    for facts in files.values():
        for read in facts.lent:
            place = place_of(read.place) if isinstance(read.place, Mark) else read.place
            if place is not None:
                found[place.path][_reference(read, place)] = None
    return {path: tuple(references) for path, references in found.items()}


def _reference(read: LentRead, place: Place) -> Reference:
    need = Need.REQUIRED if read.required else Need.DEFAULTED if read.defaulted else Need.OPTIONAL
    idiom = LENT if read.required else "config.get"
    return Reference(Variable("flask", read.name), place.span, idiom, Access.READ, need)
