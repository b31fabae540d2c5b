"""Settings classes of pydantic-settings that code uses only as base classes, so that they read nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.pydantic_model import SettingsLineage
from configvars.text import Mark

_NO_USE = lazy_pattern(r"^\s*(?:class|from|import)\b|\b(?:isinstance|issubclass|super|cast)\(|\bbound\s*=|#")


def is_only_of_base(project: Project, path: str, name: str) -> bool:
    """Whether only classes that are nothing but bases report the variable `name` in a file."""
    return (path, name) in project.remembered("names of base classes", lambda: _names_of_bases(project))


def _names_of_bases(project: Project) -> frozenset[tuple[str, str]]:
    known = {one.home: one for facts in project.index.files.values() for one in facts.lineages}
    made = frozenset(home for facts in project.index.files.values() for home in facts.made)
    used = _used(known, made)
    passed = frozenset(home for home, one in known.items() if home not in used and _is_passed(project, one))
    used = _used(known, made | passed) if passed else used
    of_used = {(home.path, name) for home, one in known.items() if home in used for name in one.names}
    of_bases = {(home.path, name) for home, one in known.items() if home not in used for name in one.names}
    return frozenset(of_bases - of_used)


def _is_passed(project: Project, one: SettingsLineage) -> bool:
    """Whether another file uses the class as a value: `Depends(Base)`, `Base.load()`."""
    value = re.compile(rf"(?:[(=,{{]|\breturn)\s*(?:\w+\.)*{one.name}\b(?!\s*[\]:])|(?<!\w){one.name}\.\w+\(")
    others = (path for path in project.code.paths() if path != one.home.path)
    return any(
        value.search(line) and not _NO_USE.search(line)
        for path in others
        if one.name in (text := project.text_of(path) or "")
        for line in text.splitlines()
        if one.name in line
    )


def _used(known: Mapping[Mark, SettingsLineage], made: frozenset[Mark]) -> set[Mark]:
    """The classes that code creates, those without subclasses, and the bases that report their variables."""
    bases = frozenset(base for one in known.values() for base in one.bases)
    waiting = [home for home, one in known.items() if one.is_used or home in made or home not in bases]
    used: set[Mark] = set()
    while waiting:
        home = waiting.pop()
        if home in known and home not in used:
            used.add(home)
            waiting += known[home].relies_on
    return used
