"""The tables of all readers combined, and the external paths and names that they are interested in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from configvars.names.interest import Interest
from configvars.patterns import lazy_pattern
from configvars.readers.base import ConditionalTriggers, Handler, Reader

_STEMS = (b"env", b"argparse", b"conf", b"dj")
_STEP = lazy_pattern(r"\(\)|\[\]|@|\.?[^.()\[\]@]+")


class Tables(Struct, frozen=True):
    """Handlers by external path.

    `stems` groups the triggers by a common substring. The substring is searched first, because most files do
    not contain it. `libraries` are the top-level names of the modules that the readers know.
    """

    calls: Mapping[str, Handler]
    subscripts: Mapping[str, Handler]
    tests: Mapping[str, Handler]
    merges: Mapping[str, Handler]
    attributes: Mapping[str, Handler]
    classes: Mapping[str, Handler]
    makes: Mapping[str, Handler]
    interest: Interest
    triggers: tuple[bytes, ...]
    conditional_triggers: tuple[ConditionalTriggers, ...] = ()
    stems: tuple[tuple[bytes, tuple[bytes, ...]], ...] = ()
    libraries: frozenset[str] = frozenset()

    def triggered_by(self, data: bytes) -> bool:
        """Whether file content contains one of the trigger words."""
        return any(
            (not stem or stem in data) and any(trigger in data for trigger in triggers)
            for stem, triggers in self.stems
        )

    @classmethod
    def of(cls, readers: Iterable[Reader]) -> Tables:
        """The combined tables of these readers; for the same path, the later reader wins."""
        readers = tuple(readers)
        calls = {path: handler for reader in readers for path, handler in reader.calls.items()}
        subscripts = {path: handler for reader in readers for path, handler in reader.subscripts.items()}
        tests = {path: handler for reader in readers for path, handler in reader.tests.items()}
        merges = {path: handler for reader in readers for path, handler in reader.merges.items()}
        attributes = {path: handler for reader in readers for path, handler in reader.attributes.items()}
        classes = {path: handler for reader in readers for path, handler in reader.classes.items()}
        given = frozenset(path for reader in readers for path in reader.given)
        kept = [path for reader in readers for path in (*reader.keep, *reader.constants, *reader.given)]
        makes = {path: handler for reader in readers for path, handler in reader.makes.items()}
        aliases = {path: first for reader in readers for path, first in reader.aliases.items()}
        fixtures = {word: path for reader in readers for word, path in reader.fixtures.items()}
        conventions = {words: path for reader in readers for words, path in reader.conventions.items()}
        other_frameworks = frozenset().union(*(reader.other_frameworks for reader in readers))
        objects = frozenset(path for reader in readers for path in reader.objects)
        entered = frozenset(path for reader in readers for path in reader.entered)
        set_later = frozenset(path for reader in readers for path in reader.set_later)
        decorators = frozenset(path for reader in readers for path in reader.decorators)
        constants = {path: value for reader in readers for path, value in reader.constants.items()}
        inside = tuple(pattern for reader in readers for pattern in reader.inside)
        distinct = frozenset(path for reader in readers for path in reader.distinct)
        tabled = {*calls, *subscripts, *tests, *merges, *attributes, *classes} - given
        leading = _steps(
            [*tabled, *aliases, *fixtures.values(), *entered, *(f"{path}@" for path in decorators)]
        )
        paths = leading | _steps(kept)
        triggers = tuple(dict.fromkeys(trigger for reader in readers for trigger in reader.triggers))
        inert = paths - leading
        interest = Interest(
            paths,
            aliases,
            fixtures,
            conventions,
            other_frameworks,
            inert,
            objects,
            entered,
            set_later,
            decorators,
            constants,
            inside,
            distinct,
        )
        conditional_triggers = tuple(
            reader.conditional_triggers for reader in readers if reader.conditional_triggers.words
        )
        return cls(
            calls,
            subscripts,
            tests,
            merges,
            attributes,
            classes,
            makes,
            interest,
            triggers,
            conditional_triggers,
            _by_stem(triggers),
            frozenset(path.partition(".")[0] for path in paths),
        )


def _by_stem(triggers: Iterable[bytes]) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
    found: dict[bytes, list[bytes]] = {}
    for trigger in triggers:
        found.setdefault(next((stem for stem in _STEMS if stem in trigger), b""), []).append(trigger)
    return tuple((stem, tuple(group)) for stem, group in found.items())


def handler_for(table: Mapping[str, Handler], path: str) -> Handler | None:
    """The handler for a path, or for any name after its parent (`*`)."""
    return table.get(path) or table.get(f"{path.rpartition('.')[0]}.*")


def _steps(paths: Iterable[str]) -> frozenset[str]:
    """Every prefix of the paths."""
    found: set[str] = set()
    for path in paths:
        for step in _STEP.finditer(path):
            found.add(path[: step.end()])
    return frozenset(found)
