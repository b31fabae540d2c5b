"""Words that count only where files of the folder import certain modules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.readers.base import ConditionalTriggers, Sign


class ActiveTriggers:
    """Words that count only if some file of the folder imports certain modules: `.config` with Flask."""

    def __init__(self, conditional_triggers: Iterable[ConditionalTriggers]) -> None:
        self._importers: dict[_Sought, set[str]] = {
            _Sought.of(triggers): set() for triggers in conditional_triggers
        }
        self._holders: dict[_Sought, set[str]] = {sought: set() for sought in self._importers}
        self._learned: frozenset[_Sought] = frozenset()
        self._new: frozenset[_Sought] = frozenset()
        self.is_less = False

    def learn(self) -> bool:
        """Returns whether other words count than before; `is_less`: some of them no longer count."""
        known, self._learned = self._learned, frozenset(one for one, by in self._importers.items() if by)
        self._new, self.is_less = self._learned - known, bool(known - self._learned)
        return bool(self._new) or self.is_less

    def holders_of_new(self) -> Iterator[str]:
        """The files that have words which count since `learn` was called last, and did not before."""
        return chain.from_iterable(self._holders[sought] for sought in self._new)

    def admits(self, path: str, data: bytes) -> bool:
        """Whether a file with these bytes contains a word that counts, as far as is known of the folder."""
        self.note(path, data)
        return any(by and path in self._holders[sought] for sought, by in self._importers.items())

    def note(self, path: str, data: bytes) -> None:
        """Note what a file with these bytes imports, and which of the words it contains."""
        for sought, importers in self._importers.items():
            for paths, is_so in ((importers, sought.is_imported_by), (self._holders[sought], sought.is_in)):
                if is_so(data):
                    paths.add(path)
                else:
                    paths.discard(path)

    def forget(self, path: str) -> None:
        """Note that a file was removed or cannot be read: its imports no longer count."""
        for paths in (*self._importers.values(), *self._holders.values()):
            paths.discard(path)

    def may_matter(self, text: str) -> bool:
        """Whether any of these modules is imported, or a text contains one of the words."""
        if any(self._importers.values()):
            return True
        data = text.encode("utf-8", "surrogatepass")
        return any(sought.is_in(data) for sought in self._importers)


class _Sought(Struct, frozen=True):
    """What to look for as patterns; `stems` are the beginnings of the modules' names.

    There is a pattern for each word, because one for all of them could not skip to the first letters.
    """

    signs: tuple[tuple[Sign, re.Pattern[bytes]], ...]
    stems: tuple[bytes, ...]
    imports: re.Pattern[bytes]

    @classmethod
    def of(cls, triggers: ConditionalTriggers) -> _Sought:
        names = "|".join(re.escape(name).replace(r"\*", r"\w*") for name in triggers.modules)
        imports = re.compile(rf"\b(?:from|import)[ \t]+(?:{names})\b".encode())
        stems = tuple(f" {name.rstrip('*')}".encode() for name in triggers.modules)
        signs = (*map(Sign, triggers.words), *triggers.signs)
        return cls(tuple((sign, _pattern(sign)) for sign in signs), stems, imports)

    def is_in(self, data: bytes) -> bool:
        return any(
            sign.word in data
            and (not sign.beside or any(word in data for word in sign.beside))
            and bool(pattern.search(data))
            for sign, pattern in self.signs
        )

    def is_imported_by(self, data: bytes) -> bool:
        return any(stem in data for stem in self.stems) and bool(self.imports.search(data))


def _pattern(sign: Sign) -> re.Pattern[bytes]:
    return lazy_pattern(re.escape(sign.word) + rb"(?:" + sign.before.encode() + rb")")
