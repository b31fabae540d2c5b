"""Which files are worth reading though nothing in them names the environment: those that import what does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from configvars.readers.base import Company
from configvars.resolve.modules import Modules, module_name
from configvars.syntax.python_imports import Import, imports_by_name, imports_in


class Keeping:
    """Words that count only where some file of the folder imports certain modules: `.config` beside Flask."""

    def __init__(self, companies: Iterable[Company]) -> None:
        self._companies = tuple(map(_Sought.of, companies))
        self._kept: set[_Sought] = set()
        self._learned = 0

    def learn(self) -> bool:
        """Whether more words count than the last time."""
        known, self._learned = self._learned, len(self._kept)
        return self._learned > known

    def admits(self, data: bytes) -> bool:
        """Whether a file with these bytes has a word that counts, as far as is known of the folder."""
        for sought in self._companies:
            if sought not in self._kept and sought.is_imported_by(data):
                self._kept.add(sought)
            if sought in self._kept and sought.words.search(data):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Sought:
    """A company as patterns; `stems` are what the names of its modules begin with."""

    words: re.Pattern[bytes]
    stems: tuple[bytes, ...]
    imports: re.Pattern[bytes]

    @classmethod
    def of(cls, company: Company) -> _Sought:
        words = b"|".join(re.escape(word) + rb"\b" for word in company.words)
        names = "|".join(re.escape(name).replace(r"\*", r"\w*") for name in company.modules)
        imports = re.compile(rf"\b(?:from|import)[ \t]+(?:{names})\b".encode())
        stems = tuple(f" {name.rstrip('*')}".encode() for name in company.modules)
        return cls(re.compile(words), stems, imports)

    def is_imported_by(self, data: bytes) -> bool:
        return any(stem in data for stem in self.stems) and bool(self.imports.search(data))


class Wanted:
    """The names that lead to variables, by file. They only grow: a file too many changes no answer."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._names: dict[str, frozenset[str]] = {}
        self._by_stem: dict[bytes, set[bytes]] = {}

    def learn(self, leading: Mapping[str, frozenset[str]]) -> bool:
        """Take note of the names of files; whether there are new ones."""
        is_new = False
        for path, names in leading.items():
            known = self._names.get(path, frozenset())
            if not names <= known:
                is_new = True
                self._names[path] = known | names
                self._by_stem.setdefault(module_name(path).encode(), set()).update(n.encode() for n in names)
        return is_new

    def imported_by(self, path: str, data: bytes) -> bool:
        """Whether a file with these bytes imports what leads to variables, or a module that has it."""
        is_relative = b"from ." in data
        named = [
            stem
            for stem, names in self._by_stem.items()
            if (is_relative or stem in data) and any(name in data for name in names)
        ]
        if not named:
            return False
        if imports_by_name(data) and any(stem in data for stem in named):
            return True
        return any(self._leads(path, one) for one in imports_in(data))

    def _leads(self, path: str, one: Import) -> bool:
        for module in (one.module, *_parents(one)):
            for file, rest in self._modules.find(path, module):
                names = self._names.get(file or "") if not rest else None
                if names and (not one.names or not names.isdisjoint(one.names)):
                    return True
        separator = "" if one.module.endswith(".") else "."
        dotted = (f"{one.module}{separator}{name}" for name in one.names)
        return any(
            not rest and file in self._names
            for module in dotted
            for file, rest in self._modules.find(path, module)
        )


def _parents(one: Import) -> Iterator[str]:
    """The packages that `import a.b.c` binds as well."""
    if not one.names:
        parts = one.module.split(".")
        yield from (".".join(parts[:count]) for count in range(1, len(parts)) if parts[0])
